"""The parsers of the device under generated input, the same in every run. `python -m tests.fuzz` tries more."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.handset.fuzzing.properties import PROPERTIES, adb, http, raw_http, selector, shell
from tests.handset.fuzzing.world import World, world


@pytest.fixture(scope="module")
def device() -> Iterator[World]:
    with world() as made:
        made.check()
        yield made


@pytest.mark.parametrize("name", PROPERTIES)
def test_any_input_is_answered_and_the_device_goes_on(device: World, name: str) -> None:
    chosen = PROPERTIES[name]
    bounded = settings(
        max_examples=chosen.weight,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    chosen.check(device, bounded)


@pytest.mark.parametrize("line", ["ls ***", "ls **", "echo [", "ls '[b-a]*'", "cat a\0b", "echo /sdcard/***/x"])
def test_patterns_that_mean_nothing_special(device: World, line: str) -> None:
    shell(device, line)


def test_a_star_more_means_no_more(device: World) -> None:
    device.shell(
        "mkdir -p /sdcard/stars/deep; touch /sdcard/stars/a.txt /sdcard/stars/.hidden /sdcard/stars/deep/b.txt"
    )
    assert device.shell("cd /sdcard/stars; echo ***") == (0, b"a.txt deep\n")
    assert device.shell("cd /sdcard/stars; echo */*") == (0, b"deep/b.txt\n")
    assert device.shell("cd /sdcard/stars; echo '*'.txt") == (0, b"*.txt\n")
    assert device.shell("cd /sdcard/stars; echo [!d]*") == (0, b"a.txt\n")
    assert device.shell("ls ***.none") == (1, b"ls: ***.none: No such file or directory\n")


def test_a_defect_is_noticed(device: World) -> None:
    """The properties hang on it: without this they would hold for a device that swallows every exception."""
    device.device.trace.record("BUG", "somewhere")
    with pytest.raises(AssertionError, match="somewhere"):
        shell(device, "true")
    for holds, given_ in ((adb, b""), (raw_http, b"GET /status HTTP/1.1\r\n\r\n")):
        device.device.trace.record("BUG", "somewhere")
        with pytest.raises(AssertionError, match="somewhere"):
            holds(device, given_)


@pytest.mark.parametrize(
    ("strategy", "value"),
    [
        ("xpath", "//*[matches(@text, '[')]"),
        ("xpath", "//*[matches(1, 2)]"),
        ("-android uiautomator", 'new UiSelector().textMatches("[")'),
        ("-android uiautomator", "new UiSelector().instance(1.5)"),
        ("-android uiautomator", "new UiSelector().childSelector(" * 3000),
    ],
)
def test_selectors_that_were_uncaught(device: World, strategy: str, value: str) -> None:
    selector(device, (strategy, value))


def test_every_route_is_asked() -> None:
    assert http in {each.holds for each in PROPERTIES.values()}
