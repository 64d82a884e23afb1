"""Where a device finds the service that the app logs in to."""

from dataclasses import dataclass
from urllib.parse import urlsplit

DEFAULT_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True)
class Destination:
    """The address of a service, as a URL that holds for the device."""

    address: str

    @property
    def host(self) -> str:
        """The host's name or number."""
        return urlsplit(self.address).hostname or ""

    @property
    def port(self) -> int:
        """The TCP port."""
        parts = urlsplit(self.address)
        return parts.port or DEFAULT_PORTS[parts.scheme]

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"
