"""Answers about a whole file: outline, next codes, colours, counts, formatting, actions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import Source, Span
from pathwaylang.service import (
    Action,
    Entry,
    actions,
    carried,
    check,
    format_text,
    hints,
    next_codes,
    outline,
    reading,
    tokens,
)
from tests.service.support import FILES, applied, place, view, workspace


def shape(entries: tuple[Entry, ...]) -> list[str]:
    return [f"{e.kind} {e.name}: {e.label}" for e in entries]


def test_outline() -> None:
    found = outline(view())
    assert shape(found) == [
        "pathway main: Main",
        "fact size: Largest lesion",
        "fact stage_of: Stage",
        "definition able: Able",
        "test ct: CT",
        "recommendation resection: Resection",
        "recommendation ablation: Ablation",
        "recommendation care: Care",
        "stage entry: Entry",
        "decision first: First?",
        "decision second: Second?",
        'rule never: recommend resection when ecog >= 3 opinion "x"',
        "example example: Small",
        "example example: Small and fit",
    ]
    assert shape(found[9].children) == [
        "branch A1: recommend ablation",
        "branch A2: recommend resection and care",
        "branch first.3: recommend care",
        "branch first.4: go to second",
    ]
    for entry in found:
        assert entry.span.start <= entry.name_span.start <= entry.name_span.end <= entry.span.end
    shared = outline(view(name="shared.pw"))
    assert shape(shared[-1].children) == [
        "statement size: lesions up to 3 cm", "statement age: adults",
    ]  # fmt: skip


def test_outline_of_a_broken_file_has_the_rest() -> None:
    text = FILES["main.pw"].replace("when size <= 3 cm then", "when size <= 3 cm than")
    names = [entry.name for entry in outline(view({**FILES, "main.pw": text}))]
    assert "second" in names
    assert "first" not in names


def test_next_codes() -> None:
    assert [(c.series, c.code, c.kind) for c in next_codes(view())] == [("A", "A3", "branch")]
    module = FILES["shared.pw"].replace("says size", "says s7").replace("says age", "says s12")
    found = next_codes(view({**FILES, "shared.pw": module}, "shared.pw"))
    assert [(c.series, c.code, c.kind) for c in found] == [("trial", "s13", "statement")]


def test_tokens_cover_words_once_and_in_order() -> None:
    seen = view()
    found = tokens(seen)
    before = 0
    for token in found:
        assert before <= token.span.start < token.span.end
        before = token.span.end
    kinds = {seen.source.text[t.span.start : t.span.end]: t for t in found}
    expected = {
        "size": "fact", "second": "decision", "ablation": "recommendation", "ct": "test",
        "trial": "source", "early": "value", "when": "keyword", "3": "number", "cm": "unit",
        "<=": "operator", '"Care"': "string", "A1": "recommendation",
    }  # fmt: skip
    assert {word: kinds[word].kind for word in expected} == expected
    declared = [t for t in found if t.is_declaration]
    words = [seen.source.text[t.span.start : t.span.end] for t in declared]
    assert words[:4] == ["size", "stage_of", "early", "late"]


def test_tokens_of_a_broken_item_and_of_comments() -> None:
    text = FILES["main.pw"] + "# über\ndecide 3 when fit # 😀\n"
    seen = view({**FILES, "main.pw": text})
    text = seen.source.text
    words = [(text[t.span.start : t.span.end], t.kind) for t in tokens(seen)]
    assert ("# über", "comment") in words
    assert ("# 😀", "comment") in words
    assert words[-5:-1] == [
        ("decide", "keyword"),
        ("3", "number"),
        ("when", "keyword"),
        ("fit", "name"),
    ]


def test_counts_of_branches_are_those_of_all_cases() -> None:
    seen = view()
    checked = check(seen.compilation)
    shown = {h.span.start: h.text for h in hints(seen, checked.counts)}
    # fit 2, ecog 5, size 101 and unknown, stage 3; of fit and ecog, 3 of 10 are able.
    expected = {
        "when size <= 3": 31 * 10 * 3,
        "when able and stage_of": 70 * 3,
        "when unknown": 1 * 10 * 3,
        "otherwise": 70 * (10 * 3 - 3),
        "when able then": 70 * 3 * 2,
        "when not able": 70 * 7 * 3,
    }
    for words, count in expected.items():
        assert shown[place(seen, words)] == f"{count:,} cases", words


def test_numbers_that_nobody_can_read_are_shown_as_shares() -> None:
    seen = view()
    first, *_ = check(seen.compilation).counts
    huge = replace(first, count=3 * 10**40, reaching=4 * 10**40)
    (hint,) = hints(seen, [huge])
    assert hint.text == "75.0 % of those here"
    assert hint.detail.endswith("× 10^40 cases, 75.0 % of those that reach this decision")
    (hint,) = hints(seen, [replace(first, count=0)])
    assert hint.text == "0 cases"


def test_reading_and_check_agree_where_nothing_is_proved() -> None:
    text = FILES["main.pw"].replace("fit and ecog", "fitt and ecog")
    compilation = view({**FILES, "main.pw": text}).compilation
    assert [d.code for d in reading(compilation)] == ["PW0301"]
    checked = check(compilation)
    assert checked.counts == ()
    assert checked.diagnostics == reading(compilation)


def test_formatting_keeps_line_ends_and_broken_items() -> None:
    text = 'pathway  p "P"\r\nfact   a "A": yes/no  # why\r\nfact b when\r\n'
    seen = view({"main.pw": text})
    found = format_text(seen.compilation.parsed, seen.source)
    assert found == 'pathway p "P"\r\n\r\nfact a "A": yes/no  # why\r\nfact b when\r\n'


# ------------------------------------------------------------------ actions


def offered(files: dict[str, str], words: str) -> list[Action]:
    seen = view(files)
    at = place(seen, words)
    span = Span(seen.source.name, at, at)
    return list(actions(seen, check(seen.compilation).diagnostics, span))


def codes(files: dict[str, str]) -> list[str]:
    return [d.code for d in view(files).compilation.diagnostics if d.is_failure]


def test_a_misspelt_name_is_replaced_at_every_place() -> None:
    text = FILES["main.pw"].replace("able then offer", "abel then offer")
    text = text.replace("when able and stage", "when abel and stage")
    files = {**FILES, "main.pw": text}
    (action,) = offered(files, "abel and")
    assert action.title == "write `able`"
    assert len(action.edits) == 2
    assert codes(applied(files, action.edits)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "word"),
    [("is early then", "is erly then", "erly"), ("trial.size", "trial.siz", "siz\n")],
)
def test_a_misspelt_value_and_statement(right: str, wrong: str, word: str) -> None:
    files = {**FILES, "main.pw": FILES["main.pw"].replace(right, wrong)}
    (action,) = offered(files, word)
    assert codes(applied(files, action.edits)) == []


def test_a_name_that_is_not_imported_is_added_to_the_use_line() -> None:
    files = {**FILES, "main.pw": FILES["main.pw"].replace("use fit, ecog", "use fit")}
    (action,) = offered(files, "ecog <= 2")
    assert action.title == 'add `use ecog from "shared.pw"`'
    changed = applied(files, action.edits)
    assert 'use fit, trial, ecog from "shared.pw"' in changed["main.pw"]
    assert codes(changed) == []


def test_a_first_use_line_stands_below_the_head() -> None:
    files = {
        "main.pw": 'pathway p "P"\n  version 0.1.0\n\nuse a from "m.pw"\ndefine d "D" as a and c\n',
        "m.pw": 'module m "M"\nuse c from "n.pw"\nfact a "A": yes/no\n  opinion "x"\n',
        "n.pw": 'module n "N"\nfact c "C": yes/no\n  opinion "x"\n',
    }
    (action,) = offered(files, "c\n")
    changed = applied(files, action.edits)
    assert 'use a from "m.pw"\nuse c from "n.pw"\n' in changed["main.pw"]


SLIPS = [
    ("size <= 3 cm then", "size <= 3 then", "3 then", "write `3 cm`"),
    ("size <= 3 cm then", "size <= 3,5 cm then", "3,5", "write `3.5`"),
    ("stage_of is early then", "stage_of = early then", "= early", "write `stage_of is early`"),
    ('"First?"', "'First?'", "'First", 'write `"First?"`'),
    ('fact size "Largest lesion": number in cm', 'fact size "Largest lesion": number in cmm', "cmm",
     "write `cm`"),
    ("when able and stage_of", "when ecog and stage_of", "ecog and", ""),
    ('  because "Quick."\n', "", "first ", 'add `because "…"`'),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "place_of", "title"), SLIPS)
def test_what_a_message_says_to_write_is_offered_once_it_was_tried(
    right: str, wrong: str, place_of: str, title: str
) -> None:
    main = FILES["main.pw"]
    assert right in main
    head, sep, tail = main.partition(right)
    files = {**FILES, "main.pw": head + wrong + tail if sep else main}
    at = len(head) + (wrong.index(place_of) if place_of in wrong else 0)
    if not wrong:
        at = files["main.pw"].index(f"decide in order {place_of}") + len("decide in order ")
    seen = view(files)
    findings = reading(seen.compilation)
    found = actions(seen, findings, Span("main.pw", at, at))
    assert [action.title for action in found] == ([title] if title else [])
    for action in found:
        after = codes(applied(files, action.edits))
        assert not set(after) & {action.finding.code}
        assert action.is_safe is ("…" not in title)


def test_a_statement_that_nothing_cites_can_be_called_background() -> None:
    seen = view(name="shared.pw")
    span = seen.source.span(place(seen, "says age"), place(seen, "says age"))
    (action,) = actions(seen, reading(seen.compilation), span)
    assert (action.title, action.is_safe) == ('add `background "…"`', False)
    text = applied(FILES, action.edits)["shared.pw"]
    assert '  says age at "table 2" "adults"\n    background "…"\n' in text


def test_the_repair_of_a_gap_is_offered_and_marked_as_unfinished() -> None:
    old = "  when able then recommend resection\n  when not able then offer ablation or care\n"
    text = FILES["main.pw"].replace(old, "  when fit then recommend care\n")
    files = {**FILES, "main.pw": text}
    found = [a for a in offered(files, "decide second") if a.finding.code == "PW0501"]
    assert [a.is_safe for a in found] == [False]
    changed = applied(files, found[0].edits)
    filled = changed["main.pw"].replace("then …", "then recommend care")
    assert codes({**files, "main.pw": filled}) == []


# ------------------------------------------------------------------ findings between two proofs


def test_findings_move_with_the_text() -> None:
    text = FILES["main.pw"].replace("  when not able then offer ablation or care\n", "")
    desk = workspace({**FILES, "main.pw": text})
    compilation = desk.compilation("main.pw")
    assert compilation is not None
    checked = check(compilation)
    before = {m.source.name: m.source for m in compilation.modules.modules}

    def changed(old: str, new: str) -> dict[str, Source]:
        return {"main.pw": Source("main.pw", text.replace(old, new))}

    (gap,) = [d for d in checked.diagnostics if d.code == "PW0501"]

    longer = {
        **before,
        "main.pw": Source("main.pw", text.replace("fact size", "# one\n\nfact size")),
    }
    moved = carried(checked, before, longer)
    (again,) = [d for d in moved.diagnostics if d.code == "PW0501"]
    assert again.span.start == gap.span.start + 7
    fresh = Compilation(longer["main.pw"], longer.get)
    assert [c.span for c in moved.counts] == [c.span for c in check(fresh).counts]
    assert [d.span for d in moved.diagnostics] == [d.span for d in fresh.diagnostics]

    inside = {
        **before,
        "main.pw": Source("main.pw", text.replace("when able then", "when able  then")),
    }
    (again,) = [d for d in carried(checked, before, inside).diagnostics if d.code == "PW0501"]
    assert (again.span.start, again.span.end) == (gap.span.start, gap.span.end + 1)

    gone = {**before, "main.pw": Source("main.pw", text[: gap.span.start + 3])}
    assert [d for d in carried(checked, before, gone).diagnostics if d.code == "PW0501"] == []
    assert carried(checked, before, dict(before)) is checked
