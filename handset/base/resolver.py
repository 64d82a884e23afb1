"""Names of hosts, as the device finds their addresses."""

import asyncio
import ipaddress
import re
import socket

WILDCARD = re.compile(r"(?:.*[.-])?(\d{1,3})([.-])(\d{1,3})\2(\d{1,3})\2(\d{1,3})\.(?:sslip|nip)\.io", re.IGNORECASE)
OWN = {"localhost": "127.0.0.1"}


def literal(host: str) -> str | None:
    """The address that `host` is already; None for a name."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None


def embedded(name: str) -> str | None:
    """The address in a name such as `10-0-2-2.sslip.io`, which public services answer so; None for any other name.

    The device knows it without asking: its host can be reached by a name where there is no internet.
    """
    form = WILDCARD.fullmatch(name)
    return literal(".".join(form.group(1, 3, 4, 5))) if form else None


async def ask_host(name: str) -> str | None:
    """The IPv4 address that the host finds for a name; None when it finds none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(name, None, family=socket.AF_INET, type=socket.SOCK_STREAM)
    except OSError:
        return None
    return str(found[0][4][0]) if found else None
