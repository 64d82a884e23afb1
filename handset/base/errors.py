"""Everything that goes wrong in a handset, by who can do something about it.

HandsetError
├── MissingPiece          something that `masuk setup` brings is not there
├── DeviceInUse           another process runs the device of this name
├── InstallFailure        an APK was refused, with Android's own failure code
└── AppProcessError       an app process did not do what was asked
    ├── CallFailed        it answered with an error
    ├── NotResponding     it did not answer in time
    └── ProcessDied       it ended before it answered
"""


class HandsetError(Exception):
    """What happened, what was expected and what to do next, for the person who reads it."""


class MissingPiece(HandsetError):  # noqa: N818 - reads as the noun it is
    """A file that the set-up brings is not there."""


class DeviceInUse(HandsetError):  # noqa: N818
    """Another process holds the lock of this device."""


class InstallFailure(HandsetError):  # noqa: N818
    """A refused install. `code` is Android's constant, such as INSTALL_FAILED_VERSION_DOWNGRADE."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

    def __str__(self) -> str:
        """The text inside `Failure [...]`, as the package manager prints it."""
        return f"{self.code}: {self.args[0]}" if self.args[0] else self.code


class AppProcessError(HandsetError):
    """An app process did not do what was asked of it."""


class CallFailed(AppProcessError):  # noqa: N818
    """The process answered with an error of `kind`: stale, unsupported, invalid or failed."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class NotResponding(AppProcessError):  # noqa: N818
    """The process did not answer in time: Android calls this an ANR."""


class ProcessDied(AppProcessError):  # noqa: N818
    """The process ended before it answered."""
