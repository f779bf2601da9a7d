r"""The tags of Graphviz's HTML-like labels, with every text escaped.

In come texts and attribute values, out comes markup that Graphviz reads as exactly those texts.
Inside such labels Graphviz still replaces `\N`, `\G` and the like, so backslashes are doubled too.

INVARIANT: text reaches a label through `text`, a tooltip inside a label through `td` or `table`, a
tooltip outside one through `quoted_tip`; nothing else escapes.

Source: Graphviz documentation, "Node Shapes", HTML-like labels, and "escString".
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from pathwaylang.compiler.emit.text import LONGEST_LABEL, plain, wrap

BREAK = '<br align="left"/>'
LONGEST_TIP = 900


def text(value: str) -> str:
    r"""Return a text as the content of a label.

    >>> text('<b> & "\\N"')
    '&lt;b&gt; &amp; &quot;\\\\N&quot;'
    """
    return html.escape(plain(value)).replace("\\", "\\\\").replace("&#x27;", "&#39;")


def lines(
    value: str, width: int, lead: str = "", hang: str = "", longest: int = LONGEST_LABEL
) -> str:
    """Return a text wrapped to a width, set to the left.

    `lead` indents every line, `hang` those after the first; both are markup.
    """
    first, *rest = wrap(value, width, longest)
    told = [lead + text(first), *(lead + hang + text(part) for part in rest)]
    return "".join(part + BREAK for part in told)


def bold(markup: str) -> str:
    """Return markup in bold; Graphviz does not accept tags around nothing."""
    return f"<b>{markup}</b>" if markup else ""


def font(markup: str, *, size: int = 0, color: str = "") -> str:
    """Return markup in another size or colour."""
    attributes = _attributes({"point-size": str(size) if size else "", "color": color})
    return f"<font{attributes}>{markup}</font>" if attributes and markup else markup


def td(content: str, **attributes: str) -> str:
    """Return a cell; underscores in attribute names are dropped, empty values left out."""
    return f"<td{_attributes(attributes)}>{content or ' '}</td>"


def tr(cells: Iterable[str]) -> str:
    """Return a row, a line for each cell so that golden files can be read."""
    return "\n".join(("\n<tr>", *cells, "</tr>"))


def table(rows: Iterable[str], **attributes: str) -> str:
    """Return a table."""
    return f"<table{_attributes(attributes)}>{''.join(rows)}\n</table>"


def quoted_tip(value: str) -> str:
    r"""Return a tooltip for an attribute outside labels, where Graphviz unescapes twice.

    >>> print(quoted_tip("a\nb & \\N"))
    a\nb &amp; \\\\N
    """
    tip = html.escape(_tip_lines(value), quote=False)
    return tip.replace("\\", "\\" * 4).replace("\n", "\\n")


def identifier(*parts: str) -> str:
    """Return an id for SVG made of names.

    >>> identifier("management.local", "row:CL9")
    'management.local-row-CL9'
    """
    return re.sub(r"[^\w.-]", "-", "-".join(parts))


def node_name(key: str) -> str:
    """Return a key as the name of a node or port; a colon would separate the two."""
    return key.replace(":", "/")


def _attributes(values: dict[str, str]) -> str:
    return "".join(
        f' {name.rstrip("_")}="{_value(name, value)}"' for name, value in values.items() if value
    )


def _value(name: str, value: str) -> str:
    if name != "tooltip":
        return text(value)
    tip = html.escape(_tip_lines(value)).replace("\\", "\\\\").replace("&#x27;", "&#39;")
    return tip.replace("\n", "&#10;")


def _tip_lines(value: str) -> str:
    tip = "\n".join(plain(part) for part in value.split("\n"))
    return tip if len(tip) <= LONGEST_TIP else tip[: LONGEST_TIP - 1].rstrip() + "…"
