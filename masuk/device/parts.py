"""The parts of a `Device`, by what they can do.

Every method raises DeviceError, with the device's own words, when the device does not do as asked.
"""

from pathlib import Path, PurePosixPath
from typing import Protocol

from masuk.device.launched import Launched


class Apps(Protocol):
    """What is installed and runs, by package."""

    def install(self, apk: Path) -> None:
        """Install an APK, or update to it with the data kept."""

    def break_install_off(self, apk: Path, share: float = 0.5) -> int:
        """Send a share of an APK to the package installer, as a download that breaks off; the bytes it has taken."""

    def uninstall(self, package: str) -> None:
        """Remove an app with its data; nothing happens when it is not installed."""

    def version_code(self, package: str) -> int | None:
        """The installed version, or None when the app is not installed."""

    def version_name(self, package: str) -> str | None:
        """What the installed version is called, or None when the app is not installed."""

    def is_debuggable(self, package: str) -> bool:
        """Whether the app's files can be reached as the app reaches them."""

    def installed_apk(self, package: str) -> str | None:
        """The path of the app's APK on the device, or None when it is not installed."""

    def same_file(self, path: str, local: Path) -> bool:
        """Whether a file of the device has the content of a local one, by SHA-256."""

    def clear(self, package: str) -> None:
        """Remove the app's data, as "Hapus Data" in the system's settings does."""

    def clear_cache(self, package: str) -> None:
        """Remove the app's cache only, as "Hapus Cache" does; on a debuggable build where Android is older than 14."""

    def force_stop(self, package: str) -> None:
        """End the app's process, and see that it ended."""

    def kill_in_background(self, package: str) -> None:
        """End an app's process as the system does when memory is low; one that is in front is spared."""

    def start(self, package: str, activity: str, extras: dict[str, str]) -> Launched:
        """Start the app from its launcher icon, with string extras, and wait until it is displayed."""

    def try_to_open(self, package: str, activity: str) -> str:
        """Open a screen as another app would; the device's answer."""

    def pid(self, package: str) -> int | None:
        """The process id of the app, or None when it does not run."""

    def ended_from_outside(self, package: str) -> dict[int, str]:
        """How something else has ended processes of an app, of late, by their ids; Android 11 and newer."""

    def configuration_of(self, package: str) -> tuple[float, str] | None:
        """By what the app's screen in front is laid out: the size of texts, and languages as Android names them.

        None when it has no screen in front.
        """

    def locale_of(self, package: str) -> str:
        """The languages of an app's own, as tags; empty when it has the device's. Android 13 and newer."""

    def set_locale_of(self, package: str, tag: str) -> None:
        """Give an app a language of its own by its tag, or with an empty one the device's."""


class AppFiles(Protocol):
    """Reaches files as their app does, by paths in its data folder. Raises DeviceError for a release build."""

    def write(self, package: str, path: PurePosixPath, content: bytes) -> None:
        """Write a file into the data folder of a debuggable app and read it back."""

    def read(self, package: str, path: PurePosixPath) -> bytes | None:
        """The content of a file in the data folder of a debuggable app, or None when there is no such file."""

    def all(self, package: str) -> dict[str, bytes]:
        """Every file in the data folder of a debuggable app, by its path in there."""

    def remove(self, package: str, path: PurePosixPath) -> None:
        """Remove a file of the data folder of a debuggable app."""


class Network(Protocol):
    """Its connections. What a switch has done is for the caller to prove."""

    def airplane_mode(self) -> bool:
        """Whether the connectivity service says that airplane mode is on."""

    def set_airplane_mode(self, on: bool) -> None:
        """Switch airplane mode. Idempotent; the effect is for the caller to prove."""

    def has_default_network(self) -> bool:
        """Whether the system has an active default network."""

    def reaches(self, port: int, host: str = ...) -> bool:
        """Whether a TCP connection from the device can be made, to the machine that it runs on or to another host."""

    def resolves(self, name: str) -> bool:
        """Whether the device finds an address for a name."""

    def transport(self) -> str | None:
        """What the default network runs over, such as WIFI or CELLULAR; None without a network."""

    def validated(self) -> bool:
        """Whether the system has seen that the default network leads to the internet."""

    def set_wifi(self, on: bool) -> None:
        """Switch WiFi. Idempotent; the effect is for the caller to prove."""

    def http_proxy(self) -> str | None:
        """The proxy that apps are told to use, as HOST:PORT, or None."""

    def set_http_proxy(self, address: str | None) -> None:
        """Tell apps to use an HTTP proxy, HOST:PORT, or none."""

    def set_private_dns(self, server: str | None) -> None:
        """Ask names of a private DNS server only, or as usual."""

    def lets_through(self, package: str) -> bool:
        """Whether the firewall lets an app through."""

    def let_through(self, package: str, allowed: bool) -> None:
        """Let one app through the firewall or not; Android 13 and newer."""

    def restore(self) -> None:
        """Undo whatever a fault may have done to the network; cheap when nothing is to be done."""


class Clock(Protocol):
    """Its time, right or wrong."""

    def now(self) -> float:
        """The device's time, in seconds since 1970."""

    def set(self, seconds: float | None) -> None:
        """Set the clock by hand to seconds since 1970, or let the network set it again."""


class Storage(Protocol):
    """Its data partition, filled and freed."""

    def free_kilobytes(self) -> int:
        """What is free for apps on the data partition."""

    def fill(self) -> None:
        """Leave nothing free on the data partition. Ends at the device's own refusal, which is not looked at."""

    def free(self) -> None:
        """Remove what `fill` has written."""


class Log(Protocol):
    """What the device and its apps have logged since it was last cleared."""

    def text(self) -> str:
        """All of it."""

    def of(self, pid: int) -> str:
        """What one process has logged."""

    def crash_of(self, package: str) -> str | None:
        """The exception or signal of the last crash in any process of an app, or None."""

    def anr_of(self, package: str) -> str | None:
        """The last line that says that an app does not respond, or None."""

    def clear(self) -> None:
        """Forget the log so far."""


class Display(Protocol):
    """How it shows apps, and the keys beside it."""

    def density(self) -> int:
        """Pixels per inch: 160 is one pixel per dp."""

    def size(self) -> tuple[int, int]:
        """Width and height in pixels, as the display is held now."""

    def is_landscape(self) -> bool:
        """Whether the display is wider than high now."""

    def set_landscape(self, on: bool) -> None:
        """Hold the device upright or on its side, whatever its sensor says."""

    def font_scale(self) -> float:
        """How much larger than usual texts are shown."""

    def set_font_scale(self, scale: float | None) -> None:
        """Show texts larger, or as usual."""

    def is_awake(self) -> bool:
        """Whether the display is on and takes input."""

    def set_awake(self, on: bool) -> None:
        """Switch the display on or off, and a lock screen without a secret away."""

    def is_secure(self) -> bool:
        """Whether the window that has the focus is secure (FLAG_SECURE): Android leaves it out of pictures."""

    def press_home(self) -> None:
        """Press the Home key."""

    def press_back(self) -> None:
        """Press the Back key."""
