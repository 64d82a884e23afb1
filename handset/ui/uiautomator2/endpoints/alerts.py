"""Endpoints of the dialog on top."""

from typing import Any

from handset.processes.app_process import JsonObject
from handset.ui.uiautomator2 import source
from handset.ui.uiautomator2.elements import rect
from handset.ui.uiautomator2.errors import WebDriverError
from handset.ui.uiautomator2.routing import route
from handset.ui.uiautomator2.session import AutomationSession

ALERT = './*[.//*[@resource-id="android:id/alertTitle" or @resource-id="android:id/button1"]]'
ACCEPT, DISMISS = "android:id/button1", "android:id/button2"


@route("GET", "/alert/text")
async def alert_text(session: AutomationSession) -> str:
    """The texts of the dialog on top."""
    alert = await _alert(session)
    texts = alert.xpath('.//*[@class="android.widget.TextView"][string-length(@text) > 0]/@text')
    return "\n".join(str(text) for text in texts)


@route("POST", "/alert/accept")
async def accept_alert(session: AutomationSession, body: JsonObject) -> None:
    """Press the dialog's positive button, or the one with the label asked for."""
    await _press_alert_button(session, ACCEPT, body.get("buttonLabel"))


@route("POST", "/alert/dismiss")
async def dismiss_alert(session: AutomationSession, body: JsonObject) -> None:
    """Press the dialog's negative button, or the one with the label asked for."""
    await _press_alert_button(session, DISMISS, body.get("buttonLabel"))


async def _alert(session: AutomationSession) -> Any:
    root = source.build(await session.screen.tree(), session.screen.display)
    alerts = root.xpath(ALERT)
    if not isinstance(alerts, list) or not alerts:
        raise WebDriverError("no such alert", "No dialog is open")
    return alerts[-1]


async def _press_alert_button(session: AutomationSession, button: str, label: object) -> None:
    alert = await _alert(session)
    buttons = [
        element
        for element in alert.iterdescendants()
        if (element.get("text") == label if label else element.get("resource-id") == button)
    ]
    if not buttons:
        raise WebDriverError("invalid element state", f"The dialog has no button {label or button}")
    await session.screen.tap(*rect(buttons[0]).center)
