import asyncio
from pathlib import Path

import pytest

from handset.state.network import Network
from handset.state.settings_store import Settings, Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "state.json")


@pytest.fixture
def settings(store: Store) -> Settings:
    return Settings(store)


@pytest.fixture
def network(store: Store, settings: Settings) -> Network:
    return Network(store, settings)


def test_airplane_mode_takes_the_network_and_brings_it_back(network: Network, settings: Settings) -> None:
    asyncio.run(network.set_airplane_mode(True))
    assert (network.default_network, network.transport, settings.get("global", "wifi_on")) == ("none", None, "3")
    asyncio.run(network.set_airplane_mode(False))
    assert (network.default_network, network.transport, settings.get("global", "wifi_on")) == ("100", "wifi", "1")


def test_without_wifi_mobile_data_carries_the_network(network: Network) -> None:
    asyncio.run(network.set_wifi(False))
    assert (network.online, network.transport) == (True, "cellular")
    asyncio.run(network.set_mobile_data(False))
    assert not network.online


def test_airplane_mode_does_not_turn_on_wifi_that_was_off(network: Network) -> None:
    asyncio.run(network.set_wifi(False))
    asyncio.run(network.set_airplane_mode(True))
    asyncio.run(network.set_airplane_mode(False))
    assert network.transport == "cellular"


def test_wifi_turned_on_in_airplane_mode_stays_up_in_the_next_one(network: Network) -> None:
    asyncio.run(network.set_airplane_mode(True))
    asyncio.run(network.set_wifi(True))
    assert network.transport == "wifi"
    asyncio.run(network.set_airplane_mode(False))
    asyncio.run(network.set_airplane_mode(True))
    assert network.transport == "wifi"


def test_writing_the_setting_changes_no_radio(network: Network, settings: Settings) -> None:
    settings.put("global", "airplane_mode_on", "1")
    assert network.online


def test_radios_outlive_a_restart(network: Network, store: Store) -> None:
    asyncio.run(network.set_airplane_mode(True))
    again = Store(store.path)
    assert Network(again, Settings(again)).airplane_mode


def test_listeners_are_told_before_the_setter_returns(network: Network) -> None:
    heard: list[bool] = []

    async def listen() -> None:
        heard.append(network.online)

    network.listen(listen)
    asyncio.run(network.set_airplane_mode(True))
    assert heard == [False]


def test_one_package_can_be_cut_off(network: Network) -> None:
    asyncio.run(network.set_package_allowed("com.example.app", False))
    assert network.online_for("com.example.app"), "the rule is off"
    asyncio.run(network.restrict(True))
    assert not network.online_for("com.example.app")
    assert network.online_for("com.example.other")


def test_a_private_dns_server_that_can_t_be_reached_takes_names_and_the_validation(
    network: Network, settings: Settings
) -> None:
    told: list[bool] = []

    async def listener() -> None:
        told.append(network.validated)

    network.listen(listener)
    settings.put("global", "private_dns_specifier", "nobody.invalid")
    asyncio.run(network.follow_settings())
    assert told == [], "the name alone changes nothing"
    settings.put("global", "private_dns_mode", "hostname")
    asyncio.run(network.follow_settings())
    offer = network.offer("com.example.app")
    assert (offer.online, offer.validated, offer.names) == (True, False, False)
    settings.delete("global", "private_dns_mode")
    asyncio.run(network.follow_settings())
    assert told == [False, True]


@pytest.mark.parametrize(("setting", "proxy"), [("10.0.2.2:8080", "10.0.2.2:8080"), (":0", ""), (None, "")])
def test_the_proxy_is_what_the_setting_says(
    network: Network, settings: Settings, setting: str | None, proxy: str
) -> None:
    if setting is not None:
        settings.put("global", "http_proxy", setting)
    assert network.offer("com.example.app").proxy == proxy
