"""A small app that says what a process sees, in real app processes: what is typed into its field it does and logs."""

import asyncio
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from handset.base.home import Home
from handset.processes.app_process import AppProcess, Command
from handset.runtime.files import RuntimeFiles
from handset.state.network import Offer
from tests.handset.apks import framework_resources

SOURCES = Path(__file__).with_name("probe")
PATIENCE = 30
TAG = "Probe"


@dataclass(frozen=True)
class ProbeApp:
    apk: Path
    classes: Path


def build_probe(home: Home, folder: Path, authority: bytes = b"") -> ProbeApp:
    """The app; `authority` is the PEM of a certificate that it trusts."""
    raw = folder / "res" / "raw" / "authority.pem"
    raw.parent.mkdir(parents=True)
    raw.write_bytes(authority)
    app = ProbeApp(folder / "probe.apk", folder / "classes")
    resources = [folder / "own.zip", folder / "made.zip"]
    for source, target in zip((SOURCES / "res", folder / "res"), resources, strict=True):
        run(home.aapt2, "compile", "--dir", source, "-o", target)
    manifest = SOURCES / "AndroidManifest.xml"
    run(home.aapt2, "link", "-o", app.apk, "-I", framework_resources(home), "--manifest", manifest, *resources)
    compiler = next((home.jars / "build").glob("ecj-*.jar"))
    class_path = ":".join(map(str, [RuntimeFiles(home).framework_jar, *home.runtime_jars]))
    run(home.java, "-jar", compiler, "-21", "-nowarn", "-d", app.classes, "-cp", class_path, SOURCES / "java")
    return app


def run(*words: object) -> None:
    result = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@dataclass
class Answers:
    """Collects what the app logs."""

    lines: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    other: list[str] = field(default_factory=list)

    def on_event(self, process: AppProcess, event: Mapping[str, Any]) -> None:
        if event["event"] == "log" and event["tag"] == TAG:
            self.lines.put_nowait(event["text"])
        else:
            self.other.append(str(event.get("text") or event))

    def on_error_line(self, process: AppProcess, line: str) -> None:
        self.other.append(line)

    def on_exit(self, process: AppProcess, code: int) -> None:
        self.other.append(f"ended with {code}")
        self.lines.put_nowait(": dead")


@dataclass
class Probe:
    """The app in a process of its own."""

    process: AppProcess
    answers: Answers

    async def ask(self, question: str) -> str:
        await self.process.call("set_text", key=await self._field(), text=question)
        async with asyncio.timeout(PATIENCE):
            name, _, answer = (await self.answers.lines.get()).partition(": ")
        assert name == question.split(maxsplit=1)[0], (name, answer, self.answers.other)
        return answer

    async def _field(self) -> str:
        """The key of the field; while an activity is made anew there is no window for a moment."""
        async with asyncio.timeout(PATIENCE):
            while True:
                nodes = [window["root"] for window in (await self.process.call("tree"))["windows"]]
                while nodes:
                    node = nodes.pop()
                    if node["class"] == "android.widget.EditText":
                        return str(node["key"])
                    nodes += node.get("children", [])
                await self.process.call("ping")


@asynccontextmanager
async def probing(
    command: Command, app: ProbeApp, folder: Path, *, warm: bool = True, **bound: object
) -> AsyncIterator[Probe]:
    """A process, warm as a spare is unless told otherwise, that is bound with these arguments more."""
    answers = Answers()
    process = await AppProcess.spawn(command, folder / "cache", answers)
    arguments: dict[str, object] = {
        "apk": str(app.apk),
        "classes": f"{app.classes}/",
        "data": str(folder / "data"),
        "target_sdk": 34,
        "network": asdict(Offer()),
        **bound,
    }
    try:
        if warm:
            await process.call("warm", within=PATIENCE)
        await process.call("bind", within=PATIENCE, **arguments)
        yield Probe(process, answers)
    finally:
        process.kill()
        await process.ended()
