"""Runs `handset` with fake app processes: python fake_daemon.py start …"""

import sys
from pathlib import Path

from handset.base.home import Home
from handset.base.process_kind import ProcessKind
from handset.cli import main
from handset.packages.dex import AppCode

FAKE_PROCESS = Path(__file__).with_name("fake_process.py")


def fake_command(home: Home, cache: Path, kind: ProcessKind) -> list[str]:
    return [sys.executable, str(FAKE_PROCESS)]


async def fake_translate(apk: Path) -> AppCode:
    return AppCode(apk)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], command=fake_command, translate=fake_translate))
