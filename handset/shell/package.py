"""`pm` and `cmd package`, the package manager's command line."""

from handset.shell.package_installs import (
    install,
    install_abandon,
    install_commit,
    install_create,
    install_incremental,
    install_write,
)
from handset.shell.package_operands import last_operand, operands_of
from handset.shell.package_queries import dump, list_things, path, resolve_activity
from handset.shell.registry import CommandFunction, Context, UsageError, command


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


async def clear(context: Context) -> int:
    """`pm clear [--cache-only] PACKAGE`."""
    name, cache_only = last_operand(context), "--cache-only" in context.arguments
    done_or_absent = await context.device.packages.clear(name, cache_only=cache_only)
    if not cache_only:
        context.device.configurations.forget(name)
    context.print("Success" if done_or_absent else "Failed")
    return int(not done_or_absent)


def set_permission(context: Context) -> int:
    """`pm grant|revoke PACKAGE PERMISSION`."""
    operands = operands_of(context.arguments)
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


async def uninstall(context: Context) -> int:
    """`pm uninstall [-k] PACKAGE`."""
    name = last_operand(context)
    removed = await context.device.packages.uninstall(name, keep_data="-k" in context.arguments)
    if removed:
        context.device.configurations.forget(name)
        context.device.logs.add("I", "PackageManager", f"removed {name}", buffer="system")
    context.print("Success" if removed else f"Failure [not installed for 0: {name}]")
    return int(not removed)


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
