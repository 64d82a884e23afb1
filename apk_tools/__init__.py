"""Builds installable APKs from source without an Android SDK."""
