"""Faults of the service: answers that are none, come late, or never come."""

from abc import abstractmethod
from typing import ClassVar

from masuk.faults.context import Bench, Need
from masuk.faults.fault import Fault, unproven
from masuk.services.backend.probing import Probed
from masuk.services.backend.trouble import BreaksOff, Drips, Late, Says, Silent, Trouble
from masuk.toolchain.certificate_authority import Certificate

HINT = "The transcript of the backend shows what it answered."
STUB = frozenset({Need.STUB})
ANSWER_SECONDS = 10.0
"""Patience with an answer that should come, however busy the machine is."""
SILENCE_SECONDS = 0.5
DRIP_SECONDS = 2.0
"""And with one that should not."""
JSON = {"content-type": "application/json"}
HTML = {"content-type": "text/html; charset=utf-8"}
PAGE = "<html><head><title>Pemeliharaan</title></head><body><h1>Sistem sedang dalam pemeliharaan</h1></body></html>"
TRACE = """{"message": "java.lang.NullPointerException\\n\\tat org.example.auth.Login.post(Login.java:42)"}"""


class _Server(Fault):
    """The service answers every request wrongly."""

    needs = frozenset({Need.TROUBLE})
    patience: ClassVar[float] = ANSWER_SECONDS

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._service = bench.breakable

    @abstractmethod
    def trouble(self) -> Trouble:
        """What stands in front of the service."""

    @abstractmethod
    def expected(self) -> str:
        """What a client sees, in words."""

    @abstractmethod
    def is_seen(self, probed: Probed) -> bool:
        """Whether that is what a client got."""

    def inject(self) -> None:
        """Put the trouble in front of the service."""
        self._service.begin_trouble(self.trouble())

    def prove(self) -> str:
        """Ask the service as the app would."""
        probed = self._service.probe(timeout=self.patience)
        if not self.is_seen(probed):
            raise unproven(f"a client should get {self.expected()}", f"it gets {probed}", HINT)
        return f"a client gets {self.expected()}"

    def confirm(self) -> None:
        """No request went past the trouble."""
        past = self._service.gone_past()
        if past:
            raise unproven("the service should be in trouble", past, HINT)

    def restore(self) -> None:
        """Take the trouble away, and see that the service answers."""
        self._service.end_trouble()
        probed = self._service.probe()
        if not self._service.is_well(probed):
            raise unproven("the service should be well again", f"a client gets {probed}", HINT)


class Answers(_Server):
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


class Truncated(_Server):
    """The answer ends in the middle."""

    name = "server-truncated"
    sentence = "The service's answers end in the middle."

    def trouble(self) -> Trouble:
        """Half of each answer."""
        return BreaksOff()

    def expected(self) -> str:
        """Half of what was announced."""
        return "half an answer"

    def is_seen(self, probed: Probed) -> bool:
        """The library missed the rest."""
        return probed.trouble.startswith("IncompleteRead")


class _Quiet(_Server):
    """Nothing comes, or nothing at first."""

    patience = SILENCE_SECONDS

    def expected(self) -> str:
        """Nothing."""
        return f"no answer within {self.patience:g} s"

    def is_seen(self, probed: Probed) -> bool:
        """Nothing came; whether it comes at last is for the scenario to see."""
        return probed.trouble == self.expected()


class Unresponsive(_Quiet):
    """The service takes requests and says nothing."""

    name = "server-silent"
    sentence = "The service takes requests and never answers."

    def trouble(self) -> Trouble:
        """Silence."""
        return Silent()


class Slow(_Quiet):
    """The service works, slowly."""

    name = "server-slow"
    sentence = "The service answers rightly, three seconds late."
    lateness = 3.0

    def trouble(self) -> Trouble:
        """The service's own answers, late."""
        return Late(self.lateness)


class Dripping(_Quiet):
    """No pause between two bytes is long enough to be taken for silence."""

    name = "server-drips"
    sentence = "The service's answers come a byte every two seconds, and so take minutes."
    needs = STUB

    def trouble(self) -> Trouble:
        """The service's own answers, byte by byte."""
        return Drips(DRIP_SECONDS)


class _Certificate(Fault):
    """The service proves itself wrongly."""

    needs = STUB
    hides_requests = True
    kind: ClassVar[Certificate]
    complaint: ClassVar[str]
    """In the words of OpenSSL, which looks at it from the host."""

    def inject(self) -> None:
        """Show the bad certificate to whoever connects from now on."""
        self.bench.backend.present(self.kind)

    def prove(self) -> str:
        """A client that trusts the authority refuses it, for this reason."""
        probed = self.bench.backend.probe()
        if self.complaint not in probed.trouble:
            raise unproven(f'a client should complain of "{self.complaint}"', f"it gets {probed}", HINT)
        return f'a client refuses: "{self.complaint}"'

    def restore(self) -> None:
        """Show the good one."""
        self.bench.backend.present(Certificate.GOOD)
        probed = self.bench.backend.probe()
        if probed.trouble:
            raise unproven("the certificate should be good again", f"a client gets {probed}", HINT)


class CertificateExpired(_Certificate):
    """It ended yesterday."""

    name = "certificate-expired"
    sentence = "The service's certificate has expired."
    kind = Certificate.EXPIRED
    complaint = "certificate has expired"


class CertificateWrongHost(_Certificate):
    """It belongs to somebody else."""

    name = "certificate-wrong-host"
    sentence = "The service's certificate is for another name."
    kind = Certificate.WRONG_HOST
    complaint = "IP address mismatch"


class CertificateUnknown(_Certificate):
    """Nobody vouches for it, as for one that is signed by itself."""

    name = "certificate-self-signed"
    sentence = "The service's certificate is signed by nobody whom the app trusts."
    kind = Certificate.UNKNOWN_ISSUER
    complaint = "unable to get local issuer certificate"
