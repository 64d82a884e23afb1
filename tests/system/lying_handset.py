"""A handset that says that it has done what it was told, and has not: `lying_handset.py LIE FILE start …`.

Each lie that is really told is a line of FILE. A lie that nobody hears, such as an override of a method that is gone,
is missing there: see `untold`.
"""

import functools
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from typing_extensions import override

import handset.device
from handset.base import resolver
from handset.cli import main
from handset.packages.facts_cache import cached_facts
from handset.packages.install_options import InstallOptions
from handset.packages.package import Package
from handset.packages.package_manager import Packages
from handset.shell.interpreter import Interpreter
from handset.shell.io import Input, Output
from handset.state.clock import Clock
from handset.state.configuration import Configuration, Configurations
from handset.state.network import Network, Offer


class LyingNetwork(Network):
    """Reports what it was told, and lets everything through."""

    _said_airplane = False

    @override
    async def set_airplane_mode(self, enabled: bool) -> None:
        self._said_airplane = enabled

    @property
    @override
    def airplane_mode(self) -> bool:
        return self._said_airplane

    @property
    @override
    def default_network(self) -> str:
        return "none" if self._said_airplane else super().default_network

    @override
    async def set_wifi(self, enabled: bool) -> None:
        """Nothing."""

    @override
    def online_for(self, package: str) -> bool:
        return True

    @property
    @override
    def validated(self) -> bool:
        return True

    @override
    async def address(self, host: str) -> str | None:
        return resolver.OWN.get(host.lower()) or resolver.literal(host) or resolver.embedded(host)

    @override
    def offer(self, package: str) -> Offer:
        return replace(super().offer(package), validated=True, names=True, proxy="")


class NetworkWithoutProxy(Network):
    """Has the setting of a proxy, and apps that ignore it, as some HTTP clients do."""

    @override
    def offer(self, package: str) -> Offer:
        return replace(super().offer(package), proxy="")


class LyingPackages(Packages):
    """Keeps the data that it was to clear, and the build that it was to update."""

    @override
    async def clear(self, name: str, *, cache_only: bool = False) -> bool:
        await self._stop(name)
        return True

    @override
    async def install(self, apk: Path, options: InstallOptions) -> Package:
        old = self.get(cached_facts(apk, self._home).package)
        return old if old is not None else await super().install(apk, options)


class DeviceThatDoesNotTurn(handset.device.Device):
    """Takes the setting, and stays upright."""

    @override
    async def follow_rotation(self) -> None:
        """Nothing."""


class ClockThatGoesOn(Clock):
    """Takes a time, and keeps its own."""

    @override
    async def set(self, milliseconds: int) -> None:
        """Nothing."""


class StoredConfigurations(Configurations):
    """Keeps what was chosen, and lays every app out as before."""

    @override
    def of(self, package: str) -> Configuration:
        return Configuration(self._properties.get("persist.sys.locale"), 1.0)


carry_out = Interpreter.run_words
ORDERS: dict[str, Callable[[list[str]], bool]] = {
    "files of an app": lambda words: words[:1] == ["run-as"] and words[2:3] in (["sh"], ["rm"]),
    "the end of a process": lambda words: words[:2] == ["am", "kill"],
    "keys": lambda words: words[:1] == ["input"],
    "the disk": lambda words: words[:1] in (["fallocate"], ["dd"]),
    "an update": lambda words: words[:2] == ["pm", "install-write"],
}
"""What the shell only pretends to do."""


class LyingShell:
    """Takes orders, and carries out none that would touch a file of an app, its process, the display or the disk."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell

    async def run_words(
        self, shell: Interpreter, words: list[str], stdin: Input, stdout: Output, stderr: Output
    ) -> int:
        order = next((name for name, means in ORDERS.items() if means(words)), None)
        if order is None:
            return await carry_out(shell, words, stdin, stdout, stderr)
        self._tell(order)
        if order == "an update":
            stdout.write("Success: streamed 0 bytes\n")
        return 0


LIARS: dict[str, dict[str, type]] = {
    "radio": {"handset.device.Network": LyingNetwork, "handset.cli.Device": DeviceThatDoesNotTurn},
    "proxy": {"handset.device.Network": NetworkWithoutProxy},
    "user": {
        "handset.device.Clock": ClockThatGoesOn,
        "handset.device.Configurations": StoredConfigurations,
    },
    "storage": {"handset.device.Packages": LyingPackages},
    "shell": {},
}


def lies(about: str) -> set[str]:
    """The names of all lies of a kind."""
    if about == "shell":
        return set(ORDERS)
    return {f"{liar.__name__}.{name}" for liar in LIARS[about].values() for name in members(liar)}


def untold(about: str, file: Path) -> set[str]:
    """The lies of a kind that were never told, by the file that the handset has written."""
    return lies(about) - set(file.read_text().splitlines() if file.exists() else [])


def members(liar: type) -> dict[str, Any]:
    """The methods and properties that a class overrides, by name."""
    return {name: m for name, m in vars(liar).items() if not name.startswith("_") and (callable(m) or is_property(m))}


def is_property(member: object) -> bool:
    return isinstance(member, property)


def overheard(liar: type, tell: Callable[[str], None]) -> type:
    """A subclass of the liar that calls `tell` with the name of each lie as it is told."""

    def recorded(name: str, lie: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(lie)
        def told(*arguments: Any, **named: Any) -> Any:
            tell(f"{liar.__name__}.{name}")
            return lie(*arguments, **named)

        return told

    wrapped: dict[str, Any] = {
        name: property(recorded(name, member.fget)) if is_property(member) else recorded(name, member)
        for name, member in members(liar).items()
    }
    return type(liar.__name__, (liar,), wrapped)


def run(about: str, file: Path) -> int:
    told: set[str] = set()

    def tell(name: str) -> None:
        if name not in told:
            told.add(name)
            with file.open("a") as lines:
                lines.write(f"{name}\n")

    with ExitStack() as patched:
        for name, liar in LIARS[about].items():
            patched.enter_context(patch(name, overheard(liar, tell)))
        if about == "shell":
            shell = LyingShell(tell)

            async def run_words(interpreter: Interpreter, *arguments: Any) -> int:
                return await shell.run_words(interpreter, *arguments)

            patched.enter_context(patch("handset.shell.interpreter.Interpreter.run_words", run_words))
        return main()


if __name__ == "__main__":
    sys.exit(run(sys.argv.pop(1), Path(sys.argv.pop(1))))
