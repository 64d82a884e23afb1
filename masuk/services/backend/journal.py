"""Every request that has reached the backend, in order."""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from masuk.base.errors import NotReached

SECRET_HEADERS = {"authorization", "cookie"}


@dataclass(frozen=True)
class Request:
    """A request and the status of its answer, None while there is none. `body` is what the client sent."""

    at: datetime
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    status: int | None = None
    troubled: bool = False
    """Whether a trouble of the service decided about the answer."""
    of_website: bool = False
    """Whether the website was asked, which is never the app's doing."""
    came: float = field(default_factory=time.monotonic)
    """When it came, in seconds of the monotonic clock."""

    def json(self) -> dict[str, object]:
        """The body as a JSON object, empty when it is none."""
        try:
            content = json.loads(self.body or b"{}")
        except ValueError:
            return {}
        return content if isinstance(content, dict) else {}


class Journal:
    """Written by the server's thread, read by the tests'."""

    def __init__(self) -> None:
        self._requests: list[Request] = []
        self._news = threading.Condition()

    def arrived(self, request: Request) -> None:
        """Write down a request that has come."""
        with self._news:
            self._requests.append(request)
            self._news.notify_all()

    def answered(self, request: Request, status: int) -> None:
        """Write down its answer."""
        with self._news:
            places = [place for place, known in enumerate(self._requests) if known is request]
            for place in places:  # none when a test has ended since
                self._requests[place] = replace(request, status=status)
            self._news.notify_all()

    def clear(self) -> None:
        """Forget everything."""
        with self._news:
            self._requests.clear()

    def requests(self, path: str | None = None) -> list[Request]:
        """The requests so far, all or those to one path."""
        with self._news:
            return self._matching(path)

    def wait_for(
        self, count: int, *, path: str | None = None, timeout: float = 10, answered: bool = True
    ) -> list[Request]:
        """Wait until at least `count` requests were answered, or have come; raises NotReached, saying what did come."""
        end = time.monotonic() + timeout
        with self._news:
            while len(self._matching(path, answered)) < count:
                left = end - time.monotonic()
                if left <= 0 or not self._news.wait(left):
                    came = ", ".join(f"{request.method} {request.path}" for request in self._requests) or "none"
                    where = f" to {path}" if path else ""
                    raise NotReached(f"Waited {timeout:g} s for {count} requests{where}; these have come: {came}.")
            return self._matching(path, answered)

    def more_than(self, count: int, *, path: str, within: float) -> bool:
        """Whether more than `count` requests have come to a path, or come within some seconds."""
        with self._news:
            return self._news.wait_for(lambda: len(self._matching(path)) > count, within)

    def transcript(self) -> str:
        """One paragraph a request, for people; tokens in headers are left out."""
        return "\n\n".join(_paragraph(request) for request in self.requests()) or "No request has reached the backend."

    def _matching(self, path: str | None, answered: bool = False) -> list[Request]:
        return [
            request
            for request in self._requests
            if path in {None, request.path} and not (answered and request.status is None)
        ]


def _paragraph(request: Request) -> str:
    headers = [
        f"    {name}: {'(left out)' if name.lower() in SECRET_HEADERS else value}"
        for name, value in request.headers.items()
    ]
    outcome = request.status or "no answer"
    first = f"{request.at.isoformat(timespec='milliseconds')} {request.method} {request.path} -> {outcome}"
    body = [f"    {request.body.decode(errors='replace')}"] if request.body else []
    return "\n".join([first, *headers, *body])
