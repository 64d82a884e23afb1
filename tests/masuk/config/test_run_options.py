"""Options of a run: declared once, known to both command lines, and of the same name as the settings."""

import argparse

import pytest

from masuk.cli.parser import parser
from masuk.config.run_options import RUN_OPTIONS, RunOption
from masuk.config.settings import Settings

ONLY_IN_FILES = {"docs_url", "leave_out"}


def test_every_setting_that_is_about_a_run_is_an_option() -> None:
    assert set(Settings.model_fields) - ONLY_IN_FILES <= {option.name for option in RUN_OPTIONS}


@pytest.mark.parametrize("option", RUN_OPTIONS, ids=lambda option: option.name)
def test_it_is_read_on_the_command_line_and_reaches_pytest(option: RunOption) -> None:
    value = [] if option.is_flag else [option.choices[0] if option.choices else "3"]
    given = vars(parser().parse_args(["run", option.flag, *value]))[option.name]
    of_pytest = argparse.ArgumentParser()
    option.declare_to_pytest(of_pytest.add_argument)
    assert vars(of_pytest.parse_args(option.for_pytest(given)))[option.pytest_name] == given


@pytest.mark.parametrize("option", RUN_OPTIONS, ids=lambda option: option.name)
def test_what_is_not_given_is_not_passed_on(option: RunOption) -> None:
    assert option.for_pytest(vars(parser().parse_args(["run"]))[option.name]) == []
