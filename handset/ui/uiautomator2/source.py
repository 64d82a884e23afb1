"""Turns the tree of a screen into the UiAutomator2 server's page source."""

import re

from lxml import etree

from handset.base.display import Display
from handset.processes.app_process import JsonObject

KEY = "{handset}key"
SHOWING_HINT = "showing-hint"
"""By the server's own name, and for every node: Android gives the hint as the text of an empty field."""
TOAST = "android.widget.Toast"
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NOT_IN_TAGS = re.compile(r"[^\w.\-]")
FLAGS = (
    "checkable",
    "checked",
    "clickable",
    "enabled",
    "focusable",
    "focused",
    "long-clickable",
    "password",
    "scrollable",
    "selected",
)
DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"


def build(tree: JsonObject, display: Display) -> etree._Element:
    """The hierarchy as elements; each carries its node's key in the attribute KEY, which `serialise` leaves out."""
    width, height = display.size
    root = etree.Element(
        "hierarchy",
        {
            "index": "0",
            "class": "hierarchy",
            "rotation": str(display.rotation),
            "width": str(width),
            "height": str(height),
        },
    )
    package = str(tree.get("package", ""))
    for window in tree.get("windows", []):
        _add(root, window["root"], package)
    for text in tree.get("toasts", []):
        _add_toast(root, text, package)
    return root


def serialise(root: etree._Element) -> str:
    """The page source as text."""
    copy = etree.fromstring(etree.tostring(root))
    etree.strip_attributes(copy, KEY)
    etree.cleanup_namespaces(copy)
    return DECLARATION + etree.tostring(copy, pretty_print=True, encoding="unicode")


def page_source(tree: JsonObject, display: Display) -> str:
    """The page source of a tree."""
    return serialise(build(tree, display))


def _add(parent: etree._Element, node: JsonObject, package: str) -> None:
    name = node.get("class") or "android.view.View"
    flags = set(node.get("flags", []))
    attributes = {"index": str(len(parent)), "package": package, "class": name, "text": _clean(node.get("text"))}
    for attribute, value in (("content-desc", node.get("desc")), ("resource-id", node.get("id"))):
        if value:
            attributes[attribute] = _clean(value)
    attributes.update({flag: str(flag in flags).lower() for flag in FLAGS})
    left, top, right, bottom = node.get("bounds", (0, 0, 0, 0))
    attributes["bounds"] = f"[{left},{top}][{right},{bottom}]"
    attributes["displayed"] = str("displayed" in flags).lower()
    if node.get("hint"):
        attributes["hint"] = _clean(node["hint"])
    attributes[SHOWING_HINT] = str("showing-hint" in flags).lower()
    if node.get("error"):
        attributes["error"] = _clean(node["error"])
    attributes[KEY] = str(node.get("key", ""))
    element = etree.SubElement(parent, _tag(name), attributes)
    for child in node.get("children", []):
        _add(element, child, package)


def _add_toast(root: etree._Element, text: str, package: str) -> None:
    attributes = {"index": str(len(root)), "package": package, "class": TOAST, "text": _clean(text)}
    attributes.update({flag: str(flag == "enabled").lower() for flag in FLAGS})
    attributes.update({"bounds": "[0,0][0,0]", "displayed": "true", KEY: f"toast:{text}"})
    etree.SubElement(root, TOAST, attributes)


def _tag(name: str) -> str:
    tag = NOT_IN_TAGS.sub(".", name)
    return tag if tag[:1].isalpha() else f"_{tag}"


def _clean(text: object) -> str:
    return UNPRINTABLE.sub("", str(text)) if text is not None else ""
