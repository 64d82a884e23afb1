"""The harness's side of the interceptor: a mitmproxy of its own, and what it is told to do."""

import itertools
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import certifi

from masuk.base.endpoint import Destination
from masuk.base.errors import NotReached
from masuk.base.polling import until
from masuk.base.processes import Child
from masuk.device import GUEST_ROUTE_TO_HOST, Device
from masuk.device.adb import free_port
from masuk.services.backend.probing import Probed, probe
from masuk.services.backend.trouble import Trouble
from masuk.toolchain.tools import Toolchain

ADDON = Path(__file__).with_name("addon.py")
RUN = "from mitmproxy.tools.main import mitmdump; mitmdump()"
HOST = "127.0.0.1"
AUTHORITY = "mitmproxy-ca.pem"
"""What mitmproxy calls the file of its authority's key and certificate."""
START_SECONDS = 60
ORDER_SECONDS = 10
ARRIVAL_SECONDS = 10


class Interceptor:
    """A proxy that reads the traffic to one service, while its `with` block lasts.

    `authority` is a PEM file with key and certificate of an authority that the build under test trusts.
    """

    def __init__(self, toolchain: Toolchain, authority: Path, service: Destination, logs: Path) -> None:
        self.service = service
        self.port = free_port()
        self._toolchain = toolchain
        self._authority = authority
        self._folder = logs / "mitmproxy"
        self._log = logs / "mitmproxy.log"
        self._child: Child | None = None
        self._numbers = itertools.count(1)

    @property
    def address(self) -> str:
        """HOST:PORT by which a device reaches it."""
        return f"{GUEST_ROUTE_TO_HOST}:{self.port}"

    def __enter__(self) -> Self:
        """Start it, and wait until it listens. Raises InfrastructureError with its words."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True, mode=0o700)  # the authority's key is in it
        (self._folder / AUTHORITY).write_bytes(self._authority.read_bytes())
        trusted = self._folder / "trusted.pem"
        trusted.write_bytes(Path(certifi.where()).read_bytes() + b"\n" + self._authority.read_bytes())
        settings = {
            "confdir": self._folder,
            "upstream_cert": "false",
            "connection_strategy": "lazy",
            "http2": "false",  # which could not break an answer off in the middle
            "ssl_verify_upstream_trusted_ca": trusted,
        }
        options = [word for name, value in settings.items() for word in ("--set", f"{name}={value}")]
        command = [str(self._toolchain.interception_python), "-c", RUN, "--quiet", "--scripts", str(ADDON), *options]
        self._child = Child(
            "mitmproxy",
            [*command, "--listen-host", HOST, "--listen-port", str(self.port)],
            {"HOME": str(self._folder), "PYTHONUNBUFFERED": "1"},
            self._log,
            spoken_to=True,
        )
        self._child.wait_for_line(lambda line: '"listening": true' in line, START_SECONDS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it, and leave no key behind."""
        if self._child is not None:
            self._child.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def order(self, trouble: Trouble | None) -> None:
        """Put a trouble in the service's place, or let everything through; waits until it is so."""
        assert self._child is not None
        number = next(self._numbers)
        service = [self.service.host, self.service.port]
        ordered = trouble.as_order() if trouble else None
        self._child.tell(json.dumps({"number": number, "service": service, "trouble": ordered}))
        self._child.wait_for_line(lambda line: _news(line).get("done") == number, ORDER_SECONDS)

    def news(self) -> list[dict[str, Any]]:
        """What it has told since it started: requests of apps to the service, and clients that have refused it."""
        assert self._child is not None
        return [news for line in self._child.lines() if (news := _news(line))]

    def probe(self, timeout: float) -> Probed:
        """What a client gets that trusts the authority and goes through the interceptor."""
        service = (self.service.host, self.service.port)
        return probe(
            (HOST, self.port), self._authority, timeout=timeout, path="/", beyond=service, tls=self.service.tls
        )


class Intercepted:
    """A service that is not ours, and can be broken for one device by an interceptor that it is told to use."""

    def __init__(self, interceptor: Interceptor, device: Device) -> None:
        self._interceptor = interceptor
        self._device = device
        self._seen = 0

    def begin_trouble(self, trouble: Trouble) -> None:
        """Send the device through the interceptor, which answers in the service's place."""
        self._interceptor.order(trouble)
        self._seen = len(self._interceptor.news())
        self._device.network.set_http_proxy(self._interceptor.address)

    def end_trouble(self) -> None:
        """Let the device go straight to the service again."""
        self._interceptor.order(None)
        self._device.network.set_http_proxy(None)

    def probe(self, *, timeout: float = 5) -> Probed:
        """What a client gets that goes the same way."""
        return self._interceptor.probe(timeout)

    def is_well(self, probed: Probed) -> bool:
        """Whether the service has answered; what it says to an unknown path is its own affair."""
        return probed.status is not None and probed.status < 500

    def gone_past(self) -> str | None:
        """How the app has avoided the interceptor since the trouble began; None when a request of it has come."""
        try:
            until(lambda: any(self._since()), "a request of the app at the interceptor", timeout=ARRIVAL_SECONDS)
        except NotReached:
            return "the app did not use the proxy: no request of it to the service has come to the interceptor"
        refused = [news["refused"] for news in self._since() if "refused" in news]
        return f"the app does not trust the interceptor's authority: {refused[0]}" if refused else None

    def _since(self) -> Iterator[dict[str, Any]]:
        return (news for news in self._interceptor.news()[self._seen :] if "request" in news or "refused" in news)


def _news(line: str) -> dict[str, Any]:
    word, _, rest = line.partition(" ")
    try:
        return dict(json.loads(rest)) if word == "masuk" else {}
    except ValueError:
        return {}
