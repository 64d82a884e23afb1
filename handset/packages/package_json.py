"""Packages and the facts about their APKs as JSON, and back."""

import dataclasses
from typing import Any

from apk_tools.manifest import ActivityFacts, IntentFilter
from handset.packages.apk import ApkFacts
from handset.packages.package import Package


def facts_from_json(document: dict[str, Any]) -> ApkFacts:
    """The inverse of `dataclasses.asdict` for ApkFacts."""
    activities = [
        ActivityFacts(**{**activity, "filters": [IntentFilter(**filters) for filters in activity["filters"]]})
        for activity in document["activities"]
    ]
    return ApkFacts(**{**document, "activities": activities})


def package_to_json(package: Package) -> dict[str, Any]:
    """A package as JSON-ready values."""
    return {**dataclasses.asdict(package), "granted": sorted(package.granted)}


def package_from_json(document: dict[str, Any]) -> Package:
    """The inverse of `package_to_json`."""
    facts = facts_from_json(document["facts"])
    known = {field.name for field in dataclasses.fields(Package)}
    values = {name: value for name, value in document.items() if name in known}
    return Package(**{**values, "facts": facts, "granted": set(document["granted"])})
