"""Faults of the service: what it answers, how its answers arrive, and how it proves itself."""
