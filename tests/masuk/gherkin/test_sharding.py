"""Shards share a run out evenly, and leave nothing out."""

import pytest

from masuk.base.errors import UsageError
from masuk.gherkin.sharding import Shard


@pytest.mark.parametrize("count", [1, 2, 3, 7, 20])
def test_together_they_run_everything_once(count: int) -> None:
    scenarios = [f"scenario {number}" for number in range(17)]
    parts = [Shard(number, count).of(scenarios, {"scenario 3": 40.0}) for number in range(1, count + 1)]
    assert sorted(name for part in parts for name in part) == sorted(scenarios)


def test_parts_take_about_as_long() -> None:
    seconds = {"long": 10.0, **{f"short {number}": 2.0 for number in range(5)}}
    first, second = (Shard(number, 2).of(seconds, seconds) for number in (1, 2))
    assert first == {"long"}
    assert len(second) == 5


def test_a_scenario_that_never_ran_counts_as_a_usual_one() -> None:
    seconds = {"a": 4.0, "b": 4.0, "c": 4.0}
    parts = [Shard(number, 2).of([*seconds, "new"], seconds) for number in (1, 2)]
    assert [len(part) for part in parts] == [2, 2]


@pytest.mark.parametrize("text", ["0/3", "4/3", "2", "a/b", "1/0", "-1/2", ""])
def test_what_is_no_part_is_named_with_the_cure(text: str) -> None:
    with pytest.raises(UsageError, match="Write the second of five as 2/5"):
        Shard.parse(text)
