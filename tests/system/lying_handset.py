"""A handset that says that it has done what it was told, and has not: `lying_handset.py LIE start …`."""

import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import handset.device
from handset import names
from handset.cli import main
from handset.clock import Clock
from handset.configuration import Configuration, Configurations
from handset.network import Network, Offer
from handset.packages import InstallOptions, Package, Packages
from handset.shell.interpreter import Interpreter
from handset.shell.io import Input, Output


class LyingNetwork(Network):
    """Reports what it was told, and lets everything through."""

    _said_airplane = False

    async def set_airplane_mode(self, enabled: bool) -> None:
        self._said_airplane = enabled

    @property
    def airplane_mode(self) -> bool:
        return self._said_airplane

    @property
    def default_network(self) -> str:
        return "none" if self._said_airplane else super().default_network

    async def set_wifi(self, enabled: bool) -> None:
        """Nothing."""

    def online_for(self, package: str) -> bool:
        return True

    @property
    def validated(self) -> bool:
        return True

    async def resolve(self, host: str) -> str | None:
        return names.literal(host) or names.embedded(host)

    def offer(self, package: str) -> Offer:
        return replace(super().offer(package), validated=True, names=True, proxy="")


class LyingPackages(Packages):
    """Keeps the data that it was to clear, and the build that it was to update."""

    async def clear(self, name: str, *, cache_only: bool = False) -> bool:
        await self._stop(name)
        return True

    async def install(self, apk: Path, options: InstallOptions) -> Package:
        old = self.get(self._facts(apk).package)
        return old if old is not None else await super().install(apk, options)


class DeviceThatDoesNotTurn(handset.device.Device):
    """Takes the setting, and stays upright."""

    async def follow_rotation(self) -> None:
        """Nothing."""


class ClockThatGoesOn(Clock):
    """Takes a time, and keeps its own."""

    async def set(self, milliseconds: int) -> None:
        """Nothing."""


class StoredConfigurations(Configurations):
    """Keeps what was chosen, and lays every app out as before."""

    def of(self, package: str) -> Configuration:
        return Configuration(self._properties.get("persist.sys.locale"), 1.0)


carry_out = Interpreter.run_words


async def run_words(self: Interpreter, words: list[str], stdin: Input, stdout: Output, stderr: Output) -> int:
    """Takes orders, and carries out none that would touch a file of an app, its process, the display or the disk."""
    match words:
        case ["run-as", _, "sh" | "rm", *_] | ["am", "kill", *_] | ["input" | "fallocate" | "dd", *_]:
            return 0
        case ["pm", "install-write", *_]:
            stdout.write("Success: streamed 0 bytes\n")
            return 0
    return await carry_out(self, words, stdin, stdout, stderr)


LIES: dict[str, dict[str, object]] = {
    "radio": {"handset.device.Network": LyingNetwork, "handset.cli.Device": DeviceThatDoesNotTurn},
    "user": {
        "handset.device.Clock": ClockThatGoesOn,
        "handset.device.Configurations": StoredConfigurations,
    },
    "storage": {"handset.device.Packages": LyingPackages},
    "shell": {"handset.shell.interpreter.Interpreter.run_words": run_words},
}

if __name__ == "__main__":
    with ExitStack() as patched:
        for name, liar in LIES[sys.argv.pop(1)].items():
            patched.enter_context(patch(name, liar))
        sys.exit(main())
