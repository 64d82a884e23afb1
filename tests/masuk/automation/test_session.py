"""A session is opened ahead, beside other work, and whoever needs it is told what went wrong."""

import threading
from typing import cast

import pytest
from appium.webdriver.webdriver import WebDriver

from masuk.automation.run_processes import Stack
from masuk.automation.session import Session
from masuk.base.errors import SessionError


class Driver:
    """Of which only the end is seen."""

    ended = False

    def quit(self) -> None:
        self.ended = True


class Services:
    """Of which only the thread is seen in which they are revived."""

    revived_in: threading.Thread | None = None

    def revive(self) -> None:
        self.revived_in = threading.current_thread()


@pytest.fixture
def services() -> Services:
    return Services()


@pytest.fixture
def session(services: Services) -> Session:
    return Session(cast(Stack, services))


def test_it_is_opened_beside_other_work_and_once(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    let_go = threading.Event()
    opened: list[WebDriver] = []

    def opening() -> WebDriver:
        assert let_go.wait(10)
        opened.append(cast(WebDriver, Driver()))
        return opened[-1]

    monkeypatch.setattr(session, "_open", opening)
    session.open_ahead()
    session.open_ahead()
    let_go.set()
    driver = session.driver
    session.open_ahead()
    assert session.driver is driver
    assert opened == [driver]


def test_trouble_is_told_at_the_first_use_and_the_next_use_tries_again(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = cast(WebDriver, Driver())
    answers: list[WebDriver | SessionError] = [SessionError("no server"), driver]

    def opening() -> WebDriver:
        answer = answers.pop(0)
        if isinstance(answer, SessionError):
            raise answer
        return answer

    monkeypatch.setattr(session, "_open", opening)
    session.open_ahead()
    with pytest.raises(SessionError, match="no server"):
        _ = session.driver
    assert session.driver is driver


def test_one_that_nobody_has_used_is_closed_too(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = Driver()
    monkeypatch.setattr(session, "_open", lambda: cast(WebDriver, driver))
    session.open_ahead()
    session.close()
    assert driver.ended


def test_what_has_died_is_started_by_the_thread_that_stays(
    session: Session, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_open", lambda: cast(WebDriver, Driver()))
    session.open_ahead()
    session.close()
    assert services.revived_in is threading.current_thread()
