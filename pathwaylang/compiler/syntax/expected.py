"""What may stand at a place of an unfinished item, by the grammar alone.

In: a text and the offset of a word that is being typed. Out: a `Place`: the lexemes of the item up
to there, and the terminals that may follow. None inside a text, a comment or an item that the
scanner gave up. The word itself and what stands behind it on the line do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any, Protocol, cast

from lark import Token, UnexpectedToken

from pathwaylang.compiler.syntax.keywords import KEYWORDS
from pathwaylang.compiler.syntax.lexemes import Chunk, Lexeme
from pathwaylang.compiler.syntax.lines import Lines
from pathwaylang.compiler.syntax.parser import Entry, item_parser
from pathwaylang.compiler.syntax.scanner import scan_items
from pathwaylang.diagnostics import Source

_PLACEHOLDER = "x"
_WORDS = {word.upper(): word for word in KEYWORDS}


class _State(Protocol):
    """What is used of Lark's interactive parser, which has no types of its own."""

    parser_state: Any

    def accepts(self) -> set[str]: ...
    def feed_token(self, token: Token) -> object: ...
    def copy(self, deepcopy_values: bool = True) -> _State: ...


@dataclass(frozen=True, slots=True)
class Place:
    """An unfinished item: its lexemes, and what may follow them.

    `phrases` are the reserved words, each with the words that must follow it (`go to`);
    `terminals` are the names of all terminals of the grammar, reserved words included.
    """

    lexemes: tuple[Lexeme, ...]
    terminals: frozenset[str]
    phrases: tuple[str, ...]


def place_at(source: Source, offset: int, has_head: bool) -> Place | None:
    """Return what may stand at an offset, where a word begins."""
    text = source.text[:offset] + _PLACEHOLDER
    chunk = _last_chunk(Source(source.name, text))
    if chunk is None or chunk.is_hopeless:
        return None
    at = next((i for i, lexeme in enumerate(chunk.lexemes) if _is_here(lexeme, offset)), None)
    if at is None:
        return None
    lexemes = tuple(chunk.lexemes[:at])
    entries: tuple[Entry, ...] = ("item",) if has_head or lexemes else ("head", "item")
    if lexemes and lexemes[0].type in ("PATHWAY", "MODULE", "OVERLAY"):
        entries = ("head",)
    terminals: set[str] = set()
    phrases: dict[str, None] = {}
    for entry in entries:
        state = _fed(lexemes, entry)
        if state is not None:
            terminals |= state.accepts()
            phrases.update(dict.fromkeys(_phrases(state)))
    return Place(lexemes, frozenset(terminals), tuple(sorted(phrases)))


def _last_chunk(source: Source) -> Chunk | None:
    last = None
    for chunk in scan_items(Lines(source)):
        last = chunk
    return last


def _is_here(lexeme: Lexeme, offset: int) -> bool:
    return lexeme.span.start == offset and lexeme.text == _PLACEHOLDER


def _fed(lexemes: tuple[Lexeme, ...], entry: Entry) -> _State | None:
    """Return the parser behind the lexemes; None where they are wrong already."""
    state = cast("_State", cast("object", item_parser().parse_interactive("", start=entry)))
    try:
        for lexeme in lexemes:
            state.feed_token(cast("Token", lexeme))
    except UnexpectedToken:
        return None
    return state


def _phrases(state: _State) -> Iterator[str]:
    for terminal in sorted(state.accepts() & _WORDS.keys()):
        phrase = [_WORDS[terminal]]
        following = _after(state, terminal)
        while following is not None:
            accepted = following.accepts()
            if len(accepted) != 1 or not accepted <= _WORDS.keys():
                break
            (only,) = accepted
            phrase.append(_WORDS[only])
            following = _after(following, only)
        yield " ".join(phrase)


def _after(state: _State, terminal: str) -> _State | None:
    """Return the parser one word further, without making nodes."""
    following = state.copy(deepcopy_values=False)
    following.parser_state.parse_conf = copy(state.parser_state.parse_conf)
    following.parser_state.parse_conf.callbacks = {}
    try:
        following.feed_token(Token(terminal, ""))
    except UnexpectedToken:
        return None
    return following
