"""Faults of what the app keeps on the device."""

from typing import ClassVar

from masuk.bench import Bench, Need
from masuk.faults.fault import Fault, unproven

GARBAGE = b"\x00\xff<<broken\n" * 32
FILES = frozenset({Need.ADB, Need.DEBUGGABLE})


class StoredFile(Fault):
    """A file of the app is not as the app has left it. `what` names one of the profile's [storage]."""

    needs = FILES
    what: ClassVar[str] = "preferences"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.path = bench.profile.stored(self.what)

    def prepare(self) -> None:
        """Stop the app, since a running one would write its own state over ours, and read the file."""
        self.bench.app.close()
        self._left = self.bench.app.read_file(self.path)
        if self._left is None:
            hint = "Let the member log in first; or correct [storage] of the profile."
            raise unproven(f"{self.path} should be there to be damaged", "there is no such file", hint)

    def inject(self) -> None:
        """Damage the file."""
        assert self._left is not None
        self._left = self.damage(self._left)
        if self._left is None:
            self.bench.app.remove_file(self.path)
        else:
            self.bench.app.write_file(self.path, self._left)

    def damage(self, content: bytes) -> bytes | None:  # noqa: ARG002 - others look at it
        """What becomes of the file; None removes it."""
        return GARBAGE

    def prove(self) -> str:
        """Read the file back."""
        content = self.bench.app.read_file(self.path)
        if content != self._left:
            seen = "there is no such file" if content is None else f"it holds {len(content)} other bytes"
            raise unproven(f"{self.path} should be damaged", seen, "Is the build debuggable, and its process gone?")
        return f"{self.path} {'is gone' if content is None else f'holds {len(content)} bytes of damage'}"

    def restore(self) -> None:
        """Remove what the app has stored."""
        self.bench.app.clear_data()


class PreferencesCorrupt(StoredFile):
    """The preferences hold garbage."""

    name = "preferences-corrupt"
    sentence = "The app's preferences hold garbage."


class PreferencesHalf(StoredFile):
    """The phone died while the preferences were written."""

    name = "preferences-half-written"
    sentence = "The app's preferences end in the middle, as after a battery that ran out."

    def damage(self, content: bytes) -> bytes:
        """The first half."""
        return content[: len(content) // 2]


class PreferencesEmpty(StoredFile):
    """The file system lost the content."""

    name = "preferences-empty"
    sentence = "The app's preferences are an empty file."

    def damage(self, content: bytes) -> bytes:  # noqa: ARG002
        """Nothing."""
        return b""


class DatabaseCorrupt(StoredFile):
    """The database holds garbage."""

    name = "database-corrupt"
    sentence = "The app's database holds garbage."
    what = "database"


class DatabaseHalf(StoredFile):
    """Pages of the database are missing."""

    name = "database-half-written"
    sentence = "The app's database ends in the middle."
    what = "database"

    def damage(self, content: bytes) -> bytes:
        """The first half."""
        return content[: len(content) // 2]


class KeyMissing(StoredFile):
    """The key is gone, as after a restored backup that did not hold it."""

    name = "key-missing"
    sentence = "The key that the stored session was sealed with is gone, as after a restored backup."
    what = "key"

    def damage(self, content: bytes) -> None:  # noqa: ARG002
        """Remove it."""
        return


class KeyForeign(StoredFile):
    """The key is another one."""

    name = "key-foreign"
    sentence = "The key is not the one that the stored session was sealed with."
    what = "key"

    def damage(self, content: bytes) -> bytes:
        """Turn every bit."""
        return bytes(byte ^ 0xFF for byte in content)
