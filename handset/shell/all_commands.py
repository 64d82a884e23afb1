"""Imports every module of commands, so that COMMANDS is complete."""

from handset.shell import (
    activity,
    basics,
    cmd,
    disk,
    dumpsys,
    files,
    input,  # noqa: A004 - named after the command
    logcat,
    media,
    network,
    package,
    process,
    props,
    settings,
    text,
    wm_and_ime,
)
from handset.shell.registry import COMMANDS

__all__ = [
    "COMMANDS",
    "activity",
    "basics",
    "cmd",
    "disk",
    "dumpsys",
    "files",
    "input",
    "logcat",
    "media",
    "network",
    "package",
    "process",
    "props",
    "settings",
    "text",
    "wm_and_ime",
]
