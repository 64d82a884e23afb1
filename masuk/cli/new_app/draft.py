"""The text of a profile that is not finished: what is known, and the rest behind a `#` with how to find it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from masuk.base.toml_model import as_toml
from masuk.cli.new_app.manifest import Manifest
from masuk.config.profile import Locator, LoginScreen, Messages, Texts

EXAMPLE = '"id=…"'
LOGIN_HOW = {
    "identifier": "the field for the number, the name or the address",
    "next": "if the password is on a page of its own: what leads there",
    "change": "and what leads back",
    "password": "the field for the password",
    "submit": "the button that logs in",
    "message": "what the screen says when a login has failed: let one fail, then inspect",
    "dismiss": "if that lies over the form, such as a dialog: its button",
    "busy": "what turns while a login is under way",
    "cancel": "what gives up waiting",
    "reveal": "what shows the password",
    "forgot_password": "what leads to a new password",
    "help": "what calls somebody",
    "update_offer": "what offers a newer version that need not be installed",
}
OTHER_SCREENS = """\
# A screen that the app has not is left out: scenarios about it are skipped.
# [screens.forgot]      # where a new password is asked for
# identifier = "id=…"
# submit = "id=…"
# message = "id=…"
# [screens.blocked]     # what a blocked member sees; for a dialog, its locators
# reason = "id=…"
# remedy = "id=…"
# [screens.update]      # what the user of a version that is too old sees
# message = "id=…"
"""


def draft(name: str, apk: str, manifest: Manifest, known: Mapping[str, Locator]) -> str:
    """The profile's text. `apk` is its path as a profile has it."""
    return "\n".join(
        [
            f"# The profile of {name}. `masuk new app` has filled in what APK and login screen tell. What stands after",
            "# a # is to be filled in, or removed where the app has no such thing. Look for locators with:",
            "#     masuk inspect --device SERIAL",
            "",
            "[app]",
            f"name = {as_toml(manifest.label)}",
            f"package = {as_toml(manifest.package)}",
            f"activity = {as_toml(manifest.activity)}",
            f"apk = {as_toml(apk)}",
            '# previous_apk = "…"                 # the build that upgrades begin with',
            '# inner_activities = [".…"]          # screens behind the login, which no other app may open',
            '# extras = { … = "{backend}" }       # how a debug build is told where its service is, if it is',
            "",
            "[screens.login]",
            *_login(known),
            "",
            "[screens.home]",
            f"# member_name = {EXAMPLE}  # TO BE FILLED IN: the name of whoever is logged in: log in, then inspect",
            f"# logout = {EXAMPLE}  # what logs out",
            "",
            OTHER_SCREENS,
            "# What the login screen says, as regular expressions that match the meaning, not the letters.",
            "[messages]",
            *(f'# {key} = "…"' for key in Messages.model_fields),
            "",
            "# What other screens say.",
            "[texts]",
            *(f'# {key} = "…"' for key in Texts.model_fields),
            "",
            *_storage(manifest),
            "",
        ]
    )


def path_in_profile(apk: Path, project: Path) -> str:
    """An APK's path as a profile has it: in the project's folder with `//` before it, and whole elsewhere."""
    return f"//{apk.relative_to(project).as_posix()}" if apk.is_relative_to(project) else str(apk)


def _login(known: Mapping[str, Locator]) -> Iterator[str]:
    on_two_pages = "next" in known
    for key, field in LoginScreen.model_fields.items():
        if key in known:
            yield f"{key} = {as_toml(known[key].notation)}"
        else:
            must = "TO BE FILLED IN: " if field.is_required() or (key == "change" and on_two_pages) else ""
            yield f"# {key} = {EXAMPLE}  # {must}{LOGIN_HOW[key]}"


def _storage(manifest: Manifest) -> Iterator[str]:
    if not manifest.debuggable:
        yield "# This build is not debuggable, so scenarios that damage its files are skipped."
        return
    yield "# Files that scenarios damage, relative to the app's data folder. Log in, then look at:"
    yield f"#     adb shell run-as {manifest.package} find . -type f"
    yield "[storage]"
    yield '# preferences = "shared_prefs/….xml"'
    yield '# database = "databases/…"'
    yield '# key = "…"'
    yield '# cache = "cache/…"'
