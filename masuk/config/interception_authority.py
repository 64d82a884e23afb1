"""The authority by which traffic is intercepted: a file that the user brings."""

from pathlib import Path

from masuk.base.errors import UsageError


def demand_authority(path: Path) -> None:
    """Raise UsageError unless a file holds a key and a certificate."""
    try:
        content = path.read_text(encoding="ascii")
    except OSError as error:
        raise UsageError(f"--intercept {path}: can't be read: {error.strerror}. Name a PEM file.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"--intercept {path}: is no PEM file, which holds letters only. Name one.") from error
    missing = [what for what in ("PRIVATE KEY", "CERTIFICATE") if f"BEGIN {what}" not in content.replace("EC ", "")]
    if missing:
        raise UsageError(
            f"--intercept {path}: holds no {' and no '.join(missing).lower()}. It has to be a PEM file with the"
            " key and the certificate of an authority that the build trusts."
        )
