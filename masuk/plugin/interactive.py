"""A tester who looks: a pause before each step, and the world as it was when a step has failed."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from masuk.automation.screen import Screen
from masuk.base.errors import MasukError, NoPicture
from masuk.plugin.screenshots import look
from masuk.plugin.stash import BOARD, SESSION, STACK, VAULT, title_of

PICTURE = "screen.png"


def pause_before(request: pytest.FixtureRequest, steps: Sequence[Any], step: Any) -> None:
    """Say where in the scenario one is, show what is on the screen, and wait for Enter."""
    number = steps.index(step) + 1
    if number == 1:
        print(f"\n=== {title_of(request.node)}")
    print(f"\n{_screen(request)}\nnext, {number} of {len(steps)}: {step.keyword} {step.name}")
    _wait("Enter goes on, Ctrl-C ends the run. ")


def hold(request: pytest.FixtureRequest, error: BaseException) -> None:
    """Say what failed and where the device can be reached, and leave everything as it is until Enter."""
    stack, session = request.config.stash[STACK], request.config.stash[SESSION]
    board = request.node.stash.get(BOARD, None)
    faults = ", ".join(fault.name for fault in board.active) if board and board.active else "none"

    def device() -> str:
        return f"{stack.ready_device().serial}; {stack.ready_device().command_line('shell')}"

    def appium() -> str:
        return f"{stack.ready_appium()}, session {session.driver.session_id}"

    print(
        f"\n{request.config.stash[VAULT].mask(str(error))}\n\n{_screen(request)}\n"
        f"kept as it was:\n"
        f"  device  {_or_why(device)}\n"
        f"  Appium  {_or_why(appium)}\n"
        f"  faults  {faults}"
    )
    _wait("Enter restores everything and ends the run. ")


def _or_why(tell: Callable[[], str]) -> str:
    """What can be told, or why it can't: the failure may be that device or session have gone."""
    try:
        return tell()
    except MasukError as trouble:
        return f"can't be reached: {trouble}"


def _screen(request: pytest.FixtureRequest) -> str:
    """What the screen says, and where its picture lies."""
    screen: Screen = request.getfixturevalue("screen")
    vault = request.config.stash[VAULT]
    try:
        path = request.config.stash[STACK].logs / PICTURE
        try:
            path.write_bytes(look(request))
        except NoPicture as refusal:
            return f"{vault.mask(screen.summary())}\n{refusal}"
        return f"{vault.mask(screen.summary())}\npicture: {path}"
    except MasukError as trouble:
        return f"The screen can't be seen: {trouble}"


def _wait(prompt: str) -> None:
    try:
        input(prompt)
    except EOFError:  # nobody is there who could press it
        print()
