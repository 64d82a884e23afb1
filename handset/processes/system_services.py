"""The services of a device that apps run on: clock, configuration, display, files, network, packages and logs."""

from dataclasses import dataclass

from handset.base.display import Display
from handset.base.logs import LogBuffer
from handset.base.trace import Trace
from handset.packages.package_manager import Packages
from handset.processes.process_table import ProcessTable
from handset.state.clock import Clock
from handset.state.configuration import Configurations
from handset.state.files import DeviceFiles
from handset.state.network import Network


@dataclass(frozen=True)
class Machine:
    """The parts of a device that the activity manager works on."""

    packages: Packages
    files: DeviceFiles
    network: Network
    clock: Clock
    configurations: Configurations
    logs: LogBuffer
    table: ProcessTable
    display: Display
    trace: Trace
