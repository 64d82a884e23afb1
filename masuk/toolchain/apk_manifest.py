"""What the manifest of an APK says, read by aapt2, which takes a few milliseconds."""

import re
from dataclasses import dataclass
from pathlib import Path

from apk_builder.errors import BuildError
from apk_builder.java_tools import JavaTools
from masuk.base.errors import UsageError
from masuk.toolchain.installer import Toolchain

ACTIVITY = re.compile(r"^ *E: activity(?:-alias)? .*\n((?: *A: .*\n)*)", re.MULTILINE)
NAME = re.compile(r'\(0x01010003\)="([^"]+)"')
VERSION_CODE = re.compile(r"\(0x0101021b\)=(\d+)$", re.MULTILINE)
PACKAGE = re.compile(r'^ *A: package="([^"]+)"', re.MULTILINE)


@dataclass(frozen=True)
class Declared:
    """What a build is to a device. Activities are full class names; an alias counts as one."""

    apk: Path
    package: str
    version_code: int
    activities: frozenset[str]


def read_declared(apk: Path, toolchain: Toolchain) -> Declared:
    """Read a file that is an APK. Raises UsageError when its manifest says nothing."""
    return parse(dump(apk, toolchain, "xmltree", "--file", "AndroidManifest.xml"), apk)


def dump(apk: Path, toolchain: Toolchain, *what: str) -> str:
    """What `aapt2 dump` says of an APK. Raises UsageError."""
    tools = JavaTools(toolchain.root / "jars", toolchain.java_home, toolchain.apps / "tools")
    try:
        return tools.run_aapt2(["dump", *what, str(apk)], step=f"reading {apk.name}")
    except BuildError as error:
        reason = str(error).splitlines()[-1].rpartition("error: ")[2].rstrip(".")
        raise UsageError(f"{apk}: its manifest can't be read: {reason}. Is the file whole?") from error


def parse(tree: str, apk: Path) -> Declared:
    """The facts in what `aapt2 dump xmltree` says of the manifest of an APK."""
    package = PACKAGE.search(tree)
    if package is None:
        raise UsageError(f"{apk}: its manifest names no package. Is the file whole?")
    code = VERSION_CODE.search(tree)
    names = [name[1] for attributes in ACTIVITY.findall(tree) if (name := NAME.search(attributes))]
    activities = frozenset(_class_of(package[1], name) for name in names)
    return Declared(apk, package[1], int(code[1]) if code else 0, activities)


def _class_of(package: str, name: str) -> str:
    """`.Login` and `Login`, as manifests have them, written out."""
    return package + name if name.startswith(".") else name if "." in name else f"{package}.{name}"
