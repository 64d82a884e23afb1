"""Faults of what the app keeps on the device."""

from masuk.app import AppUnderTest
from masuk.faults.fault import Fault, unproven

GARBAGE = b"\x00\xff<<broken\n" * 32


class CorruptFile(Fault):
    """A file of the app holds bytes that make no sense."""

    name = "state-corrupted"
    sentence = "A file of the app (preferences, database) holds garbage."
    needs = frozenset({"adb", "debuggable build"})

    def __init__(self, app: AppUnderTest, path: str) -> None:
        self._app = app
        self._path = path

    def inject(self) -> None:
        """Stop the app, since a running one would write its own state over ours, and overwrite the file."""
        self._app.close()
        self._app.write_file(self._path, GARBAGE)

    def prove(self) -> str:
        """Read the file back."""
        content = self._app.read_file(self._path)
        if content != GARBAGE:
            seen = "there is no such file" if content is None else f"it holds {len(content)} other bytes"
            raise unproven(f"{self._path} should hold garbage", seen, "Is the build debuggable, and its process gone?")
        return f"{self._path} holds {len(GARBAGE)} bytes of garbage and the app does not run"

    def restore(self) -> None:
        """Remove what the app has stored."""
        self._app.clear_data()
