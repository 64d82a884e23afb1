"""The windows of the app in front, as `dumpsys window windows` prints them."""

from handset.processes.app_process import JsonObject
from handset.shell.registry import Context

FLAGS = {
    0x1: "ALLOW_LOCK_WHILE_SCREEN_ON",
    0x2: "DIM_BEHIND",
    0x8: "NOT_FOCUSABLE",
    0x10: "NOT_TOUCHABLE",
    0x20: "NOT_TOUCH_MODAL",
    0x80: "KEEP_SCREEN_ON",
    0x100: "LAYOUT_IN_SCREEN",
    0x200: "LAYOUT_NO_LIMITS",
    0x400: "FULLSCREEN",
    0x2000: "SECURE",
    0x10000: "LAYOUT_INSET_DECOR",
    0x20000: "ALT_FOCUSABLE_IM",
    0x40000: "WATCH_OUTSIDE_TOUCH",
    0x80000: "SHOW_WHEN_LOCKED",
    0x100000: "SHOW_WALLPAPER",
    0x200000: "TURN_SCREEN_ON",
    0x800000: "SPLIT_TOUCH",
    0x1000000: "HARDWARE_ACCELERATED",
    0x80000000: "DRAWS_SYSTEM_BAR_BACKGROUNDS",
}
"""Android's flags of a window by their bits, without FLAG_ before the names."""
TYPES = {1: "BASE_APPLICATION", 2: "APPLICATION", 1000: "APPLICATION_PANEL"}
NOT_FOCUSABLE = 0x8
FOCUSED_ID = "abc123"
"""The identity of the window that has the focus, here and in `mCurrentFocus`."""


async def dump_windows(context: Context) -> None:
    """Print the windows, topmost first; none for an app that does not respond."""
    answer = await context.device.activities.inform_front("windows") or {}
    windows: list[JsonObject] = answer.get("windows", [])
    focus = context.device.activities.apps.focus
    component = f"{focus.package}/{focus.activity}"
    focused = next((window for window in windows if not int(window["flags"]) & NOT_FOCUSABLE), None)
    context.print("WINDOW MANAGER WINDOWS (dumpsys window windows)")
    for place, window in enumerate(windows):
        number = len(windows) - 1 - place
        identity = FOCUSED_ID if window is focused else f"def{number:03x}"
        title = component if window is focused else window["title"] or component
        kind = TYPES.get(int(window["type"]), str(window["type"]))
        context.print(f"  Window #{number} Window{{{identity} u0 {title}}}:")
        context.print(f"    mDisplayId=0 rootTaskId=12\n    mOwnerUid=10123 package={focus.package} appop=NONE")
        context.print(
            f"    mAttrs={{(0,0)(fillxfill) ty={kind} fmt=TRANSLUCENT\n      fl={names(int(window['flags']))}}}"
        )
        context.print("    mHasSurface=true isReadyForDisplay()=true\n    isOnScreen=true\n    isVisible=true\n")


def names(flags: int) -> str:
    """The names of the flags that are set, by ascending bits."""
    bits = flags & 0xFFFFFFFF
    return " ".join(name for bit, name in FLAGS.items() if bits & bit)
