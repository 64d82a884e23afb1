import pytest

from handset.shell.intents import parse_intent
from handset.shell.registry import UsageError


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
