"""The capability file of a Grid or a device farm: what its sessions need beside ours, and which devices there are.

It has W3C's form, as JSON or TOML: `alwaysMatch` holds what every session asks for, `firstMatch` a list of devices, of
which each worker takes one for itself. A file without these two is what every session asks for.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from masuk.base.errors import UsageError
from masuk.base.toml_model import Document, read_toml, validate
from masuk.base.variables import names_a_variable, resolved
from masuk.secrets.vault import Secret

SERIAL = "appium:udid"
ADB_PORT = "appium:adbPort"
PARTS = {"alwaysMatch", "firstMatch"}
STANDARD = {
    *("acceptInsecureCerts", "browserName", "browserVersion", "pageLoadStrategy", "platformName", "proxy"),
    *("setWindowRect", "strictFileInteractability", "timeouts", "unhandledPromptBehavior", "webSocketUrl"),
}
"""The names that W3C has without a prefix."""


def _demand_names(capabilities: dict[str, Any]) -> dict[str, Any]:
    """Appium refuses others too, but only when the devices have been waited for."""
    for name, value in capabilities.items():
        if ":" not in name and name not in STANDARD:
            raise ValueError(
                f"{name} is no capability of W3C and has no prefix; write appium:{name}, if it is Appium's"
            )
        if name == SERIAL and (not isinstance(value, str) or not value):
            raise ValueError(f"{name} is no text; write the serial of a device in quotes")
        if name == ADB_PORT and (not isinstance(value, int) or not 0 < value < 65536):
            raise ValueError(f"{name} is no port; write the number of the port that the device's adb server listens on")
    return capabilities


Asked = Annotated[dict[str, Any], AfterValidator(_demand_names)]


class _File(Document):
    always: Asked = Field(default={}, alias="alwaysMatch")
    first: list[Asked] = Field(default=[{}], alias="firstMatch", min_length=1)


@dataclass(frozen=True)
class Offer:
    """A device that a worker may take, and what is asked of Appium for it."""

    serial: str | None
    """None when none is named: then it is a handset that is started, or one that the other side chooses."""
    capabilities: Mapping[str, object]

    @property
    def adb_port(self) -> int | None:
        """The adb server that the device is attached to; None means the usual one."""
        port = self.capabilities.get(ADB_PORT)
        return port if isinstance(port, int) else None


@dataclass(frozen=True)
class CapabilityFile:
    """What a file says, with the values of environment variables in it."""

    offers: tuple[Offer, ...]
    """At least one."""
    secrets: tuple[Secret, ...]
    """The values that came from the environment, but for names of users, which are words like any other."""


def load(path: Path, environment: Mapping[str, str] = os.environ) -> CapabilityFile:
    """Read a file. A text `$NAME` stands for an environment variable, `$$NAME` for the text `$NAME`.

    Raises UsageError naming file, key and cure, and no value of a variable.
    """
    content = read_toml(path) if path.suffix == ".toml" else _read_json(path)
    whole = not PARTS & content.keys()
    if whole:
        content = {"alwaysMatch": content}
    secrets: list[Secret] = []
    content = _filled(content, "", path, environment, secrets)
    try:
        read = validate(_File, content, str(path))
    except UsageError as error:
        raise UsageError(str(error).replace(": alwaysMatch: ", ": ", whole)) from None
    asked = [{**read.always, **choice} for choice in read.first]
    if len(asked) > 1 and not all(SERIAL in one for one in asked):
        raise UsageError(f"{path}: firstMatch: not every device has {SERIAL}; add the serial, or leave one device.")
    serials = [one[SERIAL] for one in asked if SERIAL in one]
    if len(set(serials)) < len(serials):
        raise UsageError(f"{path}: firstMatch: a device is there twice: {', '.join(serials)}. Leave it out once.")
    return CapabilityFile(tuple(Offer(one.get(SERIAL), one) for one in asked), tuple(secrets))


def offers_of(serials: Sequence[str], file: CapabilityFile | None, path: Path | None) -> tuple[Offer, ...]:
    """What workers may take: the devices that were named, those of the file, or of the file those named.

    When neither names any, it is one offer without a serial. Raises UsageError when the file does not have a device
    that was named.
    """
    if file is None:
        return tuple(Offer(serial, {}) for serial in serials) or (Offer(None, {}),)
    if not serials:
        return file.offers
    by_serial = {offer.serial: offer for offer in file.offers}
    if None in by_serial:  # it says nothing about devices
        return tuple(Offer(serial, by_serial[None].capabilities) for serial in serials)
    unknown = [serial for serial in serials if serial not in by_serial]
    if unknown:
        known = ", ".join(str(offer.serial) for offer in file.offers)
        raise UsageError(
            f"--device {', '.join(unknown)}: {path} has {known}. Name one of these, or leave out --device."
        )
    return tuple(by_serial[serial] for serial in serials)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file. Check the path, or create the file.") from None
    except OSError as error:
        raise UsageError(f"{path}: can't be read: {error.strerror}. Name a file that can be.") from error
    except ValueError as error:  # no JSON, or no UTF-8
        raise UsageError(f"{path}: is not valid JSON: {error}. Correct it, or call it .toml if it is TOML.") from error
    if not isinstance(content, dict):
        raise UsageError(f"{path}: is no JSON object. Write the capabilities between braces.")
    return content


def _filled(value: Any, key: str, path: Path, environment: Mapping[str, str], secrets: list[Secret]) -> Any:
    """`value` with its variables replaced."""
    if isinstance(value, dict):
        return {name: _filled(part, name, path, environment, secrets) for name, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, key, path, environment, secrets) for part in value]
    if not isinstance(value, str):
        return value
    text = resolved(value, environment, f"{path}: {key}")
    if names_a_variable(value) and "user" not in key.lower():
        secrets.append(Secret(text, value[1:]))
    return text
