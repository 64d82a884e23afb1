"""Finds the files that a command's arguments name, and complains about them as toybox does."""

from pathlib import Path

from handset.shell.registry import Context


def host(context: Context, path: str) -> Path:
    """The host's path of an argument, relative to the session's directory."""
    return context.files.host(path, context.session.directory)


def absent(context: Context, path: str, reason: str = "No such file or directory") -> int:
    """Complain about a path as toybox does; the exit code 1."""
    context.complain(f"{context.name}: {path}: {reason}")
    return 1
