"""Pictures of the screen. Video is not recorded; `screenrecord` leaves an empty but valid file."""

import asyncio
import struct

from handset.shell.numbers import decimal
from handset.shell.registry import Context, UsageError, command

DEFAULT_LIMIT = 180.0


@command("screencap")
async def screencap(context: Context) -> None:
    """`screencap -p [PATH]`: the screen as a PNG, to stdout without a path."""
    options, paths = context.options("pd:")
    if "p" not in options and not (paths and paths[0].endswith(".png")):
        raise UsageError("screencap: only PNG is supported: screencap -p [PATH]")
    picture = await context.device.screen.screenshot()
    if paths:
        context.files.host(paths[0], context.session.directory).write_bytes(picture)
    else:
        context.stdout.write(picture)


@command("screenrecord")
async def screenrecord(context: Context) -> None:
    """`screenrecord [--time-limit S] PATH`: an MP4 without frames, once the limit is over or SIGINT came."""
    options, paths = context.options(
        "", ["time-limit=", "size=", "bit-rate=", "bugreport", "verbose", "display-id=", "codec-name="]
    )
    if not paths:
        raise UsageError("screenrecord: a path is missing")
    target = context.files.host(paths[0], context.session.directory)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(b"")
    interrupted = asyncio.Event()

    async def interrupt(_signal: int) -> None:
        interrupted.set()

    context.device.logs.add("W", "handset", "screenrecord: frames are not recorded, the video will be empty")
    entry = context.device.table.pretend("screenrecord", "shell", interrupt)
    try:
        async with asyncio.timeout(decimal(str(options.get("time-limit", DEFAULT_LIMIT)), "screenrecord")):
            await interrupted.wait()
    except TimeoutError:
        context.device.trace.record("shell", "screenrecord reached its time limit")
    finally:
        context.device.table.remove(entry.pid)
        target.write_bytes(_empty_video())


def _empty_video() -> bytes:
    boxes = ((b"ftyp", b"isom\0\0\2\0isomiso2mp41"), (b"mdat", b""), (b"moov", b""))
    return b"".join(struct.pack(">I", 8 + len(body)) + name + body for name, body in boxes)


@command("uiautomator")
async def uiautomator(context: Context) -> int:
    """`uiautomator dump [PATH]`: the page source."""
    from handset.ui.uiautomator2.source import page_source

    words = [word for word in context.arguments if not word.startswith("--")]
    if words[:1] != ["dump"]:
        context.missing(f"uiautomator {' '.join(context.arguments)}")
        context.complain("Usage: uiautomator dump [PATH]")
        return 1
    target = words[1] if len(words) > 1 else "/sdcard/window_dump.xml"
    source = page_source(await context.device.screen.tree(), context.device.display)
    if target in {"/dev/tty", "/dev/stdout"}:
        context.print(source)
        return 0
    context.files.host(target, context.session.directory).write_text(source, encoding="utf-8")
    context.print(f"UI hierchary dumped to: {target}")
    return 0


@command("bugreport", "bugreportz")
def bugreport(context: Context) -> int:
    """Refuse: logcat, dumpsys and the trace hold what there is."""
    if "-v" in context.arguments:
        context.print("1.2")
        return 0
    context.print("FAIL:bug reports are not supported; use logcat and dumpsys")
    return 1
