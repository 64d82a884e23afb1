import pytest

from handset.base.keys import key_code
from handset.shell.files import changed_mode
from handset.shell.intents import parse_intent
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


@pytest.mark.parametrize(
    ("text", "code"), [("4", 4), ("BACK", 4), ("KEYCODE_ENTER", 66), ("187", 187), ("KEYCODE_A", 29)]
)
def test_key_codes(text: str, code: int) -> None:
    assert key_code(text) == code


def test_intents() -> None:
    intent = parse_intent(
        [
            "-W",
            "-S",
            "-n",
            "a.b/.C",
            "-a",
            "X",
            "-c",
            "Y",
            "-f",
            "0x10",
            "--es",
            "url",
            "http://h/",
            "--ez",
            "on",
            "true",
        ]
    )
    assert (intent.component, intent.action, intent.categories, intent.flags) == ("a.b/.C", "X", ["Y"], 16)
    assert intent.extras == {"url": "http://h/", "on": "true"}
    assert intent.switches == {"-W", "-S"}
    assert "http" not in str(intent)


def test_an_option_without_its_value_is_refused() -> None:
    with pytest.raises(UsageError, match="-n"):
        parse_intent(["-n"])
