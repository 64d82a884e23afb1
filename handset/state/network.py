"""The device's network: wifi, mobile data and airplane mode, as the shell, the console and the apps see it.

The settings table mirrors the radios as on Android: writing a setting by hand changes no radio, and `wifi_on` is 3 when
airplane mode switched wifi off and 2 when wifi was switched on during airplane mode.
"""

from dataclasses import asdict, dataclass

from handset.base import resolver
from handset.base.listeners import Listener, Listeners
from handset.state.settings_store import Settings, Store

WIFI_OFF, WIFI_ON, WIFI_ON_IN_AIRPLANE_MODE, WIFI_OFF_BY_AIRPLANE_MODE = "0", "1", "2", "3"
NETWORK_ID = 100


@dataclass
class Radios:
    """The switches. `wifi_in_airplane` is the user's choice to keep wifi up during airplane mode."""

    wifi: bool = True
    data: bool = True
    airplane: bool = False
    wifi_in_airplane: bool = False


@dataclass(frozen=True)
class Offer:
    """What an app is told of its network; `proxy` is HOST:PORT or empty."""

    online: bool = True
    transport: str = "wifi"
    validated: bool = True
    names: bool = True
    proxy: str = ""


class Network:
    """The one owner of the switches. A setter stores the change, then waits until the listeners have heard of it."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._radios = Radios(**store.section("network", asdict(Radios())))
        self._denied: set[str] = set()
        self._listeners = Listeners()
        self._private_dns_answers = True
        self._followed = (True, self.proxy)
        self.restrict_packages = False

    def listen(self, listener: Listener) -> None:
        """Call and await `listener` after every change."""
        self._listeners.add(listener)

    @property
    def airplane_mode(self) -> bool:
        """Whether airplane mode is on."""
        return self._radios.airplane

    @property
    def wifi(self) -> bool:
        """Whether wifi is up."""
        return self._radios.wifi and (not self._radios.airplane or self._radios.wifi_in_airplane)

    @property
    def mobile_data(self) -> bool:
        """Whether mobile data is switched on, which airplane mode overrules without changing it."""
        return self._radios.data

    @property
    def transport(self) -> str | None:
        """What the default network runs over: wifi, cellular, or None without a network."""
        if self.wifi:
            return "wifi"
        return "cellular" if self._radios.data and not self._radios.airplane else None

    @property
    def online(self) -> bool:
        """Whether there is a default network."""
        return self.transport is not None

    @property
    def default_network(self) -> str:
        """The default network's id as `dumpsys connectivity` prints it, or `none`."""
        return str(NETWORK_ID) if self.online else "none"

    def online_for(self, package: str) -> bool:
        """Whether an app gets a network."""
        return self.online and not (self.restrict_packages and package in self._denied)

    @property
    def validated(self) -> bool:
        """Whether the default network was seen to lead to the internet; not without a private DNS that answers."""
        return self.online and self._private_dns_answers

    @property
    def proxy(self) -> str:
        """The HTTP proxy that apps are asked to use, as HOST:PORT, or an empty text; `:0` means none."""
        proxy = self._settings.get("global", "http_proxy") or ""
        return "" if proxy.startswith(":") else proxy

    def offer(self, package: str) -> Offer:
        """The network as one app gets it."""
        online = self.online_for(package)
        return Offer(online, self.transport or "wifi", self.validated, self._private_dns_answers, self.proxy)

    async def address(self, host: str) -> str | None:
        """The address of a host by name, or its own spelling; None for a name that the device can't resolve now."""
        known = resolver.OWN.get(host.lower()) or resolver.literal(host)
        if known or not self.online or not self._private_dns_answers:
            return known
        return resolver.embedded(host) or await resolver.ask_host(host)

    async def follow_settings(self) -> None:
        """Take up what was changed in the settings: the proxy, and the private DNS server.

        A private DNS server that has no address can't be reached, and then no name has one.
        """
        answers = True
        if self._settings.get("global", "private_dns_mode") == "hostname":
            server = self._settings.get("global", "private_dns_specifier") or ""
            answers = bool(resolver.embedded(server) or await resolver.ask_host(server))
        now = (answers, self.proxy)
        if now != self._followed:
            self._private_dns_answers, _ = self._followed = now
            await self._listeners.tell()

    def package_allowed(self, package: str) -> bool:
        """Whether networking was left enabled for a package."""
        return package not in self._denied

    async def set_airplane_mode(self, enabled: bool) -> None:
        """Switch airplane mode; switching it off brings back what was on before."""
        self._radios.airplane = enabled
        await self._changed()

    async def set_wifi(self, enabled: bool) -> None:
        """Switch wifi; on during airplane mode is remembered for the next airplane mode, as since Android 13."""
        self._radios.wifi = enabled
        if self._radios.airplane:
            self._radios.wifi_in_airplane = enabled
        await self._changed()

    async def set_mobile_data(self, enabled: bool) -> None:
        """Switch mobile data."""
        self._radios.data = enabled
        await self._changed()

    async def restrict(self, enabled: bool) -> None:
        """Switch the rule that applies `set_package_allowed` (firewall chain 3)."""
        self.restrict_packages = enabled
        await self._listeners.tell()

    async def set_package_allowed(self, package: str, allowed: bool) -> None:
        """Allow or deny one package's networking; lasts until the device stops."""
        if allowed:
            self._denied.discard(package)
        else:
            self._denied.add(package)
        await self._listeners.tell()

    async def _changed(self) -> None:
        self._store.section("network", {}).update(asdict(self._radios))
        self._settings.put("global", "airplane_mode_on", str(int(self._radios.airplane)))
        self._settings.put("global", "mobile_data", str(int(self._radios.data)))
        self._settings.put("global", "wifi_on", self._wifi_setting())
        self._store.save()
        await self._listeners.tell()

    def _wifi_setting(self) -> str:
        if not self._radios.wifi:
            return WIFI_OFF
        if not self._radios.airplane:
            return WIFI_ON
        return WIFI_ON_IN_AIRPLANE_MODE if self._radios.wifi_in_airplane else WIFI_OFF_BY_AIRPLANE_MODE
