"""The Allure report: one HTML file that opens from disk and loads nothing from outside."""

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from masuk.app import AppUnderTest
from masuk.device import Device
from masuk.errors import InfrastructureError
from masuk.outputs import write_whole
from masuk.profile import Profile
from masuk.toolchain import CHECKOUT, Toolchain

CATEGORIES = [
    {"name": "Product failure", "matchedStatuses": ["failed"]},
    {"name": "Fault not proven", "matchedStatuses": ["broken"], "messageRegex": ".*Fault not proven.*"},
    {"name": "Infrastructure failure", "matchedStatuses": ["broken"]},
]
HISTORY_RUNS = 50
OUTSIDE_SCRIPT = re.compile(r"<script[^>]*\ssrc=[\"']https?://[^>]*>\s*</script>|<link[^>]*\shref=[\"']https?://[^>]*>")
ANALYTICS = re.compile(r"<script[^>]*>[^<]*(?:googletagmanager|google-analytics|dataLayer)[^<]*</script>")


@dataclass(frozen=True)
class Environment:
    """What a run was made on."""

    facts: dict[str, str]

    @classmethod
    def of(cls, device: Device, profile: Profile) -> "Environment":
        """Ask the device."""
        return cls(
            {
                "app": f"{profile.app.name} ({profile.app.package})",
                "apk": f"{profile.app.apk.name}, SHA-256 {_digest(profile.app.apk)}",
                "device": device.serial,
                "model": device.shell("getprop ro.product.model").strip(),
                "android": device.shell("getprop ro.build.version.release").strip(),
                "api_level": device.shell("getprop ro.build.version.sdk").strip(),
                "scenarios": _commit(CHECKOUT),
            }
        )

    def note_version(self, app: AppUnderTest) -> None:
        """Add the version of the app that is installed, as soon as there is one."""
        if "app_version" not in self.facts:
            self.facts["app_version"] = app.version()

    def write(self, results: Path) -> None:
        """Put the facts where Allure reads them."""
        lines = [f"{name}={value}" for name, value in self.facts.items()]
        (results / "environment.properties").write_text("\n".join(lines) + "\n", encoding="utf-8")


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


def generate(toolchain: Toolchain, results: Path, target: Path, *, is_new: bool = False) -> Path:
    """Make the report of `results` in `target` and return its page; `is_new` puts the run into the history.

    Raises InfrastructureError with Allure's words.
    """
    with tempfile.TemporaryDirectory(prefix="masuk-report-") as folder:
        work = Path(folder)
        config = work / "allurerc.mjs"
        settings = json.dumps(_configuration(work / "report", history_of(toolchain), append=is_new), indent=2)
        config.write_text(f"export default {settings};\n", encoding="utf-8")
        command = toolchain.node_script("allure", "cli.js")
        finished = subprocess.run(
            [*command, "generate", str(results.resolve()), "--config", str(config), "--cwd", str(work)],
            capture_output=True,
            text=True,
            check=False,
            cwd=work,
        )
        page = work / "report" / "index.html"
        if finished.returncode or not page.exists():
            words = (finished.stdout + finished.stderr).strip()
            raise InfrastructureError(f"Allure could not make the report of {results}: {words or 'it said nothing'}")
        html = page.read_text(encoding="utf-8")
        target.mkdir(parents=True, exist_ok=True)
        write_whole(target / "index.html", _without_outside(html))
        return target / "index.html"


def history_of(toolchain: Toolchain) -> Path:
    """The file in which Allure keeps what earlier runs have found."""
    return toolchain.root / "history" / "history.jsonl"


def _configuration(output: Path, history: Path, *, append: bool) -> dict[str, object]:
    return {
        "name": "masuk: what the app does when login fails",
        "output": str(output),
        "historyPath": str(history),
        "historyLimit": HISTORY_RUNS,
        "appendHistory": append,
        "categories": {"rules": CATEGORIES},
        "plugins": {"awesome": {"options": {"singleFile": True, "reportLanguage": "en", "groupBy": ["parentSuite"]}}},
    }


def _without_outside(html: str) -> str:
    """Allure's page loads an analytics script; a report must not call anybody."""
    return ANALYTICS.sub("", OUTSIDE_SCRIPT.sub("", html))
