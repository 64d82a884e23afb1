"""The stub backend: an authentication service over TLS that tests control and that remembers every request."""

from masuk.services.backend.server import Backend

__all__ = ["Backend"]
