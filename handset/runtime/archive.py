"""The archive of what a start of a baked process loads: the Java runtime's ahead-of-time cache (JEP 483).

It is recorded while the warm-up app runs, and fits only the very command line, jars and Java runtime that it was
recorded with. A runtime that finds it unfit says nothing and starts slowly, so its key is made of all of these, and it
is tried once before it is used.
"""

import hashlib
import json
import platform
import ssl
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme

from handset.base.errors import HandsetError
from handset.base.home import Home
from handset.runtime.bake.layout import Bake
from handset.runtime.bake.pointer import archive_is_damaged
from handset.runtime.files import RuntimeFiles
from handset.runtime.launch import baked_command
from handset.state.network import Offer

TIMEOUT = 180.0
HOST = "10.0.2.2"
"""The machine that this runs on, as an app sees it."""

Report = Callable[[str], None]
JsonObject = dict[str, Any]


def make_archive(home: Home, bake: Bake, report: Report, *, thorough: bool = False) -> Path:
    """Record an archive unless a fitting one is there; its path. Raises HandsetError with the runtime's own words."""
    archive = bake.folder / f"start-{_key(home, bake)}.aot"
    if archive.exists():
        damaged = thorough and archive_is_damaged(home, archive)
        if not damaged and _fits(home, bake, archive):
            return archive
        report(f"handset: {archive.name} is damaged or refused by the Java runtime, recording it again")
        archive.unlink()
    report("handset: recording what a start loads (half a minute)")
    with tempfile.TemporaryDirectory(dir=bake.folder, prefix="recording-") as folder:
        recording = Path(folder) / "recording.aotconf"
        fresh = Path(folder) / archive.name
        _rehearse(home, baked_command(home, bake, Path(folder), _record_flags(recording)), Path(folder))
        _run(baked_command(home, bake, Path(folder), _create_flags(recording, fresh)))
        if not _fits(home, bake, fresh):
            raise HandsetError(f"The Java runtime refuses the archive that it has just made in {bake.folder}.")
        fresh.replace(archive)
    return archive


def _record_flags(recording: Path) -> list[str]:
    return ["-XX:AOTMode=record", f"-XX:AOTConfiguration={recording}"]


def _create_flags(recording: Path, archive: Path) -> list[str]:
    return ["-XX:AOTMode=create", f"-XX:AOTConfiguration={recording}", f"-XX:AOTCache={archive}"]


def _key(home: Home, bake: Bake) -> str:
    files = RuntimeFiles(home)
    parts = [
        *baked_command(home, bake, Path("cache"), []),
        *(f"{jar.stat().st_size} {jar.stat().st_mtime_ns}" for jar in bake.class_path(home)),
        *(hashlib.sha256(path.read_bytes()).hexdigest() for path in (files.runtime_jar, files.warmup_jar)),
        (home.java.parent.parent / "release").read_text(),
        platform.machine(),
        Path(__file__).read_text(),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _fits(home: Home, bake: Bake, archive: Path) -> bool:
    """Start a process that would rather die than run without the archive."""
    with tempfile.TemporaryDirectory() as folder:
        flags = ["-XX:AOTMode=on", f"-XX:AOTCache={archive}"]
        result = subprocess.run(
            baked_command(home, bake, Path(folder), flags), stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    return result.returncode == 0


def _rehearse(home: Home, command: list[str], folder: Path) -> None:
    """Lead a process through the life of a spare that becomes an app, and let it end by itself."""
    files = RuntimeFiles(home)
    app = {"apk": str(files.warmup_apk), "classes": str(files.warmup_jar), "data": str(folder / "data")}
    authority = folder / "authority.pem"
    with _servers(authority) as servers, _conversation(command) as ask:
        extras = {"rehearse": ",".join(servers), "authority": str(authority)}
        ask("warm", {})
        ask("bind", {**app, "target_sdk": 34, "extras": extras, "network": asdict(Offer())})
        ask("tree", {})
        ask("screenshot", {})
        ask("network", {"network": asdict(Offer(online=False))})
        ask("network", {"network": asdict(Offer())})
        field = _find(ask("tree", {}), "class", "android.widget.EditText")
        if field is not None:
            ask("set_text", {"key": field["key"], "text": "rehearsed"})
        button = _find(ask("tree", {}), "text", "OK")
        if button is not None:
            left, top, right, bottom = button["bounds"]
            ask("tap", {"x": (left + right) // 2, "y": (top + bottom) // 2})
        ask("tree", {})
        ask("screenshot", {})
        ask("key", {"code": 4})
        ask("ping", {})


@contextmanager
def _servers(authority: Path) -> Iterator[list[str]]:
    """The addresses, as an app sees them, of a server for each kind of key; writes their authority (PEM) to a file."""
    issuer = trustme.CA()
    issuer.cert_pem.write_to_path(str(authority))
    with ExitStack() as running:
        addresses = []
        for kind in trustme.KeyType:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            issuer.issue_cert(HOST, key_type=kind).configure_cert(context)
            server = running.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), _Answer))
            server.socket = context.wrap_socket(server.socket, server_side=True)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            running.callback(server.shutdown)
            addresses.append(f"https://{HOST}:{server.server_port}/")
        yield addresses


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"{}"
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _find(tree: JsonObject, name: str, value: str) -> JsonObject | None:
    nodes = [window["root"] for window in tree["windows"]]
    while nodes:
        node: JsonObject = nodes.pop()
        if node.get(name) == value:
            return node
        nodes.extend(node.get("children", []))
    return None


@contextmanager
def _conversation(command: list[str]) -> Iterator[Callable[[str, JsonObject], JsonObject]]:
    with (
        tempfile.TemporaryFile("w+") as complaints,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, text=True) as jvm,
    ):
        requests, answers = jvm.stdin, jvm.stdout
        assert requests is not None
        assert answers is not None
        watchdog = threading.Timer(TIMEOUT, jvm.kill)
        watchdog.start()
        asked = 0
        errors: list[str] = []

        def ask(call: str, arguments: JsonObject) -> JsonObject:
            nonlocal asked
            asked += 1
            requests.write(json.dumps({"id": asked, "call": call, **arguments}) + "\n")
            requests.flush()
            for line in answers:
                message = json.loads(line) if line.startswith("{") else {}
                if message.get("id") == asked and "result" in message:
                    result: JsonObject = message["result"]
                    return result
                if message.get("id") == asked:
                    raise HandsetError(f"The rehearsal failed at {call}: {message.get('error')}")
                if message.get("level") == "E":
                    errors.append(message.get("text", ""))
            complaints.seek(0)
            words = "\n".join([*errors, complaints.read()[-2000:]])
            raise HandsetError(f"The rehearsal's process died at {call}:\n{words}")

        try:
            yield ask
            requests.close()
            jvm.wait()
        finally:
            watchdog.cancel()
            jvm.kill()


def _run(command: list[str]) -> None:
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if result.returncode:
        raise HandsetError(f"Making the archive failed:\n{(result.stdout + result.stderr)[-2000:]}")
