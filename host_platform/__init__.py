"""What differs between the operating systems of the machines that masuk runs on, and nothing else.

Linux on x86-64 is where everything was tried. macOS and Linux on arm64 have the alternatives that stand here; nothing
was run there yet.
"""

import ctypes
import platform
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

NATIVE_FOLDERS = ("native/linux/x86_64/", "native/mac/aarch64/", "native/mac/x86_64/")
"""Of Robolectric's jar of native code, for the systems that masuk is for."""
IS_LINUX = sys.platform == "linux"
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if IS_LINUX else None
PORTS = Path("/proc/sys/net/ipv4/ip_local_port_range")
FIRST_DYNAMIC_PORT = 49152
"""From here on ports are given to whoever asks, where the system does not say otherwise (RFC 6335)."""


class ToolError(Exception):
    """A program is not here for this system; the message says where it can be had."""


def end_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """What a child has to do before it becomes another program, for the kernel to end it when its parent ends.

    None where the kernel can't: then whoever starts the child has to have it ended in another way. It calls one C
    function and takes no lock, so that threads do no harm.
    """
    libc = LIBC
    if libc is None:
        return None

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, number)

    return ask


def first_dynamic_port() -> int:
    """From which port on the system chooses ports for outgoing connections."""
    return int(PORTS.read_text(encoding="ascii").split()[0]) if PORTS.exists() else FIRST_DYNAMIC_PORT


def resident_bytes(pid: int) -> int:
    """The memory of a process that is in RAM; 0 when it has ended."""
    if IS_LINUX:
        try:
            return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _page_size()
        except (OSError, IndexError):
            return 0
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def aapt2(from_jar: Callable[[str], Path]) -> Path:
    """Android's asset packaging tool. `from_jar` unpacks a file of apktool-lib's jar and returns its path.

    The jar has no aapt2 for Linux on arm64: there PATH must have one. Raises ToolError if it has none.
    """
    inside = {"linux": "prebuilt/linux/aapt2", "darwin": "prebuilt/macosx/aapt2"}.get(sys.platform)
    if inside is not None and (sys.platform == "darwin" or platform.machine() == "x86_64"):
        return from_jar(inside)
    found = shutil.which("aapt2")
    if found is None:
        raise ToolError(
            f"aapt2 for {platform.system()} on {platform.machine()} is not in PATH. On Debian: apt install aapt"
        )
    return Path(found)


def has_native_framework() -> bool:
    """Whether Robolectric has Android's native code for this machine, without which there is no handset."""
    return native_folder() in NATIVE_FOLDERS


def native_folder() -> str:
    """The folder of this system's libraries in Robolectric's jar of native code, with a slash at its end."""
    system = {"Linux": "linux", "Darwin": "mac"}.get(platform.system(), platform.system().lower())
    machine = {"AMD64": "x86_64", "arm64": "aarch64"}.get(platform.machine(), platform.machine())
    return f"native/{system}/{machine}/"


def adb_cure() -> str:
    """How adb is had where the package adbutils brings none."""
    return "brew install --cask android-platform-tools" if sys.platform == "darwin" else "apt install adb"


def _page_size() -> int:
    import resource

    return resource.getpagesize()
