"""The endpoints of the UiAutomator2 server, one module for each family."""
