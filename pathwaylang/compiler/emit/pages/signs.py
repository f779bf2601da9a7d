"""Sign and word of every kind of box, so that charts read without colours.

Nothing comes in; the drawing, Mermaid, the outline and the texts inside boxes take signs and words
from here.

Invariants: no two kinds share a sign, and none has the sign of the patient or of a remark; signs
are from WGL4, which common fonts carry, but for that of `reassess`.
"""

from __future__ import annotations

from typing import Final

from pathwaylang.compiler.emit.pages.nodes import Kind, Level

PATIENT: Final = "►"
REMARK: Final = "▲"
RULED_OUT: Final = "×"

SIGNS: Final[dict[Kind, str]] = {
    "start": "○",
    "stage": "≡",
    "track": "═",
    "question": "?",
    "step": "»",
    "recommend": "■",
    "option": "□",
    "procedural": "●",
    "against": "▼",
    "choice": "◊",
    "continue": "→",
    "reassess": "↻",
}
WORDS: Final[dict[Kind, str]] = {
    "start": "for whom",
    "stage": "stage",
    "track": "track",
    "question": "question",
    "step": "step",
    "recommend": "recommend",
    "option": "option",
    "procedural": "next step",
    "against": "advise against",
    "choice": "choice",
    "continue": "continues at",
    "reassess": "look again",
}
MEANINGS: Final[dict[Kind, str]] = {
    "start": "patients this pathway is for",
    "stage": "a part of the care",
    "track": "gives one answer of its own",
    "question": "decides which way to go",
    "step": "do this, then go on",
    "recommend": "is recommended",
    "option": "possible, but the evidence does not settle it",
    "procedural": "what to settle or do next, no treatment",
    "against": "should not be done",
    "choice": "more than one is reasonable, the patient decides",
    "continue": "go on there",
    "reassess": "when to decide anew (dashed)",
}
FINDINGS: Final[dict[Level, tuple[str, str]]] = {
    "error": (REMARK, "the check found this; nothing is proved until it is mended"),
    "undecided": (REMARK, "the check could not settle this"),
    "warning": (REMARK, "the check advises to look at this"),
    "note": (REMARK, "the check points this out"),
}
