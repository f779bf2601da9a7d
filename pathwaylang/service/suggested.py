"""What a message tells the author to write, as edits to try.

In: a finding and the text it is about. Out: candidates, likeliest first: the words that the help
gives in place of what stands there, of that with its neighbours (`a = b`), of the whole line, or as
a line below. They are only guesses at what the help means; whoever offers one tries it first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pathwaylang.diagnostics import Diagnostic, Edit, Source, Span

_WRITE = re.compile(r"(?:write|did you mean|ask for its values:|meant, such as) (.*)")
_QUOTED = re.compile(r"`([^`]+)`")
_BARE = re.compile(r"(\"[^\"]*\"|-?[0-9][0-9.]*(?: (?!for\b)[^\s,.;]+)?|[^\s`,;]+(?=\?))")
_LINE = re.compile(r"add (?:the line )?`([^`]+)`|, or `(opinion \"[^`]*)`")
_BLANKS = re.compile(r"[A-Z]{4,}")
_BEFORE = re.compile(r"\w+[ ]*\Z")
_BEHIND = re.compile(r"[ ]*\w+")
_MOST = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """Edits that may answer a finding; `…` stands for what the author has to say."""

    title: str
    edits: tuple[Edit, ...]


def candidates(found: Diagnostic, source: Source) -> Iterator[Candidate]:
    """Yield what the help of a finding may mean, as edits of its file."""
    for words in _words(found.help):
        yield Candidate(f"write `{words}`", (Edit(found.span, words),))
        wider = (_with_neighbours(source, found.span), _whole_line(source, found.span))
        for span in wider:
            if span is not None and span != found.span:
                yield Candidate(f"write `{words}`", (Edit(span, words),))
    for match in _LINE.finditer(found.help):
        line_text = match[1] or match[2]
        if not _BLANKS.search(line_text) and not line_text.startswith("use "):
            text = re.sub(r'"[^"]*"', '"…"', line_text)
            yield Candidate(f"add `{text}`", (_line_below(source, found.span, text),))


def _words(help_text: str) -> list[str]:
    """Return the words that a help gives to write; none where they hold blanks to fill in."""
    match = _WRITE.search(help_text)
    if match is None:
        return []
    bare = _BARE.match(match[1])
    found = [bare[1]] if bare is not None else []
    found += _QUOTED.findall(match[1])
    fit = (words for words in found if "…" not in words and not _BLANKS.search(words))
    return list(dict.fromkeys(fit))[:_MOST]


def _with_neighbours(source: Source, span: Span) -> Span | None:
    """Return a span with the word before and the word behind it."""
    before = _BEFORE.search(source.text, max(0, span.start - 100), span.start)
    behind = _BEHIND.match(source.text, span.end)
    if before is None or behind is None:
        return None
    return Span(span.source, before.start(), behind.end())


def _whole_line(source: Source, span: Span) -> Span | None:
    """Return the line that a span lies in, without its indentation and its comment."""
    start = source.text.rfind("\n", 0, span.start) + 1
    line = source.line_text(source.position(span.start).line)
    if "#" in line or span.end > start + len(line):
        return None
    indentation = len(line) - len(line.lstrip())
    return Span(span.source, start + indentation, start + len(line.rstrip()))


def _line_below(source: Source, span: Span, text: str) -> Edit:
    """Return the edit that adds a line below what a span is about, set in under it."""
    head = source.line_text(source.position(span.start).line)
    indent = " " * (len(head) - len(head.lstrip(" ")) + 2)
    end = source.text.find("\n", span.end)
    end = len(source.text) if end < 0 else end
    if end > span.end and source.text[end - 1] == "\r":
        end -= 1
    return Edit(source.span(end, end), f"\n{indent}{text}")
