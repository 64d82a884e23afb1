"""Runs `handset` with fake app processes: python fake_daemon.py start …"""

import shutil
import sys
from pathlib import Path

from handset.cli import main
from handset.home import Home

FAKE_PROCESS = Path(__file__).with_name("fake_process.py")


def fake_command(home: Home, cache: Path) -> list[str]:
    return [sys.executable, str(FAKE_PROCESS)]


async def fake_translate(apk: Path, sha256: str) -> Path:
    target = apk.with_name(f"{sha256}.jar")
    shutil.copyfile(apk, target)
    return target


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], command=fake_command, translate=fake_translate))
