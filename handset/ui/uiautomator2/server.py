"""The UiAutomator2 server: its life, its HTTP, its one session."""

import asyncio
import json
import re
import time
import traceback
from collections.abc import Callable
from typing import Any

from handset.base.errors import AppProcessError, CallFailed
from handset.base.trace import Trace
from handset.processes.app_process import JsonObject
from handset.state.settings_store import Properties
from handset.ui.touchscreen import Screen
from handset.ui.uiautomator2.all_endpoints import ROUTES
from handset.ui.uiautomator2.bodies import an_object, objects
from handset.ui.uiautomator2.errors import WebDriverError
from handset.ui.uiautomator2.routing import answer
from handset.ui.uiautomator2.session import AutomationSession

CLOSE_GRACE = 1.0
DIGITS = re.compile("[0-9]{1,12}")
LONGEST_BODY = 256 << 20
READY = {"ready": True, "message": "UiAutomator2 Server is ready to accept commands"}
CALL_ERRORS = {
    "stale": "stale element reference",
    "unsupported": "unsupported operation",
    "invalid": "invalid argument",
}


class MalformedRequest(Exception):  # noqa: N818 - what it is
    """Bytes that are no request of HTTP; the connection ends."""


class AutomationServer:
    """Listens on a port of 127.0.0.1 between `start` and the session's deletion or `stop`."""

    def __init__(
        self, screen: Screen, properties: Properties, trace: Trace, on_call: Callable[[], None] = lambda: None
    ) -> None:
        self._screen = screen
        self._properties = properties
        self._trace = trace
        self._on_call = on_call
        self._session: AutomationSession | None = None
        self._server: asyncio.Server | None = None
        self._connections: dict[asyncio.Task[Any], asyncio.StreamWriter] = {}
        self._running = asyncio.Event()
        self._stopped = asyncio.Event()
        self._stopped.set()

    async def start(self) -> None:
        """Listen on a free port, ending what ran before."""
        await self.stop()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self._stopped.clear()
        self._running.set()

    async def stop(self) -> None:
        """Close the port, every connection and the session."""
        server, self._server = self._server, None
        self._session = None
        self._running.clear()
        self._stopped.set()
        if server is not None:
            server.close()
            others = {task: writer for task, writer in self._connections.items() if task is not asyncio.current_task()}
            for writer in others.values():
                writer.close()
            if others:
                await asyncio.wait(others, timeout=CLOSE_GRACE)

    async def wait_until_stopped(self) -> None:
        """Wait until the server ends."""
        await self._stopped.wait()

    async def wait_for_port(self, seconds: float) -> int | None:
        """The port once the server listens; None when it does not within `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                await self._running.wait()
        except TimeoutError:
            return None
        return int(self._server.sockets[0].getsockname()[1]) if self._server else None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections[task] = writer
        try:
            while (request := await _read_request(reader)) is not None:
                await self._answer(writer, *request)
        except MalformedRequest as error:
            await self._send(writer, 400, _error(WebDriverError("invalid argument", str(error))))
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            self._trace.record("http", "connection lost", reason=str(error))
        except asyncio.CancelledError:
            pass  # The device ends. Python 3.11's asyncio would print a traceback if this were passed on.
        finally:
            del self._connections[task]
            writer.close()

    async def _answer(self, writer: asyncio.StreamWriter, method: str, path: str, content: bytes) -> None:
        started = time.monotonic()
        self._on_call()
        status, value = await self._outcome(method, path, content)
        error = value.get("message") if status >= 400 and isinstance(value, dict) else None
        self._trace.record(
            "http", f"{method} {path}", status=status, seconds=round(time.monotonic() - started, 3), error=error
        )
        await self._send(writer, status, value)
        if method == "DELETE" and status < 400 and path.count("/") == 2:
            await self.stop()

    async def _send(self, writer: asyncio.StreamWriter, status: int, value: object) -> None:
        identifier = self._session.identifier if self._session else None
        body = json.dumps({"sessionId": identifier, "value": value}).encode()
        content_type = "application/json; charset=utf-8"
        head = f"HTTP/1.1 {status} -\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()

    async def _outcome(self, method: str, path: str, content: bytes) -> tuple[int, Any]:
        try:
            body = an_object(json.loads(content) if content else {}, "body")
            return 200, await self._handle(method, path.partition("?")[0], body)
        except WebDriverError as error:
            return error.status, _error(error)
        except CallFailed as failure:
            refusal = WebDriverError(CALL_ERRORS.get(failure.kind, "unknown error"), str(failure))
            return refusal.status, _error(refusal)
        except AppProcessError as failure:
            return 500, _error(WebDriverError("unknown error", str(failure)))
        except (ValueError, RecursionError) as failure:
            return 400, _error(WebDriverError("invalid argument", f"{type(failure).__name__}: {failure}"))
        except Exception as failure:  # a defect of this server, which goes on
            reason = f"{type(failure).__name__}: {failure}"
            self._trace.record("BUG", f"http {method} {path}: {reason}", stack=traceback.format_exc())
            return 500, _error(WebDriverError("unknown error", reason))

    async def _handle(self, method: str, path: str, body: JsonObject) -> Any:
        if path == "/status":
            return READY
        if path == "/sessions":
            return (
                [{"id": self._session.identifier, "capabilities": self._session.capabilities}] if self._session else []
            )
        if path == "/session" and method == "POST":
            return self._open_session(body)
        _, _, identifier, *rest = [*path.split("/", 3), "", ""][:4]
        if self._session is None or identifier != self._session.identifier:
            raise WebDriverError("invalid session id", f"No session {identifier!r} is open")
        if method == "DELETE" and not rest[0]:
            return None
        return await answer(ROUTES, self._session, method, "/" + rest[0], body)

    def _open_session(self, body: JsonObject) -> JsonObject:
        wanted = an_object(body.get("capabilities"), "capabilities")
        always = an_object(wanted.get("alwaysMatch"), "alwaysMatch")
        first = objects(wanted.get("firstMatch"), "firstMatch") or [{}]
        capabilities = {**always, **first[0]}
        self._session = AutomationSession(self._screen, self._properties, capabilities)
        return {"sessionId": self._session.identifier, "capabilities": capabilities}


async def _read_request(reader: asyncio.StreamReader) -> tuple[str, str, bytes] | None:
    """Method, path and body of the next request, None at the end of the connection. Raises MalformedRequest."""
    line = await _read_line(reader)
    if not line.strip():
        return None
    method, _, rest = line.partition(" ")
    path, _, protocol = rest.partition(" ")
    if not path.startswith("/") or not protocol.startswith("HTTP/"):
        raise MalformedRequest(f"No request line of HTTP: {line[:80]!r}")
    length = 0
    while header := (await _read_line(reader)).strip():
        name, _, value = header.partition(":")
        if name.lower() == "content-length":
            length = _length(value.strip())
    return method, path, await reader.readexactly(length)


async def _read_line(reader: asyncio.StreamReader) -> str:
    try:
        return (await reader.readline()).decode("latin-1")
    except ValueError as error:  # asyncio's word for a line that is too long
        raise MalformedRequest("A line of the head is too long") from error


def _length(text: str) -> int:
    if not DIGITS.fullmatch(text) or int(text) > LONGEST_BODY:
        raise MalformedRequest(f"Content-Length has to be at most {LONGEST_BODY}, not {text[:80]!r}")
    return int(text)


def _error(error: WebDriverError) -> dict[str, str]:
    return {"error": error.code, "message": str(error), "stacktrace": ""}
