"""Scenarios that run more than once: whether they say the same each time."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from masuk.results.verdict import Result, Verdict

MARK = ", time "


def numbered(title: str, repetition: int) -> str:
    """The title of one repetition of a scenario."""
    return f"{title}{MARK}{repetition}"


def disagreements(results: Iterable[Result]) -> dict[str, Counter[Verdict]]:
    """The scenarios whose verdicts differ from one time to the next, and how often each was given."""
    verdicts: defaultdict[str, Counter[Verdict]] = defaultdict(Counter)
    for result in results:
        verdicts[result.scenario.rpartition(MARK)[0]][result.verdict] += 1
    return {scenario: counted for scenario, counted in verdicts.items() if len(counted) > 1}
