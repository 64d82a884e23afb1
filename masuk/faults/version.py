"""Faults of the app's version."""

from masuk.app import AppUnderTest
from masuk.backend import Backend
from masuk.faults.fault import Fault, unproven


class VersionTooOld(Fault):
    """The server no longer serves the version that is installed."""

    name = "version-too-old"
    sentence = "The server demands a newer version than the one that is installed."
    needs = frozenset({"adb", "stub backend", "previous build"})

    def __init__(self, app: AppUnderTest, backend: Backend, minimum: int) -> None:
        self._app = app
        self._backend = backend
        self._minimum = minimum

    def inject(self) -> None:
        """Raise the minimum version."""
        self._backend.minimum_version = self._minimum

    def prove(self) -> str:
        """Compare the installed version with the minimum."""
        installed = self._app.device.version_code(self._app.package)
        if installed is None or installed >= self._backend.minimum_version:
            raise unproven(
                f"a version below {self._minimum} should be installed",
                f"it is {installed}",
                "Is app.previous_apk of the profile really older?",
            )
        return f"installed is {installed}, the server demands {self._backend.minimum_version}"

    def restore(self) -> None:
        """Serve every version again."""
        self._backend.minimum_version = 0
