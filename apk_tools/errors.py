"""What can go wrong when an app is built."""

from __future__ import annotations


class BuildError(Exception):
    """An APK could not be built. The message says which step failed, with the tool's own words."""
