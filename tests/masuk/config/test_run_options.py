"""Options of a run: declared once, known to both command lines, and of the same name as the settings."""

import argparse

import pytest

from masuk.cli.parser import parser
from masuk.config.run_options import PYTEST_OPTIONS, RUN_OPTIONS, RunOption
from masuk.config.settings import Settings


def test_every_setting_is_an_option() -> None:
    assert set(Settings.model_fields) <= {option.name for option in RUN_OPTIONS}


def value_for(option: RunOption) -> list[str]:
    return [] if option.is_flag else [option.choices[0] if option.choices else "3"]


def of_pytest(option: RunOption, words: list[str]) -> object:
    taker = argparse.ArgumentParser()
    option.declare_to_pytest(taker.add_argument)
    return vars(taker.parse_args(words))[option.pytest_name]


@pytest.mark.parametrize("option", RUN_OPTIONS, ids=lambda option: option.name)
def test_what_masuk_reads_pytest_reads_the_same(option: RunOption) -> None:
    given = vars(parser().parse_args(["run", option.flag, *value_for(option)]))[option.name]
    assert of_pytest(option, option.for_pytest(given)) == given


@pytest.mark.parametrize("option", PYTEST_OPTIONS, ids=lambda option: option.name)
def test_pytest_reads_what_it_is_told(option: RunOption) -> None:
    given: object = (
        True
        if option.is_flag
        else [*value_for(option), "4"]
        if option.is_repeatable
        else "off"
        if option.choices
        else 3
    )
    read = of_pytest(option, option.for_pytest(given))
    assert read == given or str(read) == str(given)


@pytest.mark.parametrize("option", RUN_OPTIONS, ids=lambda option: option.name)
def test_what_is_not_given_is_not_passed_on(option: RunOption) -> None:
    assert option.for_pytest(vars(parser().parse_args(["run"]))[option.name]) == []
