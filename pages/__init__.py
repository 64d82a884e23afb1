"""Screens of the app under test: where their elements are and what a user can intend on them. No state, no outcomes."""
