"""`pm install`, at once or in a session."""

import asyncio
import itertools
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from handset.base.errors import InstallFailure
from handset.packages.install_options import InstallOptions, InstallSession
from handset.shell.numbers import whole
from handset.shell.package_operands import operands_of
from handset.shell.registry import Context, UsageError

_numbers = itertools.count(1_000_001)


@dataclass
class InstallArguments:
    """Options of an install command; `size` is the bytes that stdin brings, None to read a path."""

    options: InstallOptions
    size: int | None
    operands: list[str]


def install_arguments(words: list[str]) -> InstallArguments:
    """Read the options of an install command."""
    size = whole(words[words.index("-S") + 1], "Error") if "-S" in words[:-1] else None
    options = InstallOptions(
        allow_downgrade="-d" in words or "--allow-downgrade" in words,
        grant_all="-g" in words,
        allow_test="-t" in words,
        replace="-R" not in words,
    )
    return InstallArguments(options, size, operands_of(words))


async def install(context: Context) -> int:
    """`pm install [-r -d -g -t] PATH`, or `-S SIZE` for an APK on stdin."""
    arguments = install_arguments(context.arguments)
    with tempfile.TemporaryDirectory(dir=context.device.scratch) as folder:
        source = await _received(context, arguments, Path(folder) / "base.apk")
        return await _install(context, source, arguments.options)


async def _received(context: Context, arguments: InstallArguments, target: Path) -> Path:
    if arguments.size is None or (arguments.operands and arguments.operands[-1] != "-"):
        if not arguments.operands:
            raise UsageError("Error: must either specify a package size or an APK file")
        source = context.files.host(arguments.operands[-1], context.session.directory)
        if not source.is_file():
            raise UsageError(f"Error: Unable to open file: {arguments.operands[-1]}")
        return source
    content = await context.stdin.read_up_to(arguments.size)
    if len(content) < arguments.size:
        raise UsageError(f"Error: the APK ended after {len(content)} of {arguments.size} bytes")
    await asyncio.to_thread(target.write_bytes, content)
    return target


async def _install(context: Context, source: Path, options: InstallOptions) -> int:
    device = context.device
    try:
        package = await device.packages.install(source, options)
    except InstallFailure as failure:
        device.logs.add("W", "PackageManager", f"install refused: {failure}", buffer="system")
        context.print(f"Failure [{failure}]")
        return 1
    device.logs.add("I", "PackageManager", f"installed {package.name} {package.facts.version_name}", buffer="system")
    context.print("Success")
    return 0


def install_create(context: Context) -> None:
    """`pm install-create`: open a session."""
    number = next(_numbers)
    context.device.install_sessions[number] = InstallSession(install_arguments(context.arguments).options)
    context.print(f"Success: created install session [{number}]")


async def install_write(context: Context) -> None:
    """`pm install-write -S SIZE SESSION NAME [PATH|-]`: add an APK to a session."""
    arguments = install_arguments(context.arguments)
    _, session = _session(context, arguments.operands)
    with tempfile.NamedTemporaryFile(dir=context.device.scratch, suffix=".apk", delete=False) as file:
        target = Path(file.name)
    from_stdin = len(arguments.operands) < 3 or arguments.operands[2] == "-"
    arguments.operands = [] if from_stdin else arguments.operands[2:]
    source = await _received(context, arguments, target)
    if source != target:
        await asyncio.to_thread(shutil.copyfile, source, target)
    session.parts.append(target)
    context.print(f"Success: streamed {arguments.size or 0} bytes")


async def install_commit(context: Context) -> int:
    """`pm install-commit SESSION`: install what the session holds; split APKs are refused."""
    number, session = _session(context, operands_of(context.arguments))
    del context.device.install_sessions[number]
    try:
        if len(session.parts) != 1:
            context.print(
                f"Failure [INSTALL_FAILED_INVALID_APK: the session holds {len(session.parts)} APKs;"
                " handset installs apps of one APK, build a universal one]"
            )
            return 1
        return await _install(context, session.parts[0], session.options)
    finally:
        for part in session.parts:
            part.unlink(missing_ok=True)


def install_abandon(context: Context) -> None:
    """`pm install-abandon SESSION`."""
    number, session = _session(context, operands_of(context.arguments))
    del context.device.install_sessions[number]
    for part in session.parts:
        part.unlink(missing_ok=True)
    context.print("Success")


def install_incremental(context: Context) -> int:
    """Refuse, so that adb streams instead."""
    context.print("Failure [INSTALL_FAILED_INTERNAL_ERROR: incremental installs are not supported]")
    return 1


def _session(context: Context, operands: list[str]) -> tuple[int, InstallSession]:
    number = whole(operands[0], "Error") if operands else 0
    session = context.device.install_sessions.get(number)
    if session is None:
        raise UsageError(f"Error: java.lang.SecurityException: Caller has no access to session {number}")
    return number, session
