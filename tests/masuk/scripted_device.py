"""A device that answers from a script, and the app under test on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from subprocess import CompletedProcess

from typing_extensions import override

from masuk.base.timeline import Timeline
from masuk.base.toml_model import read_toml, validate
from masuk.config.profile import Profile
from masuk.config.settings import Settings
from masuk.device import AdbDevice, Device
from masuk.device.adb import Adb
from masuk.device.app_under_test import AppUnderTest
from tests.checkout import CHECKOUT

Answers = Mapping[str, str | Exception]


@dataclass(frozen=True)
class ScriptedDevice(AdbDevice):
    """Answers commands of its shell by `answers`, and raises those that are exceptions. No other command may come."""

    serial: str = "emulator-5554"
    adb: Adb = field(default_factory=lambda: Adb.at(1))
    answers: Answers = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @override
    def attempt(self, command: str, *, timeout: float = 60, stdin: bytes | None = None) -> CompletedProcess[bytes]:
        return CompletedProcess(command, 0, self._answer(command), b"")

    @override
    def output(self, *command: str) -> bytes:
        return self._answer(" ".join(command))

    def _answer(self, command: str) -> bytes:
        assert command in self.answers, f"Expected nothing to ask the device `{command}`."
        self.asked.append(command)
        answer = self.answers[command]
        if isinstance(answer, Exception):
            raise answer
        return answer.encode()


def profile_of(package: str) -> Profile:
    """The reference app's profile, for another package. None of its builds need be there."""
    path = CHECKOUT / Settings().profile
    profile = validate(Profile, read_toml(path), str(path))
    return profile.model_copy(update={"app": profile.app.model_copy(update={"package": package})})


def app_on(device: Device, package: str) -> AppUnderTest:
    """An app on a device, as if it had not been opened yet."""
    return AppUnderTest(profile_of(package), device, "https://backend.example", Timeline())
