"""What may stand here: reserved words, names, values, units, statements.

In: a view and an offset. Out: completions, best first, each with the stretch it replaces. The
grammar says which words and whether a name may follow (syntax/expected.py), the words of the line
say which names (wanted.py). Nothing is offered inside texts, numbers and comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pathwaylang.compiler.model.attributes import ALLOWED
from pathwaylang.compiler.syntax.expected import Place, place_at
from pathwaylang.compiler.syntax.keywords import LINE_WORDS
from pathwaylang.compiler.syntax.lexemes import Lexeme
from pathwaylang.diagnostics import Span
from pathwaylang.service.offers import Offer, offers, units
from pathwaylang.service.view import View
from pathwaylang.service.wanted import wanted_at

_BEFORE = re.compile(r"[^\W\d][\w\u0300-\u036f]*\Z")
_BEHIND = re.compile(r"[\w\u0300-\u036f]*")
_LINE_WORDS = frozenset(LINE_WORDS)
_KINDS = {
    "PATHWAY": "pathway",
    "MODULE": "module",
    "SOURCE": "source",
    "FACT": "fact",
    "DEFINE": "definition",
    "CLASSIFY": "classification",
    "SCORE": "score",
    "TABLE": "table",
    "TEST": "test",
    "RECOMMENDATION": "recommendation",
    "STAGE": "stage",
    "DECIDE": "decision",
    "STEP": "step",
    "EXAMPLE": "example",
    "IMPOSSIBLE": "rule",
    "NEVER": "rule",
    "ALWAYS": "rule",
}
_INNER_KINDS = {"SOURCE": "statement", "DECIDE": "branch"}
_NUMBER_TYPES = frozenset(("DIGITS", "RANGE", "RANGE_OPEN", "MINUS"))


@dataclass(frozen=True, slots=True)
class Completion:
    """A text that may stand at `span`; `kind` is `word`, `unit`, or the kind of the name."""

    text: str
    kind: str
    detail: str
    span: Span


def complete(view: View, offset: int) -> tuple[Completion, ...]:
    """Return what may be written at an offset, in the place of the word that is begun there."""
    text = view.source.text
    begun = _BEFORE.search(text, max(0, offset - 200), offset)
    start = begun.start() if begun is not None else offset
    behind = _BEHIND.match(text, offset)
    span = view.source.span(start, behind.end() if begun is not None and behind else offset)
    has_head = view.file.head is not None and view.file.head.span.start < start
    place = place_at(view.source, start, has_head)
    if place is None:
        return ()
    names = tuple(_names(view, place))
    found = [*names, *(word for word in _words(place) if _fits(word, names))]
    unique = {offer.text: offer for offer in reversed(found)}
    return tuple(
        Completion(offer.text, offer.kind, offer.detail, span)
        for offer in found
        if unique[offer.text] is offer
    )


def _fits(word: Offer, names: tuple[Offer, ...]) -> bool:
    """Tell whether a word may stand beside names; beside the values of a choice no others may."""
    is_choice = any(name.kind == "value" and name.text not in ("yes", "no") for name in names)
    return not is_choice or word.text not in ("yes", "no", "none")


def _names(view: View, place: Place) -> Iterator[Offer]:
    if "UNIT" in place.terminals:
        yield from units(view, _measured(place.lexemes))
    wanted = wanted_at(place.lexemes)
    if ("STRING" if wanted.kind == "example" else "NAME") in place.terminals:
        yield from offers(view, wanted, place.lexemes)


def _measured(lexemes: tuple[Lexeme, ...]) -> str:
    """Return the fact whose number stands last; nothing in the type of a fact."""
    at = len(lexemes) - 1
    while at >= 0 and lexemes[at].type in _NUMBER_TYPES:
        at -= 1
    if at < 1:
        return ""
    if lexemes[at].type in ("IS", "IN", "CMP"):
        return lexemes[at - 1].text if lexemes[at - 1].type == "NAME" else ""
    is_own = lexemes[at].type == "USUALLY" and lexemes[0].type == "FACT"
    return lexemes[1].text if is_own else ""


def _words(place: Place) -> Iterator[Offer]:
    allowed = _allowed(place.lexemes)
    for phrase in place.phrases:
        first = phrase.split()[0]
        if allowed is None or first not in _LINE_WORDS or first in allowed:
            yield Offer(
                "yes/no" if phrase == "yes" and "number" in place.phrases else phrase, "word"
            )


def _allowed(lexemes: tuple[Lexeme, ...]) -> frozenset[str] | None:
    """Return the first words of the lines that may begin here; None inside a line."""
    if not lexemes or lexemes[-1].type not in ("NL", "INDENT", "DEDENT"):
        return None
    level = sum((x.type == "INDENT") - (x.type == "DEDENT") for x in lexemes)
    if level == 0:
        return None
    kind = _KINDS.get(lexemes[0].type, "line")
    if level > 1:
        kind = _INNER_KINDS.get(lexemes[0].type, "line")
    own = {"source": {"says"}, "decision": {"when", "otherwise"}, "step": {"then"}}
    own |= {"classification": {"otherwise"}, "score": {"add"}, "definition": {"otherwise"}}
    own |= {"example": {"given", "expect"}}
    words = (*ALLOWED[kind], *(own.get(kind, ()) if level == 1 else ()))
    return frozenset(word.split()[0] for word in words)
