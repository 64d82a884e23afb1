"""The plan of a run: made once of options, variables and files, and the same in every process."""

import pickle
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from masuk.automation.run_plan import CONTROL_WAIT, RunPlan
from masuk.base.errors import UsageError
from masuk.base.locations import Project
from masuk.config.run_options import PYTEST_OPTIONS
from tests.checkout import CHECKOUT, PROJECT

ACCOUNTS = '[[account]]\nname = "Siti"\nidentifier = "siti"\npassword = "sangat-rahasia"\n'
FARM = '["alwaysMatch"]\n"appium:udid" = "R58M"\n'


def plan(*, project: Project = PROJECT, **options: object) -> RunPlan:
    return RunPlan.of(options, project, environment={})


def test_every_option_is_a_setting_or_a_part_of_the_plan() -> None:
    parts = {*RunPlan.__dataclass_fields__, *type(plan().settings).model_fields}
    renamed = {"scenario": "places", "run_folder": "folder"}
    assert {renamed.get(option.name, option.name) for option in PYTEST_OPTIONS} <= parts


def test_options_reach_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    made = plan(
        scenario=["features/login.feature"],
        shard="2/3",
        repeat=4,
        verdicts="v.json",
        without_faults=True,
        device="R58M",
    )
    assert [place.path.name for place in made.places] == ["login.feature"]
    assert (str(made.shard), made.repeat, made.verdicts, made.settings.device) == (
        "2/3",
        4,
        CHECKOUT / "v.json",
        "R58M",
    )
    assert made.settings.wait == float(CONTROL_WAIT)
    assert plan(without_faults=True, wait="7").settings.wait == 7


def test_nothing_in_it_can_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        plan().repeat = 2  # type: ignore[misc]


def test_a_worker_reads_no_file_again(tmp_path: Path) -> None:
    """What was read travels with the plan: files may change, and variables with passwords may be gone."""
    (tmp_path / "masuk.toml").write_text('leave_out = ["website"]\n')
    accounts, farm = tmp_path / "accounts.toml", tmp_path / "farm.toml"
    accounts.write_text(ACCOUNTS)
    farm.write_text(FARM)
    made = plan(
        project=Project.at(tmp_path), backend="https://x.example.org", accounts=str(accounts), capabilities=str(farm)
    )
    read = made.inputs.accounts, made.inputs.features, made.inputs.profile, made.settings.offers
    accounts.unlink()
    farm.unlink()
    (tmp_path / "masuk.toml").write_text("leave_out = 7")
    there: RunPlan = pickle.loads(pickle.dumps(made))
    assert (there.inputs.accounts, there.inputs.features, there.inputs.profile, there.settings.offers) == read
    assert there.inputs.accounts is not None
    assert there.inputs.accounts.account[0].password.reveal() == "sangat-rahasia"


def test_what_is_wrong_in_a_file_is_said_when_it_is_read(tmp_path: Path) -> None:
    accounts = tmp_path / "accounts.toml"
    accounts.write_text("")
    made = plan(backend="https://x.example.org", accounts=str(accounts))
    with pytest.raises(UsageError, match=r"accounts\.toml: account"):
        _ = made.inputs.accounts
