"""All kinds of faults, found in the modules and packages beside this one, and in the folder `faults` of a project.

A new fault is a class in one of these modules, or a new module.
"""

import importlib
import pkgutil
import sys
from difflib import get_close_matches

import masuk.faults
from masuk.base.errors import UsageError
from masuk.faults.fault import Fault


def _kinds(children: list[type[Fault]]) -> list[type[Fault]]:
    """These and their descendants, those left out that only hold what several faults have in common."""
    return [kind for child in children for kind in ([child] * child.is_kind() + _kinds(child.__subclasses__()))]


_PACKAGES = [masuk.faults, *filter(None, [sys.modules.get("faults")])]
"""The second one is there once a project is importable: see `Project.make_importable`."""

_PREFIXES = tuple(f"{_package.__name__}." for _package in _PACKAGES)

for _package in _PACKAGES:
    for _module in pkgutil.walk_packages(_package.__path__, f"{_package.__name__}."):
        try:
            importlib.import_module(_module.name)
        except (ImportError, SyntaxError) as error:
            if _package is masuk.faults:
                raise
            raise UsageError(f"{_module.name} can't be imported: {error}. Correct the module, or remove it.") from error

FAULTS: dict[str, type[Fault]] = {
    kind.name: kind
    for kind in sorted(_kinds(Fault.__subclasses__()), key=lambda kind: kind.name)
    if kind.__module__.startswith(_PREFIXES)
}


def domain_of(kind: type[Fault]) -> str:
    """What a fault is about: network, server, account, … It is the module or the package that the fault is in."""
    prefix = next(prefix for prefix in _PREFIXES if kind.__module__.startswith(prefix))
    return kind.__module__.removeprefix(prefix).partition(".")[0]


def fault_named(name: str) -> type[Fault]:
    """The fault of a name. Raises UsageError, with what may have been meant."""
    if name not in FAULTS:
        near = get_close_matches(name, FAULTS, n=3)
        meant = f"; did you mean {' or '.join(near)}?" if near else "."
        raise UsageError(f'There is no fault "{name}"{meant} `masuk faults` lists them all.')
    return FAULTS[name]
