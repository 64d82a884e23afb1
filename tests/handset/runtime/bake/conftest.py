"""The home of the tests of a bake."""

from pathlib import Path

import pytest

from handset.base.home import Home
from tests.handset.runtime.bake.stand_in import STAND_IN, stand_in, write_jar


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    jars = tmp_path / "jars"
    android = {"resources.arsc": "table", "res/a.xml": "a", "android/A.class": "code"}
    native = {"icu/icudt75l.dat": "icu", "native/linux/x86_64/libandroid.so": "library"}
    write_jar(jars / "android" / "android-all-instrumented-15.jar", {**android, **native})
    write_jar(jars / "runtime" / "bcprov-1.jar", {"META-INF/BC.SF": "signature", "org/BC.class": "code"})
    write_jar(jars / "runtime" / "shadows-framework-4.jar", {"Shadow.class": "code"})
    libraries = ["linux-x86_64.so", "linux-aarch_64.so", "osx-x86_64.dylib"]
    tls = {f"META-INF/native/libtls-{library}": library for library in libraries}
    write_jar(
        jars / "runtime" / "conscrypt-openjdk-uber-2.jar", {**tls, "META-INF/MANIFEST.MF": "", "org/TLS.class": "code"}
    )
    write_jar(tmp_path / "handset" / "native.jar", {"fonts/a.ttf": "font"})
    write_jar(tmp_path / "handset" / "runtime.jar", {"Main.class": "code"})
    stand_in(monkeypatch, STAND_IN)
    return Home(tmp_path)
