"""The Tab key in a real bash."""

import subprocess
import sys

import pytest

from masuk.cli import main
from masuk.cli.parser import SHELLS
from tests.checkout import CHECKOUT

PRESS_TAB = """
COMP_WORDS=(masuk {words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
$(complete -p masuk | sed 's/.*-F \\([^ ]*\\).*/\\1/')
echo "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("sel", "selfcheck"),
        ("run --wat", "--watch"),
        ("new a", "app"),
        ("run features/no_net", "features/no_network.feature"),
        ("run -n 2 feat", "features"),
        ("check README.md features/no_net", "features/no_network.feature"),
        ("run --apk READ", "README.md"),
        ("run --profile apps/reference/prof", "apps/reference/profile.toml"),
        ("run --tags S5", "S5"),
        ("run --screenshots only", "only-on-failure"),
        ("faults account-bl", "account-blocked"),
        ("selfcheck number-lo", "number-logged"),
        ("report --out feat", "features"),
    ],
)
def test_it_completes_what_a_command_takes(words: str, completed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["completion", "bash"]) == 0
    script = capsys.readouterr().out + PRESS_TAB.format(words=words)
    pressed = subprocess.run(["bash", "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert pressed.stdout.split() == [completed]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_gets_the_names(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(name in script for name in ("account-blocked", "number-logged", "*.feature"))


def test_the_parser_of_every_start_loads_nothing_of_that() -> None:
    told = "import sys; from masuk.cli import parser; parser.parser(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", told], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert not {"shtab", "masuk.cli.completion", "masuk.faults.catalogue", "apk_tools.defects"} & set(
        loaded.stdout.split()
    )
