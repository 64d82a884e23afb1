"""The app under test on a device: its builds, its data, its launches."""

import time
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from masuk.base.errors import DeviceError, NotServed
from masuk.base.polling import Moment
from masuk.base.timeline import Timeline
from masuk.config.profile import Profile
from masuk.device import Device, Launched


@dataclass
class AppUnderTest:
    """The app of a profile on a device. `backend` is the address that the app is told to use when it is opened."""

    profile: Profile
    device: Device
    backend: str
    timeline: Timeline
    processes: list[int] = field(default_factory=list)
    """The ids of the processes that were opened, oldest first."""
    opened: Moment | None = None
    """When it was last opened from its launcher icon."""
    displayed: float = 0
    """The seconds that Android counted then until the first frame."""

    @property
    def package(self) -> str:
        """The app's package name."""
        return self.profile.app.package

    def reset(self) -> None:
        """Bring the app to the state of a fresh install of the build under test."""
        self.device.apps.force_stop(self.package)
        if not self.is_current():
            self.device.apps.uninstall(self.package)
            self.install()
        else:
            self.device.apps.clear(self.package)

    def install(self) -> None:
        """Install the build under test, or update to it with the data kept."""
        self._install(self.profile.app.apk)

    def install_previous(self) -> None:
        """Put the previous build in the place of whatever is installed, without data."""
        self.device.apps.uninstall(self.package)
        self._install(self._previous())

    def break_update_off(self) -> int:
        """Begin an update to the build under test and give it up half-way; how many bytes had arrived."""
        arrived = self.device.apps.break_install_off(self.profile.app.apk)
        self.timeline.note(f"update broken off after {arrived} bytes")
        return arrived

    def try_downgrade(self) -> str | None:
        """Install the previous build over the one under test; the device's refusal in its own words, or None."""
        try:
            self.device.apps.install(self._previous())
        except DeviceError as refusal:
            return str(refusal)
        return None

    def _previous(self) -> Path:
        previous = self.profile.app.previous_apk
        if previous is None:
            raise NotServed("the profile names no previous build (app.previous_apk)")
        return previous

    def reinstall(self) -> None:
        """Remove the app with its data and install it again."""
        self.device.apps.uninstall(self.package)
        self.install()

    def clear_data(self) -> None:
        """Do what the system's settings do on "Hapus Data"."""
        self.device.apps.clear(self.package)
        self.timeline.note("app data cleared")

    def clear_cache(self) -> None:
        """Do what the system's settings do on "Hapus Cache"."""
        self.device.apps.clear_cache(self.package)
        self.timeline.note("app cache cleared")

    def launch(self) -> Launched:
        """Open the app from its launcher icon."""
        extras = {name: value.format(backend=self.backend) for name, value in self.profile.app.extras.items()}
        began = time.monotonic()
        launched = self.device.apps.start(self.package, self.profile.app.activity, extras)
        self.displayed = launched.milliseconds / 1000
        self.opened = Moment(began, max(began, time.monotonic() - self.displayed))
        self.timeline.note(f"app opened: {launched.state}, displayed after {launched.milliseconds} ms")
        pid = self.pid()
        if pid is not None:
            self.processes.append(pid)
        else:
            crash = self.device.log.crash_of(self.package)
            assert crash is None, f"Expected {self.package} to open; it has crashed: {crash}"
            raise DeviceError(
                f"{self.package} ended as it was opened and has logged no crash: something else has ended it."
                f" Look at: {self.device.command_line('logcat')}"
            )
        return launched

    def try_to_open_inside(self) -> str:
        """Open the screens behind the login as another app would; the device's answers."""
        inside = self.profile.app.inner_activities
        if not inside:
            raise NotServed("the profile names no activities behind the login (app.inner_activities)")
        return "\n".join(self.device.apps.try_to_open(self.package, activity) for activity in inside)

    def close(self) -> None:
        """End the app's process."""
        self.device.apps.force_stop(self.package)
        self.timeline.note("app closed")

    def pid(self) -> int | None:
        """The app's process id, or None when it does not run."""
        return self.device.apps.pid(self.package)

    def write_file(self, path: str, content: bytes) -> None:
        """Write a file of the app's data folder."""
        self.device.files.write(self.package, PurePosixPath(path), content)

    def read_file(self, path: str) -> bytes | None:
        """A file of the app's data folder, or None."""
        return self.device.files.read(self.package, PurePosixPath(path))

    def remove_file(self, path: str) -> None:
        """Remove a file of the app's data folder."""
        self.device.files.remove(self.package, PurePosixPath(path))

    def files(self) -> dict[str, bytes]:
        """Every file of the app's data folder by its path."""
        return self.device.files.all(self.package)

    def version_code(self) -> int | None:
        """The installed version, or None."""
        return self.device.apps.version_code(self.package)

    def version(self) -> str:
        """The installed version for people, such as `2.0.0 (20)`."""
        return f"{self.device.apps.version_name(self.package)} ({self.version_code()})"

    def is_current(self) -> bool:
        """Whether the installed build is the one under test."""
        return self._is_installed(self.profile.app.apk)

    def is_previous(self) -> bool:
        """Whether the installed build is the profile's previous one."""
        return self._is_installed(self.profile.app.previous_apk)

    def _install(self, apk: Path) -> None:
        self.device.apps.install(apk)
        if not self._is_installed(apk):
            raise DeviceError(f"{self.device.serial}: {apk.name} was said to be installed; another build is, or none.")
        self.timeline.note(f"installed {apk.name}, version code {self.device.apps.version_code(self.package)}")

    def _is_installed(self, apk: Path | None) -> bool:
        path = self.device.apps.installed_apk(self.package)
        return apk is not None and path is not None and self.device.apps.same_file(path, apk)
