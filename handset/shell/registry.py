"""Commands by name, and what a command gets to work with."""

import getopt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from handset.shell.io import Input, Output
from handset.state.files import DeviceFiles

if TYPE_CHECKING:
    from handset.device import Device

NOT_FOUND = 127


class UsageError(ValueError):
    """Wrong arguments; the text goes to the command's stderr and the exit code is 1."""


@dataclass
class Session:
    """What a line of commands shares: user, working directory, variables, the last exit code."""

    user: str = "shell"
    directory: str = "/"
    variables: dict[str, str] = field(default_factory=dict)
    last_code: int = 0


class Runner(Protocol):
    """Runs further commands in the session of the one that asks; its methods give the exit code."""

    async def run_line(self, line: str, stdin: Input, stdout: Output, stderr: Output) -> int:
        """Run a line as `sh -c` does."""

    async def run_words(self, words: list[str], stdin: Input, stdout: Output, stderr: Output) -> int:
        """Run one command whose words need no expansion."""

    def within(self, session: Session) -> "Runner":
        """One that runs commands in another session."""


@dataclass
class Context:
    """One call of a command. `arguments` come without the command's name."""

    device: "Device"
    interpreter: Runner
    session: Session
    name: str
    arguments: list[str]
    stdin: Input
    stdout: Output
    stderr: Output

    @property
    def files(self) -> DeviceFiles:
        """The device's file system."""
        return self.device.files

    def print(self, text: str = "") -> None:
        """Write a line to stdout."""
        self.stdout.write(text + "\n")

    def complain(self, text: str) -> None:
        """Write a line to stderr."""
        self.stderr.write(text + "\n")

    def options(self, flags: str = "", names: list[str] | None = None) -> tuple[dict[str, str], list[str]]:
        """Options in getopt's notation and the operands that remain; UsageError for an unknown option.

        Single letters are keyed by the letter, long names by the name; options without a value have an empty one.
        """
        return parse_options(self.arguments, flags, names)

    def missing(self, what: str) -> None:
        """Record loudly that something was asked for which the device does not have."""
        self.device.trace.record("MISSING", what)
        self.device.logs.add("W", "handset", f"not implemented: {what}")

    def argument(self, position: int, what: str) -> str:
        """The argument at a position; UsageError naming `what` is missing."""
        if position >= len(self.arguments):
            raise UsageError(f"{self.name}: {what} is missing")
        return self.arguments[position]


def parse_options(
    arguments: list[str], flags: str = "", names: list[str] | None = None
) -> tuple[dict[str, str], list[str]]:
    """Split arguments as `Context.options` does."""
    try:
        found, operands = getopt.gnu_getopt(arguments, flags, names or [])
    except getopt.GetoptError as error:
        raise UsageError(f"Unknown option: {error}") from error
    return {name.lstrip("-"): value for name, value in found}, operands


Result = int | None
CommandFunction = Callable[[Context], Result | Awaitable[Result]]
COMMANDS: dict[str, CommandFunction] = {}


def command(*names: str) -> Callable[[CommandFunction], CommandFunction]:
    """Register a function as the command of these names. It returns an exit code, or None for 0."""

    def register(function: CommandFunction) -> CommandFunction:
        for name in names:
            COMMANDS[name] = function
        return function

    return register
