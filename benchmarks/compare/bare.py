"""The scenario as a bare script: Appium's Python client and nothing else, written as most people would."""

import json
import os
import re
import sys

from appium import webdriver
from appium.options.android import UiAutomator2Options
from appium.webdriver.common.appiumby import AppiumBy
from selenium.webdriver.support.expected_conditions import visibility_of_element_located
from selenium.webdriver.support.wait import POLL_FREQUENCY, WebDriverWait

IDENTIFIER = (AppiumBy.ID, "identifier")
PASSWORD = (AppiumBy.ID, "password")
SUBMIT = (AppiumBy.ID, "submit")
MESSAGE = (AppiumBy.ID, "message")
MEMBER_NAME = (AppiumBy.ID, "member_name")


def main(poll: float) -> None:
    """A wrong password is told, and the right one opens the card. `poll` is how often waits look, in seconds."""
    options = UiAutomator2Options().load_capabilities(json.loads(os.environ["COMPARED_CAPABILITIES"]))
    driver = webdriver.Remote(os.environ["COMPARED_APPIUM"], options=options)
    wait = WebDriverWait(driver, 10, poll_frequency=poll)
    try:
        wait.until(visibility_of_element_located(IDENTIFIER)).send_keys(os.environ["COMPARED_IDENTIFIER"])
        driver.find_element(*PASSWORD).send_keys(os.environ["COMPARED_WRONG_PASSWORD"])
        driver.find_element(*SUBMIT).click()
        said = wait.until(visibility_of_element_located(MESSAGE)).text
        assert re.search("kata sandi.*salah", said), said
        password = driver.find_element(*PASSWORD)
        password.clear()
        password.send_keys(os.environ["COMPARED_PASSWORD"])
        driver.find_element(*SUBMIT).click()
        shown = wait.until(visibility_of_element_located(MEMBER_NAME)).text
        assert os.environ["COMPARED_NAME"] in shown, shown
    finally:
        driver.quit()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else POLL_FREQUENCY)
