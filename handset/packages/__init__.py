"""Installed apps: reads APKs, translates their dex files, keeps their records."""
