"""`masuk run --watch`: the scenarios again at every save, with the device and the session kept."""

import os
import subprocess
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import SimpleQueue

import watchfiles
from selenium.common.exceptions import WebDriverException
from urllib3.exceptions import HTTPError

from masuk.automation.run_processes import Stack
from masuk.automation.session import Session
from masuk.base.locations import SUITE, Project
from masuk.config.settings import Settings
from masuk.device.adb import PORT_VARIABLE
from masuk.toolchain.tools import Toolchain

PARTS = ("features", "steps", "pages", "faults", "masuk")
ENDINGS = (".feature", ".py", ".toml", ".apk")
Changes = set[tuple[watchfiles.Change, str]]
Command = Callable[[str, str, str], Sequence[str]]
"""The command for a device's serial, the address of an Appium server and a session's id."""


def watch(
    settings: Settings, toolchain: Toolchain, project: Project, name: str, command: Command, say: Callable[[str], None]
) -> None:
    """Run a command now and whenever something that it is made of is saved, until Ctrl-C.

    `name` tells the handset apart, if one is started. Raises InfrastructureError when the device does not come up.
    """
    stack = Stack(settings, toolchain, project, project.logs / name, name)
    session = Session(stack)
    saves: SimpleQueue[Changes] = SimpleQueue()
    stop = threading.Event()
    threading.Thread(target=_listen, args=(_folders(settings, project), saves, stop), daemon=True).start()
    try:
        stack.start()
        while True:
            device = stack.ready_device()
            words = command(device.serial, stack.ready_appium(), _alive(session))
            environment = {**os.environ, **device.adb.environment, PORT_VARIABLE: str(device.adb.port)}
            subprocess.run(words, cwd=project.root, env=environment, check=False)
            say("\nwaiting for a save; Ctrl-C ends it")
            saved = saves.get()
            while not saves.empty():
                saved |= saves.get()
            say(f"saved: {', '.join(sorted(_short(path, project.root) for _, path in saved))}")
    except KeyboardInterrupt:
        say("Ended.")
    finally:
        stop.set()
        session.close()
        stack.stop()


def _folders(settings: Settings, project: Project) -> set[Path]:
    parts = (root / part for root in {project.root, SUITE} for part in PARTS)
    folders = {*filter(Path.is_dir, parts), settings.profile.parent}
    return folders if settings.apk is None else folders | {settings.apk.parent}


def _listen(folders: set[Path], saves: "SimpleQueue[Changes]", stop: threading.Event) -> None:
    """Keep what is saved, also while a run goes on."""
    for changes in watchfiles.watch(*folders, watch_filter=_matters, stop_event=stop):
        saves.put(changes)


def _short(path: str, root: Path) -> str:
    file = Path(path)
    return str(file.relative_to(root) if file.is_relative_to(root) else file)


def _matters(_: watchfiles.Change, path: str) -> bool:
    return Path(path).suffix in ENDINGS and "__pycache__" not in path


def _alive(session: Session) -> str:
    """The id of a session that answers."""
    try:
        session.driver.get_settings()
    except (WebDriverException, HTTPError, OSError):
        session.close()
    return str(session.driver.session_id)
