"""`masuk run` as a person has it: in a terminal."""

import codecs
import os
import pty
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from masuk.base.polling import until
from tests.system.masuk_command import RUN_SECONDS, MasukCommand


class Terminal:
    """What a person sees and types."""

    def __init__(self, master: int) -> None:
        self._master = master
        self._decoded = codecs.getincrementaldecoder("utf-8")()
        self.seen = ""

    def wait_for(self, words: str) -> str:
        """Read until these words have come; all that came before and with them. What came after is for the next."""
        until(
            lambda: self._read(words),
            f"the terminal to say {words!r}",
            timeout=RUN_SECONDS,
            seen=lambda: repr(self.seen),
        )
        before, _, self.seen = self.seen.partition(words)
        return before + words

    def press_enter(self) -> None:
        os.write(self._master, b"\n")

    def _read(self, words: str) -> bool:
        while words not in self.seen and select.select([self._master], [], [], 0)[0]:
            try:
                self.seen += self._decoded.decode(os.read(self._master, 65536))
            except OSError:
                raise AssertionError(f"It has ended without saying {words!r}: {self.seen}") from None
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
