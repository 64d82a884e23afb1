"""What goes wrong, by the names that `masuk faults` lists, and its end."""

from pytest_bdd import given, parsers, when

from masuk.faults.catalogue import fault_named
from masuk.faults.fault import FaultBoard


@given(parsers.parse("the fault {name} is in force"))
@when(parsers.parse("the fault {name} comes into force"))
def _in_force(name: str, faults: FaultBoard) -> None:
    faults.inject(fault_named(name))


@when("the trouble is over")
def _over(faults: FaultBoard) -> None:
    faults.restore()
