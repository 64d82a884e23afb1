"""Commands that take a path apart or make it absolute, after Android's toybox: realpath, basename, dirname."""

import posixpath

from handset.shell.registry import Context, command


@command("realpath", "readlink")
def realpath(context: Context) -> None:
    """Print the absolute path of each operand."""
    for path in context.options("fe")[1]:
        context.print(context.files.normal(path, context.session.directory))


@command("basename")
def basename(context: Context) -> None:
    """Print the last part of a path."""
    context.print(posixpath.basename(context.argument(0, "a path")))


@command("dirname")
def dirname(context: Context) -> None:
    """Print a path without its last part."""
    context.print(posixpath.dirname(context.argument(0, "a path")) or ".")
