"""The certificates by which the service proves itself."""

from typing import ClassVar

from masuk.faults.bench import Need
from masuk.faults.fault import Fault, unproven
from masuk.faults.server.server_fault import HINT
from masuk.toolchain.certificate_authority import Certificate


class _Certificate(Fault):
    """The service proves itself wrongly."""

    needs = frozenset({Need.STUB})
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
