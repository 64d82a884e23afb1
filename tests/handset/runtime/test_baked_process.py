"""Real app processes, baked and as Robolectric ships them, led along the same walk through the reference app."""

import asyncio
import base64
import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from handset.base.home import Home
from handset.base.trace import Trace
from handset.packages.dex import DexTranslator
from handset.processes.app_process import AppProcess, Command
from handset.processes.tasks import SavedState
from handset.runtime.bake.pointer import BakeInUse
from handset.runtime.launch import java_command, unbaked_command
from handset.state.network import Offer

PATIENCE = 60
AGREEMENT = 10
# What differs between any two processes: node keys, scratch folders, names of lambdas and identities.
ACCIDENTAL = re.compile(r"'key': '[^']*'|/\S+/fonts/fonts\.xml|\$\$Lambda/0x[0-9a-f]+@[0-9a-f]+")

REFERENCE = "apps/reference-2.0.0.apk"
APIDEMOS = "node/node_modules/android-apidemos/apks/ApiDemos-debug.apk"

Node = Mapping[str, Any]


@dataclass
class Listener:
    """Keeps what a process says."""

    logs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def on_event(self, process: AppProcess, event: Mapping[str, Any]) -> None:
        if event["event"] == "log":
            self.logs.append(ACCIDENTAL.sub("", f"{event['level']}/{event['tag']}: {event['text']}"))

    def on_error_line(self, process: AppProcess, line: str) -> None:
        self.errors.append(line)

    def on_exit(self, process: AppProcess, code: int) -> None:
        pass


@dataclass(frozen=True)
class App:
    apk: Path
    classes: Path


Step = Callable[[AppProcess], Awaitable[None]]


@pytest.fixture(scope="module")
def home(built_home: Home) -> Home:
    return built_home


@pytest.fixture(scope="module")
def app(home: Home, tmp_path_factory: pytest.TempPathFactory) -> App:
    return translated(home, REFERENCE, tmp_path_factory.mktemp("trace"))


def translated(home: Home, place: str, folder: Path) -> App:
    apk = home.root / place
    if not apk.exists():
        pytest.fail(f"{apk} does not exist. Run: make setup")
    trace = Trace(folder / "trace.jsonl")
    code = asyncio.run(DexTranslator(home, trace).translate(apk))
    trace.close()
    assert not code.unverified, "the Java runtime's verifier refuses no class of it"
    return App(apk, code.jar)


@asynccontextmanager
async def running(command: Command, folder: Path, listener: Listener) -> AsyncIterator[AppProcess]:
    process = await AppProcess.spawn(command, folder, listener)
    try:
        yield process
    finally:
        process.kill()
        await process.ended()


async def bind(process: AppProcess, app: App, data: Path, saved: Sequence[SavedState] = ()) -> None:
    network = asdict(Offer(online=False))
    arguments = {"apk": str(app.apk), "classes": str(app.classes), "data": str(data), "target_sdk": 34}
    await process.call("bind", within=PATIENCE, network=network, saved=list(saved), **arguments)


def nodes(tree: Node) -> Iterator[Node]:
    waiting = [window["root"] for window in tree["windows"]]
    while waiting:
        node = waiting.pop(0)
        yield node
        waiting.extend(node.get("children", []))


async def tap(process: AppProcess, text: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while not (shown := [node for node in nodes(await process.call("tree")) if node.get("text") == text]):
            await process.call("ping")
    left, top, right, bottom = shown[0]["bounds"]
    await process.call("tap", x=(left + right) // 2, y=(top + bottom) // 2)


async def until_window(process: AppProcess, activity: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while not any(activity in window["title"] for window in (await process.call("tree"))["windows"]):
            await process.call("ping")


async def look(process: AppProcess) -> tuple[str, str]:
    """The tree without accidental parts, and the digest of the screenshot."""
    await process.call("ping")
    tree = await process.call("tree")
    png = base64.b64decode((await process.call("screenshot"))["png"])
    return ACCIDENTAL.sub("", str(tree)), hashlib.sha256(png).hexdigest()


async def type_text(process: AppProcess) -> None:
    tree = await process.call("tree")
    for number, node in enumerate(node for node in nodes(tree) if node["class"].endswith("EditText")):
        await process.call("set_text", key=node["key"], text=f"typed {number}")


async def open_second_activity(process: AppProcess) -> None:
    await tap(process, "Lupa Kata Sandi")
    await until_window(process, "ForgotActivity")


async def go_back(process: AppProcess) -> None:
    await process.call("key", code=4)
    await until_window(process, "LoginActivity")


async def turn(process: AppProcess) -> None:
    await process.call("rotate", rotation=1)


async def press_back(process: AppProcess) -> None:
    await process.call("key", code=4)


def tapping(text: str) -> Step:
    async def step(process: AppProcess) -> None:
        await tap(process, text)

    step.__name__ = f"tap {text}"
    return step


WALKS: dict[str, tuple[Step, ...]] = {
    REFERENCE: (type_text, open_second_activity, go_back, turn),
    APIDEMOS: (
        tapping("Views"),
        tapping("Controls"),
        tapping("1. Light Theme"),
        type_text,
        turn,
        press_back,
        press_back,
        press_back,
        tapping("App"),
        tapping("Alert Dialogs"),
        tapping("LIST DIALOG"),
        tapping("Command two"),
    ),
}


async def take(process: AppProcess, step: Step) -> None:
    """Do something and wait until it shows."""
    before = await process.call("tree")
    await step(process)
    async with asyncio.timeout(PATIENCE):
        while await process.call("tree") == before:
            await process.call("ping")


async def agree(baked: AppProcess, unbaked: AppProcess, place: str) -> None:
    """Wait until both show the same: one may be behind the other."""
    seen = expected = ("", "")
    try:
        async with asyncio.timeout(AGREEMENT):
            while True:
                seen, expected = await asyncio.gather(look(baked), look(unbaked))
                if seen == expected:
                    return
    except TimeoutError:
        assert seen == expected, place


@pytest.mark.parametrize("place", WALKS, ids=("reference", "ApiDemos"))
def test_baked_and_unbaked_processes_show_the_same(home: Home, place: str, tmp_path: Path) -> None:
    app = translated(home, place, tmp_path)
    baked_says, unbaked_says = Listener(), Listener()

    async def walk() -> None:
        async with (
            running(lambda cache: java_command(home, cache), tmp_path / "baked", baked_says) as baked,
            running(lambda cache: unbaked_command(home, cache), tmp_path / "unbaked", unbaked_says) as unbaked,
        ):
            both = baked, unbaked
            await asyncio.gather(*(process.call("warm", within=PATIENCE) for process in both))
            await asyncio.gather(*(bind(process, app, tmp_path / f"data-{process.pid}") for process in both))
            await agree(*both, place="first screen")
            for step in WALKS[place]:
                await asyncio.gather(*(take(process, step) for process in both))
                await agree(*both, place=step.__name__)

    asyncio.run(walk())
    assert len(baked_says.logs) > 3
    assert sorted(baked_says.logs) == sorted(unbaked_says.logs)


def test_what_was_saved_in_the_background_comes_back_in_another_process(home: Home, app: App, tmp_path: Path) -> None:
    command, data = partial(java_command, home), tmp_path / "data"

    async def live_twice() -> None:
        async with running(command, tmp_path / "first", Listener()) as first:
            await bind(first, app, data)
            await take(first, open_second_activity)
            await take(first, type_text)
            before = shown_texts(await first.call("tree"))
            saved = (await first.call("background"))["states"]
        assert [state["activity"].rpartition(".")[2] for state in saved] == ["LoginActivity", "ForgotActivity"]
        assert "typed 0" in before
        async with running(command, tmp_path / "second", Listener()) as second:
            await bind(second, app, data, saved)
            assert shown_texts(await second.call("tree")) == before
            await go_back(second)

    asyncio.run(live_twice())


def shown_texts(tree: Node) -> list[str]:
    return [node["text"] for node in nodes(tree) if node.get("text")]


def test_an_archive_that_does_not_fit_is_noticed(home: Home, app: App, tmp_path: Path) -> None:
    unfit = tmp_path / "unfit.aot"
    unfit.write_bytes(b"no archive")
    archive = str(BakeInUse.of(home).archive)
    listener = Listener()

    async def start() -> None:
        def command(cache: Path) -> list[str]:
            return [argument.replace(archive, str(unfit)) for argument in java_command(home, cache)]

        async with running(command, tmp_path / "cache", listener) as process:
            await bind(process, app, tmp_path / "data")

    asyncio.run(start())
    assert any("does not fit this Java runtime" in line for line in listener.errors), listener.errors
