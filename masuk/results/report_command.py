"""`masuk report`: the report of what was run, of several machines' parts too, in a browser or behind an address."""

import functools
import http.server
import shutil
import tempfile
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path

from masuk.base.errors import UsageError
from masuk.base.locations import Project
from masuk.base.run_folder import VERDICTS
from masuk.results import junit
from masuk.results.allure_results import ENVIRONMENT_FILE, tidy, together
from masuk.results.report_maker import generate
from masuk.results.verdict import Result, read_earlier, write
from masuk.toolchain.tools import Toolchain

LOOPBACK = "127.0.0.1"


def make(
    toolchain: Toolchain, project: Project, results: Sequence[Path], target: Path, say: Callable[[str], None]
) -> Path:
    """Make one report of the results of one run or of its parts, with their verdicts beside it; its page.

    Raises UsageError where there are no results.
    """
    for folder in results:
        if not folder.is_dir() or not any(folder.glob("*-result.json")):
            raise UsageError(
                f"{folder}: holds no results of a run. Run `masuk run` without --no-report, or name a folder that it"
                " has filled."
            )
    verdicts = _verdicts_of(results, say)
    with tempfile.TemporaryDirectory(prefix="masuk-results-") as work:
        whole = Path(work)
        for folder in results:
            # All other names are random, so that nothing is replaced.
            beside = shutil.ignore_patterns(VERDICTS, ENVIRONMENT_FILE)
            shutil.copytree(folder, whole, ignore=beside, dirs_exist_ok=True)
        environments = [folder / ENVIRONMENT_FILE for folder in results if (folder / ENVIRONMENT_FILE).is_file()]
        if environments:
            together(environments, whole / ENVIRONMENT_FILE)
        tidy(whole)
        page = generate(toolchain, project, whole, target)
    if verdicts is None:
        for name in (VERDICTS, junit.FILE_NAME):
            (target / name).unlink(missing_ok=True)  # it is about something else than the page
    else:
        write(verdicts, target / VERDICTS)
        junit.write(verdicts, target / junit.FILE_NAME)
    return page


def _verdicts_of(results: Sequence[Path], say: Callable[[str], None]) -> list[Result] | None:
    """The verdicts of all parts; None when one has none, since the rest would pass for the whole."""
    without = [str(folder) for folder in results if not (folder / VERDICTS).is_file()]
    if without:
        say(
            f"{', '.join(without)}: no {VERDICTS}, which a run with its faults writes at its end."
            f" So there is no {VERDICTS} and no {junit.FILE_NAME} beside the report."
        )
        return None
    return [result for folder in results for result in read_earlier(folder / VERDICTS)]


def open_in_browser(page: Path, say: Callable[[str], None]) -> None:
    """Open the page in the user's browser, or say where it is when there is none."""
    say(f"report: {page}")
    if not webbrowser.open(page.absolute().as_uri()):
        say("No browser could be started. Open the file by hand, or use --serve.")


def serve(page: Path, say: Callable[[str], None]) -> None:
    """Serve the folder of the page to this machine until Ctrl-C."""
    handler = functools.partial(_Quiet, directory=str(page.parent))
    with http.server.ThreadingHTTPServer((LOOPBACK, 0), handler) as server:
        say(f"report: http://{LOOPBACK}:{server.server_port}/{page.name}\nCtrl-C ends it.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("Ended.")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Tells nobody who reads what."""

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class's signature
        """Nothing."""
