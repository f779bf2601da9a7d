"""Colours, signs and words of the boxes, in one place.

Every kind of box has a sign and a word besides its colour, so that a chart reads without colours
and in black and white. Text is black except where the palette says otherwise.

Invariants: text on its ground has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3), also where it
is dimmed; a test computes it.

Source of the colours: M. Okabe, K. Ito, Color Universal Design, 2002 (revised 2008).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pathwaylang.compiler.emit.pages.nodes import Kind, Level, State
from pathwaylang.compiler.emit.pages.signs import MEANINGS, PATIENT, REMARK, RULED_OUT, SIGNS, WORDS

ORANGE, SKY, GREEN, YELLOW = "#E69F00", "#56B4E9", "#009E73", "#F0E442"
BLUE, VERMILLION, PURPLE = "#0072B2", "#D55E00", "#CC79A7"
BLACK, WHITE, GREY = "#000000", "#FFFFFF", "#D9D9D9"
HEAD = "#EEEEEE"
LIT_ROW = "#FFF3B0"
LINE, DIM_LINE = "#444444", "#9A9A9A"
DIM_TEXT, DIM_FILL = "#6B6B6B", "#F2F2F2"


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of box looks: sign, word, the colour of its strip and of the text on it."""

    sign: str
    word: str
    fill: str
    ink: str
    meaning: str


_COLOURS: Final[dict[Kind, tuple[str, str]]] = {
    "start": (WHITE, BLACK),
    "stage": (BLACK, WHITE),
    "track": (BLUE, WHITE),
    "question": (BLUE, WHITE),
    "step": (PURPLE, BLACK),
    "recommend": (GREEN, BLACK),
    "option": (SKY, BLACK),
    "procedural": (PURPLE, BLACK),
    "against": (VERMILLION, BLACK),
    "choice": (ORANGE, BLACK),
    "continue": (GREY, BLACK),
    "reassess": (WHITE, BLACK),
}
LOOKS: Final[dict[Kind, Look]] = {
    kind: Look(SIGNS[kind], WORDS[kind].upper(), fill, ink, MEANINGS[kind])
    for kind, (fill, ink) in _COLOURS.items()
}

BADGES: Final[dict[Level, tuple[str, str]]] = {
    "missing": (REMARK, VERMILLION),
    "answer": (PATIENT, YELLOW),
    "ruled out": (RULED_OUT, HEAD),
    "error": (REMARK, VERMILLION),
    "undecided": (REMARK, ORANGE),
    "warning": (REMARK, ORANGE),
    "note": (REMARK, GREY),
}


def strip(kind: Kind, state: State) -> tuple[str, str]:
    """Return ground and text colour of a strip."""
    look = LOOKS[kind]
    return (DIM_FILL, DIM_TEXT) if state == "dim" else (look.fill, look.ink)


def ink(state: State) -> str:
    """Return the colour of text on white."""
    return DIM_TEXT if state == "dim" else BLACK


def line(state: State) -> str:
    """Return the colour of frames and arrows."""
    return {"plain": LINE, "lit": BLACK, "dim": DIM_LINE}[state]
