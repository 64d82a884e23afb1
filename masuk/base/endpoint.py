"""Where a device finds the service that the app logs in to."""

from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, ip_address
from urllib.parse import urlsplit

NAMES_OF_ADDRESSES = "sslip.io"
"""A domain whose names hold their own address: 10-0-2-2.sslip.io is 10.0.2.2 to every name server."""
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

    @property
    def tls(self) -> bool:
        """Whether it is spoken to over TLS."""
        return urlsplit(self.address).scheme == "https"

    @property
    def is_number(self) -> bool:
        """Whether the host is an IP address, and not a name."""
        try:
            ip_address(self.host)
        except ValueError:
            return False
        return True

    def by_name(self) -> "Destination":
        """The same service by a name, if its address holds a number."""
        try:
            number = IPv4Address(self.host)
        except AddressValueError:
            return self
        return Destination(urlsplit(self.address)._replace(netloc=f"{name_of(str(number))}:{self.port}").geturl())

    def names(self) -> tuple["Destination", ...]:
        """The service by its address and by its name."""
        return tuple({self, self.by_name()})

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def name_of(address: str) -> str:
    """A name that every name server gives that IPv4 address."""
    return f"{address.replace('.', '-')}.{NAMES_OF_ADDRESSES}"
