"""Grammar rules -> nodes: the attribute lines.

As in build_words.py, each function is the action of one rule and gets the children of that rule;
the last child of a line is its NL. A line's place ends with its last word, or with its last
indented line.
"""

from __future__ import annotations

from pathwaylang.compiler.syntax import nodes
from pathwaylang.compiler.syntax.build_words import Parts, extent, name_of, over, text_of


def attrs(parts: Parts) -> tuple[nodes.Attr, ...]:
    """Return the lines of a block."""
    return tuple(parts[1:-1])


def cite(parts: Parts) -> nodes.Cite:
    """Return `cite a.b, c.d`."""
    refs = parts[1]
    return nodes.Cite(refs, over(parts[0], refs[-1]))


def prose(parts: Parts) -> nodes.Prose:
    """Return a line with one text."""
    word, text, _ = parts
    return nodes.Prose(word.text, text, over(word, text))


def word(parts: Parts) -> nodes.Word:
    """Return a line of plain words."""
    values = tuple(name_of(part) for part in parts[1:-1] if part is not None)
    return nodes.Word(parts[0].text, values, over(parts[0], values[-1]))


def label(parts: Parts) -> nodes.LabelIn:
    """Return `label de "…"`."""
    return nodes.LabelIn(name_of(parts[1]), parts[2], over(parts[0], parts[2]))


def code(parts: Parts) -> nodes.CodeLine:
    """Return `code SYSTEM CODE "…"`."""
    first, system, found, display, _ = parts
    shown = text_of(display) if display else None
    return nodes.CodeLine(name_of(system), name_of(found), shown, over(first, display or found))


def accept(parts: Parts) -> nodes.Accept:
    """Return `accept PW0509 because "…"`."""
    return nodes.Accept(name_of(parts[1]), parts[3], over(parts[0], parts[3]))


def unknown_means_no(parts: Parts) -> nodes.UnknownMeansNo:
    """Return `unknown means no` with its own lines."""
    below = parts[-1] or ()
    return nodes.UnknownMeansNo(below, extent(parts[0], parts[2], below))


def usually(parts: Parts) -> nodes.Usually:
    """Return `usually VALUE`."""
    return nodes.Usually(parts[1], over(parts[0], parts[1]))


def asked_when(parts: Parts) -> nodes.AskedWhen:
    """Return `asked when CONDITION`."""
    return nodes.AskedWhen(parts[2], over(parts[0], parts[2]))


def valid_for(parts: Parts) -> nodes.ValidFor:
    """Return `valid for 28 days`."""
    return nodes.ValidFor(parts[2], over(parts[0], parts[2]))


def may_be_unknown(parts: Parts) -> nodes.MayBeUnknown:
    """Return `may be unknown`."""
    return nodes.MayBeUnknown(over(parts[0], parts[2]))


def converts(parts: Parts) -> nodes.Converts:
    """Return `converts 1 a = 2 b`."""
    first, left, _, right, _ = parts
    return nodes.Converts(left, right, over(first, right))


def reassess(parts: Parts) -> nodes.ReassessLine:
    """Return `reassess "…" at DECISION`."""
    return nodes.ReassessLine(parts[1], parts[3], over(parts[0], parts[3]))


def obtain(parts: Parts) -> nodes.Obtain:
    """Return `obtain a, b`."""
    tests = parts[1]
    return nodes.Obtain(tests, over(parts[0], tests[-1]))


def applies_when(parts: Parts) -> nodes.AppliesWhen:
    """Return `applies when CONDITION`."""
    return nodes.AppliesWhen(parts[2], over(parts[0], parts[2]))


def review_by(parts: Parts) -> nodes.ReviewBy:
    """Return `review by DAY`."""
    return nodes.ReviewBy(name_of(parts[2]), over(parts[0], parts[2]))


def approved(parts: Parts) -> nodes.Approved:
    """Return `approved "…" DAY of HASH`."""
    first, by, day, _, found, _ = parts
    return nodes.Approved(text_of(by), name_of(day), name_of(found), over(first, found))


def overlay_of(parts: Parts) -> nodes.OverlayOf:
    """Return `of NAME version RELEASE [from "FILE"]`."""
    first, base, _, version, _, path, _ = parts
    where = text_of(path) if path else None
    return nodes.OverlayOf(name_of(base), name_of(version), where, over(first, path or version))
