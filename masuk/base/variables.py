"""Texts in settings files that stand for an environment variable, so that no file has to hold a password."""

from collections.abc import Mapping

from masuk.base.errors import UsageError


def names_a_variable(text: str) -> bool:
    """Whether the text is `$NAME`. Two signs, as in `$$NAME`, stand for a text that begins with one."""
    return text.startswith("$") and not text.startswith("$$")


def resolved(text: str, environment: Mapping[str, str], place: str) -> str:
    """The value of the variable that a text names, or the text that it stands for.

    `place` is the file and key that hold the text. Raises UsageError, which names both, for a variable that is not set
    or empty.
    """
    if not names_a_variable(text):
        return text[1:] if text.startswith("$$") else text
    if not environment.get(text[1:]):
        raise UsageError(
            f"{place}: the environment variable {text[1:]} is not set. Set it, or write $${text[1:]} for a text that"
            " begins with a dollar sign."
        )
    return environment[text[1:]]
