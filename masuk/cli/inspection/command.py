"""`masuk inspect`: looks at the screen of a device, or of the app that it opens on a handset where there is none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from masuk.automation.reachability import demand_reachable
from masuk.automation.run_processes import Stack
from masuk.automation.screen import Screen
from masuk.automation.screenshot import picture_of
from masuk.automation.session import Session
from masuk.base.errors import NoPicture, NotReached, UsageError
from masuk.base.locations import Project
from masuk.base.output_paths import demand_file
from masuk.base.polling import until
from masuk.base.timeline import Timeline
from masuk.cli.inspection.page import Inspected, blank, html
from masuk.cli.inspection.privacy import masked
from masuk.cli.inspection.tree import package_in_front
from masuk.config.profile import Profile
from masuk.config.settings import HANDSET, Settings
from masuk.device import Device
from masuk.device.adb import USABLE, Adb
from masuk.device.app_under_test import AppUnderTest
from masuk.device.leases import Use
from masuk.secrets.vault import Vault
from masuk.services.backend import Backend
from masuk.toolchain.preflight import profile_of
from masuk.toolchain.tools import Toolchain

NAME = "inspect"
STILL_SECONDS = 5


def inspect(settings: Settings, toolchain: Toolchain, project: Project, out: Path, say: Callable[[str], None]) -> None:
    """Write the page of the current screen to `out`, whole or not at all.

    Without a device a handset is started for it, with the profile's app opened on its login screen; for a device the
    profile is not read, since it may be in the making. Raises UsageError for a wrong profile or place, before anything
    is started; DeviceError and SessionError as every run does.
    """
    demand_file(out, "--out")
    own = settings.device == HANDSET
    profile = profile_of(settings, project, toolchain) if own else None
    demand_reachable(settings, toolchain.leases, Use.LOOK)
    with looking(settings, toolchain, project, Use.LOOK) as (stack, screen):
        if profile is not None:
            _open_login(profile, stack, screen, toolchain, settings.wait, say)
        try:
            seen, tree = still(screen, stack.ready_device)
            note = ""
        except NoPicture as refusal:
            seen, tree, note = blank(*stack.ready_device().display.size()), screen.source(), str(refusal)
        picture, source = masked(seen, tree, Vault())
        serial = stack.ready_device().serial
    app = package_in_front(source) or "nothing"
    _write(out, html(Inspected(picture, source, serial, app, datetime.now().astimezone(), note)))
    say(f"{app} on {serial}: {out}")


def device_to_look_at(adb: Adb) -> str:
    """The serial of the only device that is attached, or `handset` without one. Raises UsageError for several."""
    adb.demand_port()
    attached = [serial for serial, state in adb.devices().items() if state == USABLE] if adb.answers() else []
    if len(attached) > 1:
        raise UsageError(f"Which device? These are attached: {', '.join(attached)}. Name one with --device.")
    return attached[0] if attached else HANDSET


@contextmanager
def looking(settings: Settings, toolchain: Toolchain, project: Project, use: Use) -> Iterator[tuple[Stack, Screen]]:
    """A device, and its screen through Appium, until the block ends."""
    stack = Stack(settings, toolchain, project, project.logs / NAME, NAME, use)
    session = Session(stack)
    try:
        stack.start()
        yield stack, Screen(lambda: session.driver, settings.wait)
    finally:
        session.close()
        stack.stop()


def still(screen: Screen, device: Callable[[], Device]) -> tuple[bytes, str]:
    """Picture and tree of one moment: the tree was the same before and after; the last ones of a screen in motion.

    Raises NoPicture for a window that is secure.
    """
    seen: list[tuple[bytes, str]] = []

    def unchanged() -> bool:
        before = screen.source()
        picture = picture_of(screen, device)
        seen.append((picture, screen.source()))
        return seen[-1][1] == before

    with suppress(NotReached):
        until(unchanged, "the screen to be still", timeout=STILL_SECONDS)
    return seen[-1]


def _open_login(
    profile: Profile, stack: Stack, screen: Screen, toolchain: Toolchain, wait: float, say: Callable[[str], None]
) -> None:
    with Backend(toolchain.authority) as backend:
        app = AppUnderTest(profile, stack.ready_device(), backend.address, Timeline())
        app.reset()
        app.launch()
        at = profile.screens.login.identifier
        try:
            until(lambda: screen.shows(at), "the login screen", timeout=wait)
        except NotReached:
            say(f"The login screen did not come in {wait:g} seconds ({at}); this is what came instead.")


def _write(out: Path, text: str) -> None:
    partial = out.with_name(f"{out.name}.partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(out)
