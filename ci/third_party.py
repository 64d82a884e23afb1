"""Writes THIRD_PARTY.md: what is fetched, and under which licence. Run it with the project's own virtual environment.

Python's and npm's packages say their licence themselves; of jars few do, so their groups' licences stand here.
"""

import json
import tomllib
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, distributions
from pathlib import Path

from masuk.toolchain.installer import JAR_SETS, set_up_interception, set_up_python
from masuk.toolchain.tools import Toolchain

CHECKOUT = Path(__file__).resolve().parent.parent
JAR_LICENCES = {
    "com.android.tools.build": "Apache-2.0",
    "com.almworks.sqlite4java": "Apache-2.0",
    "com.beust": "Apache-2.0",
    "com.github.ben-manes.caffeine": "Apache-2.0",
    "com.google.protobuf": "BSD-3-Clause",
    "com.google": "Apache-2.0",
    "com.graphql-java:graphql-java": "MIT",
    "com.graphql-java:java-dataloader": "Apache-2.0",
    "com.ibm.icu": "Unicode-3.0",
    "com.squareup": "Apache-2.0",
    "de.femtopedia.dex2jar": "Apache-2.0",
    "dev.failsafe": "Apache-2.0",
    "eu.neilalexander": "BSD-2-Clause",
    "io.netty": "Apache-2.0",
    "io.opentelemetry": "Apache-2.0",
    "it.unimi.dsi": "Apache-2.0",
    "javax.annotation": "CDDL-1.1 or GPL-2.0 with classpath exception",
    "javax.inject": "Apache-2.0",
    "net.bytebuddy": "Apache-2.0",
    "org.antlr": "BSD-3-Clause",
    "org.apktool": "Apache-2.0",
    "org.bouncycastle": "MIT (Bouncy Castle Licence)",
    "org.checkerframework": "MIT",
    "org.conscrypt": "Apache-2.0",
    "org.eclipse.jdt": "EPL-2.0",
    "org.jboss.marshalling": "Apache-2.0",
    "org.jetbrains.kotlin": "Apache-2.0",
    "org.jspecify": "Apache-2.0",
    "org.ow2.asm": "BSD-3-Clause",
    "org.reactivestreams": "CC0-1.0",
    "org.robolectric": "MIT; the framework's classes and fonts inside are Apache-2.0 and OFL-1.1",
    "org.seleniumhq.selenium": "Apache-2.0",
    "org.tomlj": "Apache-2.0",
    "org.yaml": "Apache-2.0",
    "org.zeromq": "MPL-2.0",
    "software.coley": "MIT; the classes of R8 inside are BSD-3-Clause",
}
HEAD = """# Third-party software

None of this is part of the repository: pip, npm and jgo fetch it at set-up, in the versions that the lock files name.
This list is written by `ci/third_party.py`.
"""


def main() -> None:
    """Write the list."""
    sections = [
        ("Python packages", python_packages()),
        ("Python packages of mitmproxy, only with --intercept", interception_packages()),
        ("Python packages of Robot Framework, only with `python -m benchmarks --only compare`", compared_packages()),
        ("npm packages", npm_packages(CHECKOUT)),
        (
            "npm packages of WebdriverIO, only with `python -m benchmarks --only compare`",
            npm_packages(CHECKOUT / "benchmarks" / "compare" / "webdriverio"),
        ),
        (
            "npm packages of the Chromium (BSD-3-Clause) that reads reports in tests",
            npm_packages(CHECKOUT / "ci/browser"),
        ),
        ("Jars", jars(JAR_SETS)),
        ("Jars of Selenium Grid, only with ci.grid", jars(["grid"])),
    ]
    parts = [HEAD]
    for title, rows in sections:
        parts.append(f"## {title}\n\n| package | version | licence |\n|---|---|---|")
        parts[-1] += "".join(f"\n| {name} | {version} | {licence} |" for name, version, licence in sorted(set(rows)))
    (CHECKOUT / "THIRD_PARTY.md").write_text("\n\n".join(part.strip() for part in parts) + "\n", encoding="utf-8")


def interception_packages() -> Iterator[tuple[str, str, str]]:
    """What mitmproxy's own environment holds, which is made for this."""
    toolchain = Toolchain.default()
    set_up_interception(toolchain)
    return _packages_in(toolchain.root / "mitmproxy")


def compared_packages() -> Iterator[tuple[str, str, str]]:
    """What Robot Framework's own environment holds, which is made for this."""
    interpreter = set_up_python(Toolchain.default(), "robotframework", "Robot Framework (pip, half a minute)")
    return _packages_in(interpreter.parent.parent)


def _packages_in(environment: Path) -> Iterator[tuple[str, str, str]]:
    site = next((environment / "lib").glob("python*/site-packages"))
    return python_packages([str(site)])


def python_packages(path: Sequence[str] | None = None) -> Iterator[tuple[str, str, str]]:
    """What is installed in an environment, but for the project itself and what a virtual environment begins with."""
    for package in distributions(path=list(path)) if path else distributions():
        name = package.metadata["Name"]
        if name not in {"masuk", "pip", "setuptools"}:
            yield name.lower(), package.version, _licence(package)


def _licence(package: Distribution) -> str:
    stated = package.metadata.get("License-Expression")
    classified = [
        line.rpartition(" :: ")[2]
        for line in package.metadata.get_all("Classifier") or []
        if line.startswith("License :: ") and not line.endswith("OSI Approved")
    ]
    named = (package.metadata.get("License") or "").strip().splitlines()
    return stated or ", ".join(classified) or (named[0] if named else "not stated")


def npm_packages(folder: Path) -> Iterator[tuple[str, str, str]]:
    """What the npm lock file of a folder names."""
    locked = json.loads((folder / "package-lock.json").read_text())["packages"]
    for path, entry in locked.items():
        if path and not entry.get("dev"):
            yield path.rpartition("node_modules/")[2], entry["version"], entry.get("license", "not stated")


def jars(names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """What the lock files of these sets of jars name."""
    for name in names:
        lock = CHECKOUT / "toolchain" / "jars" / name / "jgo.lock.toml"
        for entry in tomllib.loads(lock.read_text())["dependencies"]:
            jar = f"{entry['groupId']}:{entry['artifactId']}"
            licence = next(value for key, value in JAR_LICENCES.items() if jar.startswith(key))
            yield jar, entry["version"], licence


if __name__ == "__main__":
    main()
