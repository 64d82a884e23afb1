"""An installed package."""

from dataclasses import dataclass, field

from apk_tools.manifest import ActivityFacts
from handset.packages.apk import ApkFacts


@dataclass
class Package:
    """An installed package."""

    facts: ApkFacts
    uid: int
    system: bool = False
    granted: set[str] = field(default_factory=set)
    installed_at: float = 0.0
    updated_at: float = 0.0
    stopped: bool = True

    @property
    def name(self) -> str:
        """The package's name."""
        return self.facts.package

    @property
    def user_name(self) -> str:
        """The uid as Android writes it in process lists, such as u0a123."""
        return f"u0a{self.uid - 10000}" if self.uid >= 10000 else "system"

    @property
    def device_path(self) -> str:
        """Where the APK is on the device."""
        return f"/data/app/{self.name}/base.apk"

    @property
    def runs(self) -> bool:
        """Whether its activities run in a process of their own; the system's are only pretended."""
        return not self.system

    def activity(self, name: str) -> ActivityFacts | None:
        """The declared activity of this full class name."""
        return next((activity for activity in self.facts.activities if activity.name == name), None)
