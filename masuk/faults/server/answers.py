"""What the service answers, and should not."""

from typing import ClassVar

from masuk.faults.server.server_fault import ServerFault
from masuk.services.backend.probing import Probed
from masuk.services.backend.trouble import Says, Trouble

JSON = {"content-type": "application/json"}
HTML = {"content-type": "text/html; charset=utf-8"}
PAGE = "<html><head><title>Pemeliharaan</title></head><body><h1>Sistem sedang dalam pemeliharaan</h1></body></html>"
TRACE = """{"message": "java.lang.NullPointerException\\n\\tat org.example.auth.Login.post(Login.java:42)"}"""


class Answers(ServerFault):
    """The same answer to everything: a subclass with a name and a sentence is a fault of the service."""

    status: ClassVar[int] = 200
    body: ClassVar[str] = ""
    headers: ClassVar[dict[str, str]] = {}
    """Their names may be written in any case."""

    def trouble(self) -> Trouble:
        """The answer of this fault."""
        return Says(self.status, self.body, dict(self.headers))

    def expected(self) -> str:
        """Status and size."""
        return f"status {self.status} and {len(self.body.encode())} bytes"

    def is_seen(self, probed: Probed) -> bool:
        """Status, headers and body are the ordered ones."""
        same = probed.status == self.status and probed.body == self.body.encode()
        got = {name.lower(): value for name, value in probed.headers.items()}
        return same and {name.lower(): value for name, value in self.headers.items()}.items() <= got.items()


class Error500(Answers):
    """A bug of the service, whose answer tells too much."""

    name = "server-500"
    sentence = "The service answers 500 with a stack trace."
    status = 500
    body = TRACE
    headers = JSON


class Error502(Answers):
    """The gateway finds nobody behind it."""

    name = "server-502"
    sentence = "The gateway answers 502 with a page of HTML."
    status = 502
    body = "<html><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>"
    headers = HTML


class Error503(Answers):
    """The service is overloaded and does not say for how long."""

    name = "server-503"
    sentence = "The service answers 503 and does not say for how long."
    status = 503


class Error503Wait(Answers):
    """The service is overloaded and says for how long."""

    name = "server-503-retry-after"
    sentence = "The service answers 503 and asks to come back in 20 seconds."
    status = 503
    headers: ClassVar[dict[str, str]] = {"retry-after": "20"}


class Error504(Answers):
    """The gateway has waited in vain."""

    name = "server-504"
    sentence = "The gateway answers 504."
    status = 504
    body = "upstream request timeout"
    headers: ClassVar[dict[str, str]] = {"content-type": "text/plain"}


class Maintenance(Answers):
    """Announced maintenance: 503 with a page for people."""

    name = "server-maintenance"
    sentence = "The service is under maintenance: 503, a page of HTML, and half an hour to wait."
    status = 503
    body = PAGE
    headers: ClassVar[dict[str, str]] = {**HTML, "retry-after": "1800"}


class Html200(Answers):
    """A page where an answer belongs, as captive portals and gateways give it."""

    name = "server-html"
    sentence = "The service answers 200 with a page of HTML."
    body = PAGE
    headers = HTML


class Empty200(Answers):
    """Nothing where an answer belongs."""

    name = "server-empty"
    sentence = "The service answers 200 with nothing."
    headers = JSON


class Malformed200(Answers):
    """JSON that is none."""

    name = "server-malformed"
    sentence = "The service answers 200 with broken JSON."
    body = '{"token": "abc", "member": {"name": '
    headers = JSON


class Foreign200(Answers):
    """JSON without what the app needs."""

    name = "server-foreign-json"
    sentence = "The service answers 200 with JSON that holds nothing of a login."
    body = '{"status": "ok"}'
    headers = JSON


class WrongType200(Answers):
    """An answer that calls itself something else."""

    name = "server-wrong-type"
    sentence = "The service answers 200 with bytes that call themselves a picture."
    body = "\x89PNG not really"
    headers: ClassVar[dict[str, str]] = {"content-type": "image/png"}


class RedirectToHttp(Answers):
    """A redirect that would send the password in clear."""

    name = "server-redirect-http"
    sentence = "The service redirects to plain http."
    status = 307
    headers: ClassVar[dict[str, str]] = {"location": "http://10.0.2.2/v1/login"}
