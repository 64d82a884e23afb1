"""The space of the device's partitions, and the commands that fill it, after Android's toybox."""

import os
import re
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from handset.shell.file_arguments import absent, host
from handset.shell.registry import Context, UsageError, command

UNITS = {"": 1, "c": 1, "b": 512, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
AMOUNT = re.compile(r"([0-9]{1,15})([cbkmgt]?)", re.IGNORECASE)
READABLE = (("T", 1 << 40), ("G", 1 << 30), ("M", 1 << 20), ("K", 1 << 10))
DATA, EXTERNAL = "/data", "/storage/emulated"
MOUNTS = {DATA: "/dev/block/dm-5", EXTERNAL: "/dev/fuse"}
NO_SPACE = "No space left on device"
ZEROS, RANDOM = "/dev/zero", ("/dev/urandom", "/dev/random")
CHUNK = 1 << 20


def amount(text: str) -> int:
    """A number of bytes as toybox takes it: 4096, 64k, 1M. UsageError when it is none."""
    match = AMOUNT.fullmatch(text)
    if match is None:
        raise UsageError(f"not integer: {text}")
    return int(match[1]) * UNITS[match[2].lower()]


def readable(count: int) -> str:
    """Bytes as `df -h` and `dd` print them: 2.0G, 16M, 512."""
    unit, size = next(((unit, size) for unit, size in READABLE if count >= size), ("", 1))
    value = count / size
    return f"{value:.1f}{unit}" if unit and value < 10 else f"{value:.0f}{unit}"


@command("df")
def df(context: Context) -> int:
    """`df [-h] [-k] [PATH…]`: the space of the one partition, which /data and the external storage share."""
    options, paths = context.options("hk")
    mounts = [] if paths else list(MOUNTS)
    code = 0
    for path in paths:
        place = context.files.normal(path, context.session.directory)
        if not host(context, path).exists():
            code = absent(context, path)
        elif not context.files.partition.holds(host(context, path)):
            context.missing(f"df {path}")
            code = absent(context, path, "only the space of /data and /sdcard is known")
        else:
            mounts.append(EXTERNAL if place.startswith("/sdcard") else DATA)
    if mounts:
        _print_space(context, mounts, "h" in options)
    return code


def _print_space(context: Context, mounts: list[str], is_readable: bool) -> None:
    partition = context.files.partition
    used = partition.used()
    free = max(0, partition.size - used)
    sizes = (partition.size, used, free)
    shown = [readable(size) if is_readable else str(size >> 10) for size in sizes]
    heads = ("Size", "Used", "Avail") if is_readable else ("1K-blocks", "Used", "Available")
    columns = [max(len(head), len(size)) for head, size in zip(heads, shown, strict=True)]
    row = "{:<17}" + "".join(f" {{:>{width}}}" for width in columns) + " {:>4} {}"
    context.print(row.format("Filesystem", *heads, "Use%", "Mounted on"))
    percent = f"{-(-used * 100 // (used + free))}%"
    for mount in mounts:
        context.print(row.format(MOUNTS[mount], *shown, percent, mount))


@command("fallocate")
def fallocate(context: Context) -> None:
    """`fallocate -l SIZE FILE`: take space for a file; all of it or, without enough, none."""
    options, paths = context.options("l:o:")
    if "l" not in options or len(paths) != 1:
        raise UsageError("fallocate: usage: fallocate -l SIZE [-o OFFSET] FILE")
    target = host(context, paths[0])
    start, length = amount(options.get("o", "0")), amount(options["l"])
    target.touch()
    context.files.partition.take(target, start, length)
    if target.stat().st_size < start + length:
        os.truncate(target, start + length)


@dataclass(frozen=True)
class Copy:
    """What `dd` was asked for; sizes in bytes, `count` in blocks or None for all."""

    source: str | None
    target: str | None
    block: int
    count: int | None
    seek: int
    skip: int
    truncates: bool
    silent: bool

    @classmethod
    def parse(cls, words: list[str]) -> "Copy":
        """Read NAME=VALUE words. UsageError for one that is unknown."""
        values = {"bs": "512", "seek": "0", "skip": "0"}
        known = {"if", "of", "bs", "count", "seek", "skip", "conv", "status"}
        for word in words:
            name, equals, value = word.partition("=")
            if not equals or name not in known:
                raise UsageError(f"dd: bad arg {word}")
            values[name] = value
        count = amount(values["count"]) if "count" in values else None
        return cls(
            values.get("if"),
            values.get("of"),
            amount(values["bs"]),
            count,
            amount(values["seek"]),
            amount(values["skip"]),
            truncates="notrunc" not in values.get("conv", "").split(","),
            silent=values.get("status") == "none",
        )

    @property
    def start(self) -> int:
        """Where in the target the copy begins."""
        return self.seek * self.block

    @property
    def limit(self) -> int | None:
        """The bytes to copy at most; None for all that there are."""
        return None if self.count is None else self.count * self.block


@command("dd")
async def dd(context: Context) -> int:
    """`dd [if=FILE] [of=FILE] [bs=SIZE] [count=N] [seek=N] [skip=N] [conv=notrunc] [status=none]`."""
    copy = Copy.parse(context.arguments)
    started = time.monotonic()
    target = None if copy.target in {None, "/dev/null"} else host(context, copy.target or "")
    if target is not None:
        target.touch()
        if copy.truncates:
            os.truncate(target, min(target.stat().st_size, copy.start))
    written, is_whole = await _copy(context, copy, target)
    if not is_whole:
        context.complain(f"dd: {copy.target}: write error: {NO_SPACE}")
    if not copy.silent:
        records = f"{written // copy.block}+{int(written % copy.block > 0)} records"
        seconds = max(time.monotonic() - started, 0.001)
        context.complain(f"{records} in\n{records} out")
        speed = readable(int(written / seconds))
        context.complain(f"{written} bytes ({readable(written)}) copied, {seconds:.3f} s, {speed}/s")
    return int(not is_whole)


async def _copy(context: Context, copy: Copy, target: Path | None) -> tuple[int, bool]:
    """Copy as far as it fits: the bytes, and whether that was all."""
    partition = context.files.partition
    if copy.source == ZEROS and target is not None:
        wanted = copy.limit if copy.limit is not None else partition.size
        written = write_zeros(context, target, copy.start, wanted)
        return written, written == wanted
    written = 0
    async for piece in _pieces(context, copy):
        fits = len(piece)
        if target is not None:
            fits = partition.room(target, copy.start + written, fits)
            with target.open("r+b") as file:
                file.seek(copy.start + written)
                file.write(piece[:fits])
        elif copy.target is None:
            context.stdout.write(piece)
            await context.stdout.flush()
        written += fits
        if fits < len(piece):
            return written, False
    return written, True


def write_zeros(context: Context, target: Path, at: int, count: int) -> int:
    """Write zeros as far as they fit, as a hole where the file did not reach before; how many."""
    fits = context.files.partition.room(target, at, count)
    length = target.stat().st_size
    with target.open("r+b") as file:
        file.seek(at)
        for start in range(at, min(length, at + fits), CHUNK):
            file.write(bytes(min(CHUNK, min(length, at + fits) - start)))
        file.truncate(max(length, at + fits))
    return fits


async def _pieces(context: Context, copy: Copy) -> AsyncIterator[bytes]:
    """What is to be copied, a mebibyte at a time."""
    left = copy.limit
    if copy.source in {ZEROS, *RANDOM} and left is None:
        raise UsageError(f"dd: {copy.source} has no end: give a count")
    with ExitStack() as opened:
        file = None
        if copy.source is None:
            await context.stdin.read_up_to(copy.skip * copy.block)
        elif copy.source not in {ZEROS, *RANDOM}:
            file = opened.enter_context(host(context, copy.source).open("rb"))
            file.seek(copy.skip * copy.block)
        while left != 0:
            size = CHUNK if left is None else min(CHUNK, left)
            if file is not None:
                piece = file.read(size)
            elif copy.source is None:
                piece = await context.stdin.read_up_to(size)
            else:
                piece = bytes(size) if copy.source == ZEROS else os.urandom(size)
            if not piece:
                return
            left = None if left is None else left - len(piece)
            yield piece
