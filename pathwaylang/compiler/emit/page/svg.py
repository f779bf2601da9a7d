"""A drawn chart made fit to stand inside the page.

In comes the accessible SVG of one chart, out comes an `<svg>` element for HTML: links lead to the
other charts of the page, what a browser assumes anyway is left out, and long labels for screen
readers are cut where the same text stands in the drawing.

Invariants: nothing but attributes goes; ids stay; no script, no style, no link out of the page.
"""

from __future__ import annotations

from collections.abc import Collection
from xml.etree import ElementTree as ET

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ASSUMED = {
    "text-anchor": "start",
    "font-size": "12.00",
    "stroke": "none",
}
_LONGEST_LABEL = 160


def inline_svg(drawn: str, charts: Collection[str]) -> str:
    """Return the SVG as an element of the page; `charts` are the names that links may lead to."""
    root = ET.fromstring(drawn)
    _unwrap(root)
    for element in root.iter():
        _slim(element)
        _relink(element, charts)
    for style in root.findall(f"{_SVG}style"):
        root.remove(style)
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    ET.register_namespace("", _SVG[1:-1])
    text = ET.tostring(root, encoding="unicode")
    # HTML knows the namespace of <svg> by itself.
    return text.replace(f' xmlns="{_SVG[1:-1]}"', "", 1)


def _slim(element: ET.Element) -> None:
    attributes = element.attrib
    attributes.pop(_SPACE, None)
    attributes.pop("font-family", None)
    for name, value in _ASSUMED.items():
        if attributes.get(name) == value:
            del attributes[name]
    if element.tag == f"{_SVG}text" and attributes.get("fill") == "#000000":
        del attributes["fill"]
    label = attributes.get("aria-label", "")
    if len(label) > _LONGEST_LABEL:
        attributes["aria-label"] = label[: _LONGEST_LABEL - 1].rstrip() + "…"
    element.tail = None


def _relink(element: ET.Element, charts: Collection[str]) -> None:
    """Turn a link to another chart's file into one to its place on the page; drop any other."""
    goal = element.attrib.pop(f"{_XLINK}href", "")
    goal = element.attrib.pop("href", goal)
    name = goal.removesuffix(".svg")
    if goal and name in charts:
        element.set("href", f"#pw-chart-{name}")
    for attribute in [name for name in element.attrib if name.startswith(_XLINK)]:
        del element.attrib[attribute]


def _unwrap(parent: ET.Element) -> None:
    """Replace groups that carry nothing by what they hold."""
    for child in list(parent):
        _unwrap(child)
        if child.tag == f"{_SVG}g" and not child.attrib:
            place = list(parent).index(child)
            parent.remove(child)
            for offset, inner in enumerate(list(child)):
                parent.insert(place + offset, inner)
