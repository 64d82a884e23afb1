"""`pm` and `cmd package`, the package manager's command line."""

import asyncio
import itertools
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from handset.base.errors import InstallFailure
from handset.packages.install_options import InstallOptions, InstallSession
from handset.shell.intents import parse_intent, resolve
from handset.shell.numbers import whole
from handset.shell.registry import CommandFunction, Context, UsageError, command

INSTRUMENTATION = "io.appium.uiautomator2.server.test"
RUNNER = "androidx.test.runner.AndroidJUnitRunner (target=io.appium.uiautomator2.server)"
VALUED_OPTIONS = frozenset(
    {"-S", "-i", "-p", "--user", "--install-location", "--abi", "--originating-uri", "--referrer", "--pkg"}
)
FEATURES = ("android.hardware.touchscreen", "android.hardware.wifi", "android.hardware.telephony")


@dataclass
class InstallArguments:
    """Options of an install command; `size` is the bytes that stdin brings, None to read a path."""

    options: InstallOptions
    size: int | None
    operands: list[str]


_numbers = itertools.count(1_000_001)


@command("pm")
async def pm(context: Context) -> int:
    """Run a verb of the package manager."""
    verb = context.argument(0, "a verb")
    verbs: dict[str, CommandFunction] = {
        "list": list_things,
        "path": path,
        "clear": clear,
        "grant": set_permission,
        "revoke": set_permission,
        "resolve-activity": resolve_activity,
        "query-activities": resolve_activity,
        "install": install,
        "install-create": install_create,
        "install-write": install_write,
        "install-commit": install_commit,
        "install-abandon": install_abandon,
        "install-incremental": install_incremental,
        "uninstall": uninstall,
        "dump": dump,
        "help": show_help,
        "get-install-location": install_location,
        "compile": done,
        "enable": done,
        "disable-user": done,
        "trim-caches": done,
        "reset-permissions": done,
    }
    function = verbs.get(verb)
    if function is None:
        context.missing(f"pm {verb}")
        context.complain(f"Unknown command: {verb}")
        return 255
    context.name, context.arguments = verb, context.arguments[1:]
    outcome = function(context)
    return (await outcome if outcome is not None and not isinstance(outcome, int) else outcome) or 0


def list_things(context: Context) -> int:
    """`pm list packages|instrumentation|features|users|permissions|libraries`."""
    what, *rest = context.arguments or [""]
    if what in {"packages", "package"}:
        _list_packages(context, rest)
    elif what == "instrumentation":
        if context.device.packages.get(INSTRUMENTATION):
            context.print(f"instrumentation:{INSTRUMENTATION}/{RUNNER}")
    elif what == "features":
        for feature in FEATURES:
            context.print(f"feature:{feature}")
    elif what == "users":
        context.print("Users:\n\tUserInfo{0:Owner:4c13} running")
    elif what not in {"permissions", "libraries", "permission-groups"}:
        context.complain(f"Error: unknown list type '{what}'")
        return 255
    return 0


def _list_packages(context: Context, words: list[str]) -> None:
    patterns = [word for word in words if not word.startswith("-") and word != "0"]
    for package in context.device.packages:
        if ("-3" in words and package.system) or ("-s" in words and not package.system):
            continue
        if patterns and patterns[0] not in package.name:
            continue
        location = f"{package.device_path}=" if "-f" in words else ""
        version = f" versionCode:{package.facts.version_code}" if "--show-versioncode" in words else ""
        uid = f" uid:{package.uid}" if "-U" in words else ""
        context.print(f"package:{location}{package.name}{version}{uid}")


def _last(context: Context, what: str = "a package") -> str:
    operands = _operands(context.arguments)
    if not operands:
        raise UsageError(f"Error: {what} is missing")
    return operands[-1]


def _operands(words: list[str]) -> list[str]:
    operands, skip = [], False
    for word in words:
        if skip:
            skip = False
        elif word in VALUED_OPTIONS:
            skip = True
        elif not word.startswith("-") or word == "-":
            operands.append(word)
    return operands


def path(context: Context) -> int:
    """`pm path PACKAGE`: where its APK is; exit code 1 and no text when it is not installed."""
    package = context.device.packages.get(_last(context))
    if package is None:
        return 1
    context.print(f"package:{package.device_path}")
    return 0


async def clear(context: Context) -> int:
    """`pm clear [--cache-only] PACKAGE`."""
    name, cache_only = _last(context), "--cache-only" in context.arguments
    done_or_absent = await context.device.packages.clear(name, cache_only=cache_only)
    if not cache_only:
        context.device.configurations.forget(name)
    context.print("Success" if done_or_absent else "Failed")
    return int(not done_or_absent)


def set_permission(context: Context) -> int:
    """`pm grant|revoke PACKAGE PERMISSION`."""
    operands = _operands(context.arguments)
    if len(operands) < 2:
        raise UsageError("Error: needs a package and a permission")
    package = context.device.packages.get(operands[0])
    if package is None:
        context.complain(f"java.lang.IllegalArgumentException: Unknown package: {operands[0]}")
        return 255
    try:
        context.device.packages.set_permission(package, operands[1], context.name == "grant")
    except ValueError as error:
        context.complain(f"java.lang.SecurityException: {error}")
        return 255
    return 0


def resolve_activity(context: Context) -> int:
    """`pm resolve-activity [--brief] INTENT`."""
    words = [word for word in context.arguments if word not in {"--brief", "--components"}]
    intent = parse_intent(words)
    request = resolve(intent, context.device.packages)
    if request is None or not request.target:
        context.print("No activity found")
        return 0
    context.print("priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=true")
    target = request.target
    prefix = request.package.name
    context.print(f"{prefix}/{target.removeprefix(prefix) if target.startswith(prefix + '.') else target}")
    return 0


async def uninstall(context: Context) -> int:
    """`pm uninstall [-k] PACKAGE`."""
    name = _last(context)
    removed = await context.device.packages.uninstall(name, keep_data="-k" in context.arguments)
    if removed:
        context.device.configurations.forget(name)
        context.device.logs.add("I", "PackageManager", f"removed {name}", buffer="system")
    context.print("Success" if removed else f"Failure [not installed for 0: {name}]")
    return int(not removed)


def install_arguments(words: list[str]) -> InstallArguments:
    """Read the options of an install command."""
    size = whole(words[words.index("-S") + 1], "Error") if "-S" in words[:-1] else None
    options = InstallOptions(
        allow_downgrade="-d" in words or "--allow-downgrade" in words,
        grant_all="-g" in words,
        allow_test="-t" in words,
        replace="-R" not in words,
    )
    return InstallArguments(options, size, _operands(words))


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


def _session(context: Context, operands: list[str]) -> tuple[int, InstallSession]:
    number = whole(operands[0], "Error") if operands else 0
    session = context.device.install_sessions.get(number)
    if session is None:
        raise UsageError(f"Error: java.lang.SecurityException: Caller has no access to session {number}")
    return number, session


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
    number, session = _session(context, _operands(context.arguments))
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
    number, session = _session(context, _operands(context.arguments))
    del context.device.install_sessions[number]
    for part in session.parts:
        part.unlink(missing_ok=True)
    context.print("Success")


def install_incremental(context: Context) -> int:
    """Refuse, so that adb streams instead."""
    context.print("Failure [INSTALL_FAILED_INTERNAL_ERROR: incremental installs are not supported]")
    return 1


async def dump(context: Context) -> int:
    """`pm dump PACKAGE`."""
    return await context.interpreter.run_words(
        ["dumpsys", "package", _last(context)], context.stdin, context.stdout, context.stderr
    )


def show_help(context: Context) -> None:
    """`pm help`."""
    context.print("Package manager (package) commands:")
    context.print("  clear [--user USER_ID] [--cache-only] PACKAGE\n    Deletes all data of a package.")
    context.print("  install | install-create | install-write | install-commit | uninstall | list | path")
    context.print("  grant | revoke | resolve-activity | dump")


def install_location(context: Context) -> None:
    """`pm get-install-location`."""
    context.print("0[auto]")


def done(context: Context) -> None:
    """Accept what has no meaning here."""
    context.print("Success")
