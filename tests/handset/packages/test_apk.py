from pathlib import Path

from handset.base.home import Home
from handset.packages.apk import read_apk
from tests.handset.apks import build_apk


def test_the_facts_of_an_apk(home: Home, tmp_path: Path) -> None:
    facts = read_apk(build_apk(home, tmp_path, version=3), home.aapt2)
    assert (facts.package, facts.version_code, facts.version_name) == ("com.example.app", 3, "3.0")
    assert (facts.min_sdk, facts.target_sdk, facts.debuggable) == (23, 34, True)
    assert facts.launcher == "com.example.app.Main"
    assert [activity.name.rpartition(".")[2] for activity in facts.activities] == ["Main", "Home", "Broken"]
    assert (facts.activities[0].filters[1].schemes, facts.activities[0].filters[1].hosts) == (["demo"], ["open"])
