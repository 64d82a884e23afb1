"""Binds endpoints to methods and paths, and finds the endpoint that answers a request."""

import inspect
import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, NamedTuple

from handset.processes.app_process import JsonObject
from handset.ui.uiautomator2.errors import WebDriverError
from handset.ui.uiautomator2.session import AutomationSession

Endpoint = Callable[..., Awaitable[Any]]


class Route(NamedTuple):
    """Which endpoint answers a request, and whether it wants the request's body."""

    method: str
    pattern: re.Pattern[str]
    endpoint: Endpoint
    wants_body: bool


ROUTES: list[Route] = []


def route(method: str, path: str) -> Callable[[Endpoint], Endpoint]:
    """Bind an endpoint; `{name}` in the path becomes a keyword argument.

    An endpoint takes the session, the parts of the path and the body if it wants it, and returns the answer's value.
    """
    pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path) + "$")

    def register(endpoint: Endpoint) -> Endpoint:
        wants_body = "body" in inspect.signature(endpoint).parameters
        ROUTES.append(Route(method, pattern, endpoint, wants_body))
        return endpoint

    return register


async def answer(routes: Iterable[Route], session: AutomationSession, method: str, path: str, body: JsonObject) -> Any:
    """Answer a request whose path stands behind `/session/ID`. Raises WebDriverError."""
    for candidate in routes:
        found = candidate.pattern.match(path)
        if found and candidate.method == method:
            arguments = {"body": body} if candidate.wants_body else {}
            return await candidate.endpoint(session, **arguments, **found.groupdict())
    raise WebDriverError("unknown command", f"{method} {path} is not supported by this device")
