"""The command line of an app process."""

from pathlib import Path

from handset.base.home import Home
from handset.base.process_kind import ORDINARY, ProcessKind
from handset.runtime.bake.layout import Bake
from handset.runtime.bake.pointer import BakeInUse
from handset.runtime.files import RuntimeFiles

MAIN_CLASS = "handset.runtime.host.Main"
OPEN_PACKAGES = (
    "java.base/java.io",
    "java.base/java.lang",
    "java.base/java.lang.reflect",
    "java.base/java.net",
    "java.base/java.nio",
    "java.base/java.security",
    "java.base/java.text",
    "java.base/java.util",
    "java.base/jdk.internal.access",
    "java.base/jdk.internal.misc",
    "java.desktop/java.awt.font",
)
UNVERIFIED = "-XX:-BytecodeVerificationRemote"
JVM_FLAGS = (
    "-XX:+UnlockDiagnosticVMOptions",
    # Compiled code must not read the host's clock by itself: a process has the device's time (DeviceClock).
    "-XX:DisableIntrinsic=_currentTimeMillis",
    # A process lives for seconds: start fast and stay small.
    "-XX:TieredStopAtLevel=1",
    # What the recording found busy would be compiled anew by each process before it knows whether it needs it.
    "-XX:-AOTRecordTraining",
    "-XX:-AOTReplayTraining",
    "-XX:CompileThresholdScaling=2",
    "-XX:+UseSerialGC",
    "-Xmx512m",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
)
UNBAKED_HEAP = ("-Xms200m", "-Xmn120m", "-Xshare:auto")
BAKED_HEAP = ("-Xms48m", "-Xmn12m")
# At the address that it was made for, the archive needs no patching, and all processes share its pages.
ARCHIVE_IN_PLACE = "-XX:ArchiveRelocationMode=0"


def java_command(home: Home, cache: Path, kind: ProcessKind = ORDINARY) -> list[str]:
    """The command that starts an app process of `home`, whose scratch folder is `cache`.

    Raises MissingPiece when nothing is baked and the kind of process needs it.
    """
    if not kind.baked:
        return unbaked_command(home, cache, kind)
    use = BakeInUse.of(home)
    flags = [*_verification(kind), ARCHIVE_IN_PLACE, f"-XX:AOTCache={use.archive}", "-Dhandset.archived=true"]
    return baked_command(home, use.bake, cache, flags)


def unbaked_command(home: Home, cache: Path, kind: ProcessKind = ORDINARY) -> list[str]:
    """The command for the reference: Robolectric as it is, four times slower."""
    files = RuntimeFiles(home)
    properties = {**_properties(files, cache), "robolectric.dependency.dir": str(home.jars / "android")}
    return _command(home, [*_verification(kind), *UNBAKED_HEAP], properties, files.class_path())


def _verification(kind: ProcessKind) -> list[str]:
    return [] if kind.verified else [UNVERIFIED]


def baked_command(home: Home, bake: Bake, cache: Path, flags: list[str]) -> list[str]:
    """The command of a baked process, with more flags for the Java runtime."""
    properties = {
        **_properties(RuntimeFiles(home), cache),
        "handset.baked": "true",
        "handset.native": str(bake.native),
        "java.library.path": str(bake.native),
        "handset.native.icu": bake.icu,
        "java.security.properties": str(bake.security_properties),
        "jdk.reflect.useNativeAccessorOnly": "true",
        "robolectric.dependency.dir": str(bake.resources),
    }
    return _command(home, [*flags, *BAKED_HEAP], properties, bake.class_path(home))


def _properties(files: RuntimeFiles, cache: Path) -> dict[str, str]:
    return {
        "java.awt.headless": "true",
        # Conscrypt's other sockets would go around the streams of a socket, and so around the device's network.
        "org.conscrypt.useEngineSocketByDefault": "true",
        # Android never repeats a dropped POST, the JDK does unless it is told.
        "sun.net.http.retryPost": "false",
        "robolectric.createActivityContexts": "true",
        "robolectric.useRealAni": "true",
        "robolectric.windowManager.useRequestedSize": "true",
        "robolectric.offline": "true",
        "handset.cache": str(cache),
        "handset.data": str(cache / "unbound"),
        "handset.warm.apk": str(files.warmup_apk),
        "handset.warm.classes": str(files.warmup_jar),
    }


def _command(home: Home, flags: list[str], properties: dict[str, str], class_path: list[Path]) -> list[str]:
    return [
        str(home.java),
        *JVM_FLAGS,
        *flags,
        *(f"--add-opens={package}=ALL-UNNAMED" for package in OPEN_PACKAGES),
        *(f"-D{name}={value}" for name, value in properties.items()),
        "-cp",
        ":".join(map(str, class_path)),
        MAIN_CLASS,
    ]
