"""`masuk report`: the report of what was run, of several machines' parts too, in a browser or behind an address."""

import functools
import http.server
import shutil
import tempfile
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path

from masuk.errors import UsageError
from masuk.report import generate, tidy
from masuk.toolchain import Toolchain

LOOPBACK = "127.0.0.1"


def make(toolchain: Toolchain, results: Sequence[Path], target: Path) -> Path:
    """Make one report of the results of one run or of its parts; its page. Raises UsageError where there are none."""
    for folder in results:
        if not folder.is_dir() or not any(folder.glob("*-result.json")):
            raise UsageError(
                f"{folder}: holds no results of a run. Run `masuk run` without --no-report, or name a folder that it"
                " has filled."
            )
    with tempfile.TemporaryDirectory(prefix="masuk-results-") as work:
        together = Path(work)
        for folder in results:
            shutil.copytree(folder, together, dirs_exist_ok=True)  # names are random, so that nothing is replaced
        tidy(together)
        return generate(toolchain, together, target)


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
