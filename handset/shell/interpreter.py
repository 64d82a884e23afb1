"""Runs parsed command lines: expansion, redirects, pipes, exit codes."""

import asyncio
import inspect
import posixpath
import re
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from handset.base import glob
from handset.base.errors import HandsetError
from handset.shell.io import Input, Output, Sink
from handset.shell.parser import Pipeline, Redirect, ShellSyntaxError, SimpleCommand, Word, parse, variables
from handset.shell.registry import NOT_FOUND, CommandFunction, Context, Session, UsageError

if TYPE_CHECKING:
    from handset.device import Device

ASSIGNMENT = re.compile(r"^([A-Za-z_]\w*)=(.*)$", re.DOTALL)
TRANSPARENT = frozenset({"exec", "nohup", "command", "time"})
SECRET_COMMANDS = (["input", "text"], ["am", "start"], ["am", "start-activity"])


class Interpreter:
    """A shell session on a device. Exit codes are the commands' own; 127 for a command that does not exist."""

    def __init__(self, device: "Device", commands: Mapping[str, CommandFunction], session: Session) -> None:
        self._device = device
        self._commands = commands
        self.session = session

    def within(self, session: Session) -> "Interpreter":
        """The same shell for another session."""
        return Interpreter(self._device, self._commands, session)

    async def run_line(self, line: str, stdin: Input, stdout: Output, stderr: Output) -> int:
        """Run a line as `sh -c` does."""
        try:
            pipelines = parse(line.replace("\0", ""))
        except ShellSyntaxError as error:
            stderr.write(f"/system/bin/sh: {error}\n")
            self._device.trace.record("MISSING", f"shell syntax: {error}")
            return 2
        for pipeline in pipelines:
            code = self.session.last_code
            if (pipeline.connector == "&&" and code) or (pipeline.connector == "||" and not code):
                continue
            self.session.last_code = await self._run_pipeline(pipeline, stdin, stdout, stderr)
        return self.session.last_code

    async def run_words(self, words: list[str], stdin: Input, stdout: Output, stderr: Output) -> int:
        """Run one command whose words need no expansion."""
        while words and words[0] in TRANSPARENT:
            words = words[1:]
        if not words:
            return 0
        started = time.monotonic()
        name = posixpath.basename(words[0])
        function = self._commands.get(name)
        if function is None:
            self._device.trace.record("MISSING", f"shell command {words[0]}")
            self._device.logs.add("W", "handset", f"shell command not found: {words[0]}")
            stderr.write(f"/system/bin/sh: {words[0]}: inaccessible or not found\n")
            return NOT_FOUND
        context = Context(self._device, self, self.session, name, words[1:], stdin, stdout, stderr)
        try:
            outcome = function(context)
            code = (await outcome if inspect.isawaitable(outcome) else outcome) or 0
            await stdout.flush()
        except (UsageError, HandsetError) as error:
            stderr.write(f"{error}\n")
            code = 1
        except OSError as error:
            where = self._shown(error.filename) if error.filename else "xwrite"
            stderr.write(f"{name}: {where}: {error.strerror or error}\n")
            code = 1
        except RecursionError:
            stderr.write(f"/system/bin/sh: {name}: too many levels of commands\n")
            code = 1
        except Exception as error:  # a defect of the command, which must not end the device's service
            self._device.trace.record("BUG", f"{name}: {type(error).__name__}: {error}", stack=traceback.format_exc())
            stderr.write(f"{name}: internal error: {type(error).__name__}: {error}\n")
            code = 1
        await stderr.flush()
        await self._device.files.partition.tell()
        self._device.trace.record("shell", _traceable(words), code=code, seconds=round(time.monotonic() - started, 3))
        return code

    async def _run_pipeline(self, pipeline: Pipeline, stdin: Input, stdout: Output, stderr: Output) -> int:
        """Run the commands of a pipeline at once; the last one's code counts."""
        tasks = []
        for command in pipeline.commands[:-1]:
            pipe = Input()
            tasks.append(asyncio.create_task(self._run_into_pipe(command, stdin, pipe, stderr)))
            stdin = pipe
        try:
            code = await self._run_command(pipeline.commands[-1], stdin, stdout, stderr)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return code

    async def _run_into_pipe(self, command: SimpleCommand, stdin: Input, pipe: Input, stderr: Output) -> None:
        async def sink(data: bytes) -> None:
            pipe.feed(data)

        try:
            await self._run_command(command, stdin, Output(sink), stderr)
        finally:
            pipe.close()

    async def _run_command(self, command: SimpleCommand, stdin: Input, stdout: Output, stderr: Output) -> int:
        words = [argument for word in command.words for argument in self._expand(word)]
        while words and (assignment := ASSIGNMENT.match(words[0])):
            self.session.variables[assignment[1]] = assignment[2]
            words = words[1:]
        try:
            for redirect in command.redirects:
                stdin, stdout, stderr = self._redirected(redirect, stdin, stdout, stderr)
        except OSError as error:
            stderr.write(f"/system/bin/sh: can't open {self._shown(error.filename)}: {error.strerror}\n")
            return 1
        return await self.run_words(words, stdin, stdout, stderr)

    def _redirected(
        self, redirect: Redirect, stdin: Input, stdout: Output, stderr: Output
    ) -> tuple[Input, Output, Output]:
        if redirect.target is None:
            return stdin, stdout, stdout
        target = " ".join(self._expand(redirect.target))
        if redirect.operator == "<":
            return Input(self._source(target)), stdout, stderr
        output = Output(self._file_sink(target, append=redirect.operator.endswith(">>")))
        if redirect.operator == "&>":
            return stdin, output, output
        if redirect.operator.startswith("2"):
            return stdin, stdout, output
        return stdin, output, stderr

    def _source(self, target: str) -> bytes:
        return b"" if target == "/dev/null" else self._host(target).read_bytes()

    def _file_sink(self, target: str, *, append: bool) -> Sink:
        path = None if target == "/dev/null" else self._host(target)
        if path is not None and not append:
            path.write_bytes(b"")

        async def sink(data: bytes) -> None:
            if path is not None:
                self._device.files.partition.append(path, data)

        return sink

    def _expand(self, word: Word) -> list[str]:
        values = {**self.session.variables, "?": str(self.session.last_code)}
        texts = [variables(part.text, values) if part.expands else part.text for part in word.parts]
        text = "".join(texts)
        pattern = "".join(
            each if part.globs else glob.escaped(each) for part, each in zip(word.parts, texts, strict=True)
        )
        if any(part.globs and glob.has_magic(part.text) for part in word.parts):
            return self._device.files.glob(pattern, self.session.directory) or [text]
        quoted = any(not part.globs for part in word.parts)
        return [text] if text or quoted else []

    def _host(self, path: str) -> Path:
        return self._device.files.host(path, self.session.directory)

    def _shown(self, path: object) -> str:
        """A host path as the device's user knows it."""
        try:
            return "/" + str(Path(str(path)).relative_to(self._device.files.root))
        except ValueError:
            return str(path)


def _traceable(words: list[str]) -> str:
    """The command for the trace, without what was typed or passed to an app."""
    for secret in SECRET_COMMANDS:
        if words[: len(secret)] == secret:
            return " ".join(words if secret[0] == "am" and "--es" not in words else [*secret, "…"])
    return " ".join(words)
