"""Makes the picture of the README: one scenario in the last run's report, as a browser shows it.

Usage: .masuk/venv/bin/python -m ci.pictures [NAME OF A SCENARIO]
"""

import sys

from ci.browser.reader import read
from masuk.run_folder import latest
from masuk.toolchain import CHECKOUT, Toolchain

TARGET = CHECKOUT / "docs" / "images" / "report.png"
SCENARIO = "Once the network is back, login works without a relaunch"


def main(scenario: str) -> int:
    """Take it."""
    toolchain = Toolchain.default()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    read(toolchain, latest(toolchain.root).report / "index.html", scenario, TARGET)
    print(TARGET)
    return 0


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:]) or SCENARIO))
