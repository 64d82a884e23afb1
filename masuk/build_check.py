"""The verdict on a build: what is new against the verdicts of an earlier run, and what is known, fixed or gone."""

from collections.abc import Iterable
from dataclasses import dataclass

from masuk.counting import counted
from masuk.verdict import ExitCode, Result, Verdict

TROUBLE = {Verdict.INFRASTRUCTURE, Verdict.NOT_PROVEN}
SHOWN = {Verdict.PASSED, Verdict.PRODUCT}
NOTHING_SHOWN = "no scenario has shown anything"


@dataclass(frozen=True)
class BuildCheck:
    """The results of a build beside those of a baseline; `minimum` scenarios have to show something about it."""

    results: dict[str, Result]
    baseline: dict[str, Result]
    minimum: int = 1

    @classmethod
    def of(cls, results: Iterable[Result], baseline: Iterable[Result] = (), minimum: int = 1) -> "BuildCheck":
        """Both by the names of their scenarios."""
        return cls({found.scenario: found for found in results}, {known.scenario: known for known in baseline}, minimum)

    @property
    def new(self) -> list[Result]:
        """Failures of the product that the baseline does not have."""
        return [found for found in self._failed(self.results) if found.scenario not in self._known]

    @property
    def known(self) -> list[Result]:
        """Failures of the product that the baseline has too."""
        return [found for found in self._failed(self.results) if found.scenario in self._known]

    @property
    def fixed(self) -> list[Result]:
        """What failed in the baseline and passes now."""
        return [
            self.results[name]
            for name in self._known
            if name in self.results and self.results[name].verdict is Verdict.PASSED
        ]

    @property
    def gone(self) -> list[Result]:
        """What has shown something in the baseline and did not run now, or was skipped."""
        return [
            known
            for name, known in self.baseline.items()
            if known.verdict in SHOWN and (name not in self.results or self.results[name].verdict is Verdict.SKIPPED)
        ]

    @property
    def undecided(self) -> list[Result]:
        """Scenarios that say nothing about the build, since something else failed."""
        return [found for found in self.results.values() if found.verdict in TROUBLE]

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
                lines += ["", f"{title}:", *(f"  {result.scenario}" for result in found)]
        return "\n".join(lines)

    @property
    def _headline(self) -> str:
        passed = sum(found.verdict is Verdict.PASSED for found in self.results.values())
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
    def _known(self) -> set[str]:
        return {known.scenario for known in self._failed(self.baseline)}

    @property
    def _shown(self) -> int:
        return sum(found.verdict in SHOWN for found in self.results.values())

    @staticmethod
    def _failed(results: dict[str, Result]) -> list[Result]:
        return [found for found in results.values() if found.verdict is Verdict.PRODUCT]
