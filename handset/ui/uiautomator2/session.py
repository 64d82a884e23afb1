"""A WebDriver session of the UiAutomator2 server: what its endpoints work with."""

import uuid

from handset.processes.app_process import JsonObject
from handset.state.settings_store import Properties
from handset.ui.touchscreen import Screen
from handset.ui.uiautomator2.elements import Elements
from handset.ui.uiautomator2.gestures import Gestures

DEFAULT_SETTINGS: JsonObject = {
    "elementResponseAttributes": "name,text",
    "enforceXPath1": False,
    "shouldUseCompactResponses": True,
    "waitForIdleTimeout": 0,
    "waitForSelectorTimeout": 0,
}


class AutomationSession:
    """One WebDriver session."""

    def __init__(self, screen: Screen, properties: Properties, capabilities: JsonObject) -> None:
        self.identifier = str(uuid.uuid4())
        self.capabilities = capabilities
        self.screen = screen
        self.properties = properties
        self.elements = Elements(screen)
        self.gestures = Gestures(screen, self.elements)
        self.settings = dict(DEFAULT_SETTINGS)
        self.clipboard = ""
