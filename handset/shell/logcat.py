"""`logcat` and `log`."""

import asyncio
import re

from handset.base.logs import FORMATS, LogEntry, LogFilter
from handset.shell.numbers import whole
from handset.shell.registry import Context, UsageError, command

MAIN_BUFFERS = frozenset({"main", "system", "crash"})
ALL_BUFFERS = frozenset({"main", "system", "crash", "events", "radio", "kernel"})
LONG_OPTIONS = [
    "pid=",
    "buffer=",
    "format=",
    "regex=",
    "dividers",
    "clear",
    "print",
    "max-count=",
    "buffer-size",
    "uid=",
]


@command("logcat")
async def logcat(context: Context) -> int:
    """Print the log and follow it: -d stops at its end, -c clears, -t N, -s, -b, -v, --pid, -e REGEX, TAG:LEVEL."""
    options, specs = context.options("dcst:T:b:v:e:gG:m:DLn:r:f:", LONG_OPTIONS)
    buffers = _buffers(context.arguments)
    if "c" in options or "clear" in options:
        context.device.logs.clear(buffers)
        return 0
    if "g" in options or "buffer-size" in options:
        for name in sorted(buffers & MAIN_BUFFERS):
            context.print(f"{name}: ring buffer is 256 KiB (0 B consumed)")
        return 0
    chosen = _filter(options, specs, buffers)
    style = _style(context.arguments)
    with context.device.logs.follow() as news:
        entries = [entry for entry in context.device.logs.entries() if chosen.accepts(entry)]
        entries = _newest(entries, options)
        if entries or "d" not in options:
            context.print(f"--------- beginning of {entries[0].buffer if entries else 'main'}")
        for entry in entries:
            context.stdout.write(entry.format(style))
        await context.stdout.flush()
        if "d" in options or "t" in options:
            return 0
        await _follow(context, news, chosen, style)
    return 0


async def _follow(context: Context, news: asyncio.Queue[LogEntry], chosen: LogFilter, style: str) -> None:
    """Print new entries until the reader goes away, which cancels the command."""
    while True:
        entry = await news.get()
        if chosen.accepts(entry):
            context.stdout.write(entry.format(style))
            await context.stdout.flush()


def _buffers(arguments: list[str]) -> frozenset[str]:
    named: set[str] = set()
    for position, word in enumerate(arguments):
        if word in {"-b", "--buffer"} and position + 1 < len(arguments):
            named.update(arguments[position + 1].split(","))
        elif word.startswith("--buffer="):
            named.update(word.partition("=")[2].split(","))
    if "all" in named:
        return ALL_BUFFERS
    unknown = named - ALL_BUFFERS - {"default"}
    if unknown:
        raise UsageError(f"logcat: Unknown buffer '{min(unknown)}'")
    return MAIN_BUFFERS if not named or "default" in named else frozenset(named)


def _style(arguments: list[str]) -> str:
    """The last format named; modifiers such as `year` or `color` change nothing."""
    chosen = "threadtime"
    for position, word in enumerate(arguments[:-1]):
        if word in {"-v", "--format"} and arguments[position + 1] in FORMATS:
            chosen = arguments[position + 1]
    return chosen


def _filter(options: dict[str, str], specs: list[str], buffers: frozenset[str]) -> LogFilter:
    try:
        chosen = LogFilter.parse(specs, silent="s" in options)
        pattern = options.get("e") or options.get("regex")
        chosen.pattern = re.compile(pattern) if pattern else None
        chosen.pid = whole(options["pid"], "logcat") if "pid" in options else None
    except (ValueError, re.error) as error:
        raise UsageError(f"logcat: {error}") from error
    chosen.buffers = buffers
    return chosen


def _newest(entries: list[LogEntry], options: dict[str, str]) -> list[LogEntry]:
    """What -t N or -T N leave of the entries; a time in place of N leaves all."""
    count = options.get("t") or options.get("T") or ""
    limit = options.get("m") or options.get("max-count") or ""
    if count.isascii() and count.isdigit():
        entries = entries[-whole(count, "logcat") :] if whole(count, "logcat") else []
    return entries[: whole(limit, "logcat")] if limit else entries


@command("log")
def log(context: Context) -> None:
    """`log [-t TAG] [-p LEVEL] MESSAGE`: write to the log."""
    options, words = context.options("t:p:")
    level = options.get("p", "i").upper()[:1]
    context.device.logs.add(level, options.get("t", "log"), " ".join(words))
