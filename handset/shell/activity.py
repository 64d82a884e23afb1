"""`am`, the activity manager's command line, and `monkey` as a launcher."""

import time

from handset.base.errors import AppProcessError
from handset.packages.package import Package
from handset.processes.app_records import Focus
from handset.shell.intents import Intent, parse_intent, resolve, split_component
from handset.shell.registry import CommandFunction, Context, UsageError, command

HOME_CATEGORY = "android.intent.category.HOME"
SERVER_TEST = "io.appium.uiautomator2.server.test"
SERVER = "io.appium.uiautomator2.server"
INTENT_START_FAILED = 1
NOT_PERMITTED = 255


@command("am")
async def am(context: Context) -> int:
    """Run a verb of the activity manager."""
    verb = context.argument(0, "a verb")
    verbs: dict[str, CommandFunction] = {
        "start": start,
        "start-activity": start,
        "force-stop": force_stop,
        "kill": kill,
        "kill-all": kill_all,
        "instrument": instrument,
        "broadcast": broadcast,
        "startservice": start_service,
        "start-service": start_service,
        "start-foreground-service": start_service,
        "stopservice": start_service,
        "get-current-user": current_user,
        "stack": stack,
        "send-trim-memory": nothing,
        "wait-for-broadcast-idle": nothing,
        "switch-user": nothing,
        "clear-debug-app": nothing,
        "set-debug-app": nothing,
    }
    function = verbs.get(verb)
    if function is None:
        context.missing(f"am {verb}")
        context.complain(f"Unknown command: {verb}")
        return 255
    context.arguments = context.arguments[1:]
    outcome = function(context)
    return (await outcome if outcome is not None and not isinstance(outcome, int) else outcome) or 0


async def start(context: Context) -> int:
    """`am start`: -W waits, -S stops the package first."""
    intent = parse_intent(context.arguments)
    device = context.device
    if HOME_CATEGORY in intent.categories:
        await device.activities.go_home()
        context.print(f"Starting: {intent}")
        return 0
    request = resolve(intent, device.packages)
    if request is not None and "-S" in intent.switches:
        context.print(f"Stopping: {request.package.name}")
        await device.activities.force_stop(request.package.name)
    context.print(f"Starting: {intent}")
    await context.stdout.flush()
    if request is None:
        return _cannot_resolve(context, intent)
    if not _may_start(intent, request.package):
        return _deny(context, intent, request.package)
    started = time.monotonic()
    try:
        launch = await device.activities.start(request, wait="-W" in intent.switches)
    except AppProcessError as error:
        context.complain(f"Error: Activity not started: {error}")
        return INTENT_START_FAILED
    if "-W" in intent.switches:
        total = int((time.monotonic() - started) * 1000)
        component = Focus(request.package.name, request.target).short
        context.print(f"Status: {launch.status}\nLaunchState: {launch.state}\nActivity: {component}")
        if launch.milliseconds is not None:
            context.print(f"TotalTime: {launch.milliseconds}")
        context.print(f"WaitTime: {total}\nComplete")
    return 0


def _may_start(intent: Intent, package: Package) -> bool:
    activity = package.activity(split_component(intent.component)[1]) if intent.component else None
    return activity is None or activity.exported


def _deny(context: Context, intent: Intent, package: Package) -> int:
    """The shell is another app, with the user id 2000."""
    context.complain("\nException occurred while executing 'start':")
    context.complain(
        f"java.lang.SecurityException: Permission Denial: starting {intent} from null (pid=1, uid=2000)"
        f" not exported from uid {package.uid}"
    )
    return NOT_PERMITTED


def _cannot_resolve(context: Context, intent: Intent) -> int:
    if intent.component:
        package, activity = split_component(intent.component)
        context.complain("Error type 3")
        context.complain(f"Error: Activity class {{{package}/{activity}}} does not exist.")
    else:
        context.complain(f"Error: Activity not started, unable to resolve {intent}")
    return INTENT_START_FAILED


async def force_stop(context: Context) -> None:
    """`am force-stop PACKAGE`."""
    await context.device.activities.force_stop(_package(context))


async def kill(context: Context) -> None:
    """`am kill PACKAGE`: only what is not in front."""
    await context.device.activities.kill_background(_package(context))


async def kill_all(context: Context) -> None:
    """`am kill-all`: everything that is not in front."""
    for app in context.device.activities.apps:
        await context.device.activities.kill_background(app.package.name)


def _package(context: Context) -> str:
    if not context.arguments:
        raise UsageError("Error: a package is missing")
    return context.arguments[-1]


async def instrument(context: Context) -> int:
    """`am instrument -w`: runs the UiAutomator2 server until its session is deleted or it is stopped."""
    component = _package(context)
    device = context.device
    name = component.partition("/")[0]
    if device.packages.get(name) is None or name != SERVER_TEST:
        context.complain(f"INSTRUMENTATION_FAILED: {component}")
        context.complain(f"android.util.AndroidException: INSTRUMENTATION_FAILED: {component}")
        return 1
    started = time.monotonic()
    await device.automation.start()
    entry = device.table.pretend(SERVER, "u0_a102", kill=lambda _signal: device.automation.stop())
    context.print(f"\n{SERVER}.test.AppiumUiAutomator2Server:")
    await context.stdout.flush()
    try:
        await device.automation.wait_until_stopped()
    finally:
        device.table.remove(entry.pid)
        # A cancelled command may not await: the server has to end on its own task.
        device.run_in_background(device.automation.stop())
    context.print(f".\n\nTime: {time.monotonic() - started:.3f}\n\nOK (1 test)\n")
    return 0


def broadcast(context: Context) -> None:
    """`am broadcast`: apps get none; the device's own helpers are answered as delivered."""
    intent = parse_intent(context.arguments)
    context.device.trace.record("intent", f"broadcast {intent.action}", component=intent.component)
    context.print(f"Broadcasting: {intent}")
    context.print("Broadcast completed: result=0")


def start_service(context: Context) -> int:
    """`am startservice`: the helper's services are pretended, an app's are not supported."""
    intent = parse_intent(context.arguments)
    name = (intent.component or "").partition("/")[0]
    context.print(f"Starting service: {intent}")
    package = context.device.packages.get(name)
    if package is None:
        context.complain("Error: Not found; no service started.")
        return 1
    if package.runs:
        context.missing(f"am startservice {intent.component}")
        context.complain("Error: handset does not start services of apps.")
        return 1
    context.device.activities.foreground_services.add(name)
    return 0


def current_user(context: Context) -> None:
    """`am get-current-user`."""
    context.print("0")


def stack(context: Context) -> None:
    """`am stack list`: the activities of running apps, bottom to top."""
    for number, app in enumerate(context.device.activities.apps, start=1):
        context.print(f"RootTask id={number} type=standard")
        for activity in app.stack:
            context.print(f"  taskId={number}: {Focus(app.package.name, activity).short}")


def nothing(context: Context) -> None:
    """Accept what has no meaning here."""


@command("monkey")
async def monkey(context: Context) -> int:
    """`monkey -p PACKAGE -c android.intent.category.LAUNCHER 1`: start a package as the launcher does."""
    words = context.arguments
    if "-p" not in words[:-1]:
        raise UsageError("monkey: only `monkey -p PACKAGE -c android.intent.category.LAUNCHER 1` is supported")
    name = words[words.index("-p") + 1]
    request = resolve(Intent(package=name), context.device.packages)
    if request is None:
        context.print("** No activities found to run, monkey aborted.")
        return 252
    await context.device.activities.start(request, wait=False)
    context.print("Events injected: 1")
    return 0
