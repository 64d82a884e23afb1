"""The authentication service: its routes, its answers, and the trouble that a test may order for the next one.

Errors carry `{"code": …}`, on which clients decide; no status alone means "blocked" or "too old" by any standard.
"""

import json
import re
import secrets
import threading
from datetime import datetime

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from masuk.backend.accounts import Accounts, Admitted, Refusal, Refused
from masuk.backend.journal import Journal, Request

IDENTIFIER = re.compile(r"\d{16}|\d{13}")
NEWEST_VERSION = 20
RESET_ANSWER = {"status": "accepted"}


class Service:
    """The state of the service, and its application for an ASGI server."""

    def __init__(self, accounts: Accounts, journal: Journal) -> None:
        self.accounts = accounts
        self.journal = journal
        self.minimum_version = 0
        self._ordered: dict[str, list[Response]] = {}
        self._resets: dict[str, str] = {}
        self._lock = threading.Lock()
        self.application = Starlette(
            routes=[
                Route("/v1/login", self._log_in, methods=["POST"]),
                Route("/v1/logout", self._log_out, methods=["POST"]),
                Route("/v1/profile", self._profile),
                Route("/v1/app-version", self._app_version),
                Route("/v1/password-reset", self._password_reset, methods=["POST"]),
                Route("/v1/password-reset/confirm", self._confirm_reset, methods=["POST"]),
            ],
            middleware=[Middleware(BaseHTTPMiddleware, dispatch=self._record)],
        )

    def reset(self) -> None:
        """Forget everything that a test has done."""
        with self._lock:
            self._ordered.clear()
            self._resets.clear()
        self.minimum_version = 0
        self.accounts.reset()
        self.journal.clear()

    def answer_next(self, path: str, response: Response) -> None:
        """Order an answer for the next request to a path, in place of the service's own."""
        with self._lock:
            self._ordered.setdefault(path, []).append(response)

    def reset_token(self, identifier: str) -> str | None:
        """The token that was sent to the owner of an account for a new password, or None."""
        with self._lock:
            return next((token for token, owner in self._resets.items() if owner == identifier), None)

    async def _record(self, request: HttpRequest, call_next: RequestResponseEndpoint) -> Response:
        began = datetime.now().astimezone()
        body = await request.body()
        with self._lock:
            ordered = self._ordered.get(request.url.path)
            response = ordered.pop(0) if ordered else None
        answer = response or await call_next(request)
        self.journal.add(
            Request(began, request.method, request.url.path, dict(request.headers), body, answer.status_code)
        )
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
            return _refusal(outcome)
        return JSONResponse(_admission(outcome))

    async def _log_out(self, request: HttpRequest) -> Response:
        self.accounts.log_out(_token(request))
        return JSONResponse({"status": "logged_out"})

    async def _profile(self, request: HttpRequest) -> Response:
        member = self.accounts.member_of(_token(request))
        if member is None:
            return _error(401, "session_ended")
        if self._is_too_old(request):
            return _error(403, "update_required")
        return JSONResponse(vars(member))

    async def _app_version(self, _: HttpRequest) -> Response:
        return JSONResponse({"minimum": self.minimum_version, "latest": max(NEWEST_VERSION, self.minimum_version)})

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

    def _is_too_old(self, request: HttpRequest) -> bool:
        version = request.headers.get("x-app-version", "")
        return version.isdigit() and int(version) < self.minimum_version


def _admission(outcome: Admitted) -> dict[str, object]:
    return {"token": outcome.token, "member": vars(outcome.member)}


def _refusal(outcome: Refused) -> Response:
    if outcome.reason is Refusal.BLOCKED:
        return _error(403, "account_blocked")
    if outcome.reason is Refusal.WAIT:
        return _error(429, "wait", {"Retry-After": str(outcome.retry_after)})
    return _error(401, "wrong_credentials")


def _error(status: int, code: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"code": code}, status_code=status, headers=headers)


async def _content(request: HttpRequest) -> dict[str, object]:
    try:
        content = json.loads(await request.body())
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _token(request: HttpRequest) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ")
