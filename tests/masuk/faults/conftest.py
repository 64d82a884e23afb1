"""What faults act on in these tests: a real bench, whose device knows the version of its app and nothing else."""

from pathlib import Path

import pytest

from masuk.base.endpoint import Destination
from masuk.faults.bench import Bench
from masuk.secrets.vault import Vault
from masuk.services.account_pool import Registered
from masuk.services.backend import Backend
from masuk.services.network_proxy import Link
from masuk.services.personas import Entry, People
from tests.masuk.scripted_device import ScriptedDevice, app_on

PACKAGE = "id.masuk.anggota"
VERSION = 7


@pytest.fixture
def stub(tmp_path: Path) -> Backend:
    """A stub backend that does not run."""
    return Backend(tmp_path)


@pytest.fixture
def bench(stub: Backend, link: Link) -> Bench:
    device = ScriptedDevice(answers={f"dumpsys package {PACKAGE}": f"versionCode={VERSION}"})
    app, people, entry = app_on(device, PACKAGE), People(Vault()), Entry()
    members, service = Registered(people, stub), Destination(stub.address)
    entry.belongs_to(members.named("Rini"))
    return Bench(app.profile, device, app, service, stub, link, people, members, entry, app.timeline)
