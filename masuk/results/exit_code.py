"""What a run ends with, for the pipeline that started it.

`masuk.plugin.run_outcome.RunOutcome` applies it as pytest's session ends, and `masuk.cli.main` for errors before that.
"""

from collections.abc import Iterable

from masuk.results.verdict import Result, Verdict


class ExitCode:
    """What `masuk run` and pytest end with."""

    PASSED = 0
    PRODUCT = 1
    INTERRUPTED = 2
    INFRASTRUCTURE = 3
    USAGE = 4
    NOTHING_RAN = 5


def exit_code_of_run(results: Iterable[Result]) -> int:
    """The exit code of a run. A product failure outweighs one of the infrastructure; skipped scenarios show nothing."""
    verdicts = {result.verdict for result in results}
    if Verdict.PRODUCT in verdicts:
        return ExitCode.PRODUCT
    if verdicts & {Verdict.INFRASTRUCTURE, Verdict.NOT_PROVEN}:
        return ExitCode.INFRASTRUCTURE
    return ExitCode.PASSED if Verdict.PASSED in verdicts else ExitCode.NOTHING_RAN
