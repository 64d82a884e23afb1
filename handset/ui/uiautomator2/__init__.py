"""The HTTP protocol of the UiAutomator2 server."""
