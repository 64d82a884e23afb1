"""All kinds of faults."""

from masuk.faults.account import AccountBlocked
from masuk.faults.fault import Fault
from masuk.faults.network import NetworkOff
from masuk.faults.state import CorruptFile
from masuk.faults.version import VersionTooOld

FAULTS: tuple[type[Fault], ...] = (NetworkOff, AccountBlocked, CorruptFile, VersionTooOld)
