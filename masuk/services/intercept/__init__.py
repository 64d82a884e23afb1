"""Troubles for a service that is not ours: mitmproxy between it and the app, for builds that trust its authority."""
