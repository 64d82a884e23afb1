"""`masuk new app`: what it finds out about apps whose profile is known, and what it says where it can't."""

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from masuk.automation.run_processes import Stack
from tests.system.homes import copy_of_project
from tests.system.masuk_command import Finished, MasukCommand

PACKAGES = ("id.masuk.anggota", "org.example.readingroom", "io.appium.android.apis")
PARTS = ("apps", "masuk", "masuk.toml", "pyproject.toml")
APIDEMOS = "node/node_modules/android-apidemos/apks/ApiDemos-debug.apk"
TOLD_BY_THE_SCREEN = {
    "reference": {"identifier", "password", "submit", "reveal", "forgot_password", "help"},
    "readingroom": {"identifier", "next"},
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the command needs of the project, to write into."""
    return copy_of_project(tmp_path_factory.mktemp("project"), PARTS)


@pytest.fixture
def command(masuk: MasukCommand, project: Path) -> Iterator[MasukCommand]:
    """The command in that copy, on a device without the apps, which are in nobody's hands; the copy gets no new app."""
    for package in PACKAGES:
        masuk.device.apps.uninstall(package)
    before = set((project / "apps").iterdir())
    yield masuk.of(project)
    for made in set((project / "apps").iterdir()) - before:
        shutil.rmtree(made)


def new_app(command: MasukCommand, stack: Stack, name: str, apk: Path) -> Finished:
    words = ("--apk", str(apk), "--device", command.device.serial, "--appium-url", stack.ready_appium(), "--wait", "5")
    return command.finish(command.start_command("new", "app", name, *words))


def login_of(profile: Path) -> dict[str, Any]:
    login: dict[str, Any] = tomllib.loads(profile.read_text(encoding="utf-8"))["screens"]["login"]
    return login


@pytest.mark.parametrize(("app", "build"), [("reference", "reference-2.0.0"), ("readingroom", "readingroom-3.1.0")])
def test_what_it_guesses_is_what_the_true_profile_says(
    command: MasukCommand, stack: Stack, project: Path, app: str, build: str
) -> None:
    finished = new_app(command, stack, "mine", command.toolchain.apps / f"{build}.apk")
    assert finished.code == 0, finished.output
    written, true = project / "apps" / "mine" / "profile.toml", project / "apps" / app / "profile.toml"
    facts, true_facts = (tomllib.loads(path.read_text(encoding="utf-8"))["app"] for path in (written, true))
    assert [facts[key] for key in ("package", "activity")] == [true_facts[key] for key in ("package", "activity")]
    guessed, known = login_of(written), login_of(true)
    assert guessed == {key: known[key] for key in TOLD_BY_THE_SCREEN[app]}
    assert f"{written}: screens.home.member_name: is missing; add it." in finished.output


def test_an_app_without_a_login_is_said_to_have_none(command: MasukCommand, stack: Stack, project: Path) -> None:
    finished = new_app(command, stack, "demos", command.toolchain.root / APIDEMOS)
    assert finished.code == 4, finished.output
    assert "io.appium.android.apis shows no login screen" in finished.output
    assert "API Demos" in finished.output
    assert not (project / "apps" / "demos").exists()


@pytest.mark.parametrize(
    ("name", "apk", "said"),
    [
        ("reference", "apps/reference-2.0.0.apk", "apps/reference is there already"),
        ("../elsewhere", "apps/reference-2.0.0.apk", '"../elsewhere" is no name for an app'),
        ("mine", "apps/nothing.apk", "nothing.apk: no such file"),
        ("mine", "authority/ca.pem", "is no APK"),
    ],
)
def test_what_can_not_be_is_said_and_nothing_is_written(
    command: MasukCommand, stack: Stack, project: Path, name: str, apk: str, said: str
) -> None:
    before = sorted(project.rglob("*.toml"))
    finished = new_app(command, stack, name, command.toolchain.root / apk)
    assert (finished.code, said in finished.output) == (4, True), finished.output
    assert sorted(project.rglob("*.toml")) == before
