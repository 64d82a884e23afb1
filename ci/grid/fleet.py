"""Devices, an Appium server for each, and the Grid in front of them, as one thing that starts and ends."""

from collections.abc import Sequence

from ci.grid import configuration
from ci.grid.configuration import Relayed
from ci.grid.server import Grid
from masuk.automation.run_processes import Stack
from masuk.base.errors import InfrastructureError
from masuk.base.locations import Project
from masuk.config.settings import HANDSET, Settings
from masuk.toolchain.tools import Toolchain


class Fleet:
    """Starts `handsets` handsets, takes the attached devices of `serials`, and serves them all through one Grid.

    The folder `grid` of what the project's runs leave gets logs, Grid's own files, and the capability file for runs.
    """

    def __init__(
        self, toolchain: Toolchain, project: Project, *, handsets: int, serials: Sequence[str] = (), port: int = 0
    ) -> None:
        devices = [*serials, *[HANDSET] * handsets]
        folder = project.work / "grid"
        self._stacks = [
            # The runs that the Grid serves take the devices.
            Stack(
                Settings(device=device),
                toolchain,
                project,
                folder / f"device-{number}",
                f"grid-{number}",
                use=None,
            )
            for number, device in enumerate(devices, start=1)
        ]
        self.grid = Grid(toolchain, folder, port)
        self.capabilities = folder / "capabilities.json"
        """The file that runs are given."""
        self.devices: list[Relayed] = []

    def start(self) -> None:
        """Start everything and wait until it can be used. Raises InfrastructureError."""
        for stack in self._stacks:
            stack.start()
        self.devices = [
            Relayed(stack.ready_device().serial, stack.ready_appium(), stack.adb.port) for stack in self._stacks
        ]
        self.grid.start(self.devices)
        self.capabilities.write_text(configuration.capabilities(self.devices), encoding="utf-8")

    def demand_health(self) -> None:
        """Raise InfrastructureError when a part has ended: its device could not be had any more."""
        parts = [*self.grid.processes, *(part for stack in self._stacks for part in (stack.appium, stack.handset))]
        for part in parts:
            if part is not None and not part.alive:
                raise InfrastructureError(f"{part.name} has ended; its log is {part.log}:\n{part.tail()}")

    def stop(self) -> None:
        """End what was started: the Grid first, so that it ends its sessions while Appium still answers."""
        self.grid.stop()
        for stack in self._stacks:
            stack.stop()
        self.capabilities.unlink(missing_ok=True)
