"""The small commands that every script uses, and those that run another command."""

import asyncio
import shlex
import time

from handset.shell.escapes import unescaped
from handset.shell.io import Input
from handset.shell.numbers import decimal, whole
from handset.shell.registry import Context, Session, UsageError, command

ISO = "%Y-%m-%dT%H:%M:%S+00:00"


@command("echo")
def echo(context: Context) -> None:
    """Print arguments; -n leaves the newline out."""
    words = context.arguments
    newline = words[:1] != ["-n"]
    context.stdout.write(" ".join(words if newline else words[1:]) + ("\n" if newline else ""))


@command("printf")
def printf(context: Context) -> None:
    r"""Print a format with %s, %d and the escapes \n, \t."""
    text = unescaped(context.argument(0, "a format"))
    values = context.arguments[1:]
    for value in values:
        text = text.replace("%s", value, 1) if "%s" in text else text.replace("%d", value, 1)
    context.stdout.write(text.replace("%%", "%"))


@command("true", ":")
def true(_context: Context) -> int:
    """Succeed."""
    return 0


@command("false")
def false(_context: Context) -> int:
    """Fail."""
    return 1


@command("exit")
def leave(context: Context) -> int:
    """Give an exit code."""
    return whole(context.arguments[0], "exit") & 0xFF if context.arguments else context.session.last_code


@command("export", "set", "umask", "trap", "sync")
def export(context: Context) -> None:
    """Set variables written NAME=VALUE."""
    for word in context.arguments:
        name, equals, value = word.partition("=")
        if equals:
            context.session.variables[name] = value


@command("whoami")
def whoami(context: Context) -> None:
    """Print the user."""
    context.print(context.session.user)


@command("id")
def identity(context: Context) -> None:
    """Print the user's ids."""
    package = context.device.packages.get(context.session.user)
    ids = {"root": 0, "shell": 2000}
    number = package.uid if package else ids.get(context.session.user, 2000)
    name = package.user_name.replace("u0a", "u0_a") if package else context.session.user
    context.print(str(number) if "-u" in context.arguments else f"uid={number}({name}) gid={number}({name})")


@command("uname")
def uname(context: Context) -> None:
    """Print the kernel's name."""
    context.print("Linux localhost 6.6.30-android15 x86_64" if "-a" in context.arguments else "Linux")


@command("hostname")
def hostname(context: Context) -> None:
    """Print the host's name."""
    context.print("localhost")


@command("uptime")
def uptime(context: Context) -> None:
    """Print how long the device has been up."""
    now = time.strftime("%H:%M:%S", time.gmtime(context.device.clock.now()))
    context.print(f" {now} up {int(context.device.uptime // 60)} min")


@command("date")
def date(context: Context) -> int:
    """Print the device's time, in UTC; +FORMAT as strftime takes it. Setting it is refused: see `cmd alarm`."""
    _, operands = context.options("us")
    if any(not word.startswith("+") for word in operands):
        context.complain("date: cannot set date: Operation not permitted")
        return 1
    now = context.device.clock.now()
    pattern = operands[0][1:].replace("%s", str(int(now))) if operands else "%a %b %e %H:%M:%S UTC %Y"
    pattern = pattern.replace("%:z", "+00:00").replace("%z", "+0000")
    try:
        context.print(time.strftime(pattern, time.gmtime(now)))
    except ValueError as error:  # an embedded NUL, or what is no UTF-8
        raise UsageError(f"date: bad format '{pattern}'") from error
    return 0


@command("sleep")
async def sleep(context: Context) -> None:
    """Wait for some seconds, as the user asked."""
    await asyncio.sleep(max(0.0, decimal(context.argument(0, "seconds"), "sleep")))


@command("cd")
def change_directory(context: Context) -> int:
    """Change the working directory."""
    target = context.arguments[0] if context.arguments else "/"
    if not context.files.host(target, context.session.directory).is_dir():
        context.complain(f"/system/bin/sh: cd: {target}: No such file or directory")
        return 2
    context.session.directory = context.files.normal(target, context.session.directory)
    return 0


@command("pwd")
def working_directory(context: Context) -> None:
    """Print the working directory."""
    context.print(context.session.directory)


@command("which", "type")
def which(context: Context) -> int:
    """Print where a command is."""
    from handset.shell.registry import COMMANDS

    known = [name for name in context.arguments if name in COMMANDS]
    for name in known:
        context.print(f"/system/bin/{name}")
    return int(len(known) < len(context.arguments))


@command("sh")
async def shell(context: Context) -> int:
    """Run `sh -c LINE`, or a script from a file or stdin."""
    words = context.arguments
    if words[:1] == ["-c"]:
        line = " ".join(words[1:2])
    elif words:
        line = context.files.host(words[0], context.session.directory).read_text("utf-8", "surrogateescape")
    else:
        line = (await context.stdin.read_all()).decode("utf-8", "surrogateescape")
    return await context.interpreter.run_line(line, context.stdin, context.stdout, context.stderr)


@command("su")
async def switch_user(context: Context) -> int:
    """Run a command as root: `su [-c] [root|0] COMMAND…`."""
    words = [word for word in context.arguments if word not in {"-c", "root", "0"}]
    return await _run_as(context, Session(user="root", directory=context.session.directory), words)


@command("run-as")
async def run_as(context: Context) -> int:
    """Run a command as a debuggable app, in its data folder."""
    name = context.argument(0, "a package")
    package = context.device.packages.get(name)
    if package is None:
        context.complain(f"run-as: unknown package: {name}")
        return 1
    if not package.facts.debuggable:
        context.complain(f"run-as: package not debuggable: {name}")
        return 1
    context.files.app_data(name)
    words = context.arguments[1:]
    return await _run_as(context, Session(user=name, directory=f"/data/data/{name}"), words)


@command("timeout")
async def timeout(context: Context) -> int:
    """Run a command for at most some seconds; 124 when it took longer."""
    seconds = decimal(context.argument(0, "seconds"), "timeout")
    words = context.arguments[1:]
    run = context.interpreter.run_words(words, context.stdin, context.stdout, context.stderr)
    try:
        async with asyncio.timeout(seconds):
            return await run
    except TimeoutError:
        return 124


@command("xargs")
async def xargs(context: Context) -> int:
    """Run a command with the words of stdin as further arguments."""
    try:
        words = shlex.split((await context.stdin.read_all()).decode("utf-8", "surrogateescape"))
    except ValueError as error:
        raise UsageError(f"xargs: {error}") from error
    command_words = [*(context.arguments or ["echo"]), *words]
    return await context.interpreter.run_words(command_words, Input(b""), context.stdout, context.stderr)


async def _run_as(context: Context, session: Session, words: list[str]) -> int:
    if not words:
        raise UsageError(f"{context.name}: a command is missing; interactive shells are not supported")
    interpreter = context.interpreter.within(session)
    if len(words) == 1:
        return await interpreter.run_line(words[0], context.stdin, context.stdout, context.stderr)
    return await interpreter.run_words(words, context.stdin, context.stdout, context.stderr)
