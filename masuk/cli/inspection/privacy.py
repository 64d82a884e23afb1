"""What stands in fields is nobody's business: masked in the tree, blackened in the picture, here and elsewhere."""

from lxml import etree

from masuk.cli.inspection.tree import box_of, elements, is_field, typed
from masuk.secrets.picture_redaction import blacken, secret_boxes
from masuk.secrets.vault import Secret, Vault


def masked(png: bytes, source: str, vault: Vault) -> tuple[bytes, str]:
    """Picture and tree without what was typed into fields and without the vault's secrets.

    What is typed joins the vault, which finds it where the screen repeats it.
    """
    nodes = elements(source)
    filled = [node for node in nodes if is_field(node) and typed(node)]
    for node in filled:
        vault.add(Secret(typed(node), _label(node)))
    boxes = [*secret_boxes(source, vault), *(box for node in filled if (box := box_of(node)))]
    for node in nodes:
        for name, value in node.attrib.items():
            node.set(name, vault.mask(str(value)))
    for node in filled:
        node.set("text", f"<{_label(node)}>")
    root = nodes[0].getroottree().getroot() if nodes else None
    return blacken(png, boxes), source if root is None else etree.tostring(root, encoding="unicode")


def _label(field: etree._Element) -> str:
    return "password" if field.get("password") == "true" else "typed text"
