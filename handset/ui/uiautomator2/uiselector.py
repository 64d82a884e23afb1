"""The language of the `-android uiautomator` strategy: Java expressions over UiSelector and UiScrollable.

Parsed in full; a method that this device cannot honour is refused by name instead of ignored.
"""

import re
from dataclasses import dataclass

from handset.ui.uiautomator2.errors import WebDriverError

TOKEN = re.compile(
    r"""\s*(?:
      (?P<string>"(?:\\.|[^"\\])*")
    | (?P<number>-?\d+(?:\.\d+)?)
    | (?P<name>[A-Za-z_][\w.]*)
    | (?P<mark>[().,;])
    )""",
    re.VERBOSE,
)
LONGEST_NUMBER = 18
ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True)
class Call:
    """A method call; arguments are strings, ints, floats, bools, class names (str) or nested expressions."""

    method: str
    arguments: tuple[object, ...]


@dataclass(frozen=True)
class Expression:
    """`new NAME(arguments)` followed by calls. `name` is UiSelector or UiScrollable."""

    name: str
    arguments: tuple[object, ...]
    calls: tuple[Call, ...]


def parse(text: str) -> Expression:
    """Read an expression. Raises WebDriverError `invalid selector`."""
    try:
        return _Parser(text).parse()
    except RecursionError as error:
        raise WebDriverError("invalid selector", "The expression is nested too deeply") from error


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = self._tokenize(text)
        self._position = 0

    def parse(self) -> Expression:
        expression = self._expression()
        if self._peek() == ("mark", ";"):
            self._next()
        if self._position < len(self._tokens):
            raise self._error(f"unexpected {self._peek()[1]!r}")
        return expression

    def _tokenize(self, text: str) -> list[tuple[str, str]]:
        tokens = []
        position = 0
        text = text.rstrip()
        while position < len(text):
            found = TOKEN.match(text, position)
            if found is None:
                raise self._error(f"cannot read {text[position : position + 20]!r}")
            kind = found.lastgroup or ""
            tokens.append((kind, found[kind]))
            position = found.end()
        return tokens

    def _expression(self) -> Expression:
        if self._peek() == ("name", "new"):
            self._next()
        name = self._next()[1].rpartition(".")[2]
        if name not in {"UiSelector", "UiScrollable"}:
            raise self._error(f"expected UiSelector or UiScrollable, got {name!r}")
        arguments = self._arguments()
        calls: list[Call] = []
        while self._peek()[1].startswith("."):
            self._next()
            method = self._next()[1]
            calls.append(Call(method, self._arguments()))
        return Expression(name, arguments, tuple(calls))

    def _arguments(self) -> tuple[object, ...]:
        self._expect("(")
        values: list[object] = []
        while self._peek()[1] != ")":
            values.append(self._value())
            if self._peek()[1] == ",":
                self._next()
        self._expect(")")
        return tuple(values)

    def _value(self) -> object:
        kind, text = self._peek()
        if kind == "name" and (text == "new" or text.rpartition(".")[2] in {"UiSelector", "UiScrollable"}):
            return self._expression()
        self._next()
        if kind == "string":
            return re.sub(r"\\(.)", lambda found: ESCAPES.get(found[1], found[1]), text[1:-1])
        if kind == "number":
            if len(text) > LONGEST_NUMBER:
                raise self._error(f"{text[:20]}… is too large a number")
            return float(text) if "." in text else int(text)
        if text in {"true", "false"}:
            return text == "true"
        return text.removesuffix(".class")

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._position] if self._position < len(self._tokens) else ("end", "")

    def _next(self) -> tuple[str, str]:
        token = self._peek()
        if token[0] == "end":
            raise self._error("it ends too early")
        self._position += 1
        return token

    def _expect(self, mark: str) -> None:
        token = self._next()
        if token != ("mark", mark):
            raise self._error(f"expected {mark!r}, got {token[1]!r}")

    def _error(self, reason: str) -> WebDriverError:
        return WebDriverError("invalid selector", f"Could not parse expression `{self._text}`: {reason}")
