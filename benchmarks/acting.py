"""How long single commands take on a running app, through Appium and through adb."""

import time

from appium.webdriver.webdriver import WebDriver

from benchmarks.rig import Handset
from benchmarks.series import Series, Unit, seconds, timed
from masuk.base.polling import until
from masuk.config.profile import LoginScreen

TYPED = "1234567890"
VISIBLE_SECONDS = 10


def commands(driver: WebDriver, at: LoginScreen, handset: Handset, times: int) -> list[Series]:
    """Single commands on the login screen, which must be in front."""
    field = driver.find_element(at.identifier.strategy, at.identifier.value)
    series = [
        timed("adb shell true", lambda: handset.device.shell("true"), times),
        timed("find by id", lambda: driver.find_element(at.submit.strategy, at.submit.value), times),
        timed("find by XPath", lambda: driver.find_element("xpath", "//android.widget.Button"), times),
        timed("text", lambda: field.text, times),
        timed("click", field.click, times),
        timed("page source", lambda: driver.page_source, times),
        timed("screenshot", driver.get_screenshot_as_png, times),
    ]
    typing = []
    for _ in range(times):
        field.clear()
        typing.append(seconds(lambda: field.send_keys(TYPED)) * 1000)
    field.clear()
    return [*series, Series(f"type {len(TYPED)} characters", Unit.MILLISECONDS, tuple(typing))]


def tap_to_visible(driver: WebDriver, at: LoginScreen, times: int) -> Series:
    """From the tap on submit until another message than before is read from the screen.

    The field is empty and filled too short in turn, which the app answers with different messages without a network.
    """
    field = driver.find_element(at.identifier.strategy, at.identifier.value)
    field.clear()
    samples = []
    for number in range(times):
        if number % 2:
            field.send_keys(TYPED)
        else:
            field.clear()
        before = _message(driver, at)
        began = time.perf_counter()
        driver.find_element(at.submit.strategy, at.submit.value).click()
        _wait_for_another_message(driver, at, before)
        samples.append((time.perf_counter() - began) * 1000)
    return Series("tap until its effect is read", Unit.MILLISECONDS, tuple(samples))


def _wait_for_another_message(driver: WebDriver, at: LoginScreen, before: str) -> None:
    until(
        lambda: _message(driver, at) not in {"", before},
        "a message after the tap",
        timeout=VISIBLE_SECONDS,
        interval=0.005,
    )


def _message(driver: WebDriver, at: LoginScreen) -> str:
    found = driver.find_elements(at.message.strategy, at.message.value)
    return found[0].text if found else ""
