"""The page of an inspection: one HTML file that holds all it needs and asks nothing of the network."""

import base64
import io
import json
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any

from lxml import etree
from PIL import Image

from masuk.automation.driver import SHOWING_HINT
from masuk.base.toml_model import as_toml
from masuk.cli.inspection.proposals import proposals
from masuk.cli.inspection.tree import box_of, elements, flags, short_class, shows_hint

CONTENT = "@CONTENT@"
LEFT_OUT = ("index", "displayed", "bounds", SHOWING_HINT)


@dataclass(frozen=True)
class Inspected:
    """A screen that was looked at: a PNG picture and the tree of the same moment, masked."""

    picture: bytes
    source: str
    device: str
    app: str
    at: datetime
    note: str = ""
    """Why the picture is blank."""


def blank(width: int, height: int) -> bytes:
    """A white picture, as PNG, for a screen that there is no picture of."""
    out = io.BytesIO()
    Image.new("L", (width, height), "white").save(out, "PNG")
    return out.getvalue()


def html(inspected: Inspected) -> str:
    """The page."""
    template = files(__package__).joinpath("page.html").read_text(encoding="utf-8")
    # In a script element, "</script>" and "<!--" would end the text or change how it is read.
    content = json.dumps(_content(inspected), ensure_ascii=False).replace("<", "\\u003c")
    return template.replace(CONTENT, content)


def _content(inspected: Inspected) -> dict[str, Any]:
    """What the page's script reads: see `page.html`."""
    with Image.open(io.BytesIO(inspected.picture)) as picture:
        width, height = picture.size
    nodes = elements(inspected.source)
    places = {node: place for place, node in enumerate(nodes)}
    return {
        "device": inspected.device,
        "app": inspected.app,
        "note": inspected.note,
        "at": inspected.at.isoformat(sep=" ", timespec="seconds"),
        "picture": f"data:image/png;base64,{base64.b64encode(inspected.picture).decode()}",
        "width": width,
        "height": height,
        "elements": [_element(node, places) for node in nodes],
    }


def _element(node: etree._Element, places: dict[etree._Element, int]) -> dict[str, Any]:
    parent = node.getparent()
    return {
        "parent": places.get(parent) if parent is not None else None,
        "name": short_class(node),
        "id": node.get("resource-id", "").rpartition("/")[2],
        "text": ("" if shows_hint(node) else node.get("text")) or node.get("content-desc") or "",
        "flags": flags(node),
        "box": box_of(node),
        "attributes": {str(name): str(value) for name, value in node.attrib.items() if name not in LEFT_OUT},
        "locators": [
            {"notation": as_toml(proposal.locator.notation), "matches": proposal.matches}
            for proposal in proposals(node)
        ],
    }
