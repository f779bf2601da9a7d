"""A source as lines: what is blank, where an item starts, and the comments on the way.

In: a `Source`. The scanner moves over it once, so that each comment is met and kept exactly once.
"""

from __future__ import annotations

from pathwaylang.compiler.syntax.keywords import KEYWORDS, STARTERS
from pathwaylang.compiler.syntax.nodes import Comment
from pathwaylang.compiler.syntax.patterns import LINE_HEAD, WORD
from pathwaylang.diagnostics import Source, Span

_NOT_NAMES = frozenset(KEYWORDS) - STARTERS


class Lines:
    """The text of one source and the comments met so far."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.comments: list[Comment] = []

    def skip_blank(self, position: int) -> int:
        """Return the start of the next line that holds more than a comment; keep comments."""
        text = self.text
        while position < len(text):
            match = LINE_HEAD.match(text, position)
            at = match.end() if match else position
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            if text.startswith("#", at):
                self.add_comment(at, end, alone=True)
            elif text[at:end].strip("\r"):
                return position
            position = end + 1
        return len(text)

    def add_comment(self, start: int, end: int, *, alone: bool) -> None:
        """Keep the comment between two offsets."""
        body = self.text[start:end].rstrip()
        self.comments.append(Comment(body, alone, Span(self.source.name, start, start + len(body))))

    def starts_item(self, position: int) -> bool:
        """Return whether the line at `position` starts an item."""
        match = WORD.match(self.text, position)
        return match is not None and match[0] not in _NOT_NAMES

    def starts_with_item_word(self, position: int) -> bool:
        """Return whether the line at `position` has an item's keyword in column 1."""
        match = WORD.match(self.text, position)
        return match is not None and match[0] in STARTERS
