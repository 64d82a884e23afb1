"""Faults of what the app keeps on the device."""

from typing import ClassVar

from masuk.faults.bench import Bench, Need
from masuk.faults.fault import Fault, unproven

GARBAGE = b"\x00\xff<<broken\n" * 32
FILES = frozenset({Need.ADB, Need.DEBUGGABLE})
NOT_BACKED_UP = ("cache/", "code_cache/", "no_backup/")


class StoredFile(Fault):
    """A file of the app is not as the app has left it. `what` names one of the profile's [storage]."""

    needs = FILES
    what: ClassVar[str] = "preferences"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.path = bench.profile.stored(self.what)
        self.left: bytes | None = None
        """What the file holds by this fault's doing, or held if it was withheld."""

    def prepare(self) -> None:
        """Stop the app, since a running one would write its own state over ours, and read the file."""
        self.bench.app.close()
        self.left = self.bench.app.read_file(self.path)
        if self.left is None:
            hint = "Let the member log in first; or correct [storage] of the profile."
            raise unproven(f"{self.path} should be there to be damaged", "there is no such file", hint)

    def inject(self) -> None:
        """Damage the file."""
        assert self.left is not None
        self.left = self.damage(self.left)
        if self.left is None:
            self.bench.app.remove_file(self.path)
        else:
            self.bench.app.write_file(self.path, self.left)

    def damage(self, content: bytes) -> bytes | None:  # noqa: ARG002 - others look at it
        """What becomes of the file; None removes it."""
        return GARBAGE

    def prove(self) -> str:
        """Read the file back."""
        content = self.bench.app.read_file(self.path)
        if content != self.left:
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


class CacheDirty(StoredFile):
    """What the app has put by to be faster is garbage."""

    name = "cache-dirty"
    sentence = "The app's cache holds garbage."
    what = "cache"


class StorageUnusable(StoredFile):
    """Something else stands where the database belongs: the app can keep nothing there, and can't remove it."""

    name = "storage-unusable"
    sentence = "A folder with something in it stands in the place of the app's database: it can't be used or removed."
    what = "database"

    def inject(self) -> None:
        """Put a folder there that is not empty."""
        app = self.bench.app
        app.remove_file(self.path)
        app.write_file(self._inside, GARBAGE)

    def prove(self) -> str:
        """The file in the folder is there, and so is the folder."""
        if self.bench.app.read_file(self._inside) != GARBAGE:
            raise unproven(f"{self.path} should be a folder", "there is no file in it", "Is the build debuggable?")
        return f"{self.path} is a folder with a file in it"

    @property
    def _inside(self) -> str:
        return f"{self.path}/leftover"


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


class StorageRestored(Fault):
    """A new phone: a backup has brought back what an older version of the app had stored."""

    name = "storage-restored"
    sentence = "A new phone has the app and, from a backup, what its previous version had stored, without its keys."
    needs = FILES | {Need.PREVIOUS}

    def prepare(self) -> None:
        """Stop the app and copy what it has stored."""
        app = self.bench.app
        app.close()
        self._backup = {path: content for path, content in app.files().items() if not path.startswith(NOT_BACKED_UP)}
        if not self._backup:
            raise unproven("something should be there to be backed up", "there is no file", "Let them log in first.")

    def inject(self) -> None:
        """Install the build under test anew, and put the copies in its place."""
        self.bench.app.reinstall()
        for path, content in self._backup.items():
            self.bench.app.write_file(path, content)

    def prove(self) -> str:
        """The build under test is there, with the files of the one before."""
        app = self.bench.app
        lost = [path for path, content in self._backup.items() if app.read_file(path) != content]
        if app.is_previous() or lost:
            seen = "the previous build still is" if app.is_previous() else f"{lost} is not back"
            raise unproven("the build under test should have the files of the previous one", seen, "See the timeline.")
        return f"version code {app.version_code()} has {len(self._backup)} files of the version before"

    def restore(self) -> None:
        """Remove what was stored."""
        self.bench.app.clear_data()
