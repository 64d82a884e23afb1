"""The catalogue: every fault by its name and domain."""

import pytest

from masuk.base.errors import UsageError
from masuk.faults.catalogue import FAULTS, domain_of, fault_named
from masuk.faults.network.network_fault import NetworkFault

DOMAINS = {"account", "device", "network", "server", "stored_data", "typed_data", "version"}


def test_the_catalogue_has_every_fault_by_its_name() -> None:
    assert len(FAULTS) >= 55
    for name, fault in FAULTS.items():
        assert fault.name == name
        assert fault.sentence.endswith(".")


def test_a_domain_is_a_module_or_a_package_of_several() -> None:
    assert {domain_of(kind) for kind in FAULTS.values()} == DOMAINS
    assert domain_of(FAULTS["account-blocked"]) == "account"
    assert domain_of(FAULTS["certificate-expired"]) == domain_of(FAULTS["server-500"]) == "server"


def test_what_comes_back_with_the_network_is_every_fault_of_it_and_no_other() -> None:
    for kind in FAULTS.values():
        assert issubclass(kind, NetworkFault) == (domain_of(kind) == "network")


def test_a_name_that_is_nearly_right_is_guessed() -> None:
    with pytest.raises(UsageError, match='no fault "server-50"; did you mean server-50'):
        fault_named("server-50")
