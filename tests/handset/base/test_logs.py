import pytest

from handset.base.logs import LogBuffer, LogEntry, LogFilter


def entry(tag: str, level: str = "I", pid: int = 1, buffer: str = "main") -> LogEntry:
    return LogEntry(0.0, pid, pid, level, tag, "hello", buffer)


@pytest.mark.parametrize(
    ("specs", "silent", "accepted"),
    [
        ([], False, ["Login:D", "Other:E"]),
        (["Login:I", "*:S"], False, []),
        (["Login:D", "*:S"], False, ["Login:D"]),
        (["*:W"], False, ["Other:E"]),
        (["Login"], True, ["Login:D"]),
    ],
)
def test_filter_specs(specs: list[str], silent: bool, accepted: list[str]) -> None:
    chosen = LogFilter.parse(specs, silent=silent)
    entries = [entry("Login", "D"), entry("Other", "E")]
    assert [f"{each.tag}:{each.level}" for each in entries if chosen.accepts(each)] == accepted


def test_a_level_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="Login:Q"):
        LogFilter.parse(["Login:Q"])


def test_formats() -> None:
    line = LogEntry(0.5, 12, 13, "W", "Tag", "a\nb")
    assert line.format("raw") == "a\nb\n"
    assert line.format("brief") == "W/Tag     (   12): a\nW/Tag     (   12): b\n"
    assert line.format("threadtime").splitlines()[1].endswith(".500    12    13 W Tag     : b")


def test_clearing_a_buffer_keeps_the_others() -> None:
    logs = LogBuffer()
    logs.add("E", "AndroidRuntime", "boom", buffer="crash")
    logs.add("I", "App", "hello")
    logs.clear({"main"})
    assert [each.tag for each in logs.entries()] == ["AndroidRuntime"]


def test_followers_hear_what_comes_after() -> None:
    logs = LogBuffer()
    logs.add("I", "App", "before")
    with logs.follow() as news:
        logs.add("I", "App", "after")
        assert news.get_nowait().message == "after"
        assert news.empty()
