"""A page as DOT text for Graphviz.

In comes a page, out comes DOT: the layout settings, a heading, a frame per lane, a node per box,
an edge per arrow. `dot` stacks what stands in one column from the last to the first, so lanes,
boxes and arrows are written in reverse and read from top to bottom.

Invariants: the same page gives the same text; no text of an author stands outside an escaped label
or tooltip.
"""

from __future__ import annotations

import graphviz

from pathwaylang.compiler.emit.dot.boxes import box_label
from pathwaylang.compiler.emit.dot.heading import footer, heading
from pathwaylang.compiler.emit.dot.markup import bold, font, identifier, node_name, quoted_tip, text
from pathwaylang.compiler.emit.dot.palette import ink, line
from pathwaylang.compiler.emit.pages.nodes import Box, Edge, Lane, Page

FONT = "Helvetica,Arial,sans-serif"
_GRAPH = {
    "rankdir": "LR",
    "splines": "polyline",
    "nodesep": "0.15",
    "ranksep": "0.6",
    "newrank": "false",
    "pad": "0.2",
    "outputorder": "edgesfirst",
    "compound": "true",
    "labelloc": "t",
    "labeljust": "l",
    "fontname": FONT,
    "fontsize": "12",
    "charset": "UTF-8",
    "bgcolor": "white",
}
_LANES_PER_ROW = 3


def write_dot(page: Page) -> str:
    """Return a page as DOT text."""
    settings = _GRAPH | ({"ordering": "out"} if _is_forest(page) else {})
    dot = graphviz.Digraph(
        name=page.name,
        graph_attr={**settings, "id": identifier(page.name), "label": f"<{heading(page)}>"},
        node_attr={"shape": "plain", "fontname": FONT, "fontsize": "12", "margin": "0"},
        edge_attr={"fontname": FONT, "fontsize": "11", "arrowsize": "0.8"},
    )
    below = footer(page)
    name = identifier(page.name, "page")
    attributes = {"id": name, "penwidth": "0", "margin": "4", "labelloc": "b", "labeljust": "l"}
    with dot.subgraph(name="cluster_page") as body:
        body.attr(**attributes, label=f"<{below}>" if below else "")
        for lane in reversed(page.lanes):
            _lane(body, page, lane)
    for edge in reversed(page.edges):
        _edge(dot, page, edge)
    for left, right in _neighbours(page):
        dot.edge(f"{node_name(left)}:e", f"{node_name(right)}:w", style="invis")
    return str(dot.source)


def _neighbours(page: Page) -> list[tuple[str, str]]:
    """Return which boxes to put beside each other: lanes of one box, three in a row."""
    joined = {key for edge in page.edges for key in (edge.tail, edge.head)}
    pairs: list[tuple[str, str]] = []
    row: list[str] = []
    for lane in page.lanes:
        is_single = lane.title and len(lane.boxes) == 1 and lane.boxes[0].key not in joined
        if is_single and 0 < len(row) < _LANES_PER_ROW:
            pairs.append((row[-1], lane.boxes[0].key))
            row.append(lane.boxes[0].key)
        else:
            row = [lane.boxes[0].key] if is_single else []
    return pairs


def _is_forest(page: Page) -> bool:
    """True if no box is reached from two others.

    Only then is `ordering=out` safe: with several ways to a box, dot 14 can end the whole process
    (assertion in list.c). Arrows from rows keep their order without it.
    """
    ways = {(edge.tail, edge.head) for edge in page.edges}
    return len(ways) == len({head for _, head in ways})


def _lane(parent: graphviz.Digraph, page: Page, lane: Lane) -> None:
    if not lane.key:
        for box in reversed(lane.boxes):
            _box(parent, page, box)
        return
    with parent.subgraph(name=f"cluster_{lane.key}") as frame:
        title = font(bold(text(lane.title)), color=ink(lane.state)) if lane.title else ""
        frame.attr(
            label=f"<{title}>" if title else "",
            labelloc="t",
            labeljust="l",
            margin="10",
            color=line(lane.state),
            style="rounded" if title else "",
            penwidth=("2" if lane.state == "lit" else "1") if title else "0",
            id=identifier(page.name, lane.key),
        )
        for box in reversed(lane.boxes):
            _box(frame, page, box)


def _box(parent: graphviz.Digraph, page: Page, box: Box) -> None:
    parent.node(
        node_name(box.key),
        label=f"<{box_label(box, page)}>",
        id=identifier(page.name, box.key),
        **{"class": f"{box.kind} {box.state}"},
    )


def _edge(dot: graphviz.Digraph, page: Page, edge: Edge) -> None:
    port = f":{node_name(edge.port)}" if edge.port else ""
    tail = f"{node_name(edge.tail)}{port}:e"
    style = ["dashed"] if edge.is_dashed else []
    attributes = {
        "color": line(edge.state),
        "penwidth": "3" if edge.state == "lit" else "1",
        "id": identifier(page.name, edge.port or edge.tail, "to", edge.head),
        "class": edge.state,
        "edgetooltip": quoted_tip(edge.tooltip) if edge.tooltip else "",
        "style": ",".join(style),
    }
    dot.edge(tail, f"{node_name(edge.head)}:w", **{k: v for k, v in attributes.items() if v})
