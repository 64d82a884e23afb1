"""The settings provider's command line."""

from handset.shell.registry import Context, UsageError, command
from handset.state.settings_store import NAMESPACES


@command("settings")
async def settings(context: Context) -> None:
    """`settings [--user N] get|put|delete|list|reset NAMESPACE [NAME [VALUE]]`."""
    words = list(context.arguments)
    if words[:1] == ["--user"]:
        words = words[2:]
    if len(words) < 2 or words[1] not in NAMESPACES:
        raise UsageError(f"Invalid namespace '{words[1] if len(words) > 1 else ''}': one of {', '.join(NAMESPACES)}")
    verb, namespace, *rest = words
    values = context.device.settings
    if verb == "list":
        for name, value in values.all(namespace).items():
            context.print(f"{name}={value}")
    elif not rest:
        raise UsageError("Bad arguments: a name is missing")
    elif verb == "get":
        value_or_none = values.get(namespace, rest[0])
        context.print("null" if value_or_none is None else value_or_none)
    elif verb == "put":
        values.put(namespace, rest[0], rest[1] if len(rest) > 1 else "")
    elif verb == "delete":
        context.print(f"Deleted {int(values.delete(namespace, rest[0]))} rows")
    else:
        raise UsageError(f"Invalid command: {verb}")
    if namespace == "global":
        await context.device.network.follow_settings()
        await context.device.clock.follow_settings()
    elif rest[:1] == ["font_scale"]:
        await context.device.configurations.follow_settings()
    elif rest[:1] == ["user_rotation"]:
        await context.device.follow_rotation()
