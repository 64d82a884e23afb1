"""Commands that print and filter the contents of files or of stdin, after Android's toybox."""

import base64
import binascii
import hashlib
import re

from handset.shell.escapes import unescaped
from handset.shell.file_arguments import absent, host
from handset.shell.numbers import whole
from handset.shell.registry import Context, UsageError, command


async def _inputs(context: Context, paths: list[str]) -> list[tuple[str, bytes]]:
    if not paths:
        return [("-", await context.stdin.read_all())]
    return [(path, host(context, path).read_bytes()) for path in paths]


@command("cat")
async def cat(context: Context) -> int:
    """Print files, or stdin without operands and for `-`."""
    code = 0
    for path in context.arguments or ["-"]:
        if path == "-":
            while data := await context.stdin.read():
                context.stdout.write(data)
                await context.stdout.flush()
        elif host(context, path).is_dir():
            code = absent(context, path, "Is a directory")
        elif not host(context, path).exists():
            code = absent(context, path)
        else:
            context.stdout.write(host(context, path).read_bytes())
    return code


@command("head", "tail")
async def head_or_tail(context: Context) -> None:
    """Print the first or last lines (-n) or bytes (-c) of files or stdin."""
    words = [f"-n{word[1:]}" if re.fullmatch(r"-\d+", word) else word for word in context.arguments]
    context.arguments = words
    options, paths = context.options("n:c:q")
    for _, content in await _inputs(context, paths):
        if "c" in options:
            count = abs(whole(options["c"], context.name))
            context.stdout.write(content[:count] if context.name == "head" else content[-count:] if count else b"")
            continue
        lines = content.splitlines(keepends=True)
        count = abs(whole(options.get("n", "10"), context.name))
        context.stdout.write(b"".join(lines[:count] if context.name == "head" else lines[-count:] if count else []))


@command("wc")
async def wc(context: Context) -> None:
    """Count lines (-l), words (-w) and bytes (-c)."""
    options, paths = context.options("lwcm")
    for path, content in await _inputs(context, paths):
        counts = {"l": content.count(b"\n"), "w": len(content.split()), "c": len(content)}
        chosen = [str(counts[name]) for name in counts if name in options or not options]
        context.print(" ".join([*chosen, path] if path != "-" else chosen))


@command("grep", "egrep", "fgrep")
async def grep(context: Context) -> int:
    """Print lines that match: -i -v -c -q -n -o -E -F -e PATTERN -l."""
    options, operands = context.options("ivcqnoEFe:lwsrRhHaA:B:m:")
    pattern = options.get("e") or (operands.pop(0) if operands else None)
    if pattern is None:
        raise UsageError("grep: a pattern is missing")
    pattern = re.escape(pattern) if "F" in options or context.name == "fgrep" else _extended(context, options, pattern)
    try:
        expression = re.compile(pattern, re.IGNORECASE if "i" in options else 0)
    except (re.error, OverflowError) as error:
        raise UsageError(f"{context.name}: bad REGEX '{pattern}': {error}") from error
    total = 0
    if not operands:
        return await _grep_stream(context, expression, options)
    for path, content in await _inputs(context, operands):
        prefix = f"{path}:" if len(operands) > 1 and "h" not in options else ""
        lines = content.decode("utf-8", "surrogateescape").splitlines()
        matching = [f"{prefix}{line}" for line in lines if bool(expression.search(line)) != ("v" in options)]
        total += len(matching)
        _print_matches(context, matching, options, prefix)
    return int(total == 0)


def _extended(context: Context, options: dict[str, str], pattern: str) -> str:
    """A basic expression's `\\|` and `\\(` in Python's notation."""
    if "E" in options or context.name == "egrep":
        return pattern
    return re.sub(r"\\([|(){}+?])", r"\1", pattern)


async def _grep_stream(context: Context, expression: re.Pattern[str], options: dict[str, str]) -> int:
    """Match stdin line by line, so that `logcat | grep` speaks at once."""
    rest, total = "", 0
    while data := await context.stdin.read():
        *lines, rest = (rest + data.decode("utf-8", "surrogateescape")).split("\n")
        total += await _grep_lines(context, expression, options, lines)
    total += await _grep_lines(context, expression, options, [rest] if rest else [])
    if "c" in options:
        context.print(str(total))
    return int(total == 0)


async def _grep_lines(context: Context, expression: re.Pattern[str], options: dict[str, str], lines: list[str]) -> int:
    matching = [line for line in lines if bool(expression.search(line)) != ("v" in options)]
    if not options.keys() & {"q", "c"}:
        for line in matching:
            found = expression.search(line)
            context.print(found[0] if "o" in options and found else line)
        await context.stdout.flush()
    return len(matching)


def _print_matches(context: Context, matching: list[str], options: dict[str, str], prefix: str) -> None:
    if "q" in options:
        return
    if "c" in options:
        context.print(f"{prefix}{len(matching)}")
        return
    for line in matching:
        context.print(line)


@command("sort")
async def sort(context: Context) -> None:
    """Sort lines: -r, -n, -u."""
    options, paths = context.options("rnuk:t:f")
    lines = (
        b"".join(content for _, content in await _inputs(context, paths))
        .decode("utf-8", "surrogateescape")
        .splitlines()
    )
    chosen = set(lines) if "u" in options else lines
    for line in sorted(chosen, key=_numeric if "n" in options else None, reverse="r" in options):
        context.print(line)


def _numeric(line: str) -> tuple[float, str]:
    found = re.match(r"\s*-?\d+(?:\.\d+)?", line)
    return (float(found[0]) if found else 0.0, line)


@command("uniq")
async def uniq(context: Context) -> None:
    """Drop repeated neighbours."""
    previous = None
    for _, content in await _inputs(context, context.options("c")[1]):
        for line in content.decode("utf-8", "surrogateescape").splitlines():
            if line != previous:
                context.print(line)
            previous = line


@command("cut")
async def cut(context: Context) -> None:
    """Print fields: -d DELIMITER -f N."""
    options, paths = context.options("d:f:c:")
    delimiter, position = options.get("d", "\t"), whole(options.get("f", "1"), context.name) - 1
    for _, content in await _inputs(context, paths):
        for line in content.decode("utf-8", "surrogateescape").splitlines():
            fields = line.split(delimiter) if delimiter else [line]
            context.print(fields[position] if position < len(fields) else "")


@command("tr")
async def tr(context: Context) -> None:
    """Replace or, with -d, delete characters."""
    options, sets = context.options("ds")
    if len(sets) < (1 if "d" in options else 2):
        raise UsageError("tr: needs a set of characters, and without -d what replaces them")
    text = (await context.stdin.read_all()).decode("utf-8", "surrogateescape")
    source = unescaped(sets[0])
    if "d" in options:
        context.stdout.write(text.translate({ord(character): None for character in source}))
    else:
        target = unescaped(sets[1])
        filled = target[: len(source)].ljust(len(source), target[-1]) if target else source
        context.stdout.write(text.translate(str.maketrans(source, filled)))


@command("tee")
async def tee(context: Context) -> None:
    """Write stdin to files and to stdout."""
    options, paths = context.options("a")
    content = await context.stdin.read_all()
    for path in paths:
        with host(context, path).open("ab" if "a" in options else "wb") as file:
            file.write(content)
    context.stdout.write(content)


@command("md5sum", "sha1sum", "sha256sum")
async def checksum(context: Context) -> int:
    """Print checksums of files or stdin."""
    for path in context.arguments:
        if not host(context, path).is_file():
            return absent(context, path)
    for path, content in await _inputs(context, context.arguments):
        context.print(f"{hashlib.new(context.name.removesuffix('sum'), content).hexdigest()}  {path}")
    return 0


@command("base64")
async def base64_text(context: Context) -> None:
    """Encode, or with -d decode."""
    options, paths = context.options("dw:")
    for _, content in await _inputs(context, paths):
        try:
            context.stdout.write(base64.b64decode(content) if "d" in options else base64.encodebytes(content))
        except binascii.Error as error:
            raise UsageError(f"base64: bad input: {error}") from error
