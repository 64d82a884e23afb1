"""Capability files: read in both forms, credentials from the environment only, devices for workers to choose from."""

import json
from pathlib import Path

import pytest

from masuk.automation.run_processes import Stack
from masuk.base.errors import DeviceError, UsageError
from masuk.base.locations import Project
from masuk.config.capabilities import CapabilityFile, Offer, load, offers_of
from masuk.config.settings import Settings
from masuk.device.adb import Adb, free_port
from masuk.device.leases import is_taken, take_one
from masuk.toolchain.tools import Toolchain
from tests.checkout import CHECKOUT

TWO = {
    "alwaysMatch": {"platformName": "Android", "appium:newCommandTimeout": 600},
    "firstMatch": [
        {"appium:udid": "emulator-5554", "appium:adbPort": 40001},
        {"appium:udid": "emulator-5556", "appium:adbPort": 40002},
    ],
}


def file_of(folder: Path, content: object) -> Path:
    path = folder / "grid.json"
    path.write_text(json.dumps(content))
    return path


def test_each_device_of_the_file_is_offered_with_what_all_sessions_ask_for(tmp_path: Path) -> None:
    offers = load(file_of(tmp_path, TWO)).offers
    assert [(offer.serial, offer.adb_port) for offer in offers] == [("emulator-5554", 40001), ("emulator-5556", 40002)]
    assert all(offer.capabilities["appium:newCommandTimeout"] == 600 for offer in offers)


def test_a_file_without_parts_is_what_every_session_asks_for(tmp_path: Path) -> None:
    path = tmp_path / "farm.toml"
    path.write_text('"appium:deviceName" = "Pixel 9"\n["farm:options"]\nvideo = true\n')
    [offer] = load(path).offers
    assert offer == Offer(None, {"appium:deviceName": "Pixel 9", "farm:options": {"video": True}})
    assert offer.adb_port is None


def test_credentials_come_from_the_environment_and_are_secrets(tmp_path: Path) -> None:
    path = file_of(tmp_path, {"farm:options": {"userName": "$FARM_USER", "accessKey": "$FARM_KEY"}})
    read = load(path, {"FARM_USER": "tester", "FARM_KEY": "very-secret"})
    assert read.offers[0].capabilities == {"farm:options": {"userName": "tester", "accessKey": "very-secret"}}
    assert [(secret.label, secret.reveal()) for secret in read.secrets] == [("FARM_KEY", "very-secret")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"alwaysMatch": 5}, r"grid\.json: alwaysMatch: is no table"),
        ({"alwaysMatch": {}, "appium:udid": "x"}, r"grid\.json: appium:udid: is no key that is known here; remove it"),
        ({"firstMatch": []}, r"grid\.json: firstMatch: List should have at least 1 item"),
        (
            {"firstMatch": [{"udid": "x"}]},
            r"grid\.json: firstMatch\.0: udid is no capability of W3C .* write appium:udid",
        ),
        ({"appium:adbPort": "5037"}, r"grid\.json: appium:adbPort is no port; write the number"),
        ({"firstMatch": [{"appium:udid": "a"}, {}]}, r"grid\.json: firstMatch: not every device has appium:udid"),
        ({"firstMatch": [{"appium:udid": "a"}] * 2}, r"grid\.json: firstMatch: a device is there twice: a, a"),
        ({"appium:udid": "$ABSENT"}, r"grid\.json: appium:udid: the environment variable ABSENT is not set\. Set it"),
        ([], r"grid\.json: is no JSON object"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(tmp_path: Path, content: object, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        load(file_of(tmp_path, content), {})


@pytest.fixture
def two(tmp_path: Path) -> CapabilityFile:
    return load(file_of(tmp_path, TWO))


@pytest.mark.parametrize(
    ("named", "offered"),
    [
        ([], ["emulator-5554", "emulator-5556"]),
        (["emulator-5556"], ["emulator-5556"]),
    ],
)
def test_a_device_that_is_named_is_looked_for_in_the_file(
    two: CapabilityFile, named: list[str], offered: list[str]
) -> None:
    assert [offer.serial for offer in offers_of(named, two, Path("grid.json"))] == offered


def test_one_that_the_file_does_not_have_is_refused(two: CapabilityFile) -> None:
    with pytest.raises(UsageError, match=r"--device R58M: grid\.json has emulator-5554, emulator-5556\. Name one of"):
        offers_of(["R58M"], two, Path("grid.json"))


def test_a_file_without_devices_goes_with_any_that_is_named(tmp_path: Path) -> None:
    read = load(file_of(tmp_path, {"appium:newCommandTimeout": 600}))
    assert offers_of(["R58M"], read, None) == (Offer("R58M", {"appium:newCommandTimeout": 600}),)


def test_without_a_file_there_are_those_that_are_named_or_none() -> None:
    assert offers_of(["a", "b"], None, None) == (Offer("a", {}), Offer("b", {}))
    assert offers_of([], None, None) == (Offer(None, {}),)


def test_no_device_is_in_two_hands_at_once(two: CapabilityFile, tmp_path: Path) -> None:
    first, second = (take_one(two.offers, tmp_path / "leases") for _ in range(2))
    assert [first.offer.serial, second.offer.serial] == ["emulator-5554", "emulator-5556"]
    with pytest.raises(DeviceError, match=r"^emulator-5554 is in use by .*; emulator-5556 is in use by .* Wait"):
        take_one(two.offers, tmp_path / "leases")
    phone = take_one([Offer("R58M", {})], tmp_path / "leases")
    assert is_taken("R58M", tmp_path / "leases")
    assert not is_taken("emulator-5558", tmp_path / "leases")
    phone.release()
    assert not is_taken("R58M", tmp_path / "leases")
    first.release()
    again = take_one(two.offers, tmp_path / "leases")
    assert again.offer.serial == "emulator-5554"
    again.release()
    second.release()


def test_an_adb_server_that_has_gone_is_named_and_no_other_is_started(tmp_path: Path) -> None:
    port = free_port()
    path = file_of(tmp_path, {"appium:udid": "emulator-5554", "appium:adbPort": port})
    stack = Stack(
        Settings(appium_url="http://127.0.0.1:1", capabilities=path),
        Toolchain(tmp_path),
        Project(CHECKOUT, tmp_path),
        tmp_path,
    )
    stack.start()
    try:
        with pytest.raises(DeviceError, match=rf"^No adb server listens on port {port}, .* Start what wrote that file"):
            _ = stack.ready_device()
    finally:
        stack.stop()
    assert not Adb.at(port).answers()
