import pytest

from handset.shell.file_modes import changed_mode
from handset.shell.registry import UsageError


@pytest.mark.parametrize(
    ("mode", "change", "expected"),
    [(0o644, "600", 0o600), (0o644, "+x", 0o755), (0o644, "u+x", 0o744), (0o777, "go-w", 0o755), (0o777, "a=r", 0o444)],
)
def test_chmod(mode: int, change: str, expected: int) -> None:
    assert changed_mode(mode, change) == expected


def test_a_mode_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError):
        changed_mode(0o644, "rw")
