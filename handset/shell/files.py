"""Commands that make, copy, move and remove files and folders, after Android's toybox."""

import os
import posixpath
import shutil
import tempfile
from pathlib import Path

from handset.shell.file_arguments import absent, host
from handset.shell.registry import Context, UsageError, command


@command("mkdir")
def mkdir(context: Context) -> int:
    """Make folders: -p the ones above too."""
    options, paths = context.options("pm:")
    code = 0
    for path in paths:
        target = host(context, path)
        if "p" in options:
            target.mkdir(parents=True, exist_ok=True)
        elif target.exists():
            code = absent(context, path, "File exists")
        else:
            target.mkdir()
    return code


@command("rmdir")
def rmdir(context: Context) -> None:
    """Remove empty folders."""
    for path in context.options("p")[1]:
        host(context, path).rmdir()


@command("rm", "unlink")
def rm(context: Context) -> int:
    """Remove files, with -r folders; -f says nothing about what is absent."""
    options, paths = context.options("rfRv")
    code = 0
    for path in paths:
        target = host(context, path)
        if target == context.files.root:
            raise UsageError("rm: refusing to remove the root of the device")
        if target.is_dir() and not options.keys() & {"r", "R"}:
            code = absent(context, path, "Is a directory")
        elif not context.files.remove(context.files.normal(path, context.session.directory)) and "f" not in options:
            code = absent(context, path)
    return code


@command("cp")
def cp(context: Context) -> int:
    """Copy files, with -r or -a folders."""
    options, paths = context.options("rRfapi")
    sources, target = _sources_and_target(context, paths)
    for source in sources:
        destination = target / source.name if target.is_dir() else target
        if source.is_dir():
            if not options.keys() & {"r", "R", "a"}:
                return absent(context, source.name, "Is a directory")
            for each in source.rglob("*"):
                if each.is_file():
                    context.files.partition.take(destination / each.relative_to(source), 0, each.stat().st_size)
            shutil.copytree(source, destination, dirs_exist_ok=True)
        else:
            context.files.partition.take(destination, 0, source.stat().st_size)
            shutil.copy2(source, destination) if options.keys() & {"a", "p"} else shutil.copy(source, destination)
    return 0


@command("mv")
def mv(context: Context) -> None:
    """Move files and folders."""
    sources, target = _sources_and_target(context, context.options("fiv")[1])
    for source in sources:
        shutil.move(source, target / source.name if target.is_dir() else target)


def _sources_and_target(context: Context, paths: list[str]) -> tuple[list[Path], Path]:
    if len(paths) < 2:
        raise UsageError(f"{context.name}: needs a source and a target")
    return [host(context, path) for path in paths[:-1]], host(context, paths[-1])


@command("ln")
def ln(context: Context) -> None:
    """Make a symbolic link with -s; hard links are copies of the name only."""
    options, paths = context.options("sf")
    sources, target = _sources_and_target(context, paths)
    if "f" in options:
        target.unlink(missing_ok=True)
    target.symlink_to(sources[0])


@command("touch")
def touch(context: Context) -> None:
    """Make a file or renew its time."""
    for path in context.options("acmd:t:r:")[1]:
        host(context, path).touch()


@command("mktemp")
def mktemp(context: Context) -> None:
    """Make a file, with -d a folder, of a fresh name and print it."""
    options, _ = context.options("dp:t:qu")
    folder = options.get("p", "/data/local/tmp")
    if "d" in options:
        made = tempfile.mkdtemp(prefix="tmp.", dir=host(context, folder))
    else:
        handle, made = tempfile.mkstemp(prefix="tmp.", dir=host(context, folder))
        os.close(handle)
    context.print(posixpath.join(folder, Path(made).name))
