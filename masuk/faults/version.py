"""Faults of the app's version."""

from masuk.faults.bench import Need
from masuk.faults.fault import Fault, unproven

HINT = "Let the member have the previous version first; look at app.previous_apk of the profile."


class VersionTooOld(Fault):
    """The server no longer serves the version that is installed."""

    name = "version-too-old"
    sentence = "The service demands a newer version than the one that is installed."
    needs = frozenset({Need.ADB, Need.STUB})

    def inject(self) -> None:
        """Raise the minimum version above the installed one."""
        installed = self.bench.app.version_code()
        self.bench.backend.service.minimum_version = (installed or 0) + 1

    def prove(self) -> str:
        """Compare the installed version with the minimum that a client hears of."""
        installed = self.bench.app.version_code()
        minimum = self.bench.backend.probe().json().get("minimum")
        if installed is None or not isinstance(minimum, int) or installed >= minimum:
            hint = "Is app.previous_apk of the profile really older?"
            raise unproven("a version below the minimum should be installed", f"{installed} is, of {minimum}", hint)
        return f"installed is {installed}, the service demands {minimum}"

    def restore(self) -> None:
        """Serve every version again."""
        self.bench.backend.service.minimum_version = 0


class UpdateOptional(Fault):
    """There is a newer version, and the installed one still works."""

    name = "update-optional"
    sentence = "The service knows of a newer version, and still serves the one that is installed."
    needs = frozenset({Need.ADB, Need.STUB})

    def inject(self) -> None:
        """Let there be a newer version."""
        self.bench.backend.service.newest_version = (self.bench.app.version_code() or 0) + 1

    def prove(self) -> str:
        """Compare the installed version with what a client hears of."""
        installed = self.bench.app.version_code()
        told = self.bench.backend.probe().json()
        match installed, told.get("minimum"), told.get("latest"):
            case int(here), int(minimum), int(newest) if minimum <= here < newest:
                return f"installed is {here}, the newest {newest}, and the service serves all from {minimum}"
            case _:
                seen = f"installed is {installed}, and the service tells {told}"
        raise unproven("a newer version should be told and the installed one served", seen, "Which build is it?")

    def restore(self) -> None:
        """The installed version is the newest again."""
        self.bench.backend.service.newest_version = 0


class UpdateInterrupted(Fault):
    """The phone dies or the connection breaks while the update is on its way."""

    name = "update-interrupted"
    sentence = "An update of the previous version breaks off half-way."
    needs = frozenset({Need.ADB, Need.PREVIOUS})

    def inject(self) -> None:
        """Send half of the build under test to the installer, and give up."""
        self._sent = self.bench.app.break_update_off()

    def prove(self) -> str:
        """Half was sent, and the previous build is still what is installed."""
        whole = self.bench.profile.app.apk.stat().st_size
        if not 0 < self._sent < whole:
            raise unproven("a part of the update should have arrived", f"{self._sent} bytes of {whole} have", HINT)
        if not self.bench.app.is_previous():
            seen = f"version code {self.bench.app.version_code()} is"
            raise unproven("the previous build should still be installed", seen, HINT)
        return f"{self._sent} of {whole} bytes of the update have arrived, and the previous build is installed"

    def restore(self) -> None:
        """Nothing is left of an installation that was given up."""


class PreviousVersion(Fault):
    """The member has not updated."""

    name = "previous-version"
    sentence = "The member has the previous version of the app."
    needs = frozenset({Need.ADB, Need.PREVIOUS})

    @property
    def version(self) -> int | None:
        """The version code that this fault has left on the device, or found if it was withheld."""
        return self._version

    def prepare(self) -> None:
        """Note the version that is there if this is withheld."""
        self._version = self.bench.app.version_code()

    def inject(self) -> None:
        """Install the previous build in the place of whatever is there."""
        self.bench.app.install_previous()
        self._version = self.bench.app.version_code()

    def prove(self) -> str:
        """The installed version is below that of the build under test."""
        if not self.bench.app.is_previous():
            seen = f"version code {self.bench.app.version_code()} is"
            raise unproven("the previous build should be installed", seen, "Look at app.previous_apk of the profile.")
        return f"installed is the previous build, version code {self.bench.app.version_code()}"

    def restore(self) -> None:
        """Nothing: whoever runs the next scenario installs the build under test."""
