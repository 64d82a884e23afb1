"""What a tester is told when a failure is kept, also where there is nothing left to keep."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from masuk.base.errors import DeviceError, SessionError
from masuk.plugin.interactive import hold
from masuk.plugin.stash import SESSION, STACK, VAULT
from masuk.secrets.vault import Vault


class GoneStack:
    def ready_appium(self) -> str:
        return "http://127.0.0.1:4723"

    def ready_device(self) -> object:
        raise DeviceError("emulator-5554 has gone")

    @property
    def logs(self) -> object:
        raise DeviceError("emulator-5554 has gone")


class GoneSession:
    @property
    def driver(self) -> object:
        raise SessionError("no session can be opened")


def test_a_device_and_a_session_that_are_gone_are_told_as_that(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stash = pytest.Stash()
    stash[STACK] = cast(Any, GoneStack())
    stash[SESSION] = cast(Any, GoneSession())
    stash[VAULT] = Vault()
    asked: list[str] = []
    monkeypatch.setattr("builtins.input", asked.append)
    request = SimpleNamespace(
        config=SimpleNamespace(stash=stash),
        node=SimpleNamespace(nodeid="a", stash=pytest.Stash()),
        getfixturevalue=lambda _: None,
    )
    hold(cast(Any, request), AssertionError("Expected one"))
    said = capsys.readouterr().out
    assert "Expected one" in said
    assert "device  can't be reached: emulator-5554 has gone" in said
    assert "Appium  can't be reached: no session can be opened" in said
    assert asked == ["Enter restores everything and ends the run. "]
