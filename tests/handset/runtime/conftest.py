"""Fixtures of the tests with real app processes."""

from functools import partial

import pytest
import trustme

from handset.home import Home
from handset.processes import Command
from handset.runtime.build import build_runtime
from handset.runtime.launch import java_command, unbaked_command
from tests.handset.devices import TOOLCHAIN
from tests.handset.runtime.probing import ProbeApp, build_probe


@pytest.fixture(scope="session")
def built_home() -> Home:
    """The toolchain's home, with everything built."""
    home = Home(TOOLCHAIN.absolute())
    build_runtime(home)
    return home


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Whom the probe trusts."""
    return trustme.CA()


@pytest.fixture(scope="session")
def probe_app(built_home: Home, authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> ProbeApp:
    return build_probe(built_home, tmp_path_factory.mktemp("probe"), authority.cert_pem.bytes())


@pytest.fixture
def baked(built_home: Home) -> Command:
    """The command of an ordinary process."""
    return partial(java_command, built_home)


@pytest.fixture(params=[java_command, unbaked_command], ids=["baked", "unbaked"])
def command(built_home: Home, request: pytest.FixtureRequest) -> Command:
    """The command of each kind of process."""
    return partial(request.param, built_home)
