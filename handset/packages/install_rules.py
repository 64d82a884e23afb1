"""Android's rules for an install: which APK it refuses, and with which error code."""

from handset.base.errors import InstallFailure
from handset.packages.apk import ApkFacts
from handset.packages.install_options import InstallOptions
from handset.packages.package import Package
from handset.state.settings_store import API_LEVEL


def check_install(facts: ApkFacts, old: Package | None, options: InstallOptions) -> None:
    """Raise the InstallFailure that Android would answer with, if any."""
    name = facts.package
    pretended = old is not None and old.system
    if (facts.native_framework or not facts.has_code) and not pretended:
        code = f"its code is native ({facts.native_framework})" if facts.native_framework else "it has no dex code"
        raise InstallFailure(
            "INSTALL_FAILED_NO_MATCHING_ABIS",
            f"{name}: {code}; handset runs apps written in Java or Kotlin; use an emulator",
        )
    if facts.min_sdk > API_LEVEL:
        raise InstallFailure(
            "INSTALL_FAILED_OLDER_SDK", f"{name} requires newer sdk version #{facts.min_sdk} (current is #{API_LEVEL})"
        )
    if facts.test_only and not options.allow_test:
        raise InstallFailure("INSTALL_FAILED_TEST_ONLY", f"{name} is testOnly: install it with -t")
    if old is not None:
        _check_upgrade(facts, old, options)


def _check_upgrade(facts: ApkFacts, old: Package, options: InstallOptions) -> None:
    name = facts.package
    if not options.replace:
        raise InstallFailure(
            "INSTALL_FAILED_ALREADY_EXISTS", f"Attempt to re-install {name} without first uninstalling."
        )
    if old.facts.certificate and facts.certificate and old.facts.certificate != facts.certificate:
        raise InstallFailure(
            "INSTALL_FAILED_UPDATE_INCOMPATIBLE",
            f"Existing package {name} signatures do not match newer version; ignoring!",
        )
    may_downgrade = options.allow_downgrade and old.facts.debuggable
    if facts.version_code < old.facts.version_code and not may_downgrade:
        raise InstallFailure(
            "INSTALL_FAILED_VERSION_DOWNGRADE",
            f"Downgrade detected: Update version code {facts.version_code} is older than current"
            f" {old.facts.version_code}",
        )
