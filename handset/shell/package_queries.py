"""The `pm` commands that only print what is installed: list, path, resolve-activity, dump."""

from handset.shell.intents import parse_intent, resolve
from handset.shell.package_operands import last_operand
from handset.shell.registry import Context

INSTRUMENTATION = "io.appium.uiautomator2.server.test"
RUNNER = "androidx.test.runner.AndroidJUnitRunner (target=io.appium.uiautomator2.server)"
FEATURES = ("android.hardware.touchscreen", "android.hardware.wifi", "android.hardware.telephony")


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


def path(context: Context) -> int:
    """`pm path PACKAGE`: where its APK is; exit code 1 and no text when it is not installed."""
    package = context.device.packages.get(last_operand(context))
    if package is None:
        return 1
    context.print(f"package:{package.device_path}")
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


async def dump(context: Context) -> int:
    """`pm dump PACKAGE`."""
    return await context.interpreter.run_words(
        ["dumpsys", "package", last_operand(context)], context.stdin, context.stdout, context.stderr
    )
