"""What `pm install` is asked for, at once or in a session."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class InstallOptions:
    """The switches of `pm install`: -d, -g, -t, and -R for an install that must not replace."""

    allow_downgrade: bool = False
    grant_all: bool = False
    allow_test: bool = False
    replace: bool = True


@dataclass
class InstallSession:
    """An install in parts: options, and the APKs received so far."""

    options: InstallOptions
    parts: list[Path] = field(default_factory=list)
