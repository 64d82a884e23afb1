"""The website of the same service: its login page takes the accounts that the app takes.

Plain HTML that works without a script. A failed login says what the app has to say, in the same words for all that is
wrong with the data.
"""

import secrets
from html import escape
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from masuk.services.backend.accounts import Accounts, Refusal, Refused

LOGIN_PATH, CARD_PATH = "/masuk", "/kartu"
PAGES = frozenset({LOGIN_PATH, CARD_PATH})
SESSION = "session"
GUARD = "guard"
SAYINGS = {
    Refusal.WRONG: (401, "NIK, nomor kartu atau kata sandi salah."),
    Refusal.WAIT: (429, "Terlalu banyak percobaan. Coba lagi nanti."),
    Refusal.BLOCKED: (403, "Akun Anda diblokir. Kunjungi kantor cabang untuk membukanya."),
}
"""What the website says; a device that was used too often and a captcha for apps are no concern of it."""
PAGE = """<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
</head><body><main><h1>{title}</h1>{content}</main></body></html>
"""
FORM = """<p id="message" role="alert">{message}</p>
<form method="post" action="{path}"><input type="hidden" name="guard" value="{guard}">
<p><label for="identifier">NIK atau nomor kartu</label>
<input id="identifier" name="identifier" autocomplete="username" inputmode="numeric" required></p>
<p><label for="password">Kata sandi</label>
<input id="password" name="password" type="password" autocomplete="current-password" required></p>
<p><button id="submit">Masuk</button></p></form>
"""
CARD = """<p id="member_name">Halo, {name}</p><p>Status kepesertaan: {status}</p>"""


class Website:
    """The pages, on the accounts of a service."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self.routes = [
            Route(LOGIN_PATH, self._form),
            Route(LOGIN_PATH, self._log_in, methods=["POST"]),
            Route(CARD_PATH, self._card),
        ]

    async def _form(self, _: Request) -> Response:
        return _login_page("", 200)

    async def _log_in(self, request: Request) -> Response:
        typed = dict(parse_qsl((await request.body()).decode(errors="replace"), keep_blank_values=True))
        guard = request.cookies.get(GUARD, "")
        if not guard or not secrets.compare_digest(guard, typed.get(GUARD, "")):
            return _login_page("Halaman ini sudah kedaluwarsa. Masuk sekali lagi.", 400)
        outcome = self._accounts.log_in_elsewhere(typed.get("identifier", ""), typed.get("password", ""))
        if isinstance(outcome, Refused):
            status, message = SAYINGS[outcome.reason]
            return _login_page(message, status)
        answer = RedirectResponse(CARD_PATH, status_code=303)
        answer.set_cookie(SESSION, outcome.token, httponly=True, secure=True, samesite="strict")
        return answer

    async def _card(self, request: Request) -> Response:
        member = self._accounts.member_of(request.cookies.get(SESSION, ""))
        if member is None:
            return RedirectResponse(LOGIN_PATH, status_code=303)
        content = CARD.format(name=escape(member.name), status=escape(member.status))
        return HTMLResponse(PAGE.format(title="Kartu peserta", content=content))


def _login_page(message: str, status: int) -> Response:
    guard = secrets.token_urlsafe(16)
    content = FORM.format(message=escape(message), path=LOGIN_PATH, guard=guard)
    answer = HTMLResponse(PAGE.format(title="Masuk", content=content), status_code=status)
    answer.set_cookie(GUARD, guard, httponly=True, secure=True, samesite="strict")
    return answer
