"""Apps to test, and the builder that makes installable APKs of them without an Android SDK."""
