"""Short ways to read and print a text in tests."""

from __future__ import annotations

from pathlib import Path

from pathwaylang.compiler.syntax import Parsed, parse_file, print_file
from pathwaylang.diagnostics import Source

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SAMPLES = sorted((HERE / "samples").glob("*.pw"))
PATHWAYS = sorted((ROOT / "pathways").glob("**/*.pw"))
HEAD = 'pathway p "P"\n'


def read(text: str) -> Parsed:
    """Parse a text."""
    return parse_file(Source("test.pw", text))


def printed(text: str) -> str:
    """Parse a text and print it again."""
    source = Source("test.pw", text)
    return print_file(parse_file(source).file, source)


def told(text: str) -> list[tuple[str, int, int]]:
    """Return code, line and column of every finding."""
    source = Source("test.pw", text)
    found = []
    for diagnostic in parse_file(source).diagnostics:
        place = source.position(diagnostic.span.start)
        found.append((diagnostic.code, place.line, place.column))
    return found
