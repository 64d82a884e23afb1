"""Commands that set a file's mode and owner, after Android's toybox: chmod, chown."""

import re
import stat

from handset.shell.file_arguments import host
from handset.shell.registry import Context, UsageError, command


@command("chmod")
def chmod(context: Context) -> None:
    """Set the mode, given in octal or as +x, u+rw, a-w."""
    words = [word for word in context.arguments if word not in {"-R", "-v"}]
    if len(words) < 2:
        raise UsageError("chmod: needs a mode and a path")
    for path in words[1:]:
        target = host(context, path)
        chosen = [target, *target.rglob("*")] if "-R" in context.arguments and target.is_dir() else [target]
        for each in chosen:
            each.chmod(changed_mode(stat.S_IMODE(each.stat().st_mode), words[0]))


def changed_mode(mode: int, change: str) -> int:
    """`mode` after a chmod argument. UsageError when the argument is no mode."""
    if re.fullmatch("[0-7]{1,4}", change):
        return int(change, 8)
    for clause in change.split(","):
        sign = next((character for character in clause if character in "+-="), None)
        if sign is None:
            raise UsageError(f"chmod: bad mode '{change}'")
        who, _, what = clause.partition(sign)
        bits = sum({"r": 4, "w": 2, "x": 1}.get(letter, 0) for letter in what)
        if not set(who) <= set("augo"):
            raise UsageError(f"chmod: bad mode '{change}'")
        shifts = [{"u": 6, "g": 3, "o": 0}[letter] for letter in who.replace("a", "ugo") or "ugo"]
        for shift in shifts:
            cleared = mode & ~(7 << shift) if sign == "=" else mode
            mode = cleared & ~(bits << shift) if sign == "-" else cleared | (bits << shift)
    return mode


@command("chown", "chgrp", "chcon", "restorecon")
def chown(context: Context) -> None:
    """Accept an owner; the device has one user for all files."""
