"""What is compared, and the command that each takes. What is not the project's is fetched when first needed."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import scenarios
from benchmarks.rig import Rig
from masuk.automation.session import CAPABILITIES
from masuk.base.locations import SUITE
from masuk.base.polling import USUAL_INTERVAL
from masuk.secrets.vault import Secret
from masuk.services.personas import Persona
from masuk.toolchain.installer import set_up_node_packages, set_up_python
from masuk.toolchain.tools import Toolchain

HERE = Path(__file__).resolve().parent
PLACE = "features/wrong_data.feature::Neither a failed login nor a good one leaves a secret in the log"
BARE = "bare script"
BARE_QUICK = "bare script that looks as often"
MASUK = "masuk run --no-report"
MASUK_WITH_REPORT = "masuk run"
ROBOT = "Robot Framework"
WEBDRIVERIO = "WebdriverIO"


@dataclass(frozen=True)
class Tool:
    """A command that goes through the scenario, where it runs, and what it is told beside that."""

    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)


def tools(rig: Rig, serial: str, appium_url: str, out: Path) -> list[Tool]:
    """All of them, ready to run. Raises SetupError when something can't be fetched."""
    made = Toolchain.default()
    robot = set_up_python(made, "robotframework", "Robot Framework (pip, half a minute)", _say)
    node_packages = made.root / "webdriverio"
    set_up_node_packages(made, node_packages, HERE / "webdriverio", "WebdriverIO (npm, half a minute)", _say)
    there = ("--device", serial, "--appium-url", appium_url)
    wdio = node_packages / "node_modules" / "@wdio" / "cli" / "bin" / "wdio.js"
    masuk = scenarios.environment(rig)
    return [
        Tool(BARE, [sys.executable, str(HERE / "bare.py")], out),
        Tool(BARE_QUICK, [sys.executable, str(HERE / "bare.py"), str(USUAL_INTERVAL)], out),
        Tool(MASUK, scenarios.command(PLACE, *there, "--no-report"), SUITE, masuk),
        Tool(MASUK_WITH_REPORT, scenarios.command(PLACE, *there), SUITE, masuk),
        Tool(ROBOT, [str(robot), "-m", "robot", "--outputdir", str(out), str(HERE / "robotframework")], out),
        Tool(
            WEBDRIVERIO,
            [str(made.node), str(wdio), "run", str(HERE / "webdriverio" / "wdio.conf.mjs")],
            node_packages,  # where it looks for its own parts
        ),
    ]


def told(rig: Rig, serial: str, appium_url: str, backend: str, member: Persona, wrong: Secret) -> dict[str, str]:
    """What the others than masuk are told, which finds its own: server, session, and what the member types.

    The session is masuk's own, so that no tool is slower for having asked for something else; but it opens the app,
    which masuk does itself.
    """
    app = rig.profile.app
    extras = " ".join(f"--es {name} {value.format(backend=backend)}" for name, value in app.extras.items())
    capabilities = {
        **CAPABILITIES,
        "platformName": "Android",
        "appium:autoLaunch": True,
        "appium:udid": serial,
        "appium:adbPort": rig.adb.port,
        "appium:appPackage": app.package,
        "appium:appActivity": app.activity,
        "appium:optionalIntentArguments": extras,
    }
    return {
        "COMPARED_APPIUM": appium_url,
        "COMPARED_CAPABILITIES": json.dumps(capabilities),
        "COMPARED_IDENTIFIER": member.identifier.reveal(),
        "COMPARED_PASSWORD": member.password.reveal(),
        "COMPARED_WRONG_PASSWORD": wrong.reveal(),
        "COMPARED_NAME": member.name,
    }


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
