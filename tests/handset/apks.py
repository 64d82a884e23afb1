"""Builds small APKs: a real binary manifest by aapt2 around code that nobody runs."""

import struct
import subprocess
import zipfile
from pathlib import Path

from handset.base.home import Home
from handset.base.signing import BLOCK_MAGIC, SCHEME_V2

FRAMEWORK = "prebuilt/android-framework.jar"


def framework_resources(home: Home) -> Path:
    """The framework's resources, which aapt2 links against."""
    framework = home.root / "android-framework.jar"
    if not framework.exists():
        with zipfile.ZipFile(next((home.jars / "build").glob("apktool-lib*.jar"))) as jar:
            framework.write_bytes(jar.read(FRAMEWORK))
    return framework


def build_apk(
    home: Home,
    folder: Path,
    *,
    package: str = "com.example.app",
    version: int = 1,
    debuggable: bool = True,
    permissions: tuple[str, ...] = ("android.permission.INTERNET", "android.permission.CAMERA"),
    entries: tuple[str, ...] = ("classes.dex",),
    test_only: bool = False,
    code: bytes = b"not run",
) -> Path:
    """An unsigned APK with the activities Main (launcher; scheme `demo`), Home and Broken; `code` is its dex."""
    folder.mkdir(parents=True, exist_ok=True)
    framework = framework_resources(home)
    uses = "".join(f'<uses-permission android:name="{permission}"/>' for permission in permissions)
    manifest = folder / "AndroidManifest.xml"
    manifest.write_text(f"""<?xml version="1.0" encoding="utf-8"?>
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="{package}"
    android:versionCode="{version}" android:versionName="{version}.0">
  <uses-sdk android:minSdkVersion="23" android:targetSdkVersion="34"/>{uses}
  <application android:label="Demo" android:debuggable="{str(debuggable).lower()}"
      android:testOnly="{str(test_only).lower()}">
    <activity android:name=".Main" android:exported="true">
      <intent-filter>
        <action android:name="android.intent.action.MAIN"/>
        <category android:name="android.intent.category.LAUNCHER"/>
      </intent-filter>
      <intent-filter>
        <action android:name="android.intent.action.VIEW"/>
        <category android:name="android.intent.category.BROWSABLE"/>
        <data android:scheme="demo" android:host="open"/>
      </intent-filter>
    </activity>
    <activity android:name=".Home"/>
    <activity android:name=".Broken" android:exported="true"/>
  </application>
</manifest>""")
    apk = folder / f"{package}-{version}.apk"
    subprocess.run(
        [str(home.aapt2), "link", "-o", str(apk), "-I", str(framework), "--manifest", str(manifest)],
        check=True,
        capture_output=True,
    )
    with zipfile.ZipFile(apk, "a") as archive:
        for entry in entries:
            archive.writestr(entry, code)
    return apk


def add_v2_block(apk: Path, certificate: bytes) -> None:
    """Put a signing block before the central directory, with nothing valid in it but the certificate."""
    content = apk.read_bytes()
    end = content.rfind(b"PK\x05\x06")
    (directory,) = struct.unpack_from("<I", content, end + 16)
    signed_data = _prefixed(b"digests", _prefixed(certificate), b"")
    scheme = _prefixed(_prefixed(_prefixed(signed_data, b"signatures", b"key")))
    pair = struct.pack("<QI", 4 + len(scheme), SCHEME_V2) + scheme
    size = struct.pack("<Q", len(pair) + 24)
    block = size + pair + size + BLOCK_MAGIC
    tail = bytearray(content[end:])
    struct.pack_into("<I", tail, 16, directory + len(block))
    apk.write_bytes(content[:directory] + block + content[directory:end] + bytes(tail))


def _prefixed(*parts: bytes) -> bytes:
    return b"".join(struct.pack("<I", len(part)) + part for part in parts)
