"""What the elements of a login screen are, told by their attributes and by words in ids, texts and descriptions.

The words are those of English and Indonesian apps. What is not told by them is not guessed.
"""

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from masuk.cli.inspection.proposals import best
from masuk.cli.inspection.tree import elements, is_field
from masuk.config.profile import Locator, LoginScreen

PASSWORD = re.compile(r"passw|passcode|sandi|\bpin\b")
NEXT = re.compile(r"next|continue|go on|proceed|lanjut|berikut")
SUBMIT = re.compile(r"log ?in|sign ?in|log on|masuk|submit")
OTHER_ROLES = {
    "forgot_password": re.compile(r"forg[eo]t|lupa|recover|reset"),
    "help": re.compile(r"help|bantuan|support|contact|hubungi|call"),
    "reveal": re.compile(
        r"(show|view|toggle|display|tampilkan|lihat|perlihatkan).*(password|pass|sandi|pin)|reveal|\beye\b"
    ),
}


def guess(source: str) -> Mapping[str, Locator]:
    """Locators for keys of `[screens.login]`, in its order, from the screen's tree; none where it is no login screen.

    A screen without a field for a password is one when it has a single field and a button that leads on from it.
    """
    nodes = elements(source)
    fields = [node for node in nodes if is_field(node)]
    tappable = [node for node in nodes if node not in fields and _is_tappable(node)]
    roles: dict[str, etree._Element | None] = {key: _first(tappable, words) for key, words in OTHER_ROLES.items()}
    left = [node for node in tappable if node not in roles.values()]
    password = next((node for node in fields if node.get("password") == "true"), None)
    if password is None:  # it may be shown
        password = _first(fields, PASSWORD)
    if password is not None:
        roles |= {"identifier": _before(fields, password), "password": password}
        roles["submit"] = _first(left, SUBMIT)
        if roles["submit"] is None:
            roles["submit"] = _button_after(left, password, nodes)
    elif len(fields) == 1 and (leads_on := _first(left, NEXT, SUBMIT)) is not None:
        roles |= {"identifier": fields[0], "next": leads_on}
    else:
        return {}
    return {key: best(node) for key in LoginScreen.model_fields if (node := roles.get(key)) is not None}


def _is_tappable(node: etree._Element) -> bool:
    return node.get("clickable") == "true" or node.get("checkable") == "true"


def _words(node: etree._Element) -> str:
    """What an element is called, in small letters: the words of its id, its text and its description.

    What a field is called is its hint, not its text, which somebody may have typed.
    """
    identifier = node.get("resource-id", "").rpartition("/")[2]
    separate = re.sub(r"(?<=[a-z])(?=[A-Z])|[_\-]", " ", identifier)
    text = node.get("hint" if is_field(node) else "text", "")
    return f"{separate} {text} {node.get('content-desc', '')}".lower()


def _first(nodes: Sequence[etree._Element], *words: re.Pattern[str]) -> etree._Element | None:
    """The first element that is called so; later words count only where earlier ones have found none."""
    return next((node for pattern in words for node in nodes if pattern.search(_words(node))), None)


def _before(fields: list[etree._Element], password: etree._Element) -> etree._Element | None:
    """The field above the password's."""
    place = fields.index(password)
    return fields[place - 1] if place else None


def _button_after(
    tappable: list[etree._Element], password: etree._Element, nodes: list[etree._Element]
) -> etree._Element | None:
    """The first plain button below the password's field, whatever it is called."""
    below = nodes[nodes.index(password) :]
    return next((n for n in below if n in tappable and n.get("class", "").endswith(".Button")), None)
