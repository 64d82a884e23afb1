"""Makes the pictures of the README from the last run's report, with a Chromium that is installed.

Usage: .masuk/venv/bin/python ci/pictures.py [NAME OF A SCENARIO]
"""

import base64
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
REPORT = CHECKOUT / ".masuk" / "report" / "index.html"
TARGET = CHECKOUT / "docs" / "images" / "report.png"
EMBEDDED = re.compile(r'd\("data/test-results/(\w+)\.json","([A-Za-z0-9+/=]+)"\)')
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-sync", "--hide-scrollbars", "--window-size=1200,1000", "--virtual-time-budget=8000"),
)


def main(scenario: str) -> int:
    """Take a picture of one scenario's page in the report."""
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        print(f"No browser is installed; looked for {', '.join(BROWSERS)}.", file=sys.stderr)
        return 4
    identifier = find(scenario)
    if identifier is None:
        print(f'The report {REPORT} has no scenario "{scenario}".', file=sys.stderr)
        return 4
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [browser, *FLAGS, f"--user-data-dir={profile}", f"--screenshot={TARGET}", f"file://{REPORT}#{identifier}"],
            check=True,
            capture_output=True,
        )
    print(TARGET)
    return 0


def find(scenario: str) -> str | None:
    """The id under which the report has a scenario."""
    for identifier, content in EMBEDDED.findall(REPORT.read_text(encoding="utf-8")):
        if json.loads(base64.b64decode(content))["name"] == scenario:
            return str(identifier)
    return None


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:]) or "Once the network is back, login works without a relaunch"))
