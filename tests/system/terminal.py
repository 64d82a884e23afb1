"""`masuk run` as a person has it: in a terminal."""

import os
import pty
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from masuk.waiting import until
from tests.system.masuk_command import RUN_SECONDS, MasukCommand


class Terminal:
    """What a person sees and types."""

    def __init__(self, master: int) -> None:
        self._master = master
        self.seen = ""

    def wait_for(self, words: str) -> str:
        """Read until these words have come; all that came with them, and forget it."""
        until(lambda: self._read(words), f"the terminal to say {words!r} after {self.seen!r}", timeout=RUN_SECONDS)
        before, self.seen = self.seen, ""
        return before

    def press_enter(self) -> None:
        os.write(self._master, b"\n")

    def _read(self, words: str) -> bool:
        if words not in self.seen:
            self.seen += os.read(self._master, 65536).decode()
        return words in self.seen


@contextmanager
def at_a_terminal(masuk: MasukCommand, *words: str) -> Iterator[tuple[Terminal, "subprocess.Popen[str]"]]:
    """`masuk run` with a terminal of its own."""
    master, slave = pty.openpty()
    process = masuk.start(*words, terminal=slave)
    os.close(slave)
    try:
        yield Terminal(master), process
    finally:
        process.terminate()
        process.wait()
        os.close(master)
