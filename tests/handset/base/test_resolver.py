import pytest

from handset.base.resolver import embedded


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("10-0-2-2.sslip.io", "10.0.2.2"),
        ("10.0.2.2.nip.io", "10.0.2.2"),
        ("www.10-0-2-2.sslip.io", "10.0.2.2"),
        ("app-10-0-2-2.NIP.io", "10.0.2.2"),
        ("10-0.2-2.sslip.io", None),
        ("10-0-2-256.sslip.io", None),
        ("10-0-2-2.example.org", None),
        ("10-0-2-2.sslip.io.example.org", None),
        ("sslip.io", None),
    ],
)
def test_only_a_wildcard_name_embeds_its_address(name: str, address: str | None) -> None:
    assert embedded(name) == address
