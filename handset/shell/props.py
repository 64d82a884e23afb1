"""System properties."""

from handset.shell.registry import Context, UsageError, command


@command("getprop")
def getprop(context: Context) -> None:
    """Print a property, its default when it is empty, or all properties."""
    properties = context.device.properties
    if not context.arguments:
        for name, value in properties.all().items():
            context.print(f"[{name}]: [{value}]")
        return
    default = context.arguments[1] if len(context.arguments) > 1 else ""
    context.print(properties.get(context.arguments[0]) or default)


@command("setprop")
def setprop(context: Context) -> None:
    """Set a property."""
    try:
        context.device.properties.put(context.argument(0, "a name"), context.argument(1, "a value"))
    except ValueError as error:
        raise UsageError(str(error)) from error
