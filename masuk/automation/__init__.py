"""Appium sessions, the screen, pictures and traces."""
