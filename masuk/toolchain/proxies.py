"""The HTTP proxies that the environment names, through which package managers and clients go."""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from masuk.base.errors import UsageError

VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}
CONNECT_SECONDS = 5


@dataclass(frozen=True)
class Proxy:
    """What a variable of the environment says. Its user and password are left out."""

    variable: str
    host: str
    port: int

    def trouble(self) -> str | None:
        """Why nobody can be reached there; None when a connection can be made."""
        try:
            socket.create_connection((self.host, self.port), CONNECT_SECONDS).close()
        except OSError as error:
            return error.strerror or str(error)
        return None


def named(environment: Mapping[str, str] = os.environ) -> list[Proxy]:
    """The proxies in the environment, by the names of the variables."""
    told = {variable: environment[variable] for variable in sorted(VARIABLES) if environment.get(variable)}
    return [_proxy(variable, value) for variable, value in told.items()]


def demand() -> None:
    """Raise UsageError when a proxy can't be reached, before a package manager tries for minutes."""
    for proxy in named():
        if trouble := proxy.trouble():
            raise UsageError(
                f"{proxy.variable} names a proxy at {proxy.host}:{proxy.port}, which can't be reached: {trouble}."
                f" Start it, or correct or unset {proxy.variable}."
            )


def _proxy(variable: str, value: str) -> Proxy:
    parts = urlsplit(value if "://" in value else f"http://{value}")
    try:
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 80)
    except ValueError:
        host, port = "", 0
    if not host:
        raise UsageError(f"{variable} names no proxy. Write it as http://HOST:PORT, or unset {variable}.")
    return Proxy(variable, host, port)
