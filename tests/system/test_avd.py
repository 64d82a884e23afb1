"""`masuk run --avd`: an emulator is started, waited for and ended. A handset answers in its place."""

import shlex
import sys
from pathlib import Path

from masuk.automation.run_processes import Stack
from masuk.base.polling import until
from tests.checkout import CHECKOUT
from tests.scenarios import PASSWORD_HIDDEN
from tests.system.masuk_command import RUN_SECONDS, MasukCommand, start

EMULATOR = """#!/bin/sh
if [ "$1" = -list-avds ]; then
    echo pixel
    exit
fi
echo "$@" > {told}
exec {python} -m handset start --name "avd-$2" --home {home} \
    --console "$4" --port $(($4 + 1)) --adb-server "$ANDROID_ADB_SERVER_PORT"
"""


def test_it_is_started_for_the_run_and_ended_with_it(masuk: MasukCommand, stack: Stack, tmp_path: Path) -> None:
    home, told = masuk.toolchain.root, tmp_path / "told"
    emulator = tmp_path / "sdk" / "emulator" / "emulator"
    emulator.parent.mkdir(parents=True)
    words = {"told": told, "python": sys.executable, "home": home}
    emulator.write_text(EMULATOR.format(**{name: shlex.quote(str(word)) for name, word in words.items()}))
    emulator.chmod(0o755)
    before = stack.adb.devices()
    run = start(
        ["run", PASSWORD_HIDDEN, "--avd", "pixel", "--no-report", "--appium-url", stack.ready_appium()],
        home,
        CHECKOUT,
        stack.adb.port,
        extra={"ANDROID_HOME": str(tmp_path / "sdk")},
    )
    output = run.communicate(timeout=RUN_SECONDS)[0]
    assert run.returncode == 0, output
    asked = told.read_text().split()
    assert asked[:2] == ["-avd", "pixel"]
    assert {"-no-window", "-no-audio"} <= set(asked)
    assert f"emulator-{asked[3]}" not in before
    until(lambda: stack.adb.devices() == before, "adb to forget the emulator", timeout=10)
