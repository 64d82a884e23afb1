"""What Allure reads: the environment of a run, the device of each result, and no more than a reader needs."""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from masuk.base.locations import Project
from masuk.config.profile import Profile
from masuk.device import Device
from masuk.device.app_under_test import AppUnderTest
from masuk.results.verdict import NO_DEVICE, DeviceKind

ENVIRONMENT_FILE = "environment.properties"
MODEL = "device model"
API_LEVEL = "API level"


@dataclass(frozen=True)
class Environment:
    """What a run was made on."""

    facts: dict[str, str]

    @classmethod
    def of(cls, device: Device, profile: Profile, project: Project) -> "Environment":
        """Ask the device."""
        return cls(
            {
                "app": f"{profile.app.name} ({profile.app.package})",
                "apk": f"{profile.app.apk.name}, SHA-256 {_digest(profile.app.apk)}",
                "device": device.serial,
                "model": device.property("ro.product.model"),
                "android": device.property("ro.build.version.release"),
                "api_level": device.property("ro.build.version.sdk"),
                "scenarios": _commit(project.root),
            }
        )

    @property
    def kind(self) -> DeviceKind:
        """The model and the API level of the device."""
        return DeviceKind(self.facts["model"], self.facts["api_level"])

    def note_version(self, app: AppUnderTest) -> None:
        """Add the version of the app that is installed, as soon as there is one."""
        if "app_version" not in self.facts:
            self.facts["app_version"] = app.version()

    def write(self, results: Path) -> None:
        """Put the facts where Allure reads them."""
        lines = [f"{name}={value}" for name, value in self.facts.items()]
        (results / ENVIRONMENT_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def together(environments: Iterable[Path], target: Path) -> None:
    """Write one file of Allure's environments, with every value that a fact has in any of them."""
    values: dict[str, dict[str, None]] = {}
    for path in environments:
        for line in path.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            values.setdefault(name, {})[value] = None
    target.write_text("".join(f"{name}={'; '.join(told)}\n" for name, told in values.items()), encoding="utf-8")


def parameters_of(kind: DeviceKind) -> list[dict[str, str]]:
    """A kind of device as Allure's parameters: by them it tells one scenario's results from another's retries."""
    return [{"name": MODEL, "value": kind.model}, {"name": API_LEVEL, "value": kind.api_level}]


def history_on(history: str, kind: DeviceKind) -> str:
    """The id of the history of a scenario on a kind of device. Allure 3 counts parameters instead, others read this."""
    return hashlib.md5(f"{history} on {kind}".encode(), usedforsecurity=False).hexdigest()


def place_the_rest(results: Path) -> None:
    """Give results without a device that of another attempt of their scenario, or the only one of the run.

    A worker that has died, or has not reached its device, could not tell it; the attempts would not belong together.
    """
    found = {path: json.loads(path.read_text(encoding="utf-8")) for path in results.glob("*-result.json")}
    by_scenario: dict[str, DeviceKind] = {}
    for result in sorted(found.values(), key=lambda result: int(result.get("start", 0))):
        if (kind := _kind_of(result)) != NO_DEVICE:
            by_scenario[_scenario_of(result)] = kind
    only = set(by_scenario.values())
    for path, result in found.items():
        kind = by_scenario.get(_scenario_of(result), next(iter(only)) if len(only) == 1 else NO_DEVICE)
        if _kind_of(result) == NO_DEVICE != kind:
            result["parameters"] = [*result.get("parameters", []), *parameters_of(kind)]
            if "historyId" in result:
                result["historyId"] = history_on(result["historyId"], kind)
            path.write_text(json.dumps(result), encoding="utf-8")


def _kind_of(result: Mapping[str, Any]) -> DeviceKind:
    told = {one["name"]: one.get("value", "") for one in result.get("parameters", [])}
    return DeviceKind(told.get(MODEL, ""), told.get(API_LEVEL, ""))


def _scenario_of(result: Mapping[str, Any]) -> str:
    """A scenario whatever it ran on, with its row and repetition."""
    own = [one for one in result.get("parameters", []) if one["name"] not in {MODEL, API_LEVEL}]
    return json.dumps([result.get("fullName"), sorted(own, key=lambda one: str(one["name"]))])


def _digest(build: Path) -> str:
    """As much as tells two builds of a version apart."""
    return hashlib.sha256(build.read_bytes()).hexdigest()[:12]


def _commit(folder: Path) -> str:
    """The commit that the scenarios are of; a change that is not committed adds a plus."""
    git = shutil.which("git")
    if git is None:
        return "unknown, without git"
    described = subprocess.run(
        [git, "-C", str(folder), "describe", "--always", "--dirty=+"], capture_output=True, text=True, check=False
    )
    return described.stdout.strip() or "not in git"


def tidy(results: Path) -> None:
    """Leave the fixtures that did well and show nothing out of the results: a reader needs those that failed."""
    for path in results.glob("*-container.json"):
        container = json.loads(path.read_text(encoding="utf-8"))
        for kind in ("befores", "afters"):
            fixtures = container.get(kind, [])
            container[kind] = [fixture for fixture in fixtures if _tells_something(fixture)]
        path.write_text(json.dumps(container), encoding="utf-8")


def mark_interrupted(results: Path) -> None:
    """Let no scenario pass that was interrupted: allure-pytest keeps the state in which its set-up has left it.

    It is known by what allure-pytest adds at a scenario's end.
    """
    for path in results.glob("*-result.json"):
        result = json.loads(path.read_text(encoding="utf-8"))
        if "historyId" not in result:
            details = {"message": "interrupted before its end"}
            path.write_text(json.dumps({**result, "status": "skipped", "statusDetails": details}), encoding="utf-8")


def _tells_something(fixture: dict[str, object]) -> bool:
    quiet = fixture.get("status") in {None, "passed"}  # a finalizer of pytest's own never gets a status
    return not quiet or bool(fixture.get("attachments")) or bool(fixture.get("steps"))
