"""Asks the service from the host, as the app would, to see with one's own eyes what is wrong with it."""

import http.client
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PROBE = "x-masuk-probe"
"""The header of a request that asks whether a trouble is there: it is not the app's and not on record."""


@dataclass(frozen=True)
class Probed:
    """What came back: a status, or the trouble that was met in its place."""

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    trouble: str = ""
    """Why there is no answer or no whole one, in the words of the library that met it."""

    def json(self) -> dict[str, object]:
        """The body as a JSON object, empty when it is none."""
        try:
            content = json.loads(self.body)
        except ValueError:
            return {}
        return content if isinstance(content, dict) else {}

    def __str__(self) -> str:
        return self.trouble or f"status {self.status} and {len(self.body)} bytes"


def probe(
    server: tuple[str, int],
    authority: Path,
    *,
    path: str,
    timeout: float,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    beyond: tuple[str, int] | None = None,
    tls: bool = True,
) -> Probed:
    """Send one request without a body to a server, or by it as a proxy to the one `beyond`; trouble is not raised."""
    connection: http.client.HTTPConnection
    if tls:
        trust = ssl.create_default_context(cafile=str(authority))
        connection = http.client.HTTPSConnection(*server, timeout=timeout, context=trust)
        if beyond is not None:
            connection.set_tunnel(*beyond)
    else:
        connection = http.client.HTTPConnection(*server, timeout=timeout)
        if beyond is not None:
            path = f"http://{beyond[0]}:{beyond[1]}{path}"
    try:
        connection.request(method, path, headers={PROBE: "1", "Accept": "application/json", **(headers or {})})
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return Probed(answer.status, told, answer.read())
    except TimeoutError:
        return Probed(trouble=f"no answer within {timeout:g} s")
    except (OSError, http.client.HTTPException) as error:
        return Probed(trouble=f"{type(error).__name__}: {error}")
    finally:
        connection.close()
