"""What apps run on."""

from dataclasses import dataclass

from handset.clock import Clock
from handset.configuration import Configurations
from handset.display import Display
from handset.files import DeviceFiles
from handset.logs import LogBuffer
from handset.network import Network
from handset.packages import Packages
from handset.process_table import ProcessTable
from handset.trace import Trace


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
