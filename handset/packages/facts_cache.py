"""Caches the facts about APKs in files, by the content of an APK."""

import dataclasses
import json
from pathlib import Path

from handset.base.digest import sha256_of
from handset.base.home import Home
from handset.packages.apk import ApkFacts, read_apk
from handset.packages.package_json import facts_from_json

FACTS_FORMAT = 3
"""Stands in the names of files that cache facts; to be raised when other facts are found out about an APK."""


def cached_facts(apk: Path, home: Home) -> ApkFacts:
    """The facts about `apk`, read from the cache or from the APK. Raises InstallFailure for what is no APK."""
    sha = sha256_of(apk)
    cached = home.badging_cache / f"{sha}.{FACTS_FORMAT}.json"
    if cached.exists():
        return facts_from_json(json.loads(cached.read_text(encoding="utf-8")))
    facts = read_apk(apk, home.aapt2)
    fresh = cached.with_suffix(f".{id(facts)}")
    fresh.write_text(json.dumps(dataclasses.asdict(facts)), encoding="utf-8")
    fresh.replace(cached)
    return facts
