"""Faults: what goes wrong around an app, made to happen, proven, and undone."""
