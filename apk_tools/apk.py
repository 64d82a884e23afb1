"""Makes one signed APK out of an app's sources: resources, classes, dex, zip, signature.

A pure function of its inputs: the same sources, jars, authority and key give the same bytes.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from apk_tools.archive import read_entries, write_apk
from apk_tools.defects import Defect
from apk_tools.errors import BuildError
from apk_tools.java_tools import DEXER, JavaTools
from apk_tools.keys import SigningKey
from apk_tools.shrinking import reachable_classes

MIN_SDK = 26
TARGET_SDK = 34
SIGNING_SOURCES = Path(__file__).parent / "signing"
# A change of the builder is a change of what it builds.
BUILDER_SOURCES = sorted(Path(__file__).parent.glob("*.py"))

DEFECT = 'android:name="id.masuk.anggota.defect" android:value='
NO_DEFECT = f'{DEFECT}"none"'

_CONTENT_OF_LINKED_APK = ("AndroidManifest.xml", "resources.arsc", "res/")


@dataclass(frozen=True)
class AppSource:
    """One version of an app: a source tree and overlays on it.

    `trees` are folders that each may hold `java/`, `res/` and `AndroidManifest.xml`. A Java file, resource file or
    manifest of a later tree replaces the one at the same place in an earlier tree.
    """

    name: str
    version_code: int
    version_name: str
    trees: tuple[Path, ...]
    debuggable: bool = True

    @property
    def file_name(self) -> str:
        """The name of its APK."""
        return f"{self.name}-{self.version_name}.apk"

    def files(self) -> dict[str, Path]:
        """Every source file by its place in the tree, overlays applied, sorted by place."""
        files: dict[str, Path] = {}
        for tree in self.trees:
            for file in tree.rglob("*"):
                if file.is_file():
                    files[file.relative_to(tree).as_posix()] = file
        return dict(sorted(files.items()))


def fingerprint(app: AppSource, toolchain: JavaTools, authority: Path, key: SigningKey) -> str:
    """A hash over everything that the APK is made from."""
    digest = hashlib.sha256(f"{app.name} {app.version_code} {app.version_name} {app.debuggable}".encode())
    signing = sorted(SIGNING_SOURCES.glob("*.java"))
    for place, file in [*app.files().items(), *((path.name, path) for path in [*BUILDER_SOURCES, *signing])]:
        digest.update(_labelled(place, file.read_bytes()))
    for file in (authority, key.private_key, key.certificate):
        digest.update(_labelled(file.name, file.read_bytes()))
    # Jars are named by their version and large: name and size tell them apart.
    for jar in [*toolchain.build_tools, *toolchain.app_libraries, toolchain.android]:
        digest.update(_labelled(jar.name, str(jar.stat().st_size).encode()))
    return digest.hexdigest()


def build_apk(app: AppSource, toolchain: JavaTools, authority: Path, key: SigningKey, work: Path) -> Path:
    """Build `app` in the empty folder `work` and return the signed APK in it.

    `authority` is the certificate (PEM) that debug builds trust besides the system's. Raises BuildError.
    """
    files = app.files()
    linked, generated = _link_resources(app, files, toolchain, authority, work)
    java = [path for place, path in files.items() if place.startswith("java/")]
    classes = _folder(work / "classes")
    toolchain.compile_app([*java, *sorted(generated.rglob("*.java"))], classes)
    entries = {
        name: content for name, content in read_entries(linked).items() if name.startswith(_CONTENT_OF_LINKED_APK)
    }
    entries.update(_dex(toolchain, classes, work))
    unsigned = work / "unsigned.apk"
    write_apk(unsigned, entries)
    return sign([unsigned], toolchain, key, work)[0]


def with_defects(
    app: AppSource,
    sound: Path,
    defects: Sequence[Defect],
    toolchain: JavaTools,
    authority: Path,
    key: SigningKey,
    work: Path,
) -> dict[str, Path]:
    """One APK for each defect, made of the sound one by linking another manifest; nothing is compiled anew.

    Returns the signed files in the empty folder `work` by the names of the defects. Raises BuildError.
    """
    files = app.files()
    compiled = _compile_resources(files, toolchain, authority, work)
    entries = read_entries(sound)
    manifest = files["AndroidManifest.xml"].read_text(encoding="utf-8")
    unsigned: dict[str, Path] = {}
    for defect in defects:
        name = defect.name
        changed = work / f"{name}.xml"
        changed.write_text(_broken(manifest, defect), encoding="utf-8")
        linked = _link(app, changed, compiled, toolchain, work / f"{name}-linked.apk", _folder(work / f"{name}-java"))
        unsigned[name] = work / f"{name}-unsigned.apk"
        write_apk(unsigned[name], {**entries, "AndroidManifest.xml": read_entries(linked)["AndroidManifest.xml"]})
    signed = sign(list(unsigned.values()), toolchain, key, work)
    return dict(zip(unsigned, signed, strict=True))


def _broken(manifest: str, defect: Defect) -> str:
    """The manifest of a build with a defect: it names it, so that the code breaks its promise, or breaks one itself."""
    for sound, broken in ((NO_DEFECT, f'{DEFECT}"{defect.name}"'), *([defect.manifest] if defect.manifest else [])):
        if manifest.count(sound) != 1:
            raise BuildError(f"the manifest has no single place for the defect {defect.name}: {sound}")
        manifest = manifest.replace(sound, broken)
    return manifest


def sign(unsigned: Sequence[Path], toolchain: JavaTools, key: SigningKey, work: Path) -> list[Path]:
    """Sign APKs by scheme v2; returns the signed files in `work`, in the same order."""
    signed = [work / f"{path.stem}-signed.apk" for path in unsigned]
    signer = _folder(work / "signer")
    toolchain.compile_java([SIGNING_SOURCES / "SignApk.java"], toolchain.build_tools, signer)
    pairs = [path for pair in zip(unsigned, signed, strict=True) for path in pair]
    arguments = [str(path) for path in (key.private_key, key.certificate, *pairs)]
    toolchain.run_java("SignApk", arguments, step="signing the APK", classpath=[signer])
    return signed


def _link_resources(
    app: AppSource, files: dict[str, Path], toolchain: JavaTools, authority: Path, work: Path
) -> tuple[Path, Path]:
    """Compile the resources; returns an APK of manifest and resources, and the folder of the generated R.java."""
    compiled = _compile_resources(files, toolchain, authority, work)
    generated = _folder(work / "generated")
    return _link(app, files["AndroidManifest.xml"], compiled, toolchain, work / "linked.apk", generated), generated


def _compile_resources(files: dict[str, Path], toolchain: JavaTools, authority: Path, work: Path) -> Path:
    resources = _folder(work / "resources")
    for place, file in files.items():
        if place.startswith("res/"):
            _copy(file, resources / place.removeprefix("res/"))
    _copy(authority, resources / "raw" / "backend_ca.pem")
    compiled = work / "resources.zip"
    toolchain.run_aapt2(["compile", "--dir", str(resources), "-o", str(compiled)], step="compiling resources")
    return compiled


def _link(app: AppSource, manifest: Path, compiled: Path, toolchain: JavaTools, linked: Path, generated: Path) -> Path:
    arguments = ["link", "-o", str(linked), "-I", str(toolchain.framework_resources())]
    arguments += ["--manifest", str(manifest), "--java", str(generated)]
    arguments += ["--version-code", str(app.version_code), "--version-name", app.version_name]
    arguments += ["--min-sdk-version", str(MIN_SDK), "--target-sdk-version", str(TARGET_SDK)]
    if app.debuggable:
        arguments.append("--debug-mode")
    toolchain.run_aapt2([*arguments, str(compiled)], step="linking resources")
    return linked


def _dex(toolchain: JavaTools, classes: Path, work: Path) -> dict[str, bytes]:
    """Translate the app's classes and the library classes they need; returns dex files by name."""
    own = {path.relative_to(classes).as_posix(): path.read_bytes() for path in sorted(classes.rglob("*.class"))}
    needed = reachable_classes(own.values(), toolchain.app_libraries)
    program = work / "program.jar"
    with zipfile.ZipFile(program, "w") as archive:
        for name, content in [*own.items(), *((f"{name}.class", content) for name, content in needed.items())]:
            archive.writestr(zipfile.ZipInfo(name), content)
    dex = _folder(work / "dex")
    arguments = ["--release", "--min-api", str(MIN_SDK), "--lib", str(toolchain.android)]
    toolchain.run_java(DEXER, [*arguments, "--output", str(dex), str(program)], step="making dex")
    return {path.name: path.read_bytes() for path in _files(dex)}


def _labelled(place: str, content: bytes) -> bytes:
    """Content with its name and length, so that moving bytes from one file to the next changes a hash over both."""
    return f"{place}\0{len(content)}\0".encode() + content


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _folder(path: Path) -> Path:
    path.mkdir(parents=True)
    return path


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())
