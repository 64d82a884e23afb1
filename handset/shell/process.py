"""Processes: ps, pidof, pgrep, kill, top."""

import re
import signal

from handset.processes.process_table import ProcessEntry
from handset.shell.numbers import whole
from handset.shell.registry import Context, UsageError, command
from host_platform import resident_bytes

HELP = """usage: ps [-AadefLlnwZ] [-gG GROUP,] [-k FIELD,] [-o FIELD,] [-p PID,] [-t TTY,] [-uU USER,]

List processes.

Which processes to show (-gGuUpPt selections may be comma separated lists):

-A\tAll
"""
HEADER = f"{'USER':<14} {'PID':>6} {'PPID':>6} {'VSZ':>8} {'RSS':>6} {'WCHAN':<10} {'ADDR':>8} S NAME"
FIELDS = {"PID", "USER", "NAME", "PPID", "RSS", "VSZ", "S", "ARGS", "CMD", "COMM"}


@command("ps")
def ps(context: Context) -> int:
    """List processes: -A all, -o FIELDS, -p PIDS."""
    if "--help" in context.arguments:
        context.stdout.write(HELP)
        return 0
    options, _ = context.options("AaefdlwZTnk:o:p:u:", ["help"])
    chosen = {whole(pid, "ps") for pid in options["p"].split(",")} if "p" in options else None
    entries = [entry for entry in context.device.table.entries() if chosen is None or entry.pid in chosen]
    fields = [field.partition("=")[0].upper() for field in options.get("o", "").split(",") if field]
    unknown = [field for field in fields if field not in FIELDS]
    if unknown:
        raise UsageError(f"ps: bad -o '{unknown[0].lower()}'")
    context.print(" ".join(fields) if fields else HEADER)
    for entry in entries:
        context.print(" ".join(_field(entry, field) for field in fields) if fields else _row(entry))
    return int(chosen is not None and not entries)


def _row(entry: ProcessEntry) -> str:
    memory = _resident_kib(entry)
    return f"{entry.user:<14} {entry.pid:>6} {1:>6} {memory * 2:>8} {memory:>6} {0:<10} {0:>8} S {entry.name}"


def _field(entry: ProcessEntry, field: str) -> str:
    memory = _resident_kib(entry)
    values = {"PID": entry.pid, "USER": entry.user, "PPID": 1, "RSS": memory, "VSZ": memory * 2, "S": "S"}
    return str(values.get(field, entry.name))


def _resident_kib(entry: ProcessEntry) -> int:
    """The resident memory of a JVM; pretended processes have none."""
    if entry.kill is None:
        return 0
    return resident_bytes(entry.pid) // 1024


@command("pidof")
def pidof(context: Context) -> int:
    """Print the pids of processes of these names."""
    names = [word for word in context.arguments if not word.startswith("-")]
    pids = [str(entry.pid) for name in names for entry in context.device.table.named(name)]
    if pids:
        context.print(" ".join(pids))
    return int(not pids)


@command("pgrep")
def pgrep(context: Context) -> int:
    """Print the pids of processes whose name matches; -f and -l are accepted."""
    options, patterns = context.options("flx")
    pattern = patterns[0] if patterns else ""
    try:
        expression = re.compile(pattern)
    except (re.error, OverflowError) as error:
        raise UsageError(f"pgrep: bad REGEX '{pattern}': {error}") from error
    found = [entry for entry in context.device.table.entries() if expression.search(entry.name)]
    for entry in found:
        context.print(f"{entry.pid} {entry.name}" if "l" in options else str(entry.pid))
    return int(not found)


@command("kill", "killall", "pkill")
async def kill(context: Context) -> int:
    """Send a signal to pids, or to names with killall and pkill; a signal to an app ends its process."""
    words = list(context.arguments)
    number = _signal_number(words)
    code = 0
    for word in words:
        entries = context.device.table.named(word)
        if context.name == "kill":
            entry = context.device.table.get(whole(word, "kill")) if word.isascii() and word.isdigit() else None
            entries = [entry] if entry else []
        if not entries:
            context.complain(f"{context.name}: {word}: No such process")
            code = 1
        for entry in entries:
            if number == 0:
                continue
            if entry.kill is None:
                context.complain(f"{context.name}: {word}: Operation not permitted")
                code = 1
            else:
                await entry.kill(number)
    return code


def _signal_number(words: list[str]) -> int:
    """Take a leading `-9`, `-KILL`, `-s KILL` or `-l` off the words."""
    if words == ["-s"]:
        raise UsageError("kill: Needs 1 argument")
    if words[:1] == ["-s"]:
        del words[0]
        words[0] = "-" + words[0]
    if not words or not words[0].startswith("-"):
        return signal.SIGTERM
    name = words.pop(0)[1:]
    if name.isascii() and name.isdigit():
        return whole(name, "kill")
    try:
        return signal.Signals["SIG" + name.upper().removeprefix("SIG")]
    except KeyError:
        raise UsageError(f"kill: bad signal '{name}'") from None


@command("top")
def top(context: Context) -> None:
    """Print the processes once."""
    context.print(HEADER)
    for entry in context.device.table.entries():
        context.print(_row(entry))
