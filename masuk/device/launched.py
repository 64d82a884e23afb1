"""What a device says of the launch of an app."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Launched:
    """How a launch went: COLD, WARM or HOT, and the milliseconds until the activity was displayed.

    UNKNOWN and 0 when it never was.
    """

    state: str
    milliseconds: int
