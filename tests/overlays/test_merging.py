"""An overlay means what its base means after the same edits by hand; nothing else of it changes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pathwaylang.compiler.model.dump import dump_model
from pathwaylang.compiler.qa.difference import Difference, compare_graphs
from pathwaylang.ir.artifact import dump_artifact, read_artifact
from tests.overlays.kit import BASE, FILES, OVERLAY, compile_text

BY_HAND = (
    BASE.replace('pathway lesion "One liver lesion"', 'pathway north "North"')
    .replace("use reserve", 'use generator from "../north_facts.pw"\nuse reserve')
    .replace('ablation "Thermal ablation"', 'ablation "Ablation in the north"')
    .replace('do "With a', 'do "With a wide')
    .replace("when largest <= 30 mm then", "when largest <= 20 mm and generator then")
    .replace("| no  | recommend nurse |", "| no  | recommend team  |")
    .replace('"Largest diameter"', '"Largest, here"')
    .replace("1..200\n  usually 150 mm", "1..100")
)


def test_an_overlay_means_what_the_same_edits_mean() -> None:
    overlay, by_hand = compile_text(OVERLAY), compile_text(BY_HAND, name="bases/by_hand.pw")
    assert overlay.is_clean
    assert {d.code for d in by_hand.diagnostics if d.is_failure} == {"PW0803"}
    assert {d.code for d in overlay.diagnostics} == {"PW0914"}, "the same example, as a note"
    assert overlay.graph is not None
    assert by_hand.graph is not None
    found = compare_graphs(by_hand.graph, overlay.graph)
    assert isinstance(found, Difference)
    assert found.is_empty
    assert found.facts == ()
    assert [(e.item, e.name) for e in found.edits] in ([], [("decision", "support")])


def test_the_difference_to_the_base_is_that_of_the_edits() -> None:
    overlay, by_hand = compile_text(OVERLAY), compile_text(BY_HAND, name="bases/by_hand.pw")
    base = overlay.base
    assert base is not None
    assert base.graph is not None
    assert overlay.graph is not None
    assert by_hand.graph is not None
    ours, theirs = (compare_graphs(base.graph, c.graph) for c in (overlay, by_hand) if c.graph)
    assert isinstance(ours, Difference)
    assert isinstance(theirs, Difference)
    assert [(c.track, c.old, c.new, c.count) for c in ours.changes] == [
        (c.track, c.old, c.new, c.count) for c in theirs.changes
    ]


def test_an_empty_overlay_is_its_base() -> None:
    overlay = compile_text(
        'overlay same "Same"\n  of lesion version 1.2.0 from "bases/lesion.pw"\n'
    )
    base = overlay.base
    assert base is not None
    assert overlay.model is not None
    assert base.model is not None
    merged = dump_model(overlay.model).split("\n", 2)
    assert merged[1].startswith("overlay of lesion 1.2.0 (in review) ")
    assert merged[2] == dump_model(base.model).split("\n", 1)[1]
    assert overlay.diagnostics == ()


def test_every_rule_of_the_base_is_in_the_overlay() -> None:
    overlay = compile_text(OVERLAY)
    assert overlay.base is not None
    assert overlay.base.graph is not None
    assert overlay.graph is not None
    assert overlay.graph.rules == overlay.base.graph.rules


def test_both_hashes_and_both_versions_are_kept() -> None:
    overlay = compile_text(OVERLAY)
    artifact = overlay.artifact
    assert overlay.base is not None
    assert artifact is not None
    again = read_artifact(dump_artifact(artifact))
    about = again.graph.about
    assert (about.name, about.version, about.status) == ("north", "0.1.0", "draft")
    assert about.base is not None
    assert (about.base.name, about.base.version) == ("lesion", "1.2.0")
    assert about.base.status == "in_review"
    assert about.base.source_hash == overlay.base.source_hash != overlay.source_hash
    assert again.source_hash == overlay.source_hash
    assert [(change.what, change.name, change.because) for change in about.base.changes] == [
        ("replace recommendation", "ablation", ("Our machine is another.",)),
        ("replace branch", "local.small", ("The generator is shared.",)),
        ("replace branch", "support.nurse_needed", ("We have no nurse for these.",)),
        ("restrict fact", "largest", ("Larger ones go elsewhere.",)),
    ]


def test_the_hash_depends_on_the_base() -> None:
    other = {**FILES, "bases/shared/reserve.pw": FILES["bases/shared/reserve.pw"] + "# more\n"}
    assert compile_text(OVERLAY).source_hash != compile_text(OVERLAY, other).source_hash


def test_lines_of_the_base_stay_with_a_restricted_fact() -> None:
    graph = compile_text(OVERLAY).graph
    assert graph is not None
    fact = next(fact for fact in graph.facts if fact.name == "largest")
    assert (fact.label, fact.ask, fact.group) == ("Largest, here", "How large is it?", "Images")
    assert [code.code for code in fact.codes] == ["1-8"]
    assert fact.unit == "mm"
    assert fact.usually is None, "150 mm is excluded here"


def test_the_approval_of_the_base_does_not_carry_over() -> None:
    signed = BASE.replace(
        "  status in_review\n", f'  status approved\n  approved "Dr A" 2026-12-01 of {"0" * 64}\n'
    )
    overlay = compile_text(OVERLAY, {**FILES, "bases/lesion.pw": signed})
    assert overlay.is_clean, "the base's approval is the base's business"
    assert overlay.graph is not None
    assert overlay.graph.about.approved is None
    assert overlay.graph.about.status == "draft"


ROWS = ("poor", "small", "open", "large", "rest")


@settings(max_examples=25, deadline=None)
@given(
    row=st.sampled_from(ROWS),
    limit=st.integers(1, 200),
    outcome=st.sampled_from(["care", "ablation", "assessment", "systemic"]),
)
def test_any_replaced_branch_means_the_edit(row: str, limit: int, outcome: str) -> None:
    """Findings and difference are those of the edited base; `rest` stays the last line."""
    branch = (
        f"otherwise recommend {outcome}"
        if row == "rest"
        else f"when largest <= {limit} mm then recommend {outcome}"
    )
    overlay = compile_text(
        'overlay o "O"\n  of lesion version 1.2.0 from "bases/lesion.pw"\n'
        f'replace branch local.{row}\n  because "x"\n  {branch}\n'
    )
    lines = BASE.split("\n")
    at = lines.index(f"    id {row}")
    lines[at - 1] = f"  {branch}"
    lines.insert(at, '    opinion "x"')
    by_hand = compile_text("\n".join(lines), name="bases/by_hand.pw")
    errors = [
        {d.code for d in c.diagnostics if d.is_failure} - {"PW0506", "PW0508", "PW0803"}
        for c in (overlay, by_hand)
    ]
    assert errors[0] == errors[1]
    if overlay.graph is not None and by_hand.graph is not None:
        about = by_hand.graph.about
        found = compare_graphs(by_hand.graph, replace(overlay.graph, about=about))
        assert isinstance(found, Difference)
        assert found.is_empty
