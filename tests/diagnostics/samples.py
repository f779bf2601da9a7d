"""Findings to render: one with everything, one with a hostile text everywhere."""

from __future__ import annotations

from pathwaylang.diagnostics import (
    Blame,
    Box,
    Diagnostic,
    Evidence,
    Label,
    Patient,
    Source,
    Sources,
    Span,
    finding,
)

LESION = Source(
    "lesion.pw",
    'pathway lesion "One lesion"\n'
    'fact largest "Largest diameter": whole number in mm 1..200\n'
    'decide local "What is done?"\n'
    "  when largest <= 30 mm then recommend ablation\n"
    "  when largest >= 40 mm then recommend resection\n",
)
SCORES = Source("scores.pw", 'module scores "Scores"\nfact ecog "ECOG": whole number 0..4\n')
SOURCES = Sources(LESION, SCORES)

# What must never reach a terminal or a log raw: commands, direction marks, markup, comment ends.
HOSTILE = '"><script>alert(1)</script> */ -- \x1b[2J\x9b31m \u202egnp.exe\u2066 ::error::x %0A \x07'
RAW_CHARACTERS = "\x1b\x9b\x07\u202e\u2066"


def at(source: Source, text: str) -> Span:
    """Return the place of a text's first occurrence."""
    start = source.text.index(text)
    return source.span(start, start + len(text))


def gap() -> Diagnostic:
    """Return a finding that uses every field."""
    return finding(
        "PW0502",
        "no row of `local` takes a largest of 35 mm",
        Label(at(LESION, "local"), "no row fits"),
        Label(at(LESION, "largest <= 30 mm"), "ends here"),
        Label(at(SCORES, "ecog")),
        notes=("a plain note",),
        help="add a branch, for instance\n  when largest in 31..39 mm then recommend ablation",
        evidence=Evidence(
            patient=Patient(
                (("largest", "35 mm"), ("fit", False)),
                (("largest", "35 mm"), ("fit", False), ("ecog", 2)),
                ("first.1", "local"),
            ),
            count=2**60,
            share=0.025,
            boxes=(
                Box((("largest", "31..39 mm"), ("fit", "any")), 9),
                Box((("largest", "any"), ("fit", "any")), 1),
            ),
            blame=(Blame(at(LESION, "when largest >= 40"), "local.2", True),),
            engine="diagram",
        ),
    )


def hostile() -> tuple[Diagnostic, Sources]:
    """Return a finding whose every text is hostile, and its source."""
    source = Source(HOSTILE, f'fact a "{HOSTILE}": yes/no\n')
    patient = Patient(((HOSTILE, HOSTILE),), ((HOSTILE, HOSTILE),), (HOSTILE,))
    box = Box(((HOSTILE, HOSTILE),), 3)
    found = finding(
        "PW0303",
        HOSTILE,
        Label(source.span(8, 20), HOSTILE),
        notes=(HOSTILE,),
        help=HOSTILE,
        evidence=Evidence(patient, 3, boxes=(box,), engine=HOSTILE),
    )
    return found, Sources(source)
