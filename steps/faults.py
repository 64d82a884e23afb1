"""What goes wrong, by the names that `masuk faults` lists, and its end."""

from pytest_bdd import given, parsers, when

from masuk.faults.catalogue import fault_named
from masuk.faults.fault import Fault, FaultBoard


@given(parsers.parse("the fault {fault} is in force"), converters={"fault": fault_named})
@when(parsers.parse("the fault {fault} comes into force"), converters={"fault": fault_named})
def _in_force(fault: type[Fault], faults: FaultBoard) -> None:
    faults.inject(fault)


@when("the trouble is over")
def _over(faults: FaultBoard) -> None:
    faults.restore()
