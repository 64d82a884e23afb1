"""`find`: searches folders for files, after Android's toybox."""

import fnmatch
import posixpath
from pathlib import Path

from handset.shell.file_arguments import absent, host
from handset.shell.numbers import whole
from handset.shell.registry import Context, UsageError, command


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
