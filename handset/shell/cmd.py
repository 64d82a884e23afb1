"""`cmd SERVICE …`: the command lines of system services."""

from handset.shell.numbers import whole
from handset.shell.registry import Context, UsageError, command

NO_SUCH_SERVICE = 20
ALIASES = {"package": "pm", "activity": "am", "settings": "settings", "overlay": "true", "window": "wm"}
SILENT = frozenset({"notification", "bluetooth_manager", "statusbar", "appops", "deviceidle", "power"})


@command("cmd")
async def cmd(context: Context) -> int:
    """Pass a call on to the service's own command line."""
    words = context.arguments[1:] if context.arguments[:1] == ["-w"] else context.arguments
    if words == ["-l"]:
        for name in sorted({*ALIASES, *SILENT, *CALLS}):
            context.print(f"  {name}")
        return 0
    if not words:
        raise UsageError("cmd: No service specified; use -l to list all running services.")
    service, *rest = words
    if service in ALIASES:
        return await context.interpreter.run_words(
            [ALIASES[service], *rest], context.stdin, context.stdout, context.stderr
        )
    if service in SILENT:
        return 0
    context.arguments = rest
    if service in CALLS:
        return await CALLS[service](context)
    answers = {"location": "true", "uimode": "Night mode: no"}
    if service not in answers:
        context.missing(f"cmd {service} {' '.join(rest)}")
        context.complain(f"cmd: Can't find service: {service}")
        return NO_SUCH_SERVICE
    context.print(answers[service])
    return 0


async def connectivity(context: Context) -> int:
    """`cmd connectivity airplane-mode [enable|disable]` and the per-package firewall."""
    network = context.device.network
    match context.arguments:
        case ["airplane-mode"]:
            context.print("enabled" if network.airplane_mode else "disabled")
        case ["airplane-mode", "enable" | "disable" as state]:
            await network.set_airplane_mode(state == "enable")
        case ["set-chain3-enabled", "true" | "false" as state]:
            await network.restrict(state == "true")
        case ["get-chain3-enabled"]:
            context.print(f"chain:{'enabled' if network.restrict_packages else 'disabled'}")
        case ["set-package-networking-enabled", "true" | "false" as state, package]:
            await network.set_package_allowed(package, state == "true")
        case ["get-package-networking-enabled", package]:
            context.print(f"{package}:{'allow' if network.package_allowed(package) else 'deny'}")
        case ["help"] | []:
            context.print("Connectivity service commands:\n  airplane-mode [enable|disable]")
            context.print("  set-chain3-enabled [true|false]\n  get-chain3-enabled")
            context.print("  set-package-networking-enabled [true|false] PACKAGE")
            context.print("  get-package-networking-enabled PACKAGE")
        case other:
            context.missing(f"cmd connectivity {' '.join(other)}")
            context.complain(f"Unknown command: {' '.join(other)}")
            return 255
    return 0


async def wifi(context: Context) -> int:
    """`cmd wifi set-wifi-enabled enabled|disabled` and `status`."""
    network = context.device.network
    match context.arguments:
        case ["set-wifi-enabled", "enabled" | "disabled" as state]:
            await network.set_wifi(state == "enabled")
        case ["status"]:
            context.print(f"Wifi is {'enabled' if network.wifi else 'disabled'}")
            if network.wifi:
                context.print('==== Primary ClientModeManager instance ====\nWifi is connected to "AndroidWifi"')
        case other:
            context.missing(f"cmd wifi {' '.join(other)}")
            context.complain(f"Unknown command: {' '.join(other)}")
            return 255
    return 0


async def phone(context: Context) -> int:
    """`cmd phone data enable|disable`."""
    match context.arguments:
        case ["data", "enable" | "disable" as state]:
            await context.device.network.set_mobile_data(state == "enable")
            return 0
        case other:
            context.missing(f"cmd phone {' '.join(other)}")
            context.complain(f"Unknown command: {' '.join(other)}")
            return 255


async def alarm(context: Context) -> int:
    """`cmd alarm set-time MILLISECONDS`: the time since the epoch, which is silent when it is taken."""
    match context.arguments:
        case ["set-time", milliseconds] if milliseconds.isascii() and milliseconds.isdigit():
            await context.device.clock.set(whole(milliseconds, "cmd"))
            return 0
        case other:
            context.missing(f"cmd alarm {' '.join(other)}")
            context.complain(f"Unknown command: {' '.join(other)}")
            return 255


async def locale(context: Context) -> int:
    """`cmd locale set-app-locales PACKAGE [--user N] [--locales TAGS]` and `get-app-locales PACKAGE [--user N]`."""
    options, operands = context.options("", ["user=", "locales=", "delegate="])
    configurations = context.device.configurations
    match operands:
        case ["set-app-locales" | "get-app-locales", package] if context.device.packages.get(package) is None:
            context.print(f"Unknown package {package} for userId 0")
        case ["set-app-locales", package]:
            await configurations.set_app_locales(package, options.get("locales", ""))
        case ["get-app-locales", package]:
            context.print(f"Locales for {package} for user 0 are [{configurations.app_locales(package)}]")
        case ["set-app-locales" | "get-app-locales"]:
            context.complain("Error: no package specified")
            return 255
        case other:
            context.missing(f"cmd locale {' '.join(other)}")
            context.complain(f"Unknown command: {' '.join(other)}")
            return 255
    return 0


CALLS = {"alarm": alarm, "connectivity": connectivity, "locale": locale, "wifi": wifi, "phone": phone}
