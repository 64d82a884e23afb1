"""The Tab key in a real bash."""

import subprocess

import pytest

from masuk import cli

PRESS_TAB = """
COMP_WORDS=(masuk {words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
$(complete -p masuk | sed 's/.*-F \\([^ ]*\\).*/\\1/')
echo "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(("words", "completed"), [("sel", "selfcheck"), ("run --wat", "--watch"), ("new a", "app")])
def test_it_completes_commands_and_options(words: str, completed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["completion", "bash"]) == 0
    script = capsys.readouterr().out + PRESS_TAB.format(words=words)
    pressed = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert pressed.stdout.split() == [completed]
