"""Window manager, input methods and the small system tools that automation asks for."""

from handset.base.keys import WAKEUP
from handset.shell.registry import Context, UsageError, command

KEYBOARDS = ("com.android.inputmethod.latin/.LatinIME", "io.appium.settings/.UnicodeIME")


@command("wm")
async def wm(context: Context) -> int:
    """`wm size|density|dismiss-keyguard|user-rotation`."""
    display = context.device.display
    match context.arguments:
        case ["size"]:
            context.print(f"Physical size: {display.width}x{display.height}")
        case ["density"]:
            context.print(f"Physical density: {display.density}")
        case ["dismiss-keyguard"]:
            await context.device.screen.press_key(WAKEUP)
        case ["user-rotation", "lock", rotation]:
            context.device.settings.put("system", "user_rotation", rotation)
            await context.device.follow_rotation()
        case ["user-rotation", *_] | ["set-user-rotation", *_]:
            context.print("free")
        case other:
            context.missing(f"wm {' '.join(other)}")
            context.complain("Error: the screen's size and density are fixed")
            return 255
    return 0


@command("ime")
def ime(context: Context) -> int:
    """`ime list|set|enable|disable|reset`."""
    settings = context.device.settings
    match context.arguments:
        case ["list", *options]:
            for keyboard in KEYBOARDS:
                context.print(keyboard if "-s" in options else f"{keyboard}:\n  mId={keyboard}")
        case ["set", keyboard]:
            if keyboard not in KEYBOARDS:
                raise UsageError(f"Unknown input method {keyboard} cannot be selected for user #0")
            settings.put("secure", "default_input_method", keyboard)
            context.print(f"Input method {keyboard} selected for user #0")
        case ["enable" | "disable" as verb, keyboard]:
            context.print(f"Input method {keyboard}: now {verb}d for user #0")
        case ["reset"]:
            settings.put("secure", "default_input_method", KEYBOARDS[0])
        case other:
            context.missing(f"ime {' '.join(other)}")
            return 255
    return 0


@command("appops")
def appops(context: Context) -> None:
    """Accept app operations; the apps' runtime does not check them."""


@command("locksettings")
def locksettings(context: Context) -> None:
    """The device has no lock screen."""
    if context.arguments[:1] == ["get-disabled"]:
        context.print("true")


@command("service")
def service(context: Context) -> None:
    """`service list` and `service check NAME`."""
    names = {
        "activity": "app.IActivityManager",
        "package": "content.pm.IPackageManager",
        "window": "view.IWindowManager",
    }
    if context.arguments[:1] == ["check"]:
        name = context.argument(1, "a name")
        context.print(f"Service {name}: {'found' if name in names else 'not found'}")
        return
    context.print(f"Found {len(names)} services:")
    for number, (name, interface) in enumerate(names.items()):
        context.print(f"{number}\t{name}: [android.{interface}]")


@command("content")
def content(context: Context) -> int:
    """`content query|insert|delete --uri content://settings/NAMESPACE …`; other providers do not exist."""
    words = context.arguments
    values = {name: words[position + 1] for position, name in enumerate(words[:-1]) if name.startswith("--")}
    namespace = values.get("--uri", "").removeprefix("content://settings/")
    settings = context.device.settings
    if namespace not in {"global", "secure", "system"}:
        context.missing(f"content {' '.join(words)}")
        context.complain(f"Error while accessing provider: could not find provider for {values.get('--uri')}")
        return 1
    if words[0] == "query":
        for number, (name, value) in enumerate(settings.all(namespace).items()):
            context.print(f"Row: {number} name={name}, value={value}")
        return 0
    if words[0] == "insert":
        binds = [words[position + 1] for position, word in enumerate(words[:-1]) if word == "--bind"]
        fields = {bind.split(":", 2)[0]: bind.split(":", 2)[2] for bind in binds}
        settings.put(namespace, fields["name"], fields["value"])
        return 0
    raise UsageError(f"content {words[0]} is not supported for settings; use `settings`")


@command("start", "stop")
def framework(context: Context) -> None:
    """Accept; the framework does not restart apart from the device."""


@command("reboot")
async def reboot(context: Context) -> None:
    """End all apps and go back to the launcher, as a reboot leaves them."""
    await context.device.reboot()
