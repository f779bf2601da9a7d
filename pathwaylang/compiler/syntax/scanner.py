"""Text -> lexemes, one chunk per item.

In: the lines of a source. Out: chunks, lazily and in order. Every text gives chunks: what cannot
be read becomes a fault of its chunk (faults.py), and the scanner goes on behind it. A new chunk
starts at a line in column 1 that begins with an item's word or with a name; other lines in column 1
belong to the item above them.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.syntax.lexemes import Chunk
from pathwaylang.compiler.syntax.lines import Lines
from pathwaylang.compiler.syntax.reader import ItemReader


def scan_items(lines: Lines) -> Iterator[Chunk]:
    """Yield the chunks of a file; `lines.comments` is complete when they are used up."""
    position = lines.skip_blank(1 if lines.text.startswith("\ufeff") else 0)
    while position < len(lines.text):
        reader = ItemReader(lines, position)
        yield reader.read()
        position = reader.position
