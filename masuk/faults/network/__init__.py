"""Faults of the network between the app and the service."""
