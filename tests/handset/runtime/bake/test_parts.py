import zipfile

from handset.base.home import Home
from tests.handset.runtime.bake.stand_in import baked


def test_a_bake_holds_each_thing_once(home: Home) -> None:
    bake, said = baked(home)
    assert "handset: baking, 40 %" in said
    assert "3 call sites decided" in said[-1]
    assert bake.jar.read_text() == "linked"
    with zipfile.ZipFile(bake.resources / "android-all-instrumented-15.jar") as resources:
        assert resources.namelist() == ["resources.arsc", "res/a.xml"]
    with zipfile.ZipFile(bake.provider_jar) as provider:
        assert provider.namelist() == ["org/BC.class"], "classes of a signed jar are not archived"
    with zipfile.ZipFile(bake.tls_jar) as tls:
        assert tls.namelist() == ["META-INF/MANIFEST.MF", "org/TLS.class"], "a process would unpack a library"
    unpacked = {str(path.relative_to(bake.native)) for path in bake.native.rglob("*") if path.is_file()}
    assert unpacked == {"fonts/a.ttf", "icu/icudt75l.dat", "libandroid.so", "libtls-linux-x86_64.so"}
