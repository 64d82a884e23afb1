"""Kills a part of a run at a random moment, and looks at what the run has made of it.

python -m tests.system.chaos --kills 20 [--seed N] [appium adb app backend handset harness]
"""

import argparse
import contextlib
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from masuk.base.errors import NotReached
from masuk.base.polling import until
from masuk.device import AdbDevice
from masuk.device.adb import Adb
from masuk.results.verdict import Verdict, read
from tests.checkout import CHECKOUT
from tests.scenarios import SAME_ANSWER
from tests.system.homes import home_of_its_own
from tests.system.masuk_command import start

PLACES = ("features/no_network.feature", SAME_ANSWER, "features/form.feature")
NEXT_RUN = "features/login.feature"
RUN_SECONDS = 180
END_SECONDS = 20
SECONDS_OF_A_SCENARIO = 2.0
HIT_SECONDS = 30
PACKAGE = "id.masuk.anggota"

Find = Callable[[list[psutil.Process]], list[psutil.Process]]


def _naming(*words: str) -> Find:
    def find(processes: list[psutil.Process]) -> list[psutil.Process]:
        return [process for process in processes if all(word in " ".join(_command(process)) for word in words)]

    return find


_adb_servers = _naming("adb", "nodaemon", "server")


def _app_in_front(processes: list[psutil.Process]) -> list[psutil.Process]:
    """As the device's own `pidof` has it: the spare that waits for the next start is no app yet."""
    for server in _adb_servers(processes):
        words = _command(server)
        adb = Adb(port=int(words[words.index("-P") + 1]))
        pids = {
            AdbDevice(serial, adb).apps.pid(PACKAGE) for serial, state in adb.devices().items() if state == "device"
        }
        return [process for process in processes if process.pid in pids]
    return []


TARGETS: dict[str, Find] = {
    "appium": _naming("appium", "server", "--port"),
    "adb": _adb_servers,
    "app": _app_in_front,
    "backend": lambda processes: processes[:1],
    "handset": _naming("-m handset start"),
    "harness": lambda processes: processes[:1],
}
SIGNALS = {"backend": signal.SIGUSR1}
"""What is sent in the place of SIGKILL: the backend is a thread of the harness."""
PLUGIN = "tests.system.mortal_backend"


@dataclass(frozen=True)
class Aftermath:
    """What was killed, and what that has left: verdicts, processes that stayed, and how the next run ended."""

    kind: str
    killed: list[str]
    code: int
    verdicts: dict[str, Verdict]
    orphans: list[str]
    next_code: int
    output: str

    @property
    def faults(self) -> list[str]:
        """What is wrong with it; empty when the run has behaved."""
        if not self.killed:
            return [f"no {self.kind} was there to be killed, so nothing is shown"]
        wrong = [name for name, verdict in self.verdicts.items() if verdict is Verdict.PRODUCT]
        found = [f"the sound app was accused: {name}" for name in wrong]
        if self.kind != "harness" and self.code not in {0, 3}:
            found.append(f"exit code {self.code}")
        if self.kind != "harness" and not self.verdicts:
            found.append("the run has written no verdicts")
        found += [f"left behind: {orphan}" for orphan in self.orphans]
        if self.next_code != 0:
            found.append(f"the next run ended with {self.next_code}")
        return found


def strike(kind: str, root: Path, seed: int, *, short: bool = False) -> Aftermath:
    """Start a run with everything of its own in the folder `root`, kill a part of it, and wait for the end."""
    places = PLACES[-1:] if short else PLACES
    verdicts = root / "verdicts.json"
    verdicts.unlink(missing_ok=True)
    results = root / "results"
    shutil.rmtree(results, ignore_errors=True)
    plugin = {"PYTEST_PLUGINS": PLUGIN} if kind == "backend" else {}
    moment = random.Random(seed)
    before = moment.randrange(1, _scenarios(places) - 1)
    run = start(["run", *places, "--verdicts", str(verdicts)], root, extra=plugin)
    until(
        lambda: len(list(results.glob("*-result.json"))) >= before or run.poll() is not None,
        f"{before} scenarios of the run to end",
        timeout=RUN_SECONDS,
    )
    threading.Event().wait(moment.uniform(0, SECONDS_OF_A_SCENARIO))
    killed = _kill(kind, run)
    try:
        output = run.communicate(timeout=RUN_SECONDS)[0]
    except subprocess.TimeoutExpired:
        run.terminate()
        output = run.communicate()[0]
    with contextlib.suppress(NotReached):
        until(lambda: not _of(root), "every process of the run to end", timeout=END_SECONDS)
    orphans = _of(root)
    found = {result.scenario: result.verdict for result in read(verdicts)} if verdicts.exists() else {}
    after = start(["run", "--no-report", NEXT_RUN], root)
    next_output = after.communicate(timeout=RUN_SECONDS)[0]
    text = output if after.returncode == 0 else output + next_output
    return Aftermath(kind, killed, run.returncode, found, orphans, after.returncode, text)


def _scenarios(places: Sequence[str]) -> int:
    """How many there are in some places, as pytest counts them."""
    chosen = [word for place in places for word in ("--masuk-scenario", place)]
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "masuk.toml", "--collect-only", "-q", *chosen],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    return sum("::" in line for line in listed.stdout.splitlines())


def _kill(kind: str, run: subprocess.Popen[str]) -> list[str]:
    """Kill what is of a kind as soon as there is any, and say what it was."""

    def find() -> list[psutil.Process]:
        return TARGETS[kind](_family(run)) if run.poll() is None else []

    try:
        targets = until(find, f"a running {kind}", timeout=HIT_SECONDS)
    except NotReached:
        return []
    for target in targets:
        target.send_signal(SIGNALS.get(kind, signal.SIGKILL))
    return [f"{kind} {target.pid}" for target in targets]


def _of(root: Path) -> list[str]:
    """The command lines of all processes that were started with `root` as their folder, whoever is their parent."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.status() != psutil.STATUS_ZOMBIE and process.environ().get("MASUK_HOME") == str(root):
                found.append(" ".join(process.cmdline())[:120])
    return found


def _family(run: subprocess.Popen[str]) -> list[psutil.Process]:
    try:
        first = psutil.Process(run.pid)
        return [first, *first.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def main(arguments: Sequence[str] | None = None) -> int:
    """The long experiment: prints a line for each kill, and a count for each kind."""
    parser = argparse.ArgumentParser(prog="python -m tests.system.chaos")
    parser.add_argument("kinds", nargs="*", choices=[[], *TARGETS], metavar="KIND", help=f"of {', '.join(TARGETS)}")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--short", action="store_true", help="runs of one feature instead of three")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, required=True, help="where the runs' devices and logs go")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    home_of_its_own(options.folder)
    failed = 0
    for kind in options.kinds or TARGETS:
        behaved = 0
        for number in range(options.kills):
            aftermath = strike(kind, options.folder, options.seed + number, short=options.short)
            counts = [verdict.value for verdict in aftermath.verdicts.values()]
            seen = ", ".join(f"{counts.count(verdict)} {verdict}" for verdict in sorted(set(counts)))
            print(f"{kind} {number}: {'; '.join(aftermath.faults) or 'well'} ({seen})", flush=True)
            if aftermath.faults:
                print(aftermath.output, flush=True)
            behaved += not aftermath.faults
        print(f"{kind}: {behaved} of {options.kills} behaved", flush=True)
        failed += options.kills - behaved
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
