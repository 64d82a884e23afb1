"""Imports every module of endpoints, so that ROUTES is complete."""

from handset.ui.uiautomator2.endpoints import alerts, device, elements, gestures, keys, screen, settings
from handset.ui.uiautomator2.routing import ROUTES

__all__ = ["ROUTES", "alerts", "device", "elements", "gestures", "keys", "screen", "settings"]
