"""A run leaves no secret behind: not in results and report, and not in logs, traces and the data of its handset."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from masuk.automation.run_processes import Stack
from masuk.automation.session import Session
from masuk.base.locations import Project
from masuk.config.settings import Settings
from masuk.secrets.encoded_forms import core
from masuk.secrets.vault import Secret, Vault
from masuk.services.personas import HARD_SIGNS
from masuk.toolchain.tools import Toolchain
from tests.checkout import CHECKOUT
from tests.scenarios import WRONG_DATA_TOLD
from tests.system.homes import SHARED, home_of_its_own
from tests.system.masuk_command import start
from tests.system.noting import VARIABLE

PACKAGE = "id.masuk.anggota"
SCENARIOS = (WRONG_DATA_TOLD, "features/login.feature")
WRITTEN = {"logs/appium.log", "logs/handset.log", "logs/adb.log", "devices/default/trace.jsonl", "verdicts.json"}
WRITTEN |= {"report/index.html", "report/junit.xml", "history/history.jsonl", "results/verdicts.json"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Toolchain:
    return home_of_its_own(tmp_path_factory.mktemp("left"))


@pytest.fixture(scope="module")
def secrets(home: Toolchain, tmp_path_factory: pytest.TempPathFactory) -> Vault:
    """Those of a run with a failure, with a handset and an Appium of its own and everything recorded."""
    noted = tmp_path_factory.mktemp("noted") / "secrets.jsonl"
    extra = {"PYTEST_PLUGINS": "tests.system.noting", VARIABLE: str(noted)}
    profile = noted.with_name("profile.toml")  # what a failure leaves is more
    promised = (CHECKOUT / "apps" / "reference" / "profile.toml").read_text(encoding="utf-8")
    profile.write_text(re.sub("^wrong_data = .*", 'wrong_data = "no app says this"', promised, flags=re.MULTILINE))
    options = ["--trace", "on", "--video", "on", "--profile", str(profile)]
    process = start(["run", *SCENARIOS, *options], home.root, extra=extra)
    output, _ = process.communicate(timeout=240)
    assert process.returncode == 1, output
    vault = Vault()
    for line in noted.read_text(encoding="utf-8").splitlines():
        vault.add(Secret(*json.loads(line)))
    assert vault.found_in(output) == []
    return vault


def left(home: Toolchain) -> Iterator[Path]:
    """Everything below the folder of the run that is no tool."""
    for path in home.root.iterdir():
        if path.name not in SHARED:
            yield from [path] if path.is_file() else (inner for inner in path.rglob("*") if inner.is_file())


def test_nothing_that_a_run_leaves_behind_holds_a_secret(home: Toolchain, secrets: Vault) -> None:
    files = list(left(home))
    names = {str(path.relative_to(home.root)) for path in files}
    assert names >= WRITTEN
    assert {name.rpartition(".")[2] for name in names if name.startswith("results/")} >= {"json", "xml", "txt", "png"}
    assert secrets.search(*files) == {}
    values = [value for value, _ in secrets.pairs()]
    assert any(all(sign in value for sign in HARD_SIGNS) for value in values)
    for path in files:  # without the vault's help
        content = path.read_bytes()
        assert not [value for value in values if core(value).encode() in content], path


def test_the_handset_of_a_run_forgets_what_apps_have_stored(home: Toolchain, secrets: Vault) -> None:
    root = Project(CHECKOUT, home.root).devices / "default" / "root"
    assert [path for path in (root / "data" / "app").iterdir() if path.name == "id.masuk.anggota"]
    assert list((root / "data" / "data").iterdir()) == []


def test_appium_keeps_what_is_typed_and_shown_out_of_its_log_by_itself(home: Toolchain) -> None:
    """As on a server of somebody else, whose output nobody masks."""
    stack = Stack(Settings(), home, Project(CHECKOUT, home.root), home.root / "logs" / "unmasked", name="unmasked")
    session = Session(stack)
    typed = "q9s<'\\&$Ü🙂 ä %s\"v72CwHl8s3"
    try:
        stack.start()
        apps = stack.ready_device().apps
        apps.install(home.apps / "reference-2.0.0.apk")
        driver = session.driver
        driver.execute_script("mobile: startActivity", {"component": f"{PACKAGE}/.LoginActivity", "wait": True})
        for field in driver.find_elements("class name", "android.widget.EditText"):
            field.send_keys(typed)
        described = driver.see("class name", "android.widget.EditText")
        assert any(core(typed) in seen.text for seen in described)
        driver.set_clipboard_text(typed)
        assert core(typed) in driver.page_source
    finally:
        session.close()
        stack.stop()
    vault = Vault()
    vault.add(Secret(typed, "password"))
    log = (stack.logs / "appium.log").read_text(encoding="utf-8")
    assert "**SECURE**" in log
    assert "'setValue'" in log
    assert vault.found_in(log) == []
    assert core(typed) not in log
