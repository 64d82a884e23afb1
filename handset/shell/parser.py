"""The shell's grammar: words with quotes and $NAME, redirects, pipes, `;`, `&&` and `||`.

Loops, conditions, functions and command substitution are refused with a message rather than misread.
"""

import re
from dataclasses import dataclass, field

OPERATORS = re.compile(r"2>&1|&>|1?>>|2>>|2>|1?>|<|&&|\|\||[;|&\n]")
VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+)|([?$#]))")
UNSUPPORTED = re.compile(r"\$\(|`|^[({]$")
KEYWORDS = frozenset({"if", "for", "while", "until", "case", "function", "{", "("})
REDIRECTS = frozenset({">", "1>", ">>", "1>>", "2>", "2>>", "<", "&>"})


class ShellSyntaxError(ValueError):
    """A line that this shell does not understand."""


@dataclass(frozen=True)
class Part:
    """A piece of a word. `expands` allows variables in it, `globs` allows * and ?."""

    text: str
    expands: bool = True
    globs: bool = True


@dataclass
class Word:
    """Pieces that form one argument after expansion."""

    parts: list[Part] = field(default_factory=list)

    @property
    def bare(self) -> str | None:
        """The text when nothing in it is quoted, else None."""
        return "".join(part.text for part in self.parts) if all(part.globs for part in self.parts) else None


@dataclass(frozen=True)
class Redirect:
    """`operator` is one of REDIRECTS or `2>&1`, which has no target."""

    operator: str
    target: Word | None = None


@dataclass
class SimpleCommand:
    """Words and redirects; the first word names the command."""

    words: list[Word] = field(default_factory=list)
    redirects: list[Redirect] = field(default_factory=list)


@dataclass
class Pipeline:
    """Commands joined by `|`; `connector` (`;`, `&&` or `||`) says when it runs."""

    connector: str
    commands: list[SimpleCommand]


def parse(line: str) -> list[Pipeline]:
    """Read a command line. Raises ShellSyntaxError."""
    return _Parser(line).parse()


def variables(text: str, values: dict[str, str]) -> str:
    """Replace $NAME, ${NAME} and $? by values; unknown names are empty."""
    return VARIABLE.sub(lambda found: values.get(found[1] or found[2] or found[3], ""), text)


class _Parser:
    def __init__(self, line: str) -> None:
        self._line = line
        self._position = 0
        self._pipelines: list[Pipeline] = []
        self._connector = ";"
        self._commands: list[SimpleCommand] = []
        self._command = SimpleCommand()

    def parse(self) -> list[Pipeline]:
        while self._skip_blanks():
            operator = OPERATORS.match(self._line, self._position)
            if operator:
                self._position = operator.end()
                self._operator(operator[0])
            else:
                self._word_of_command()
        self._end_pipeline(";")
        return self._pipelines

    def _skip_blanks(self) -> bool:
        while self._position < len(self._line) and self._line[self._position] in " \t\r":
            self._position += 1
        if self._line.startswith("#", self._position):
            end = self._line.find("\n", self._position)
            self._position = len(self._line) if end < 0 else end
        return self._position < len(self._line)

    def _word_of_command(self) -> None:
        word = self._word()
        if not self._command.words and word.bare in KEYWORDS:
            raise ShellSyntaxError(f"syntax error: '{word.bare}' is not supported by this shell")
        self._command.words.append(word)

    def _operator(self, operator: str) -> None:
        if operator == "2>&1":
            self._command.redirects.append(Redirect(operator))
        elif operator in REDIRECTS:
            if not self._skip_blanks() or OPERATORS.match(self._line, self._position):
                raise ShellSyntaxError(f"syntax error: a file name is missing after '{operator}'")
            self._command.redirects.append(Redirect(operator, self._word()))
        elif operator == "|":
            self._end_command(operator)
        else:
            self._end_pipeline(operator if operator in {"&&", "||"} else ";")

    def _end_command(self, operator: str) -> None:
        if not self._command.words and not self._command.redirects:
            raise ShellSyntaxError(f"syntax error: unexpected '{operator}'")
        self._commands.append(self._command)
        self._command = SimpleCommand()

    def _end_pipeline(self, next_connector: str) -> None:
        if self._command.words or self._command.redirects or self._commands:
            self._end_command("newline")
            self._pipelines.append(Pipeline(self._connector, self._commands))
            self._commands = []
        elif next_connector != ";":
            raise ShellSyntaxError(f"syntax error: unexpected '{next_connector}'")
        self._connector = next_connector

    def _word(self) -> Word:
        word = Word()
        while self._position < len(self._line):
            character = self._line[self._position]
            if character in " \t\r\n;|&<>":
                break
            if character == "'":
                word.parts.append(Part(self._until_quote("'"), expands=False, globs=False))
            elif character == '"':
                word.parts.extend(self._double_quoted())
            elif character == "\\":
                word.parts.append(Part(self._line[self._position + 1 : self._position + 2], expands=False, globs=False))
                self._position += 2
            else:
                word.parts.append(Part(self._plain()))
        return word

    def _plain(self) -> str:
        start = self._position
        while self._position < len(self._line) and self._line[self._position] not in " \t\r\n;|&<>'\"\\":
            self._position += 1
        text = self._line[start : self._position]
        if UNSUPPORTED.search(text):
            raise ShellSyntaxError(f"syntax error: '{text}' is not supported by this shell")
        return text

    def _until_quote(self, quote: str) -> str:
        end = self._line.find(quote, self._position + 1)
        if end < 0:
            raise ShellSyntaxError("syntax error: no closing quote")
        text = self._line[self._position + 1 : end]
        self._position = end + 1
        return text

    def _double_quoted(self) -> list[Part]:
        parts: list[Part] = [Part("", globs=False)]
        text = ""
        self._position += 1
        while self._position < len(self._line):
            character = self._line[self._position]
            following = self._line[self._position + 1 : self._position + 2]
            if character == '"':
                self._position += 1
                return [*parts, Part(text, globs=False)]
            if character == "\\" and following and following in '"\\$`':
                parts += [Part(text, globs=False), Part(following, expands=False, globs=False)]
                text = ""
                self._position += 2
                continue
            if character == "`" or (character == "$" and following == "("):
                raise ShellSyntaxError("syntax error: command substitution is not supported by this shell")
            text += character
            self._position += 1
        raise ShellSyntaxError("syntax error: no closing quote")
