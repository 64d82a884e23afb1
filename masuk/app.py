"""The app under test on a device: its builds, its data, its launches."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from masuk.device import Device, Launched
from masuk.errors import UsageError
from masuk.profile import Profile
from masuk.timeline import Timeline


@dataclass(frozen=True)
class AppUnderTest:
    """The app of a profile on a device. `backend` is the address that the app is told to use."""

    profile: Profile
    device: Device
    backend: str
    timeline: Timeline

    @property
    def package(self) -> str:
        """The app's package name."""
        return self.profile.app.package

    def reset(self) -> None:
        """Bring the app to the state of a fresh install of the build under test."""
        self.device.force_stop(self.package)
        if not self._is_current():
            self.device.uninstall(self.package)
            self.install()
        else:
            self.device.clear(self.package)

    def install(self) -> None:
        """Install the build under test, or update to it with the data kept."""
        self._install(self.profile.app.apk)

    def install_previous(self) -> None:
        """Put the previous build in the place of whatever is installed, without data."""
        previous = self.profile.app.previous_apk
        if previous is None:
            raise UsageError("The profile names no previous build; add app.previous_apk to run upgrade scenarios.")
        self.device.uninstall(self.package)
        self._install(previous)

    def reinstall(self) -> None:
        """Remove the app with its data and install it again."""
        self.device.uninstall(self.package)
        self.install()

    def clear_data(self) -> None:
        """Do what the system's settings do on "Hapus Data"."""
        self.device.clear(self.package)
        self.timeline.note("app data cleared")

    def launch(self) -> Launched:
        """Open the app from its launcher icon."""
        extras = {name: value.format(backend=self.backend) for name, value in self.profile.app.extras.items()}
        launched = self.device.start(self.package, self.profile.app.activity, extras)
        self.timeline.note(f"app opened: {launched.state}, displayed after {launched.milliseconds} ms")
        return launched

    def close(self) -> None:
        """End the app's process."""
        self.device.force_stop(self.package)
        self.timeline.note("app closed")

    def pid(self) -> int | None:
        """The app's process id, or None when it does not run."""
        return self.device.pid(self.package)

    def write_file(self, path: str, content: bytes) -> None:
        """Write a file of the app's data folder."""
        self.device.write_file(self.package, PurePosixPath(path), content)

    def read_file(self, path: str) -> bytes | None:
        """A file of the app's data folder, or None."""
        return self.device.read_file(self.package, PurePosixPath(path))

    def _install(self, apk: Path) -> None:
        self.device.install(apk)
        self.timeline.note(f"installed {apk.name}, version code {self.device.version_code(self.package)}")

    def _is_current(self) -> bool:
        path = self.device.installed_apk(self.package)
        return path is not None and self.device.same_file(path, self.profile.app.apk)
