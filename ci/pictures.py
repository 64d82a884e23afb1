"""Makes the picture of the README: a report in a browser, of an app with a defect that a scenario has caught.

Usage: .masuk/venv/bin/python -m ci.pictures
"""

import subprocess
import sys

from ci.browser.reader import read
from masuk.base.locations import SUITE
from masuk.base.run_folder import latest
from masuk.toolchain.tools import Toolchain

TARGET = SUITE / "docs" / "images" / "report.png"
DEFECT = "offline-as-wrong-data"
FEATURE = "features/no_network.feature"
SCENARIO = "WiFi that leads nowhere is no connection"


def main() -> int:
    """Build the app with the defect, run the feature on it, and take the picture."""
    toolchain = Toolchain.default()
    masuk = [sys.executable, "-m", "masuk"]
    build = toolchain.apps / "defects" / f"{DEFECT}.apk"
    subprocess.run([*masuk, "selfcheck", DEFECT], cwd=SUITE, check=True)
    subprocess.run([*masuk, "run", FEATURE, "--apk", str(build)], cwd=SUITE, check=False)  # fails, as it should
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    read(toolchain, latest(toolchain.root).report / "index.html", SCENARIO, TARGET)
    print(TARGET)
    return 0


if __name__ == "__main__":
    sys.exit(main())
