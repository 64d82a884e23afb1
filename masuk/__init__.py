"""Tests what an Android app does when login fails."""
