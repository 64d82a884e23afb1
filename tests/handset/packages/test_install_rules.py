from pathlib import Path

import pytest

from handset.base.errors import InstallFailure
from handset.base.home import Home
from handset.packages.apk import read_apk
from handset.packages.install_options import InstallOptions
from handset.packages.install_rules import check_install
from handset.packages.package import Package
from tests.handset.apks import add_v2_block, build_apk


def test_an_upgrade_by_another_signer_is_refused(home: Home, tmp_path: Path) -> None:
    old, new = build_apk(home, tmp_path / "1"), build_apk(home, tmp_path / "2", version=2)
    add_v2_block(old, b"alice")
    add_v2_block(new, b"mallory")
    installed = Package(read_apk(old, home.aapt2), 10100)
    with pytest.raises(InstallFailure, match="signatures do not match") as raised:
        check_install(read_apk(new, home.aapt2), installed, InstallOptions())
    assert raised.value.code == "INSTALL_FAILED_UPDATE_INCOMPATIBLE"
