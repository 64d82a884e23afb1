"""Finds the operands of `pm` commands among their options."""

from handset.shell.registry import Context, UsageError

VALUED_OPTIONS = frozenset(
    {"-S", "-i", "-p", "--user", "--install-location", "--abi", "--originating-uri", "--referrer", "--pkg"}
)


def last_operand(context: Context) -> str:
    """The last operand, which names the package. UsageError without one."""
    operands = operands_of(context.arguments)
    if not operands:
        raise UsageError("Error: a package is missing")
    return operands[-1]


def operands_of(words: list[str]) -> list[str]:
    """The words that are neither options nor values of options."""
    operands, skip = [], False
    for word in words:
        if skip:
            skip = False
        elif word in VALUED_OPTIONS:
            skip = True
        elif not word.startswith("-") or word == "-":
            operands.append(word)
    return operands
