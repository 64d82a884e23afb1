"""A Selenium Grid in front of Android devices of this machine, each on an Appium server of its own."""
