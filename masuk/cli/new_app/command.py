"""`masuk new app NAME --apk FILE`: writes apps/NAME/profile.toml from an APK and the login screen that it opens."""

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from masuk.automation.reachability import demand_reachable
from masuk.automation.screen import Screen
from masuk.base.errors import DeviceError, NotReached, UsageError
from masuk.base.locations import Project
from masuk.base.polling import until
from masuk.cli.inspection.command import looking
from masuk.cli.inspection.tree import labels, package_in_front
from masuk.cli.new_app.draft import draft, path_in_profile
from masuk.cli.new_app.guesses import guess
from masuk.cli.new_app.manifest import Manifest
from masuk.config import profile as profiles
from masuk.config.profile import Locator
from masuk.config.settings import Settings
from masuk.device import Device
from masuk.device.leases import Use
from masuk.toolchain.tools import Toolchain

NAME = re.compile(r"[a-z][a-z0-9_-]*")
PROFILE = "profile.toml"


def new_app(
    name: str, apk: Path, project: Project, settings: Settings, toolchain: Toolchain, say: Callable[[str], None]
) -> None:
    """Write the profile of an app into a new folder of the project's `apps`, whole or not at all.

    It says what is left to do.

    The app is installed on the settings' device and opened; one that is in front already is taken as it stands. Raises
    UsageError for a name that can't be or is taken, for a file that is no APK, and for a screen that is no login.
    """
    folder = project.root / "apps" / name
    if not NAME.fullmatch(name):
        raise UsageError(
            f'"{name}" is no name for an app. Use small letters, digits, - and _, beginning with a letter.'
        )
    if folder.exists():
        raise UsageError(f"{folder} is there already. Choose another name, or edit {folder / PROFILE}.")
    manifest = Manifest.read(apk, toolchain)
    demand_reachable(settings, toolchain.leases)
    with looking(settings, toolchain, project, Use.RUN) as (stack, screen):
        known = _look(apk, manifest, stack.ready_device(), screen, settings.wait)
    _write(folder, draft(name, path_in_profile(apk, project.root), manifest, known))
    say(f"{folder / PROFILE} was written. Found on the login screen: {', '.join(known)}.")
    try:
        profiles.load(folder / PROFILE, project.root, toolchain.apps)
    except UsageError as lacking:
        say(f"Before it can be used, this has to be filled in; the file says how:\n{lacking}")


def _look(apk: Path, manifest: Manifest, device: Device, screen: Screen, wait: float) -> Mapping[str, Locator]:
    """What can be told from the login screen."""
    installed = device.apps.installed_apk(manifest.package)
    if installed is None or not device.apps.same_file(installed, apk):
        device.apps.install(apk)
    if device.apps.pid(manifest.package) is None or package_in_front(screen.source()) != manifest.package:
        device.log.clear()
        device.apps.start(manifest.package, manifest.activity, {})
    try:
        return until(lambda: guess(screen.source()), "a login screen", timeout=wait)
    except NotReached:
        crash = device.log.crash_of(manifest.package)
        if crash is not None:
            raise DeviceError(f"{manifest.package} has crashed as it was opened: {crash}") from None
        shown = " | ".join(labels(screen.source())) or "nothing with a text"
        raise UsageError(
            f"{manifest.package} shows no login screen: neither a field for a password, nor a single field with a "
            f"button that leads on. It shows: {shown}. If the login is deeper in the app, open it by hand on a "
            "device, and run this again with --device SERIAL."
        ) from None


def _write(folder: Path, text: str) -> None:
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    (partial / PROFILE).write_text(text, encoding="utf-8")
    partial.rename(folder)
