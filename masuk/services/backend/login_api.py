"""The authentication service: its routes and its answers, and the trouble that may stand in front of them.

Errors carry `{"code": …}`, on which clients decide; no status alone means "blocked" or "too old" by any standard.
"""

import json
import re
import secrets
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from masuk.services.backend.accounts import Accounts, Admitted, Refusal, Refused
from masuk.services.backend.journal import Journal, Request
from masuk.services.backend.probing import PROBE
from masuk.services.backend.trouble import Trouble
from masuk.services.backend.website import PAGES, Website

IDENTIFIER = re.compile(r"\d{16}|\d{13}")
NEWEST_VERSION = 20
REFUSALS = {
    Refusal.WRONG: (401, "wrong_credentials"),
    Refusal.CAPTCHA: (403, "captcha_required"),
    Refusal.DEVICE_LIMIT: (403, "device_limit"),
}
RESET_ANSWER = {"status": "accepted"}


class Service:
    """The state of the service, and its application for an ASGI server."""

    def __init__(self, accounts: Accounts, journal: Journal) -> None:
        self.accounts = accounts
        self.journal = journal
        self.reached = False
        """Whether an app has ever sent a request; visits to the website and our own do not count."""
        self._be_sound()
        self.trouble: Trouble | None = None
        self.troubled_path: str | None = None
        self._resets: dict[str, str] = {}
        self._versions: dict[str, str] = {}
        self._lock = threading.Lock()
        self.application = Starlette(
            routes=[
                Route("/v1/login", self._log_in, methods=["POST"]),
                Route("/v1/logout", self._log_out, methods=["POST"]),
                Route("/v1/profile", self._profile),
                Route("/v1/app-version", self._app_version),
                Route("/v1/password-reset", self._password_reset, methods=["POST"]),
                Route("/v1/password-reset/confirm", self._confirm_reset, methods=["POST"]),
                *Website(accounts).routes,
            ],
            middleware=[Middleware(BaseHTTPMiddleware, dispatch=self._record)],
        )

    def reset(self) -> None:
        """Forget everything that a test has done."""
        with self._lock:
            self._resets.clear()
            self._versions.clear()
        self._be_sound()
        self.accounts.reset()
        self.journal.clear()

    def bind_sessions_to_version(self, bound: bool) -> None:
        """End the sessions of members whose app has another version than the one that they logged in with, or not."""
        self._bound_to_version = bound

    def _be_sound(self) -> None:
        self.minimum_version = 0
        self.newest_version = NEWEST_VERSION
        self.blocked_status = 403
        self.retry_after_as_date = False
        self.retry_after_told = True
        self._bound_to_version = False

    def reset_tokens(self) -> dict[str, str]:
        """The tokens that were sent to members for a new password, and to whom."""
        with self._lock:
            return dict(self._resets)

    def confirm_reset(self, identifier: str, password: str) -> bool:
        """Use the token that was sent to the owner of an account; False when there is none."""
        with self._lock:
            token = next((token for token, owner in self._resets.items() if owner == identifier), None)
            if token is None:
                return False
            del self._resets[token]
        self.accounts.change_password(identifier, password)
        return True

    async def _record(self, request: HttpRequest, call_next: RequestResponseEndpoint) -> Response:
        body = await request.body()
        trouble = self.trouble if self.troubled_path in {None, request.url.path} else None
        record = Request(
            datetime.now().astimezone(),
            request.method,
            request.url.path,
            dict(request.headers),
            body,
            troubled=trouble is not None,
            of_website=request.url.path in PAGES,
        )
        if PROBE not in request.headers:
            self.reached |= not record.of_website
            self.journal.arrived(record)

        async def ordinary() -> Response:
            return await call_next(request)

        answer = await (trouble.answer(ordinary) if trouble else ordinary())
        if PROBE not in request.headers:
            self.journal.answered(record, answer.status_code)
        return answer

    async def _log_in(self, request: HttpRequest) -> Response:
        content = await _content(request)
        identifier, password = str(content.get("identifier", "")), str(content.get("password", ""))
        if not IDENTIFIER.fullmatch(identifier):
            return _error(422, "identifier_type")
        if self._is_too_old(request):
            return _error(403, "update_required")
        outcome = self.accounts.log_in(identifier, password)
        if isinstance(outcome, Refused):
            return self._refusal(outcome)
        with self._lock:
            self._versions[outcome.token] = _version(request)
        return JSONResponse(_admission(outcome))

    async def _log_out(self, request: HttpRequest) -> Response:
        self.accounts.log_out(_token(request))
        return JSONResponse({"status": "logged_out"})

    async def _profile(self, request: HttpRequest) -> Response:
        token = _token(request)
        member = self.accounts.member_of(token)
        if member is None:
            return _error(401, "session_elsewhere" if self.accounts.was_displaced(token) else "session_ended")
        if self._bound_to_version and self._versions.get(token) != _version(request):
            return _error(401, "session_ended")
        if self._is_too_old(request):
            return _error(403, "update_required")
        return JSONResponse(vars(member))

    async def _app_version(self, _: HttpRequest) -> Response:
        return JSONResponse({"minimum": self.minimum_version, "latest": max(self.newest_version, self.minimum_version)})

    async def _password_reset(self, request: HttpRequest) -> Response:
        identifier = str((await _content(request)).get("identifier", ""))
        if self.accounts.has(identifier):
            with self._lock:
                self._resets[secrets.token_urlsafe(16)] = identifier
        return JSONResponse(RESET_ANSWER, status_code=202)

    async def _confirm_reset(self, request: HttpRequest) -> Response:
        content = await _content(request)
        with self._lock:
            identifier = self._resets.pop(str(content.get("token", "")), None)
        if identifier is None:
            return _error(401, "reset_token")
        self.accounts.change_password(identifier, str(content.get("password", "")))
        return JSONResponse({"status": "changed"})

    def _refusal(self, outcome: Refused) -> Response:
        if outcome.reason is Refusal.WAIT:
            told = {"Retry-After": self._retry_after(outcome.seconds)} if self.retry_after_told else None
            return _error(429, "wait", told)
        if outcome.reason is Refusal.BLOCKED:
            return _error(self.blocked_status, "account_blocked")
        status, code = REFUSALS[outcome.reason]
        return _error(status, code)

    def _retry_after(self, seconds: int) -> str:
        if not self.retry_after_as_date:
            return str(seconds)
        return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)

    def _is_too_old(self, request: HttpRequest) -> bool:
        version = _version(request)
        return version.isdigit() and int(version) < self.minimum_version


def _admission(outcome: Admitted) -> dict[str, object]:
    return {"token": outcome.token, "member": vars(outcome.member)}


def _error(status: int, code: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"code": code}, status_code=status, headers=headers)


async def _content(request: HttpRequest) -> dict[str, object]:
    try:
        content = json.loads(await request.body())
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _version(request: HttpRequest) -> str:
    return request.headers.get("x-app-version", "")


def _token(request: HttpRequest) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ")
