"""Files and folders, after Android's toybox."""

import fnmatch
import io
import os
import posixpath
import re
import shutil
import stat
import tarfile
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from handset.shell.numbers import whole
from handset.shell.registry import Context, UsageError, command


def host(context: Context, path: str) -> Path:
    """The host's path of an argument, relative to the session's directory."""
    return context.files.host(path, context.session.directory)


def absent(context: Context, path: str, reason: str = "No such file or directory") -> int:
    """Complain about a path as toybox does; the exit code 1."""
    context.complain(f"{context.name}: {path}: {reason}")
    return 1


@command("cat")
async def cat(context: Context) -> int:
    """Print files, or stdin without operands and for `-`."""
    code = 0
    for path in context.arguments or ["-"]:
        if path == "-":
            while data := await context.stdin.read():
                context.stdout.write(data)
                await context.stdout.flush()
        elif host(context, path).is_dir():
            code = absent(context, path, "Is a directory")
        elif not host(context, path).exists():
            code = absent(context, path)
        else:
            context.stdout.write(host(context, path).read_bytes())
    return code


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


def _owner(context: Context, target: Path) -> str:
    parts = target.relative_to(context.files.root).parts
    package = context.device.packages.get(parts[2]) if parts[:2] == ("data", "data") and len(parts) > 2 else None
    return package.user_name.replace("u0a", "u0_a") if package else "shell"


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


@command("chmod")
def chmod(context: Context) -> None:
    """Set the mode, given in octal or as +x, u+rw, a-w."""
    words = [word for word in context.arguments if word not in {"-R", "-v"}]
    if len(words) < 2:
        raise UsageError("chmod: needs a mode and a path")
    for path in words[1:]:
        target = host(context, path)
        chosen = [target, *target.rglob("*")] if "-R" in context.arguments and target.is_dir() else [target]
        for each in chosen:
            each.chmod(changed_mode(stat.S_IMODE(each.stat().st_mode), words[0]))


def changed_mode(mode: int, change: str) -> int:
    """`mode` after a chmod argument. UsageError when the argument is no mode."""
    if re.fullmatch("[0-7]{1,4}", change):
        return int(change, 8)
    for clause in change.split(","):
        sign = next((character for character in clause if character in "+-="), None)
        if sign is None:
            raise UsageError(f"chmod: bad mode '{change}'")
        who, _, what = clause.partition(sign)
        bits = sum({"r": 4, "w": 2, "x": 1}.get(letter, 0) for letter in what)
        if not set(who) <= set("augo"):
            raise UsageError(f"chmod: bad mode '{change}'")
        shifts = [{"u": 6, "g": 3, "o": 0}[letter] for letter in who.replace("a", "ugo") or "ugo"]
        for shift in shifts:
            cleared = mode & ~(7 << shift) if sign == "=" else mode
            mode = cleared & ~(bits << shift) if sign == "-" else cleared | (bits << shift)
    return mode


@command("chown", "chgrp", "chcon", "restorecon")
def chown(context: Context) -> None:
    """Accept an owner; the device has one user for all files."""


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


@command("find")
def find(context: Context) -> int:
    """Print the paths below a folder: -name, -iname, -type f|d, -maxdepth, -delete."""
    words = list(context.arguments)
    roots: list[str] = []
    while words and not words[0].startswith("-"):
        roots.append(words.pop(0))
    tests = _find_tests(words)
    code = 0
    for root in roots or ["."]:
        target = host(context, root)
        if not target.exists():
            code = absent(context, root)
            continue
        for path in [target, *sorted(target.rglob("*"))]:
            _find_one(context, root, target, path, tests)
    return code


def _find_tests(words: list[str]) -> dict[str, str]:
    tests: dict[str, str] = {}
    while words:
        name = words.pop(0)
        if name in {"-delete", "-print"}:
            tests[name] = ""
        elif name in {"-name", "-iname", "-type", "-maxdepth"} and words:
            tests[name] = words.pop(0)
            if name == "-maxdepth":
                whole(tests[name], "find")
        else:
            raise UsageError(f"find: {name} is not supported")
    return tests


def _find_one(context: Context, root: str, target: Path, path: Path, tests: dict[str, str]) -> None:
    relative = path.relative_to(target)
    kinds = {"f": path.is_file(), "d": path.is_dir(), "l": path.is_symlink()}
    accepted = (
        len(relative.parts) <= int(tests.get("-maxdepth", "1000"))
        and kinds.get(tests.get("-type", ""), True)
        and fnmatch.fnmatchcase(path.name, tests.get("-name", "*"))
        and fnmatch.fnmatch(path.name.lower(), tests.get("-iname", "*").lower())
    )
    if not accepted:
        return
    if "-delete" in tests:
        path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
    else:
        context.print(root if relative == Path() else posixpath.join(root, str(relative)))


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


@command("test", "[")
def test(context: Context) -> int:
    """Check files and strings: -e -f -d -s -r -w -n -z, =, !=, -eq …, with ! in front."""
    words = [word for word in context.arguments if word != "]"]
    negated = words[:1] == ["!"]
    return int(_check(context, words[1:] if negated else words) == negated)


def _check(context: Context, words: list[str]) -> bool:
    if len(words) == 2:
        operator, value = words
        target = host(context, value)
        checks: dict[str, Callable[[], bool]] = {
            "-e": target.exists,
            "-f": target.is_file,
            "-d": target.is_dir,
            "-r": target.exists,
            "-w": target.exists,
            "-x": target.exists,
            "-s": lambda: target.exists() and target.stat().st_size > 0,
            "-n": lambda: bool(value),
            "-z": lambda: not value,
        }
        if operator in checks:
            return checks[operator]()
    elif len(words) == 3:
        left, operator, right = words
        if operator in {"=", "==", "!="}:
            return (left == right) == (operator != "!=")
        comparisons = {"-eq": left == right, "-ne": left != right}
        if operator in comparisons:
            return comparisons[operator]
    elif len(words) <= 1:
        return bool(words and words[0])
    raise UsageError(f"test: {' '.join(words)} is not supported")


@command("tar")
def tar(context: Context) -> int:
    """`tar -c[v]f - PATH…`: pack files and folders to the output."""
    words = list(context.arguments)
    flags = words.pop(0).lstrip("-") if words else ""
    if "c" not in flags or not flags.endswith("f") or words[:1] != ["-"] or len(words) < 2:
        context.missing(f"tar {' '.join(context.arguments)}")
        context.complain("tar: only `tar -cf - PATH…` is known")
        return 1
    packed = io.BytesIO()
    code = 0
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for path in words[1:]:
            if host(context, path).exists():
                archive.add(host(context, path), arcname=path)
            else:
                code = absent(context, path)
    context.stdout.write(packed.getvalue())
    return code
