"""The network of a device, through `cmd connectivity`, `svc` and `settings`."""

import re
import shlex

from masuk.base.errors import DeviceError
from masuk.base.polling import until
from masuk.device.adb_parts.connection import Part

GUEST_ROUTE_TO_HOST = "10.0.2.2"
RETURNS_WITHIN = 20


class AdbNetwork(Part):
    """Reads the state of the network from `dumpsys connectivity`."""

    def airplane_mode(self) -> bool:
        return self._device.shell("cmd connectivity airplane-mode").strip() == "enabled"

    def set_airplane_mode(self, on: bool) -> None:
        self._device.shell(f"cmd connectivity airplane-mode {'enable' if on else 'disable'}")

    def has_default_network(self) -> bool:
        found = re.search(r"Active default network: (\w+)", self._device.shell("dumpsys connectivity"))
        if found is None:
            raise DeviceError(
                f"{self._device.serial}: dumpsys connectivity names no default network; is this Android 10 or newer?"
            )
        return found[1] != "none"

    def reaches(self, port: int, host: str = GUEST_ROUTE_TO_HOST) -> bool:
        return self._device.succeeds(f"nc -z -w 2 {shlex.quote(host)} {port}")

    def resolves(self, name: str) -> bool:
        result = self._device.attempt(f"ping -c 1 -W 1 {shlex.quote(name)}")
        words = (result.stdout + result.stderr).decode(errors="replace")
        if "unknown host" in words:
            return False
        if not words.startswith("PING "):
            raise DeviceError(f"{self._device.serial}: `ping {name}` answered {words.strip()!r}")
        return True

    def transport(self) -> str | None:
        found = self._default_network(r"Transports: (\w+)")
        return found[1] if found else None

    def validated(self) -> bool:
        found = self._default_network(r"Capabilities: ([\w&]+)")
        return found is not None and "VALIDATED" in found[1].split("&")

    def set_wifi(self, on: bool) -> None:
        self._device.shell(f"svc wifi {'enable' if on else 'disable'}")

    def http_proxy(self) -> str | None:
        told = self._device.setting("http_proxy")
        return None if told is None or told.startswith(":") else told

    def set_http_proxy(self, address: str | None) -> None:
        # Deleting the setting would only count after a reboot.
        self._device.shell(f"settings put global http_proxy {address or ':0'}")

    def set_private_dns(self, server: str | None) -> None:
        if server is None:
            self._device.shell("settings put global private_dns_mode opportunistic")
        else:
            self._device.shell(f"settings put global private_dns_specifier {server}")
            self._device.shell("settings put global private_dns_mode hostname")

    def _default_network(self, pattern: str) -> re.Match[str] | None:
        """What `pattern` finds in the lines about the default network."""
        dump = self._device.shell("dumpsys connectivity")
        number = re.search(r"Active default network: (\w+)", dump)
        if number is None or number[1] == "none":
            return None
        of_network = re.compile(rf"NetworkAgentInfo\{{\s*network\{{{number[1]}\}}.*")
        line = of_network.search(dump)
        return re.search(pattern, line[0]) if line else None

    def lets_through(self, package: str) -> bool:
        answer = self._device.shell(f"cmd connectivity get-package-networking-enabled {package}").strip()
        return not answer.endswith(":deny")

    def let_through(self, package: str, allowed: bool) -> None:
        self._device.shell("cmd connectivity set-chain3-enabled true")
        self._device.shell(f"cmd connectivity set-package-networking-enabled {str(allowed).lower()} {package}")

    def restore(self) -> None:
        state = self._device.shell(
            "cmd connectivity airplane-mode; settings get global http_proxy; settings get global private_dns_mode"
        ).split()
        airplane, proxy, private_dns = [*state, "", "", ""][:3]
        if airplane == "enabled":
            self.set_airplane_mode(False)
        if proxy != "null" and not proxy.startswith(":"):
            self.set_http_proxy(None)
        if private_dns == "hostname":
            self.set_private_dns(None)
        self.set_wifi(True)
        until(
            self.has_default_network,
            "a default network after the network was restored",
            timeout=RETURNS_WITHIN,
            hint=f"Look at: {self._device.command_line('shell', 'dumpsys', 'connectivity')}",
        )
