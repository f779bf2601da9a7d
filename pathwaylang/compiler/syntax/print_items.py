"""Nodes -> lines: the items of a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from pathwaylang.compiler.syntax import nodes
from pathwaylang.compiler.syntax.print_expressions import expression_text
from pathwaylang.compiler.syntax.print_lines import (
    Line,
    attr_lines,
    branch_lines,
    conditional,
    heading,
    in_order,
)
from pathwaylang.compiler.syntax.print_words import (
    cell_text,
    name_list,
    outcome_text,
    quantity_text,
    reference_text,
    text_text,
    type_text,
    value_text,
)

IsBroken = Callable[[nodes.BranchLine], bool]
"""Tells whether a branch has its `then` on a line of its own."""

_Rule = nodes.ImpossibleItem | nodes.RecommendRule | nodes.BeforeRule | nodes.NeverChangesRule
_Replace = nodes.ReplaceRecommendation | nodes.ReplaceBranch | nodes.RestrictFact


def word_of(item: nodes.Item) -> str:
    """Return the word that items of this kind start with; items of one word may stand close."""
    match item:
        case nodes.Head():
            return item.word
        case nodes.RecommendRule() | nodes.BeforeRule() | nodes.NeverChangesRule():
            return "rule"
        case _:
            return type(item).__name__


def item_lines(item: nodes.Item, is_broken: IsBroken) -> list[Line]:
    """Return the lines of an item at level 0."""
    match item:
        case nodes.Decide():
            return _decide(item, is_broken)
        case nodes.ReplaceRecommendation() | nodes.ReplaceBranch() | nodes.RestrictFact():
            return _replace(item, is_broken)
        case nodes.Define() | nodes.Classify() | nodes.ScoreItem():
            return _derived(item)
        case nodes.TableItem():
            return _table(item)
        case nodes.StepItem():
            return _step(item)
        case nodes.ExampleItem():
            return _example(item)
        case (
            nodes.ImpossibleItem()
            | nodes.RecommendRule()
            | nodes.BeforeRule()
            | nodes.NeverChangesRule()
        ):
            return _rule(item)
        case _:
            return _plain(item)


def _plain(
    item: nodes.Head
    | nodes.Use
    | nodes.SourceItem
    | nodes.FactItem
    | nodes.TestItem
    | nodes.RecommendationItem
    | nodes.StageItem,
) -> list[Line]:
    if isinstance(item, nodes.Use):
        text = f"use {name_list(item.names)} from {text_text(item.path)}"
        return [heading(0, text, item.span, item.path.span)]
    if isinstance(item, nodes.Head):
        text = f"{item.word} {item.name.text} {text_text(item.title)}"
        return [heading(0, text, item.span, item.title.span), *attr_lines(item.attrs, 1)]
    start = f"{item.name.text} {text_text(item.label)}"
    below = attr_lines(item.attrs, 1)
    match item:
        case nodes.SourceItem():
            says = [(line.span, _says(line)) for line in item.says]
            attrs = [(attr.span, attr_lines((attr,), 1)) for attr in item.attrs]
            first = heading(0, f"source {start}", item.span, item.label.span)
            return [first, *in_order([*attrs, *says])]
        case nodes.FactItem():
            text, last = f"fact {start}: {type_text(item.type)}", item.type.span
        case nodes.TestItem():
            text, last = f"test {start} finds {name_list(item.finds)}", item.finds[-1].span
        case nodes.StageItem():
            text, last = f"stage {start} starts at {name_list(item.starts)}", item.starts[-1].span
        case nodes.RecommendationItem():
            text, last = f"recommendation {start}", item.label.span
        case _:
            assert_never(item)
    return [heading(0, text, item.span, last), *below]


def _says(says: nodes.Says) -> list[Line]:
    text = f"says {says.id.text} at {text_text(says.at)} {text_text(says.text)}"
    return [heading(1, text, says.span, says.text.span), *attr_lines(says.attrs, 2)]


# ------------------------------------------------------------------ derived facts


def _derived(item: nodes.Define | nodes.Classify | nodes.ScoreItem) -> list[Line]:
    start = f"{item.name.text} {text_text(item.label)}"
    attrs = [(attr.span, attr_lines((attr,), 1)) for attr in item.attrs]
    match item:
        case nodes.Define():
            return _define(item, start)
        case nodes.Classify():
            order = "in order " if item.in_order else ""
            first = heading(0, f"classify {order}{start}", item.span, item.label.span)
            own = [(line.span, _class_line(line)) for line in item.lines]
        case nodes.ScoreItem():
            first = heading(0, f"score {start}", item.span, item.label.span)
            own = [
                (
                    line.span,
                    conditional(
                        1,
                        f"add {quantity_text(line.points)} when ",
                        line.condition,
                        line.span.start,
                    )
                    + attr_lines(line.attrs, 2),
                )
                for line in item.lines
            ]
        case _:
            assert_never(item)
    return [first, *in_order([*attrs, *own])]


def _define(item: nodes.Define, start: str) -> list[Line]:
    shown = f": {type_text(item.type)}" if item.type else ""
    before = f"define {start}{shown} as"
    if not isinstance(item.body, tuple):
        lines = conditional(0, f"{before} ", item.body, item.span.start)
        return [*lines, *attr_lines(item.attrs, 1)]
    first = heading(0, before, item.span, (item.type or item.label).span)
    attrs = [(attr.span, attr_lines((attr,), 1)) for attr in item.attrs]
    return [first, *in_order([*attrs, *((line.span, _piece(line)) for line in item.body)])]


def _piece(line: nodes.PieceLine) -> list[Line]:
    value = expression_text(line.value)
    if line.condition is None:
        first = [heading(1, f"otherwise {value}", line.span, line.value.span)]
    else:
        first = conditional(1, f"{value} when ", line.condition, line.span.start)
    return [*first, *attr_lines(line.attrs, 2)]


def _class_line(line: nodes.ClassifyLine) -> list[Line]:
    name = f"{line.name.text} {text_text(line.label)}" if line.label else line.name.text
    if line.condition is None:
        first = [heading(1, f"{name} otherwise", line.span, (line.label or line.name).span)]
    else:
        first = conditional(1, f"{name} when ", line.condition, line.span.start)
    return [*first, *attr_lines(line.attrs, 2)]


# ------------------------------------------------------------------ decisions


def _decide(item: nodes.Decide, is_broken: IsBroken) -> list[Line]:
    order = "in order " if item.in_order else ""
    text = f"decide {order}{item.name.text} {text_text(item.label)}"
    attrs = [(attr.span, attr_lines((attr,), 1)) for attr in item.attrs]
    own = [(line.span, branch_lines(line, 1, is_broken(line))) for line in item.branches]
    return [heading(0, text, item.span, item.label.span), *in_order([*attrs, *own])]


def _step(item: nodes.StepItem) -> list[Line]:
    text = f"step {item.name.text} {text_text(item.label)}"
    place = item.outcome.span
    then = Line(1, outcome_text(item.outcome), place.start, place.end, "then ")
    attrs = [(attr.span, attr_lines((attr,), 1)) for attr in item.attrs]
    return [heading(0, text, item.span, item.label.span), *in_order([*attrs, (place, [then])])]


def _table(item: nodes.TableItem) -> list[Line]:
    text = f"table {item.name.text} {text_text(item.label)}"
    grid = [[column.text for column in item.columns]]
    grid += [[cell_text(cell) for cell in row.cells] for row in item.rows]
    count = max(len(row) for row in grid)
    widths = [max(len(row[at]) for row in grid if at < len(row)) for at in range(count)]
    first, last = item.columns[0].span, item.columns[-1].span
    places = [first.to(last), *(row.span for row in item.rows)]
    rows = [
        Line(1, f"| {' | '.join(map(str.ljust, cells, widths))} |", place.start, place.end)
        for cells, place in zip(grid, places, strict=True)
    ]
    return [heading(0, text, item.span, item.label.span), *attr_lines(item.attrs, 1), *rows]


# ------------------------------------------------------------------ rules, examples, overlays


def _rule(item: _Rule) -> list[Line]:
    below = attr_lines(item.attrs, 1)
    match item:
        case nodes.ImpossibleItem():
            return [*conditional(0, "impossible when ", item.condition, item.span.start), *below]
        case nodes.RecommendRule():
            where = f"in {item.stage.text} " if item.stage else ""
            before = f"{item.word} {where}recommend {name_list(item.names, ' or ')} when "
            return [*conditional(0, before, item.condition, item.span.start), *below]
        case nodes.BeforeRule():
            text = f"always obtain {item.test.text} before {name_list(item.names)}"
            return [heading(0, text, item.span, item.names[-1].span), *below]
        case nodes.NeverChangesRule():
            text = f"{item.fact.text} never changes {name_list(item.tracks)}"
            return [heading(0, text, item.span, item.tracks[-1].span), *below]
        case _:
            assert_never(item)


def _given_fact(fact: nodes.GivenFact) -> str:
    if isinstance(fact.value, nodes.Truth):
        return fact.name.text if fact.value.value else f"not {fact.name.text}"
    return f"{fact.name.text} is {value_text(fact.value)}"


def _given(line: nodes.Given | nodes.GivenLike) -> str:
    if isinstance(line, nodes.GivenLike):
        return f"given like {text_text(line.example)}"
    return f"given {', '.join(map(_given_fact, line.facts))}"


def _expect(line: nodes.Expect) -> str:
    what = line.what if isinstance(line.what, str) else outcome_text(line.what)
    name = f" {line.name.text}" if line.name else ""
    where = f" in {line.track.text}" if line.track else ""
    return f"expect {what}{name}{where}"


def _example(item: nodes.ExampleItem) -> list[Line]:
    groups = [(attr.span, attr_lines((attr,), 1)) for attr in item.attrs]
    groups += [(line.span, [heading(1, _given(line), line.span, line.span)]) for line in item.given]
    groups += [
        (line.span, [heading(1, _expect(line), line.span, line.span)]) for line in item.expect
    ]
    first = heading(0, f"example {text_text(item.label)}", item.span, item.label.span)
    return [first, *in_order(groups)]


def _replace(item: _Replace, is_broken: IsBroken) -> list[Line]:
    match item:
        case nodes.ReplaceBranch():
            text = f"replace branch {reference_text(item.target)}"
            attrs = [(attr.span, attr_lines((attr,), 1)) for attr in item.attrs]
            own = (item.branch.span, branch_lines(item.branch, 1, is_broken(item.branch)))
            return [heading(0, text, item.span, item.target.span), *in_order([*attrs, own])]
        case nodes.ReplaceRecommendation():
            first, *below = _plain(item.item)
            word = "replace"
        case nodes.RestrictFact():
            first, *below = _plain(item.item)
            word = "restrict"
        case _:
            assert_never(item)
    return [replace(first, text=f"{word} {first.text}", start=item.span.start), *below]
