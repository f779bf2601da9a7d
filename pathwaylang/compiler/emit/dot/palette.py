"""Colours, signs and words of the boxes, in one place.

Every kind of box has a sign and a word besides its colour, so that a chart reads without colours
and in black and white. Text is black except where the palette says otherwise.

Invariants: text on its ground has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3), also where it
is dimmed; a test computes it. Signs are from WGL4, which common fonts carry, but for the last.

Source of the colours: M. Okabe, K. Ito, Color Universal Design, 2002 (revised 2008).
"""

from __future__ import annotations

from dataclasses import dataclass

from pathwaylang.compiler.emit.pages.nodes import Kind, Level, State

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
    ink: str = BLACK
    meaning: str = ""


LOOKS: dict[Kind, Look] = {
    "start": Look("○", "FOR WHOM", WHITE, meaning="patients this pathway is for"),
    "stage": Look("■", "STAGE", BLUE, WHITE, meaning="a part of the care"),
    "track": Look("►", "TRACK", SKY, meaning="gives one answer of its own"),
    "question": Look("?", "QUESTION", SKY, meaning="decides which way to go"),
    "step": Look("●", "STEP", PURPLE, meaning="do this, then go on"),
    "recommend": Look("■", "RECOMMEND", GREEN, meaning="recommended treatment or action"),
    "procedural": Look("●", "NEXT STEP", PURPLE, meaning="what to settle or do next, no treatment"),
    "against": Look("▼", "ADVISE AGAINST", VERMILLION, meaning="should not be done"),
    "choice": Look("◊", "CHOICE", ORANGE, meaning="equal options, the patient decides"),
    "continue": Look("→", "CONTINUES AT", GREY, meaning="go on there"),
    "reassess": Look("↻", "LOOK AGAIN", WHITE, meaning="when to decide anew (dashed)"),
}

BADGES: dict[Level, tuple[str, str]] = {
    "missing": ("▲", VERMILLION),
    "answer": ("●", YELLOW),
    "error": ("▲", VERMILLION),
    "undecided": ("▲", ORANGE),
    "warning": ("▲", ORANGE),
    "note": ("▲", GREY),
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
