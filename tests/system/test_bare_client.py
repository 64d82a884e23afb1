"""A plain Appium script and plain adb, which know nothing of masuk, on a handset."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import TypeAlias

import pytest
from appium import webdriver
from appium.options.android import UiAutomator2Options
from appium.webdriver.common.appiumby import AppiumBy
from PIL import Image
from selenium.webdriver.support.expected_conditions import visibility_of_element_located
from selenium.webdriver.support.wait import WebDriverWait

from masuk.automation.run_processes import Stack
from masuk.toolchain.tools import Toolchain

PACKAGE = "id.masuk.anggota"
Adb: TypeAlias = Callable[..., CompletedProcess[bytes]]


@pytest.fixture
def adb(stack: Stack) -> Adb:
    """The adb binary with the device's serial."""
    serial = stack.ready_device().serial

    def run(*arguments: str, stdin: bytes | None = None) -> CompletedProcess[bytes]:
        return stack.adb.run("-s", serial, *arguments, stdin=stdin)

    return run


@pytest.fixture
def old_apk(toolchain: Toolchain) -> Path:
    return toolchain.apps / "reference-1.0.0.apk"


@pytest.fixture
def new_apk(toolchain: Toolchain) -> Path:
    return toolchain.apps / "reference-2.0.0.apk"


@pytest.fixture
def installed(adb: Adb, new_apk: Path) -> Path:
    """The app, freshly installed by adb."""
    adb("uninstall", PACKAGE)
    assert "Success" in words(adb("install", str(new_apk)))
    return new_apk


def words(result: CompletedProcess[bytes]) -> str:
    return (result.stdout + result.stderr).decode()


def test_a_script_types_taps_reads_and_takes_a_picture(stack: Stack, adb: Adb, installed: Path) -> None:
    options = UiAutomator2Options().load_capabilities(
        {
            "platformName": "Android",
            "appium:automationName": "UiAutomator2",
            "appium:udid": stack.ready_device().serial,
            "appium:adbPort": stack.adb.port,
            "appium:appPackage": PACKAGE,
            "appium:appActivity": ".LoginActivity",
            "appium:noReset": True,
        }
    )
    driver = webdriver.Remote(stack.ready_appium(), options=options)
    try:
        field = driver.find_element(AppiumBy.ID, "identifier")
        assert field.text == field.get_attribute("hint") != ""
        assert field.get_attribute("showing-hint") == "true"
        field.send_keys("12345")
        assert field.get_attribute("showing-hint") == "false"
        driver.find_element(AppiumBy.ID, "submit").click()
        message = WebDriverWait(driver, 10).until(visibility_of_element_located((AppiumBy.ID, "message")))
        assert re.search("NIK.*16.*kartu.*13", message.text)
        assert driver.find_element(AppiumBy.ID, "identifier").text == "12345"
        picture = Image.open(io.BytesIO(driver.get_screenshot_as_png()))
        size = driver.get_window_size()
        assert picture.size == (size["width"], size["height"])
        assert len(picture.convert("RGB").getcolors(1 << 20) or ()) > 50, "the picture is all but empty"
        [pid] = adb("shell", "pidof", PACKAGE).stdout.decode().split()
        assert pid in adb("logcat", "-d").stdout.decode()
    finally:
        driver.quit()


def test_adb_knows_the_device_and_the_app(adb: Adb, installed: Path, tmp_path: Path) -> None:
    assert adb("shell", "getprop", "ro.build.version.sdk").stdout == b"35\n"
    dump = adb("shell", "dumpsys", "package", PACKAGE).stdout.decode()
    assert "versionName=2.0.0" in dump
    path = adb("shell", "pm", "path", PACKAGE).stdout.decode().strip().removeprefix("package:")
    assert adb("pull", path, str(tmp_path / "pulled.apk")).returncode == 0
    assert (tmp_path / "pulled.apk").read_bytes() == installed.read_bytes()
    adb("shell", "log", "-t", "system-test", "hello from adb")
    assert "hello from adb" in adb("logcat", "-d", "-s", "system-test").stdout.decode()


def test_an_upgrade_keeps_data_and_a_downgrade_is_refused(adb: Adb, old_apk: Path, new_apk: Path) -> None:
    adb("uninstall", PACKAGE)
    assert "Success" in words(adb("install", str(old_apk)))
    assert adb("shell", f"run-as {PACKAGE} sh -c 'cat > note'", stdin=b"kept").returncode == 0
    assert "Success" in words(adb("install", "-r", str(new_apk)))
    assert "versionName=2.0.0" in adb("shell", "dumpsys", "package", PACKAGE).stdout.decode()
    assert adb("exec-out", f"run-as {PACKAGE} cat note").stdout == b"kept"

    refused = adb("install", "-r", str(old_apk))
    assert refused.returncode == 1
    assert "INSTALL_FAILED_VERSION_DOWNGRADE" in words(refused)
    assert "versionName=2.0.0" in adb("shell", "dumpsys", "package", PACKAGE).stdout.decode()


def test_an_uninstall_takes_the_data_along(adb: Adb, installed: Path) -> None:
    adb("shell", f"run-as {PACKAGE} sh -c 'cat > note'", stdin=b"gone")
    assert "Success" in words(adb("uninstall", PACKAGE))
    assert adb("shell", f"run-as {PACKAGE} cat note").returncode != 0
    adb("install", str(installed))
    assert adb("shell", f"run-as {PACKAGE} ls note").returncode != 0
