"""The screen, and the automation server that UiAutomator2 speaks to."""
