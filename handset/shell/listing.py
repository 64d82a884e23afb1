"""Commands that describe files and folders, after Android's toybox: ls, stat, du."""

import stat
import time
from pathlib import Path

from handset.shell.file_arguments import absent, host
from handset.shell.registry import Context, command


@command("ls")
def ls(context: Context) -> int:
    """List folders: -l long, -a hidden ones too, -d the folder itself, -1 one a line, -R below too."""
    options, paths = context.options("lad1RAZhpint")
    code = 0
    for path in paths or ["."]:
        target = host(context, path)
        if not target.exists():
            code = absent(context, path)
            continue
        if target.is_file() or "d" in options:
            _list_entry(context, target, path, options)
            continue
        if len(paths) > 1 or "R" in options:
            context.print(f"{path}:")
        _list_folder(context, target, options)
    return code


def _list_folder(context: Context, folder: Path, options: dict[str, str]) -> None:
    children = sorted(folder.iterdir())
    if "l" in options:
        context.print(f"total {sum(child.lstat().st_blocks for child in children) // 2}")
    for child in children:
        if not child.name.startswith(".") or "a" in options or "A" in options:
            _list_entry(context, child, child.name, options)
    if "R" in options:
        for child in children:
            if child.is_dir():
                context.print(f"\n{child.name}:")
                _list_folder(context, child, options)


def _list_entry(context: Context, target: Path, name: str, options: dict[str, str]) -> None:
    if "l" not in options:
        context.print(name)
        return
    facts = target.stat()
    owner = _owner(context, target)
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(facts.st_mtime))
    context.print(f"{stat.filemode(facts.st_mode)} {facts.st_nlink} {owner} {owner} {facts.st_size:>7} {when} {name}")


@command("stat")
def show_stat(context: Context) -> int:
    """Print facts about files; -c FORMAT with %s size, %n name, %a mode, %Y time, %F kind."""
    options, paths = context.options("c:tL")
    code = 0
    for path in paths:
        target = host(context, path)
        if not target.exists():
            code = absent(context, path)
            continue
        facts = target.stat()
        values = {
            "%s": str(facts.st_size),
            "%n": path,
            "%a": f"{stat.S_IMODE(facts.st_mode):o}",
            "%A": stat.filemode(facts.st_mode),
            "%Y": str(int(facts.st_mtime)),
            "%U": _owner(context, target),
            "%F": "directory" if target.is_dir() else "regular file",
        }
        text = options.get("c", "  File: %n\n  Size: %s\t%F\nAccess: (0%a/%A)\tUid: %U\nModify: %Y")
        for code_name, value in values.items():
            text = text.replace(code_name, value)
        context.print(text)
    return code


def _owner(context: Context, target: Path) -> str:
    parts = target.relative_to(context.files.root).parts
    package = context.device.packages.get(parts[2]) if parts[:2] == ("data", "data") and len(parts) > 2 else None
    return package.user_name.replace("u0a", "u0_a") if package else "shell"


@command("du")
def du(context: Context) -> None:
    """Print the size of folders in KiB (-s, -k) or readable (-h)."""
    options, paths = context.options("skhab")
    for path in paths or ["."]:
        target = host(context, path)
        inside = target.rglob("*") if target.is_dir() else iter([target])
        total = sum(each.stat().st_size for each in inside if each.is_file())
        size = str(total) if "b" in options else str((total + 1023) // 1024)
        context.print(f"{size}\t{path}")
