"""The command line of an app process."""

from pathlib import Path

from handset.home import Home
from handset.runtime.build import RuntimeFiles

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
    "java.desktop/java.awt.font",
)
JVM_FLAGS = (
    # dex2jar's classes have no stack maps, which the verifier would ask for.
    "-XX:+UnlockDiagnosticVMOptions",
    "-XX:-BytecodeVerificationRemote",
    # A process lives for seconds: start fast and stay small.
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-Xmx512m",
    "-Xms200m",
    "-Xmn120m",
    "-Xshare:auto",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
)


def java_command(home: Home, cache: Path) -> list[str]:
    """The command that starts an app process of `home`, whose scratch folder is `cache`."""
    files = RuntimeFiles(home)
    properties = {
        "java.awt.headless": "true",
        # Android never repeats a dropped POST, the JDK does unless it is told.
        "sun.net.http.retryPost": "false",
        "robolectric.createActivityContexts": "true",
        "robolectric.useRealAni": "true",
        "robolectric.windowManager.useRequestedSize": "true",
        "robolectric.offline": "true",
        "robolectric.dependency.dir": str(home.jars / "android"),
        "handset.cache": str(cache),
        "handset.data": str(cache / "unbound"),
        "handset.warm.apk": str(files.warmup_apk),
        "handset.warm.classes": str(files.warmup_jar),
    }
    return [
        str(home.java),
        *JVM_FLAGS,
        *(f"--add-opens={package}=ALL-UNNAMED" for package in OPEN_PACKAGES),
        *(f"-D{name}={value}" for name, value in properties.items()),
        "-cp",
        ":".join(map(str, files.class_path())),
        MAIN_CLASS,
    ]
