"""The verdict on a build: what is new against the verdicts of an earlier run, and what is known, fixed or gone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from masuk.base.whole_numbers import counted
from masuk.results.exit_code import ExitCode
from masuk.results.verdict import NO_DEVICE, Result, Verdict, titles

TROUBLE = {Verdict.INFRASTRUCTURE, Verdict.NOT_PROVEN}
SHOWN = {Verdict.PASSED, Verdict.PRODUCT}
NOTHING_SHOWN = "no scenario has shown anything"


@dataclass(frozen=True)
class BuildCheck:
    """The results of a build beside those of a baseline; `minimum` scenarios have to show something about it."""

    results: Sequence[Result]
    baseline: Sequence[Result]
    minimum: int = 1

    @classmethod
    def of(cls, results: Iterable[Result], baseline: Iterable[Result] = (), minimum: int = 1) -> "BuildCheck":
        """Both by their scenarios and devices; of several results with the same, the last one counts."""
        return cls(_last_ones(results), _last_ones(baseline), minimum)

    @property
    def new(self) -> list[Result]:
        """Failures of the product that the baseline does not have."""
        return [found for found in self.results if found.verdict is Verdict.PRODUCT and not self._was_known(found)]

    @property
    def known(self) -> list[Result]:
        """Failures of the product that the baseline has too."""
        return [found for found in self.results if found.verdict is Verdict.PRODUCT and self._was_known(found)]

    @property
    def fixed(self) -> list[Result]:
        """What failed in the baseline and passes now."""
        return [found for found in self.results if found.verdict is Verdict.PASSED and self._was_known(found)]

    @property
    def gone(self) -> list[Result]:
        """What has shown something in the baseline and did not run now, or was skipped."""
        return [
            known
            for known in self.baseline
            if known.verdict in SHOWN
            and all(found.verdict is Verdict.SKIPPED for found in _the_same(known, self.results))
        ]

    @property
    def undecided(self) -> list[Result]:
        """Scenarios that say nothing about the build, since something else failed."""
        return [found for found in self.results if found.verdict in TROUBLE]

    @property
    def exit_code(self) -> int:
        """1 for new failures, 3 when something else failed, 5 when too few scenarios have shown anything, else 0."""
        if self.new:
            return ExitCode.PRODUCT
        if self.undecided:
            return ExitCode.INFRASTRUCTURE
        return ExitCode.PASSED if self._shown >= self.minimum else ExitCode.NOTHING_RAN

    def summary(self, build: str) -> str:
        """For people: the verdict, and what stands behind it."""
        parts = {
            "new failures": self.new,
            "known failures": self.known,
            "fixed since the baseline": self.fixed,
            "not run, though in the baseline": self.gone,
            "not decided": self.undecided,
        }
        lines = [f"{build} {self._headline}"]
        for title, found in parts.items():
            if found:
                lines += ["", f"{title}:", *(f"  {name}" for name in titles(found))]
        return "\n".join(lines)

    @property
    def _headline(self) -> str:
        passed = sum(found.verdict is Verdict.PASSED for found in self.results)
        of_all = f"{passed} of {counted(len(self.results), 'scenario')} passed"
        match self.exit_code:
            case ExitCode.PASSED:
                return f"has no new failure ({len(self.known)} known): {of_all}" if self.known else f"passes: {of_all}"
            case ExitCode.PRODUCT:
                return f"FAILS: {of_all}"
            case ExitCode.INFRASTRUCTURE:
                return f"is not decided, since something else than the build failed: {of_all}"
            case _:
                have = "has" if self._shown == 1 else "have"
                shown = f"{counted(self._shown, 'scenario')} {have} shown something" if self._shown else NOTHING_SHOWN
                return f"is not decided: {shown}, and --minimum is {self.minimum}"

    @property
    def _shown(self) -> int:
        return sum(found.verdict in SHOWN for found in self.results)

    def _was_known(self, found: Result) -> bool:
        return any(known.verdict is Verdict.PRODUCT for known in _the_same(found, self.baseline))


def _the_same(one: Result, others: Iterable[Result]) -> list[Result]:
    """The results of the same scenario on the same kind of device; one of an unknown device may be of any."""
    same = [other for other in others if other.scenario == one.scenario]
    exact = [other for other in same if other.device == one.device]
    return exact or [other for other in same if NO_DEVICE in {one.device, other.device}]


def _last_ones(results: Iterable[Result]) -> list[Result]:
    return list({(result.scenario, result.device): result for result in results}.values())
