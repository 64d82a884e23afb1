"""What an app process has to be like for the app that it runs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ProcessKind:
    """An ordinary process runs nearly every app, and a spare is one."""

    verified: bool = True
    """Whether the Java runtime verifies the app's code."""
    baked: bool = True
    """Whether it runs on the baked framework, and not on Robolectric as it is, which is four times slower."""


ORDINARY = ProcessKind()
