"""`dumpsys SERVICE`: the state of system services in the lines that tools look for."""

import time
from collections.abc import Awaitable, Callable

from apk_tools.manifest import LAUNCHER, MAIN
from handset.base.permissions import RUNTIME_PERMISSIONS
from handset.packages.package import Package
from handset.shell.registry import Context, command
from handset.shell.windows import FOCUSED_ID, dump_windows

Dump = Callable[[Context, list[str]], Awaitable[None] | None]


@command("dumpsys")
async def dumpsys(context: Context) -> None:
    """Print a service's state; a service that is unknown says so, as on Android, with exit code 0."""
    words = [word for word in context.arguments if word not in {"-a", "--proto"}]
    if words[:1] == ["-t"]:
        words = words[2:]
    if not words or words == ["-l"]:
        context.print("Currently running services:")
        for name in sorted(DUMPS):
            context.print(f"  {name}")
        return
    service, *rest = words
    dump = DUMPS.get(service)
    if dump is None:
        context.missing(f"dumpsys {' '.join(words)}")
        context.complain(f"Can't find service: {service}")
        return
    outcome = dump(context, rest)
    if outcome is not None:
        await outcome


def dump_package(context: Context, words: list[str]) -> None:
    """One package's versions, permissions and dates."""
    package = context.device.packages.get(words[0]) if words else None
    if package is None:
        context.print(f"Unable to find package: {words[0]}" if words else "Packages:")
        return
    facts = package.facts
    context.print("Activity Resolver Table:\n  Non-Data Actions:\n      " + MAIN + ":")
    if facts.launcher:
        context.print(f"        1a2b3c {package.name}/{_short(package, facts.launcher)} filter 4d5e6f")
        context.print(f'          Action: "{MAIN}"\n          Category: "{LAUNCHER}"')
    context.print(f"\nPackages:\n  Package [{package.name}] (7a1b2c3):")
    context.print(f"    appId={package.uid}\n    pkg=Package{{4d5e6f {package.name}}}")
    context.print(f"    codePath=/data/app/{package.name}\n    resourcePath=/data/app/{package.name}")
    context.print(f"    versionCode={facts.version_code} minSdk={facts.min_sdk} targetSdk={facts.target_sdk}")
    context.print(f"    versionName={facts.version_name}\n    flags=[ {_flags(package)} ]")
    context.print(f"    dataDir=/data/user/0/{package.name}")
    context.print(f"    firstInstallTime={_date(package.installed_at)}\n    lastUpdateTime={_date(package.updated_at)}")
    context.print("    requested permissions:")
    for permission in facts.permissions:
        context.print(f"      {permission}")
    _dump_grants(context, package)


def _dump_grants(context: Context, package: Package) -> None:
    def line(permission: str) -> str:
        return f"{permission}: granted={str(permission in package.granted).lower()}"

    context.print("    install permissions:")
    for permission in package.facts.permissions:
        if permission not in RUNTIME_PERMISSIONS:
            context.print(f"      {line(permission)}")
    stopped = str(package.stopped).lower()
    context.print(f"    User 0: ceDataInode=1 installed=true hidden=false suspended=false stopped={stopped}")
    context.print("      runtime permissions:")
    for permission in package.facts.permissions:
        if permission in RUNTIME_PERMISSIONS:
            context.print(f"        {line(permission)}, flags=[ ]")


def _flags(package: Package) -> str:
    flags = {"SYSTEM": package.system, "DEBUGGABLE": package.facts.debuggable, "HAS_CODE": package.facts.has_code}
    return " ".join(name for name, present in flags.items() if present)


def _short(package: Package, activity: str) -> str:
    return activity.removeprefix(package.name) if activity.startswith(package.name + ".") else activity


def _date(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(seconds))


async def dump_window(context: Context, words: list[str]) -> None:
    """`windows` or `w`, `displays` or `d`, and both without a word."""
    what = words[0] if words else "all"
    if what in {"windows", "w", "visible", "all"}:
        await dump_windows(context)
    if what in {"windows", "w", "visible"}:
        _print_focus(context)
    else:
        _dump_displays(context)


def _print_focus(context: Context) -> None:
    focus = context.device.activities.apps.focus
    context.print(f"  mCurrentFocus=Window{{{FOCUSED_ID} u0 {focus.package}/{focus.activity}}}")
    context.print(f"  mFocusedApp=ActivityRecord{{def456 u0 {focus.short} t12}}")


def _dump_displays(context: Context) -> None:
    display = context.device.display
    width, height = display.size
    size = f"{width}x{height}"
    context.print("WINDOW MANAGER DISPLAY CONTENTS (dumpsys window displays)\n  Display: mDisplayId=0")
    context.print(f"    init={display.width}x{display.height} {display.density}dpi cur={size} app={size}")
    context.print(f"    mCurrentRotation=ROTATION_{90 * display.rotation}")
    _print_focus(context)
    context.print("    mShowingLockscreen=false mDreamingLockscreen=false mInputRestricted=false")
    context.print(f"    mScreenOnFully={str(display.on).lower()} mKeyguardShowing=false")


def dump_power(context: Context, _words: list[str]) -> None:
    """Whether the device is awake."""
    state = "Awake" if context.device.display.on else "Asleep"
    context.print(f"POWER MANAGER (dumpsys power)\n  mWakefulness={state}\n  mHoldingDisplaySuspendBlocker=true")


async def dump_activity(context: Context, words: list[str]) -> None:
    """`services [NAME]`, `processes`, `exit-info [PACKAGE]`, `activities` and `top`."""
    what = words[0] if words else "activities"
    if what == "services":
        _dump_services(context, words[1] if len(words) > 1 else "")
    elif what in {"processes", "p"}:
        context.print("ACTIVITY MANAGER RUNNING PROCESSES (dumpsys activity processes)")
        for entry in context.device.table.entries():
            context.print(
                f"  *APP* UID 10123 ProcessRecord{{5a5a5a {entry.pid}:{entry.name}/{entry.user.replace('_', '')}}}"
            )
    elif what == "exit-info":
        _dump_exits(context, words[1:])
    elif what in {"activities", "a", "recents", "top", "starter"}:
        await _dump_activities(context)
    elif what in {"intents", "broadcasts", "providers", "permissions", "oom"}:
        context.print("  (nothing)")
    else:
        context.missing(f"dumpsys activity {' '.join(words)}")
        context.print(f"Bad activity command: {what}")


def _dump_exits(context: Context, names: list[str]) -> None:
    now = context.device.clock.now()
    context.print("ACTIVITY MANAGER PROCESS EXIT INFO (dumpsys activity exit-info)")
    context.print(f"Last Timestamp of Persistence Into Persistent Storage: {_date(now)}.{int(now * 1000) % 1000:03d}")
    for package in context.device.packages:
        exits = context.device.activities.exits.of(package.name)
        if not exits or (names and package.name not in names):
            continue
        context.print(f"  package: {package.name}\n    Historical Process Exit for uid={package.uid}")
        for position, end in enumerate(exits):
            number, words = end.reason.value
            ids = f"realUid={package.uid} packageUid={package.uid} definingUid={package.uid} user=0"
            context.print(f"        ApplicationExitInfo #{position}:")
            context.print(f"          timestamp={_date(end.at)}.{int(end.at * 1000) % 1000:03d} pid={end.pid} {ids}")
            context.print(
                f"          process={package.name} reason={number} ({words}) subreason=0 (UNKNOWN) status={end.status}"
            )
            facts = f"importance={end.importance} pss=0.00 rss=0.00 description={end.description}"
            context.print(f"          {facts} state=empty trace=null")


def _dump_services(context: Context, name: str) -> None:
    context.print("ACTIVITY MANAGER SERVICES (dumpsys activity services)")
    package, slash, _ = name.partition("/")
    running = context.device.activities.foreground_services
    chosen = [service for service in sorted(running) if package in {"", service}]
    if slash or not chosen:
        context.print("  (nothing)")
        return
    for service in chosen:
        context.print(f"  * ServiceRecord{{1a2b3c u0 {service}/.ForegroundService}}")
        context.print(f"    packageName={service}\n    isForeground=true foregroundId=1")


async def _dump_activities(context: Context) -> None:
    context.print(
        "ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)\nDisplay #0 (activities from top to bottom):"
    )
    for app in context.device.activities.apps:
        context.print(f"  * Task{{1a2b3c #{app.process.pid} type=standard A={app.package.uid}:{app.package.name}}}")
        for activity in reversed(app.stack):
            record = f"{app.package.name}/{_short(app.package, activity)}"
            context.print(f"    * Hist: ActivityRecord{{def456 u0 {record} t{app.process.pid}}}")
            if activity == app.activity and app.package.name == context.device.activities.apps.focus.package:
                configuration = await context.device.activities.inform_front("configuration") or {}
                context.print(f"      CurrentConfiguration={configuration.get('text', '')}")
    focus = context.device.activities.apps.focus
    context.print(f"  mResumedActivity: ActivityRecord{{def456 u0 {focus.short} t12}}")
    context.print(f"  topResumedActivity=ActivityRecord{{def456 u0 {focus.short} t12}}")


async def dump_input_method(context: Context, _words: list[str]) -> None:
    """Whether the keyboard shows."""
    shown = str(await context.device.screen.keyboard_shown()).lower()
    context.print(f"  mInputShown={shown}\n  mIsInputViewShown={shown}")
    context.print(f"  mCurMethodId={context.device.settings.get('secure', 'default_input_method')}")


def dump_connectivity(context: Context, _words: list[str]) -> None:
    """The default network."""
    network = context.device.network
    context.print(f"NetworkProviders for:\n\nActive default network: {network.default_network}\n\nCurrent Networks:")
    if network.transport:
        transport = network.transport.upper()
        validated = "&VALIDATED" if network.validated else ""
        kind, interface = ("WIFI", "wlan0") if transport == "WIFI" else ("MOBILE", "eth0")
        context.print(
            f"  NetworkAgentInfo{{network{{{network.default_network}}} ni{{{kind} CONNECTED extra: }}"
            f" lp{{{{InterfaceName: {interface}}}}}"
            f" nc{{[ Transports: {transport} Capabilities: INTERNET&NOT_RESTRICTED{validated} ]}}}}"
        )
    context.print(f"\nmAirplaneModeOn: {str(network.airplane_mode).lower()}")


def dump_wifi(context: Context, _words: list[str]) -> None:
    """Whether wifi is on."""
    wifi = context.device.network.wifi
    context.print(f"Wi-Fi is {'enabled' if wifi else 'disabled'}")
    context.print(f'mWifiInfo SSID: "{"AndroidWifi" if wifi else "<unknown ssid>"}"')


def dump_deviceidle(context: Context, words: list[str]) -> None:
    """The whitelist takes what it is given."""
    for word in words[1:] if words[:1] == ["whitelist"] else []:
        context.print(f"Added: {word.removeprefix('+')}")


def dump_battery(context: Context, _words: list[str]) -> None:
    """A full battery."""
    context.print("Current Battery Service state:\n  AC powered: true\n  status: 5\n  health: 2\n  present: true")
    context.print("  level: 100\n  scale: 100\n  temperature: 250\n  technology: Li-ion")


def dump_display(context: Context, _words: list[str]) -> None:
    """The screen's size and rotation."""
    width, height = context.device.display.size
    context.print(f"DISPLAY MANAGER (dumpsys display)\n  mStableDisplaySize=Point({width}, {height})")
    context.print(f"  mCurrentOrientation={context.device.display.rotation}")


def dump_input(context: Context, _words: list[str]) -> None:
    """The orientation of touch input."""
    context.print(f"INPUT MANAGER (dumpsys input)\n    SurfaceOrientation: {context.device.display.rotation}")


def dump_surface_flinger(context: Context, _words: list[str]) -> None:
    """The one display."""
    context.print('Display 4619827259835644672 (HWC display 0): port=0 pnpId=GGL displayName="EMU_display_0"')


def dump_meminfo(context: Context, _words: list[str]) -> None:
    """The running apps."""
    for app in context.device.activities.apps:
        context.print(f"** MEMINFO in pid {app.process.pid} [{app.package.name}] **")


def nothing(_context: Context, _words: list[str]) -> None:
    """A service with no state."""


DUMPS: dict[str, Dump] = {
    "SurfaceFlinger": dump_surface_flinger,
    "account": nothing,
    "activity": dump_activity,
    "alarm": nothing,
    "battery": dump_battery,
    "batterystats": nothing,
    "connectivity": dump_connectivity,
    "deviceidle": dump_deviceidle,
    "display": dump_display,
    "gfxinfo": nothing,
    "input": dump_input,
    "input_method": dump_input_method,
    "meminfo": dump_meminfo,
    "netstats": nothing,
    "notification": nothing,
    "package": dump_package,
    "power": dump_power,
    "telephony.registry": nothing,
    "trust": nothing,
    "wifi": dump_wifi,
    "window": dump_window,
}
