"""Everything that goes wrong, by whose failure it is.

MasukError
├── UsageError                the command, a settings file or a profile is wrong; exit code 4
├── NotServed                 the scenario needs something that this app, device or backend lacks; it is skipped
└── InfrastructureError       not the product's failure; exit code 3
    ├── SetupError            the toolchain could not be made ready
    ├── DeviceError           a device did not do what adb asked of it
    ├── SessionError          Appium or its session failed
    ├── BackendError          the stub backend failed
    ├── NoPicture             the window in front is secure: Android gives no picture of it
    ├── ServiceNotReached     nothing of the app arrives where it should log in to
    ├── NotReached            a state that the harness itself needs did not come in time
    ├── NotMeasured           a promised time could not be measured
    ├── FaultNotProven        a fault was injected and did not take
    └── SecretLeaked          a kept artefact holds a secret of the run

The product's own failure is an AssertionError, which pytest and Allure report as failed; the others are reported as
broken.
"""


class MasukError(Exception):
    """What happened, what was expected and what to do next, for the person who reads it."""


class UsageError(MasukError):
    """The user's input is wrong; the message names the place and the cure."""


class NotServed(MasukError):  # noqa: N818 - reads as the finding that it is
    """What is tested lacks something that the scenario needs. The message names it, and the scenario is skipped."""


class InfrastructureError(MasukError):
    """The tools or the device failed, so that nothing can be said about the product."""


class SetupError(InfrastructureError):
    """A part of the toolchain could not be fetched or built."""


class DeviceError(InfrastructureError):
    """A device is absent, or did not do what adb asked of it."""


class SessionError(InfrastructureError):
    """The Appium server or its session failed."""


class BackendError(InfrastructureError):
    """The stub backend could not be started or reached."""


class NoPicture(InfrastructureError):  # noqa: N818 - reads as the finding that it is
    """The window in front is secure, so that Android leaves it black in every picture."""

    def __init__(self) -> None:
        super().__init__("the window is secure (FLAG_SECURE): no picture")


class ServiceNotReached(InfrastructureError):  # noqa: N818 - reads as the finding that it is
    """Nothing of the app has reached the service in a run, so that no scenario can say anything."""


class NotReached(InfrastructureError):  # noqa: N818 - reads as the finding that it is
    """A state that the harness needs did not come in time."""


class NotMeasured(InfrastructureError):  # noqa: N818 - reads as the finding that it is
    """A time that a check promises could not be measured, since the tools were too slow."""


class FaultNotProven(InfrastructureError):  # noqa: N818
    """A fault was injected and its effect could not be shown, so that nothing may be asserted under it."""


class SecretLeaked(InfrastructureError):  # noqa: N818
    """A password, token or identifier of the run stands in an artefact that would be kept."""
