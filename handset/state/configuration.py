"""What the user has chosen of how apps look and speak: the size of texts, and languages, of one app too."""

import math
import re
from dataclasses import dataclass

from handset.base.listeners import Listener, Listeners
from handset.state.settings_store import Properties, Settings, Store

TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
UNDETERMINED = "und"
RENAMED = {"in": "id", "iw": "he", "ji": "yi"}
"""Languages that Java knew by other codes."""


@dataclass(frozen=True)
class Configuration:
    """As one app gets it: language tags with commas between, the preferred one first, and the factor of text sizes."""

    locales: str
    font_scale: float


class Configurations:
    """The one owner of these choices; the listeners are told of a change before the setter returns."""

    def __init__(self, store: Store, settings: Settings, properties: Properties) -> None:
        self._store = store
        self._settings = settings
        self._properties = properties
        self._app_locales: dict[str, str] = store.section("app_locales", {})
        self._followed = self.font_scale
        self._listeners = Listeners()

    def listen(self, listener: Listener) -> None:
        """Call and await `listener` after every change."""
        self._listeners.add(listener)

    @property
    def font_scale(self) -> float:
        """The factor of text sizes; 1.0 for a setting that is none."""
        try:
            scale = float(self._settings.get("system", "font_scale") or 1.0)
        except ValueError:
            return 1.0
        return scale if math.isfinite(scale) and scale > 0 else 1.0

    def of(self, package: str) -> Configuration:
        """The configuration of one app: its own languages first, then the system's."""
        own = [tag for tag in self.app_locales(package).split(",") if tag]
        system = self._properties.get("persist.sys.locale")
        return Configuration(",".join(dict.fromkeys([*own, system])), self.font_scale)

    def app_locales(self, package: str) -> str:
        """The languages that were set for an app, as tags with commas between; empty when the system's count."""
        return self._app_locales.get(package, "")

    async def set_app_locales(self, package: str, tags: str) -> None:
        """Set an app's languages; an empty text leaves it with the system's."""
        chosen = ",".join(dict.fromkeys(canonical(tag.strip()) for tag in tags.split(",") if tag.strip()))
        if chosen == self.app_locales(package):
            return
        if chosen:
            self._app_locales[package] = chosen
        else:
            del self._app_locales[package]
        self._store.save()
        await self._listeners.tell()

    def forget(self, package: str) -> None:
        """Leave the languages of an app that was cleared or removed to the system."""
        if self._app_locales.pop(package, None) is not None:
            self._store.save()

    async def follow_settings(self) -> None:
        """Take up a new size of texts."""
        if self.font_scale != self._followed:
            self._followed = self.font_scale
            await self._listeners.tell()


def canonical(tag: str) -> str:
    """A language tag as Java spells it; `und` for what is none."""
    if not TAG.fullmatch(tag):
        return UNDETERMINED
    language, *others = tag.split("-")
    spelled = {2: str.upper, 4: str.title}
    return "-".join(
        [RENAMED.get(language.lower(), language.lower()), *(spelled.get(len(s), str.lower)(s) for s in others)]
    )
