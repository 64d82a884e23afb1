"""What the manifest of an APK says, for people who have named the APK."""

from collections.abc import Sequence
from pathlib import Path

from apk_tools.errors import BuildError
from apk_tools.java_tools import JavaTools
from apk_tools.manifest import ManifestError, ManifestFacts
from apk_tools.manifest import read_manifest as read
from masuk.base.errors import UsageError
from masuk.toolchain.tools import Toolchain


def read_manifest(apk: Path, toolchain: Toolchain) -> ManifestFacts:
    """Read a file that is an APK, in a few milliseconds. Raises UsageError when its manifest says nothing."""
    tools = JavaTools(toolchain.root / "jars", toolchain.java_home, toolchain.apps / "tools")

    def dump(what: Sequence[str]) -> str:
        return tools.run_aapt2(["dump", *what], step=f"reading {apk.name}")

    try:
        return read(apk, dump)
    except ManifestError as error:
        raise UsageError(f"{apk}: its manifest names no package. Is the file whole?") from error
    except BuildError as error:
        reason = str(error).splitlines()[-1].rpartition("error: ")[2].rstrip(".")
        raise UsageError(f"{apk}: its manifest can't be read: {reason}. Is the file whole?") from error
