"""Compiled pathways that several benchmarks need, made once and kept in temporary files.

They are made in a process of its own, since who measures the runtime must not load the compiler; a
change of the sources or of the compiler makes them anew.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bench.measure import LIVER, ROOT, run_child


def liver_artifact() -> str:
    """Return the liver pathway's artifact as JSON."""
    root = ROOT / LIVER
    return _kept("liver", (root, *sorted(root.with_suffix("").glob("*.pw"))), "compile")


def tree_artifact_text(leaves: int) -> str:
    """Return the artifact of the tree with so many leaves, as JSON."""
    sources = (ROOT / "bench" / "trees.py", ROOT / "bench" / "tree_pathway.py")
    return _kept(f"tree-{leaves}", sources, "tree", str(leaves))


def _kept(name: str, sources: Iterable[Path], child: str, *arguments: str) -> str:
    digest = hashlib.sha256()
    for folder in ("compiler", "ir"):
        for path in sorted((ROOT / "pathwaylang" / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    for path in sources:
        digest.update(path.read_bytes())
    kept = Path(tempfile.gettempdir()) / f"pathwaylang-bench-{name}-{digest.hexdigest()[:16]}.json"
    if kept.exists():
        return kept.read_text(encoding="utf-8")
    made = run_child(child, *arguments)
    if made.problem:
        raise SystemExit(f"{name}: {made.problem}")
    kept.write_text(made.out, encoding="utf-8")
    return made.out
