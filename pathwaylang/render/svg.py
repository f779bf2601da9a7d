"""SVG as Graphviz draws it, made usable with a keyboard, a screen reader and a pointer.

In comes the SVG of one chart, out comes the same picture with a role, a title and a description, a
label on every box, tooltips as `<title>`, links that work in old and new viewers, and a visible
focus. What depends on the version of Graphviz (comments, document type) is dropped.

Invariants: no script, no style from outside, no text that was not in the drawing, the title or the
description; ids are those of the DOT text.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
FONT = "Helvetica,Arial,sans-serif"
_STYLE = (
    "a:focus,g:focus{outline:3px solid #000000;outline-offset:2px}"
    "a:hover text{text-decoration:underline}"
)
_G, _A, _TITLE, _TEXT = (f"{{{SVG}}}{tag}" for tag in ("g", "a", "title", "text"))
_HREF, _TIP = f"{{{XLINK}}}href", f"{{{XLINK}}}title"


def accessible_svg(drawn: bytes, title: str, description: str, *, role: str = "img") -> bytes:
    """Return the SVG of a chart for people; `role` is for pages that embed it as a group."""
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK)
    root = ET.fromstring(drawn)
    for element in list(root.iter(_A)):
        _mend_anchor(element)
    taken = {group.get("id", "") for group in root.iter(_G)}
    for group in list(root.iter(_G)):
        _mend_group(group, taken)
    for text in root.iter(_TEXT):
        text.set("font-family", FONT)
    _in_reading_order(root)
    _head(root, title, description, role)
    told: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return told + b"\n"


def _head(root: ET.Element, title: str, description: str, role: str) -> None:
    name = next((group.get("id", "") for group in root.iter(_G)), "chart")
    parts = []
    for tag, content in (("title", title), ("desc", description)):
        part = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{name}-{tag}"})
        part.text = content
        parts.append(part)
    style = ET.Element(f"{{{SVG}}}style")
    style.text = _STYLE
    for place, element in enumerate((*parts, style)):
        root.insert(place, element)
    root.set("role", role)
    root.set("aria-labelledby", f"{name}-title {name}-desc")


def _in_reading_order(root: ET.Element) -> None:
    """Put the boxes in reading order: DOT has them in reverse, and the Tab key follows the file."""
    for graph in root.findall(_G):
        nodes = [group for group in graph if group.get("class", "").startswith("node")]
        for node in nodes:
            graph.remove(node)
        graph.extend(reversed(nodes))


def _mend_anchor(element: ET.Element) -> None:
    """Make an anchor with a target a plain link, one without a group; both with a tooltip."""
    tip = element.attrib.pop(_TIP, "")
    if tip:
        title = ET.Element(_TITLE)
        title.text = tip
        element.insert(0, title)
    if element.get(_HREF):
        element.set("href", element.get(_HREF, ""))
        element.set("aria-label", _words(element))
    else:
        element.tag = _G


def _mend_group(group: ET.Element, taken: set[str]) -> None:
    """Name boxes for screen readers, let rows and boxes without links have the focus.

    Graphviz puts `a_` before the ids of what has a tooltip; it is taken off unless the id is taken.
    """
    kind = group.get("class", "").split(" ")[0]
    if kind in ("graph", "node", "edge", "cluster"):
        tip = _tooltip(group)
        for title in group.findall(_TITLE):
            group.remove(title)
        if kind == "edge" and tip:
            title = ET.Element(_TITLE)
            title.text = tip
            group.insert(0, title)
        if kind == "node" and not any(link.get("href") for link in group.iter(_A)):
            group.set("aria-label", _words(group))
            group.set("role", "group")
            group.set("tabindex", "0")
    name = group.get("id", "")
    if name.startswith("a_"):
        group.attrib.pop("id")
        if name[2:] not in taken:
            group.set("id", name[2:])
        if name.endswith("-if"):
            group.set("tabindex", "0")
            group.set("role", "group")
            group.set("aria-label", _tooltip(group) or _words(group))


def _tooltip(group: ET.Element) -> str:
    """Return the tooltip inside a group that its own anchor carried."""
    inner = next((child for child in group.iter(_G) if child is not group), None)
    title = None if inner is None else inner.find(f".//{_TITLE}")
    return (title.text or "") if title is not None else ""


def _words(element: ET.Element) -> str:
    return " ".join((text.text or "").strip() for text in element.iter(_TEXT)).strip()
