"""`masuk run` on handsets that lie."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from masuk.automation.run_processes import Stack
from masuk.results.verdict import Verdict, read
from tests.system.lying_handset import lies, untold
from tests.system.masuk_command import MasukCommand

LYING = Path(__file__).with_name("lying_handset.py")


@dataclass(frozen=True)
class Liar:
    """`masuk run` on a handset that lies about one of its parts, and the file with the lies that it has told."""

    about: str
    masuk: MasukCommand
    told: Path

    def verdicts(
        self, stack: Stack, folder: Path, *expressions: str, options: tuple[str, ...] = ()
    ) -> dict[str, tuple[Verdict, str]]:
        """The verdicts of these scenarios, with a run for each expression.

        Fails if a lie was not told in any of them: without it they show nothing.
        """
        found = {}
        file = folder / "verdicts.json"
        chosen = ("--no-report", "--appium-url", stack.ready_appium(), "--verdicts", str(file))
        for expression in expressions:
            run = self.masuk.run("-k", expression, *chosen, *options)
            assert run.code == 3, run.output
            found.update({result.scenario: (result.verdict, result.reason) for result in read(file)})
        assert lies(self.about)
        assert untold(self.about, self.told) == set(), "lies that nobody has heard"
        return found


Starts = Callable[[str], Liar]
