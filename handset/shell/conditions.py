"""`test` and `[`: check files and compare strings, after Android's toybox."""

from collections.abc import Callable

from handset.shell.file_arguments import host
from handset.shell.registry import Context, UsageError, command


@command("test", "[")
def test(context: Context) -> int:
    """Check files and strings: -e -f -d -s -r -w -n -z, =, !=, -eq …, with ! in front."""
    words = [word for word in context.arguments if word != "]"]
    negated = words[:1] == ["!"]
    return int(_check(context, words[1:] if negated else words) == negated)


def _check(context: Context, words: list[str]) -> bool:
    if len(words) == 2:
        operator, value = words
        target = host(context, value)
        checks: dict[str, Callable[[], bool]] = {
            "-e": target.exists,
            "-f": target.is_file,
            "-d": target.is_dir,
            "-r": target.exists,
            "-w": target.exists,
            "-x": target.exists,
            "-s": lambda: target.exists() and target.stat().st_size > 0,
            "-n": lambda: bool(value),
            "-z": lambda: not value,
        }
        if operator in checks:
            return checks[operator]()
    elif len(words) == 3:
        left, operator, right = words
        if operator in {"=", "==", "!="}:
            return (left == right) == (operator != "!=")
        comparisons = {"-eq": left == right, "-ne": left != right}
        if operator in comparisons:
            return comparisons[operator]
    elif len(words) <= 1:
        return bool(words and words[0])
    raise UsageError(f"test: {' '.join(words)} is not supported")
