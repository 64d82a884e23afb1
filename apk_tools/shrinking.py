"""Leaves out the library classes that an app cannot reach.

A library such as the Kotlin runtime has thousands of classes of which an app uses a few; every one of them would cost
time when the APK is compiled, installed and started. Whole classes are kept or left out: a class is kept when a kept
class mentions its name anywhere, so nothing reachable, by reflection with a literal name either, is lost.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

_UTF8 = 1
_LONG_AND_DOUBLE = {5, 6}
_SIZES = {3: 4, 4: 4, 5: 8, 6: 8, 7: 2, 8: 2, 9: 4, 10: 4, 11: 4, 12: 4, 15: 3, 16: 2, 17: 4, 18: 4, 19: 2, 20: 2}
_CLASS_NAME = re.compile(r"L?([\w$-]+(?:[/.][\w$-]+)+)")


def reachable_classes(roots: Iterable[bytes], libraries: Iterable[Path]) -> dict[str, bytes]:
    """The classes of `libraries` (jars) that the class files `roots` need, directly or not.

    Returns the content of each class file by its internal name, for example `okhttp3/Request`, sorted by name. When two
    jars hold one class, the first jar's is taken.
    """
    available = _classes_of(libraries)
    kept: dict[str, bytes] = {}
    to_visit = list(roots)
    while to_visit:
        for name in mentioned_classes(to_visit.pop()):
            if name in available and name not in kept:
                kept[name] = available[name]
                to_visit.append(available[name])
    return dict(sorted(kept.items()))


def mentioned_classes(class_file: bytes) -> set[str]:
    """Every string of the class file's constant pool that could be a class's name, as internal names."""
    names: set[str] = set()
    for text in _strings(class_file):
        # "Ljava/lang/String;" and "Lkotlin/Unit" both hide a name behind their first letter, "Lib/Main" does not.
        for match in _CLASS_NAME.finditer(text):
            names.add(match.group(1).replace(".", "/"))
            names.add(match.group(0).replace(".", "/"))
    return names


def _strings(class_file: bytes) -> Iterator[str]:
    count = int.from_bytes(class_file[8:10], "big")
    position = 10
    index = 1
    while index < count:
        tag = class_file[position]
        position += 1
        if tag == _UTF8:
            length = int.from_bytes(class_file[position : position + 2], "big")
            position += 2
            yield class_file[position : position + length].decode("utf-8", "replace")
            position += length
        else:
            position += _SIZES[tag]
        index += 2 if tag in _LONG_AND_DOUBLE else 1


def _classes_of(jars: Iterable[Path]) -> dict[str, bytes]:
    classes: dict[str, bytes] = {}
    for jar in jars:
        with zipfile.ZipFile(jar) as archive:
            for name in archive.namelist():
                if name.endswith(".class") and not name.startswith("META-INF/"):
                    classes.setdefault(name.removesuffix(".class"), archive.read(name))
    return classes
