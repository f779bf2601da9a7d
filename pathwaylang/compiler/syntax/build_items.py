"""Grammar rules -> nodes: head, sources, facts, derived facts, tests, recommendations, stages.

As in build_words.py, each function is the action of one rule and gets the children of that rule.
An item's place reaches from its first word to the end of its last line.
"""

from __future__ import annotations

from typing import Any

from pathwaylang.compiler.syntax import nodes
from pathwaylang.compiler.syntax.build_conditions import Guarded, guarded_span
from pathwaylang.compiler.syntax.build_words import Parts, extent, name_of, over, text_of


def split(parts: Parts, kind: type) -> tuple[tuple[nodes.Attr, ...], tuple[Any, ...]]:
    """Return the attribute lines of a block, and its lines of one kind, each in order."""
    own = tuple(part for part in parts if isinstance(part, kind))
    return tuple(part for part in parts if not isinstance(part, kind)), own


def head(parts: Parts) -> nodes.Head:
    """Return the head of a file."""
    word, name, title, _, below = parts
    span = extent(word, title, below)
    return nodes.Head(word.text, name_of(name), text_of(title), below or (), span)


def use(parts: Parts) -> nodes.Use:
    """Return `use a, b from "…"`."""
    first, names, _, path, _ = parts
    return nodes.Use(names, text_of(path), over(first, path))


def says(parts: Parts) -> nodes.Says:
    """Return a statement of a source."""
    first, name, _, at, text, _, below = parts
    return nodes.Says(name_of(name), at, text, below or (), extent(first, text, below))


def source(parts: Parts) -> nodes.SourceItem:
    """Return a source with its statements."""
    first, name, label, *rest = parts
    lines = [part for part in rest[2:-1] if part is not None]
    attrs, own = split(lines, nodes.Says)
    span = over(first, lines[-1] if lines else label)
    return nodes.SourceItem(name_of(name), text_of(label), attrs, own, span)


def fact(parts: Parts) -> nodes.FactItem:
    """Return a fact."""
    first, name, label, _, type_, _, below = parts
    span = extent(first, type_, below)
    return nodes.FactItem(name_of(name), text_of(label), type_, below or (), span)


def pieces(parts: Parts) -> tuple[tuple[nodes.PieceLine, ...], tuple[nodes.Attr, ...], Any]:
    """Return the pieces of a number, the lines beside them, and the last of both."""
    attrs, own = split(parts[2:-1], nodes.PieceLine)
    return own, attrs, parts[-2]


def piece_when(parts: Parts) -> nodes.PieceLine:
    """Return `VALUE when CONDITION`."""
    value, _, guarded = parts
    return nodes.PieceLine(value, guarded[0], guarded[1], guarded_span(value, guarded))


def piece_otherwise(parts: Parts) -> nodes.PieceLine:
    """Return `otherwise VALUE`."""
    first, value, _, below = parts
    return nodes.PieceLine(value, None, below or (), extent(first, value, below))


def define(parts: Parts) -> nodes.Define:
    """Return a derived fact."""
    first, name, label, _, type_, _, (body, attrs, *last) = parts
    span = over(first, last[0]) if last else extent(first, body, attrs)
    return nodes.Define(name_of(name), text_of(label), type_, body, attrs, span)


def class_name(parts: Parts) -> nodes.Name:
    """Return the name of a class, which may be `none`."""
    return name_of(parts[0])


def class_when(parts: Parts) -> nodes.ClassifyLine:
    """Return `NAME "…" when CONDITION`."""
    name, label, _, guarded = parts
    shown = text_of(label) if label else None
    span = guarded_span(name, guarded)
    return nodes.ClassifyLine(name, shown, guarded[0], guarded[1], span)


def class_otherwise(parts: Parts) -> nodes.ClassifyLine:
    """Return `NAME "…" otherwise`."""
    name, label, word, _, below = parts
    shown = text_of(label) if label else None
    return nodes.ClassifyLine(name, shown, None, below or (), extent(name, word, below))


def classify(parts: Parts) -> nodes.Classify:
    """Return a classification."""
    first, _, order, name, label = parts[:5]
    attrs, own = split(parts[7:-1], nodes.ClassifyLine)
    span = over(first, parts[-2])
    return nodes.Classify(name_of(name), text_of(label), order is not None, own, attrs, span)


def score_line(parts: Parts) -> nodes.AddLine:
    """Return `add POINTS when CONDITION`."""
    first, points, _, guarded = parts
    condition: Guarded = guarded
    return nodes.AddLine(points, condition[0], condition[1], guarded_span(first, condition))


def score(parts: Parts) -> nodes.ScoreItem:
    """Return a score."""
    first, name, label = parts[:3]
    attrs, own = split(parts[5:-1], nodes.AddLine)
    return nodes.ScoreItem(name_of(name), text_of(label), own, attrs, over(first, parts[-2]))


def test(parts: Parts) -> nodes.TestItem:
    """Return a test and what it finds."""
    first, name, label, _, finds, _, below = parts
    span = extent(first, finds[-1], below)
    return nodes.TestItem(name_of(name), text_of(label), finds, below or (), span)


def recommendation(parts: Parts) -> nodes.RecommendationItem:
    """Return a recommendation."""
    first, name, label, _, below = parts
    span = extent(first, label, below)
    return nodes.RecommendationItem(name_of(name), text_of(label), below or (), span)


def stage(parts: Parts) -> nodes.StageItem:
    """Return a stage."""
    first, name, label, _, _, starts, _, below = parts
    span = extent(first, starts[-1], below)
    return nodes.StageItem(name_of(name), text_of(label), starts, below or (), span)
