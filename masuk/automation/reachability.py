"""Whether a device or an Appium server that somebody has named can be had, asked before a run and as it begins."""

import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError

from masuk.base.errors import DeviceError, InfrastructureError, NotReached, SessionError, UsageError
from masuk.base.polling import until
from masuk.config.capabilities import ADB_PORT, Offer
from masuk.config.settings import Settings
from masuk.device import AdbDevice
from masuk.device.adb import USABLE, Adb
from masuk.device.emulator import demand as demand_avd
from masuk.device.leases import Use, demand_one

ATTACH_SECONDS = 5


def demand_reachable(settings: Settings, leases: Path, use: Use = Use.RUN) -> None:
    """Raise UsageError when a device that the settings name can't be had, or their Appium server is not there."""
    demand_devices(settings, leases, use)
    if settings.appium_url is not None:
        try:
            demand_appium(settings.appium_url)
        except InfrastructureError as error:
            raise UsageError(str(error)) from error


def demand_devices(settings: Settings, leases: Path, use: Use) -> None:
    """Raise UsageError when a device that the settings name is not there, at once unless it may be on its way, and
    when all of them are in use; `leases` has their locks.
    """
    named = [offer for offer in settings.offers if offer.serial is not None]
    try:
        if settings.avd is not None:
            demand_avd(settings.avd)
        for offer in named:
            adb = Adb() if offer.adb_port is None else Adb.at(offer.adb_port)
            # A server that is started by the question does not know its devices yet.
            attached_offer(offer, adb, listed=adb.answers())
        if named:
            demand_one(named, leases, use)
    except InfrastructureError as error:
        raise UsageError(str(error)) from error


def demand_appium(url: str) -> None:
    """Raise SessionError when no Appium server answers at an address."""
    try:
        urllib.request.urlopen(f"{url}/status", timeout=10).close()  # noqa: S310 - the scheme was validated
    except (URLError, TimeoutError) as error:
        reason = getattr(error, "reason", error)
        raise SessionError(
            f"No Appium server answers at {url}: {reason}. Start it, or leave out --appium-url."
        ) from error


def attached_offer(offer: Offer, adb: Adb, *, listed: bool = False) -> AdbDevice:
    """The device of an offer that names one, at the adb server that the offer names. Raises as `attached` does."""
    assert offer.serial is not None
    if offer.adb_port is not None and not adb.answers():
        # Asked for its devices, adb would start a server there that nobody ends.
        raise DeviceError(
            f"No adb server listens on port {adb.port}, where the capability file says that {offer.serial} is attached."
            f" Start what wrote that file again, or correct {ADB_PORT}."
        )
    return attached(offer.serial, adb, listed=listed)


def attached(serial: str, adb: Adb, *, listed: bool = False) -> AdbDevice:
    """The device of a serial, as soon as adb has shaken hands with it.

    With `listed` it is not waited for when adb does not list it. Raises DeviceError, naming what is attached, and
    UsageError when adb's port is taken by something else.
    """
    adb.demand_port()
    found: Mapping[str, str] = {}

    def answered() -> bool:
        nonlocal found
        found = adb.devices()
        return found.get(serial) == USABLE or (listed and serial not in found)

    with suppress(NotReached):
        until(answered, f"{serial} to come up", timeout=ATTACH_SECONDS)
    if found.get(serial) != USABLE:
        others = ", ".join(f"{name} ({state})" for name, state in found.items()) or "none"
        raise DeviceError(
            f"{serial} is not usable through adb; attached: {others}. Try: masuk devices, or --device handset"
        )
    return AdbDevice(serial, adb)
