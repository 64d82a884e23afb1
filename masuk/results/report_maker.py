"""The Allure report: one HTML file that opens from disk and loads nothing from outside."""

import json
import re
import subprocess
import tempfile
from pathlib import Path

from masuk.base.errors import InfrastructureError
from masuk.base.locations import Project
from masuk.base.output_paths import write_whole
from masuk.toolchain.tools import Toolchain

SCRIPT = Path(__file__).with_name("report_maker.mjs")
CATEGORIES = [
    {"name": "Product failure", "matchedStatuses": ["failed"]},
    {"name": "Fault not proven", "matchedStatuses": ["broken"], "messageRegex": ".*Fault not proven.*"},
    {"name": "Infrastructure failure", "matchedStatuses": ["broken"]},
]
HISTORY_RUNS = 50
OUTSIDE_SCRIPT = re.compile(r"<script[^>]*\ssrc=[\"']https?://[^>]*>\s*</script>|<link[^>]*\shref=[\"']https?://[^>]*>")
ANALYTICS = re.compile(r"<script[^>]*>[^<]*(?:googletagmanager|google-analytics|dataLayer)[^<]*</script>")


class ReportMaker:
    """Allure in a process of its own, which loads its modules while scenarios run.

    The process ends when its report is made, with `stop`, and when this process ends.
    """

    def __init__(self, toolchain: Toolchain, project: Project, *, is_new: bool = False) -> None:
        """Start the process without waiting for it. With `is_new` the report adds a run to the history."""
        self._folder = tempfile.TemporaryDirectory(prefix="masuk-report-")
        work = Path(self._folder.name)
        self._made = work / "report" / "index.html"
        config = work / "allurerc.json"
        config.write_text(json.dumps(_configuration(work / "report", history_of(project), append=is_new)))
        self._process = subprocess.Popen(
            [str(toolchain.node), str(SCRIPT), str(toolchain.node_modules), str(work), str(config)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=work,
            text=True,
        )

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def make(self, results: Path, target: Path) -> Path:
        """Make the report of a folder of results in the folder `target`, and return its page.

        It can be called once. Raises InfrastructureError with Allure's words.
        """
        words, _ = self._process.communicate(f"{results.resolve()}\n")
        try:
            if self._process.returncode or not self._made.exists():
                raise InfrastructureError(
                    f"Allure could not make the report of {results}: {words.strip() or 'it said nothing'}"
                )
            html = self._made.read_text(encoding="utf-8")
        finally:
            self._folder.cleanup()
        target.mkdir(parents=True, exist_ok=True)
        write_whole(target / "index.html", _without_outside(html))
        return target / "index.html"

    def stop(self) -> None:
        """End the process if no report was made. A second call does nothing."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()
        self._folder.cleanup()


def generate(toolchain: Toolchain, project: Project, results: Path, target: Path, *, is_new: bool = False) -> Path:
    """Make the report of `results` in `target` and return its page; `is_new` puts the run into the history.

    Raises InfrastructureError with Allure's words.
    """
    return ReportMaker(toolchain, project, is_new=is_new).make(results, target)


def history_of(project: Project) -> Path:
    """The file in which Allure keeps what earlier runs have found."""
    return project.work / "history" / "history.jsonl"


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
