"""docs/README.md lists every document; whoever adds one adds its line."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_every_document_is_listed() -> None:
    listed = set(re.findall(r"\]\(([^)#]+)\)", (DOCS / "README.md").read_text(encoding="utf-8")))
    there = {path.name for path in DOCS.glob("*.md")} - {"README.md"}
    there |= {path.name for path in DOCS.glob("*.json")}
    there |= {f"pathways/{path.name}" for path in (DOCS / "pathways").glob("*.md")}
    assert there - listed == set()
