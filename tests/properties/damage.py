"""White space out of order: other indentation, more spaces, line ends, blank lines, comments.

In: the text of a pathway and a source of chance. Out: the text with the same words, so that it must
mean the same. Nothing inside quotation marks is touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from pathwaylang.compiler.syntax.lexemes import Lexeme
from pathwaylang.compiler.syntax.lines import Lines
from pathwaylang.compiler.syntax.scanner import scan_items
from pathwaylang.compiler.syntax.slip import LAYOUT
from pathwaylang.diagnostics import Source

COMMENTS = ("# one", "# zwei  Wörter", '# "quoted" 😀', "#")


@dataclass(frozen=True, slots=True)
class Damage:
    """How white space is put out of order; `lines` breaks and parts lines, `comments` adds some."""

    chance: Random
    lines: bool = True
    comments: bool = False

    def once_in(self, number: int) -> bool:
        """Tell whether something that happens once in so many times happens now."""
        return self.chance.random() < 1 / number

    def gap(self, gap: str, before: Lexeme | None, factor: int) -> str:
        """Return what now stands between two words; indentation grows by a factor."""
        if "\n" in gap:
            return self._line_ends(gap, 1 if before is None else factor)
        if not gap or before is None:
            return gap
        if self.lines and before.type == "COMMA" and self.once_in(10):
            return "\n" + " " * self.chance.randint(1, 9)
        return " " * self.chance.choice((1, 1, 2, 5))

    def _line_ends(self, gap: str, factor: int) -> str:
        """Change the layout; comments that are there stay as they are."""
        first, *rest, last = gap.split("\n")
        if self.comments and not first.strip() and self.once_in(10):
            first += "  " + self.chance.choice(COMMENTS)
        lines = [first + " " * self.chance.choice((0, 0, 3)), *rest]
        if self.comments and self.once_in(20):
            lines.append(last + self.chance.choice(COMMENTS))
        if self.lines and self.once_in(10):
            lines.append(self.chance.choice(("", "   ")))
        return "\n".join((*lines, last * factor))


def damaged(text: str, damage: Damage) -> str:
    """Return the text with its white space out of order."""
    out: list[str] = []
    end = 0
    for chunk in scan_items(Lines(Source("damage.pw", text))):
        words = [lexeme for lexeme in chunk.lexemes if lexeme.type not in LAYOUT]
        factor = damage.chance.choice((1, 1, 2, 3))
        for before, word in zip([None, *words], words, strict=False):
            out.append(damage.gap(text[end : word.span.start], before, factor))
            out.append(text[word.span.start : word.span.end])
            end = word.span.end
    changed = "".join(out) + text[end:]
    return changed.replace("\n", "\r\n") if damage.lines and damage.once_in(5) else changed
