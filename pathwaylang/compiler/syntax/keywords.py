"""The reserved words of the language, by the part they play.

A reserved word is never a name, in no place. `KEYWORDS` is the list that the documentation prints;
a test holds it equal to the words that stand in grammar.lark.
"""

from __future__ import annotations

HEAD_WORDS: tuple[str, ...] = ("pathway", "module", "overlay")
"""The words that start a file."""

ITEM_WORDS: tuple[str, ...] = (
    "use", "source", "fact", "define", "classify", "score", "test", "recommendation", "stage",
    "decide", "step", "table", "impossible", "never", "always", "example", "replace", "restrict",
)  # fmt: skip
"""The words that start an item, in column 1."""

LINE_WORDS: tuple[str, ...] = (
    "cite", "opinion", "because", "note", "ask", "group", "do", "avoid", "quote", "background",
    "url", "file", "author", "id", "status", "language", "grading", "strength", "evidence",
    "version", "read", "label", "code", "accept", "unknown", "usually", "asked", "valid", "may",
    "converts", "reassess", "obtain", "applies", "review", "approved", "of", "says", "add", "when",
    "then", "otherwise", "given", "expect",
)  # fmt: skip
"""The words that start an indented line."""

INNER_WORDS: tuple[str, ...] = (
    "all", "and", "any", "as", "at", "be", "before", "branch", "by", "changes", "choice", "finds",
    "for", "from", "gives", "go", "in", "is", "known", "least", "like", "means", "no", "none",
    "not", "number", "offer", "one", "or", "order", "outside", "recommend", "recommends", "starts",
    "to", "whole", "yes",
)  # fmt: skip
"""The words that stand inside a line."""

KEYWORDS: tuple[str, ...] = tuple(sorted({*HEAD_WORDS, *ITEM_WORDS, *LINE_WORDS, *INNER_WORDS}))
"""Every reserved word, sorted."""

STARTERS: frozenset[str] = frozenset((*HEAD_WORDS, *ITEM_WORDS))
"""The words at which a new item starts when they stand in column 1."""
