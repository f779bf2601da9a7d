from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from pathwaylang.compiler.emit.pages import Marks, Page, build_pages
from pathwaylang.compiler.emit.pages.atlas import Atlas
from pathwaylang.compiler.emit.pages.nodes import Box
from pathwaylang.compiler.emit.pages.plan import PART_ROWS, SHEET_BOXES, plan_stages
from pathwaylang.ir.derived import Condition
from pathwaylang.ir.graph import DecisionGraph, Reassess, Stage
from pathwaylang.ir.way import TrackEnd, Way
from tests.charts.build import above, both, decide, go, number, recommend, when, yes, yes_no
from tests.charts.large import long_table, many_decisions
from tests.charts.liver import colorectal_rows, liver
from tests.charts.sample import sample
from tests.charts.ways import CHOICE, FOUND, WAITING

GRAPHS = {
    "sample": sample(),
    "liver": liver(),
    "many": many_decisions(60),
    "long": long_table(95),
}


def pages_of(graph: DecisionGraph) -> dict[str, Page]:
    return {page.name: page for page in build_pages(graph)}


def box(page: Page, key: str) -> Box:
    return next(box for box in page.boxes if box.key == key)


def test_pages_are_named_by_stage_and_decision() -> None:
    assert list(pages_of(sample())) == [
        "overview",
        "diagnosis",
        "staging",
        "management",
        "management.aim",
        "management.support",
    ]


@pytest.mark.parametrize("name", GRAPHS)
def test_every_branch_of_every_decision_is_drawn_in_full_on_one_detail_page(name: str) -> None:
    graph = GRAPHS[name]
    details = [page for page in build_pages(graph) if len(page.trail) == 2]
    whole = [
        p
        for p in build_pages(graph)
        for plan in plan_stages(graph)
        if p.name == plan.page and not plan.has_sheet_pages
    ]
    rows = Counter(
        row.port
        for page in (*details, *whole)
        for box in page.boxes
        if box.key.startswith("decision:")
        for row in box.rows
    )
    reached = {m for plan in plan_stages(graph) for s in plan.sheets for m in s.members}
    wanted = {f"row:{b.id}" for d in graph.decisions if d.name in reached for b in d.branches}
    assert dict(rows) == dict.fromkeys(wanted, 1)


@pytest.mark.parametrize("name", GRAPHS)
def test_edges_and_links_lead_somewhere(name: str) -> None:
    pages = build_pages(GRAPHS[name])
    names = {page.name for page in pages}
    for page in pages:
        keys = [box.key for box in page.boxes]
        assert len(keys) == len(set(keys))
        ports = {(box.key, row.port) for box in page.boxes for row in box.rows}
        for edge in page.edges:
            assert {edge.tail, edge.head} <= set(keys)
            assert not edge.port or (edge.tail, edge.port) in ports
        thens = [row.then.page for box in page.boxes for row in box.rows if row.then]
        linked = {box.page for box in page.boxes} | {*thens, *(link.page for link in page.trail)}
        assert linked - {""} <= names


@pytest.mark.parametrize("name", GRAPHS)
def test_no_page_is_larger_than_can_be_read(name: str) -> None:
    for page in build_pages(GRAPHS[name]):
        if len(page.trail) == 2:
            rows = sum(len(box.rows) for box in page.boxes)
            assert rows <= max(SHEET_BOXES, PART_ROWS)


def test_a_small_stage_is_drawn_in_full_with_its_tracks_side_by_side() -> None:
    page = pages_of(sample())["management"]
    assert [lane.title for lane in page.lanes] == [
        "Track 1 of 2",
        "Track 2 of 2",
    ]
    assert [b.key for b in page.lanes[0].boxes if b.rows] == [
        "decision:aim",
        "decision:local_treatment",
        "decision:systemic",
    ]


def test_a_large_stage_shows_each_group_of_decisions_as_one_box() -> None:
    page = pages_of(liver())["management"]
    assert [b.key for b in page.boxes] == [
        "sheet:local",
        "sheet:colorectal_local",
        "sheet:palliative",
    ]
    assert box(page, "sheet:colorectal_local").detail == "27 rows"
    assert [(e.tail, e.head) for e in page.edges] == [("sheet:local", "sheet:colorectal_local")]


def test_an_exit_of_an_inner_question_says_which() -> None:
    inner = decide("inner", "Inner?", when("inner.1", None, go("palliative")))
    outer = decide(
        "local",
        "Outer?",
        when("local.1", yes("pain"), go("inner")),
        when("local.2", None, go("colorectal_local")),
    )
    kept = [d for d in liver().decisions if d.name in ("colorectal_local", "palliative")]
    graph = replace(liver(), decisions=(outer, inner, *kept))
    sheet = box(pages_of(graph)["management"], "sheet:local")
    told = [[line.text for line in row.cells[0]] for row in sheet.rows]
    other = "where no other row applies"
    assert told == [[other], ["after “Inner?”", other]]


def test_a_long_list_never_shares_a_page() -> None:
    plan = plan_stages(liver())[1]
    assert [(s.head, s.members) for s in plan.sheets] == [
        ("local", ("local",)),
        ("colorectal_local", ("colorectal_local",)),
        ("palliative", ("palliative",)),
    ]


def test_many_criteria_make_a_list_also_of_few_rows() -> None:
    few = decide("few", "Few?", *colorectal_rows()[:7])
    graph = replace(liver(), decisions=(few,), stages=(Stage("s", "S", ("few",)),))
    assert box(pages_of(graph)["s"], "decision:few").is_list
    short = decide("few", "Few?", *colorectal_rows()[:2])
    assert not box(pages_of(replace(graph, decisions=(short,)))["s"], "decision:few").is_list


def test_a_long_list_holds_its_outcomes_inside() -> None:
    question = box(pages_of(liver())["management.colorectal_local"], "decision:colorectal_local")
    assert question.is_list
    assert [row.label for row in question.rows] == [branch.id for branch in colorectal_rows()]
    assert question.hint.startswith("From the top: the first row that applies decides.")


def test_an_offer_is_told_as_a_choice_with_its_strength() -> None:
    question = box(pages_of(liver())["management.colorectal_local"], "decision:colorectal_local")
    then = next(row.then for row in question.rows if row.label == "CL8")
    assert then is not None
    assert (then.kind, then.strength) == ("choice", "equipoise")
    assert then.lines == (
        "A: Liver resection (hepatectomy)",
        "B: Ablation (radiofrequency or microwave)",
    )
    assert then.notes == ("more than one is reasonable, the patient decides",)


def test_advice_against_is_not_told_as_a_recommendation() -> None:
    graph = sample()
    against = when("X", None, recommend("late_resection"))
    decision = decide("aim", "Aim?", against)
    other = replace(graph, decisions=(decision,), stages=(Stage("s", "S", ("aim",)),))
    kinds = [box.kind for box in pages_of(other)["s"].boxes]
    assert kinds == ["question", "against"]


def test_what_the_evidence_does_not_settle_is_an_option_not_a_recommendation() -> None:
    graph = sample()
    open_ = replace(when("X", None, recommend("review")), strength="equipoise")
    decision = decide("aim", "Aim?", open_)
    other = replace(graph, decisions=(decision,), stages=(Stage("s", "S", ("aim",)),))
    kinds = [box.kind for box in pages_of(other)["s"].boxes]
    assert kinds == ["question", "option"]
    against = replace(open_, strength="equipoise against")
    other = replace(other, decisions=(decide("aim", "Aim?", against),))
    assert [box.kind for box in pages_of(other)["s"].boxes] == ["question", "against"]


def test_a_table_keeps_its_columns() -> None:
    table = box(pages_of(sample())["management"], "decision:local_treatment")
    assert table.heads == (
        "Complete (R0) resection achievable",
        "Safe remaining liver volume",
        "Liver reserve",
        "Largest metastasis",
    )
    assert [cell[0].text for cell in table.rows[2].cells] == ["yes", "no", "any", "≤ 3 cm"]


def test_a_table_whose_cells_do_not_fit_is_told_by_its_conditions() -> None:
    graph = sample()
    table = graph.decision("local_treatment")
    broken = replace(table, branches=tuple(replace(b, cells=("yes",)) for b in table.branches))
    decisions = tuple(broken if d.name == broken.name else d for d in graph.decisions)
    question = box(
        pages_of(replace(graph, decisions=decisions))["management"], "decision:local_treatment"
    )
    assert question.heads == ()
    assert question.rows[0].cells[0][0].text == "Complete (R0) resection achievable: yes"


def test_reassessment_is_dashed_and_shared() -> None:
    page = pages_of(liver())["management.colorectal_local"]
    dashed = [(e.port, e.head) for e in page.edges if e.is_dashed]
    assert [port for port, _ in dashed] == ["row:CL3", "row:CL6", "row:CL17", "row:CL24"]
    assert dashed[0][1] == dashed[2][1]
    again = box(page, dashed[0][1])
    assert (again.kind, again.lines[0], again.page) == (
        "reassess",
        "after 8 to 12 weeks",
        "management.local",
    )


def test_a_step_tells_what_to_do_and_to_obtain() -> None:
    step = box(pages_of(sample())["staging"], "decision:look_outside")
    assert step.kind == "step"
    assert step.small == ("do: tell the patient why", "obtain: Positron emission tomography")


def test_a_long_table_is_cut_into_parts_that_lead_to_each_other() -> None:
    pages = [page for page in build_pages(long_table(95)) if len(page.trail) == 2]
    assert [page.name for page in pages] == ["main.dose", "main.dose.2", "main.dose.3"]
    rows = [row.label for page in pages for b in page.boxes for row in b.rows]
    assert rows == [f"R{n}" for n in range(1, 96)]
    assert [link.page for link in pages[1].links] == ["main.dose", "main.dose.3"]


def test_a_huge_stage_is_listed_not_drawn_as_a_net() -> None:
    page = pages_of(many_decisions(150))["main"]
    listed = [row.then.page for b in page.boxes if b.is_list for row in b.rows if row.then]
    assert listed == [sheet.page for sheet in plan_stages(many_decisions(150))[0].sheets]


def test_page_names_never_collide() -> None:
    graph = replace(
        sample(),
        stages=(
            Stage("Overview", "Named like the first page", ("first_look",)),
            Stage("staging", "Staging", ("look_outside",)),
            Stage("management", "Management", ("aim", "support")),
        ),
    )
    names = [page.name.casefold() for page in build_pages(graph)]
    assert len(names) == len(set(names))


def test_a_name_of_any_length_gives_a_file_name() -> None:
    name = "ä" * 300
    decision = decide(name, "Long?", when(f"{name}.1", None, recommend("review")))
    graph = replace(sample(), decisions=(decision,), stages=(Stage(name, "L", (name,)),))
    names = [page.name for page in build_pages(graph)]
    assert max(len(page.encode()) for page in names) < 220
    assert len(set(names)) == len(names)


def test_a_stage_named_like_a_decision_is_still_left_for() -> None:
    leave = when("aim.1", yes("fit"), go("aim", "stage"))
    end = when("aim.2", None, recommend("review"))
    graph = replace(
        sample(),
        decisions=(decide("aim", "Aim?", leave, end),),
        stages=(Stage("first", "First", ("aim",)), Stage("aim", "Second", ("aim",))),
    )
    page = pages_of(graph)["first"]
    assert [b.lines for b in page.boxes if b.kind == "continue"] == [("Stage “Second”",)]


def test_the_title_tells_version_status_and_dates() -> None:
    page = pages_of(sample())["overview"]
    assert page.about == (
        "Version 0.1.0 · Status: IN REVIEW, not approved for use with patients",
        "Sources read 2026-10-02 to 2026-11-20",
    )


def test_an_approval_is_told_with_its_day() -> None:
    about = replace(
        sample().about, status="approved", approved=("A. Surgeon, head", "2026-12-01", "ff")
    )
    page = pages_of(replace(sample(), about=about))["overview"]
    assert page.about[0] == (
        "Version 0.1.0 · Status: APPROVED · approved by A. Surgeon, head on 2026-12-01"
    )


def test_a_page_lists_the_sources_it_cites_and_counts_opinions() -> None:
    assert pages_of(sample())["management.support"].sources == (
        "palliative: Liver metastasis, encyclopedia article, read 2026-10-02",
        "opinion: expert opinion, no external source (1 on this page)",
    )


def test_a_way_lights_what_was_passed_and_dims_the_rest() -> None:
    pages = {page.name: page for page in build_pages(sample(), way=CHOICE)}
    page = pages["management"]
    states = {b.key: b.state for b in page.boxes if b.rows}
    assert states == {
        "decision:aim": "lit",
        "decision:local_treatment": "lit",
        "decision:systemic": "dim",
        "decision:support": "lit",
    }
    rows = {row.port: row.state for row in box(page, "decision:local_treatment").rows}
    assert [port for port, state in rows.items() if state == "lit"] == ["row:local_treatment.2"]
    lit = [(e.port, e.head) for e in page.edges if e.state == "lit"]
    assert lit == [
        ("row:aim.2", "decision:local_treatment"),
        ("row:support.2", "outcome:support.2"),
    ]


def test_a_way_says_how_each_track_ended_and_why() -> None:
    pages = {page.name: page for page in build_pages(sample(), way=CHOICE)}
    track = box(pages["overview"], "track:management:aim")
    assert [badge.text for badge in track.badges] == [
        "this patient decides between A “Liver resection (hepatectomy)” and "
        "B “Radiofrequency or microwave ablation” (row 2)"
    ]
    table = box(pages["management"], "decision:local_treatment")
    assert [badge.text for badge in table.rows[1].badges] == [
        "this patient: Liver reserve: borderline; Complete (R0) resection achievable: yes; "
        "Safe remaining liver volume: yes"
    ]


def test_what_is_missing_is_marked_where_the_way_stops() -> None:
    pages = {page.name: page for page in build_pages(liver(), way=WAITING)}
    question = box(pages["management.colorectal_local"], "decision:colorectal_local")
    assert [badge.text for badge in question.badges] == [
        "still missing: Bevacizumab in the last 28 days and Number of liver metastases"
    ]
    marked = [
        row.label
        for row in question.rows
        if any("▲ missing" in line.text for cell in row.cells for line in cell)
    ]
    assert marked == ["CL6", "CL13", "CL14"]
    assert {row.state for row in question.rows} == {"plain"}
    stage = box(pages["management"], "sheet:colorectal_local")
    assert [badge.level for badge in stage.badges] == ["missing"]


def test_findings_stand_on_what_they_concern_and_are_counted_above() -> None:
    pages = {page.name: page for page in build_pages(liver(), marks=FOUND)}
    question = box(pages["management.palliative"], "decision:palliative")
    assert [badge.text for badge in question.badges] == ["WARNING: `otherwise` covers 9 cases"]
    rows = {row.label: row.badges for row in question.rows if row.badges}
    assert [(label, badges[0].text) for label, badges in rows.items()] == [
        ("PL2", "ERROR: branch has no source")
    ]
    assert [badge.text for badge in box(pages["management"], "sheet:palliative").badges] == [
        "1 error",
        "1 warning",
    ]


@pytest.mark.parametrize("name", GRAPHS)
def test_rows_on_the_overview_are_the_rows_of_the_boxes_of_a_stage(name: str) -> None:
    graph = GRAPHS[name]
    pages = pages_of(graph)
    for plan in plan_stages(graph):
        if plan.is_small or plan.is_listed:
            continue
        boxes = [b for b in pages[plan.page].boxes if b.key.startswith("sheet:")]
        on_stage = sum(int(b.detail.split()[0]) for b in boxes if b.detail)
        tracks = [box(pages["overview"], f"track:{plan.stage.name}:{t}") for t in plan.stage.tracks]
        told = [part for t in tracks for part in t.small[0].split(" · ") if "row" in part]
        assert sum(int(part.split()[0]) for part in told) == on_stage


def test_endings_of_a_box_count_every_row_that_ends_there() -> None:
    graph = liver()
    stage = box(pages_of(graph)["management"], "sheet:colorectal_local")
    rows = graph.decision("colorectal_local").branches
    ending = [branch for branch in rows if branch.outcome.outcome_kind != "go to"]
    assert sum(int(each.text.split()[-2]) for each in stage.endings) == len(ending)
    assert {each.kind for each in stage.endings} >= {"recommend", "choice"}
    few = box(pages_of(graph)["management"], "sheet:palliative")
    assert 0 < len(few.endings) <= 4
    assert not any("row" in each.text for each in few.endings)
    assert few.ends_lead == "one of these:"
    assert replace(few, endings=few.endings[:1]).ends_lead == ""


def test_a_list_with_findings_only_claims_that_one_row_should_apply() -> None:
    marked = {page.name: page for page in build_pages(liver(), marks=FOUND)}
    plain = pages_of(liver())
    graph = replace(liver(), decisions=tuple(replace(d, in_order=False) for d in liver().decisions))
    name, key = "management.palliative", "decision:palliative"
    doubted = {page.name: page for page in build_pages(graph, marks=FOUND)}[name]
    sure = pages_of(graph)[name]
    assert box(doubted, key).hint.startswith("Exactly one row should apply; see the marks.")
    assert box(sure, key).hint.startswith("Exactly one row applies.")
    assert marked[name].levels == {"error", "warning"}
    assert plain[name].levels == frozenset()


def test_titles_of_sources_are_told_whole() -> None:
    graph = sample()
    title = "A long title " * 12 + "end"
    sources = tuple(replace(source, label=title) for source in graph.sources)
    told = pages_of(replace(graph, sources=sources))["management.support"].sources
    assert any(title in line for line in told)


def test_pages_are_numbered_in_their_order() -> None:
    pages = build_pages(liver())
    assert [page.number(page.name) for page in pages] == [str(n + 1) for n in range(len(pages))]


def test_limits_behind_the_words_of_a_page_stand_on_it() -> None:
    page = pages_of(liver())["management.colorectal_local"]
    terms = {term.label: term.lines for term in page.terms}
    assert terms["Goal is to prolong life"] == ("Goal of care: life prolonging or balanced",)
    assert all(term.lines for term in page.terms)


def test_rows_above_the_one_that_decided_are_ruled_out_by_what_failed() -> None:
    facts = (yes_no("a", "First"), yes_no("b", "Second"), yes_no("c", "Third"))
    rows = (
        when("R1", both(yes("a"), yes("b")), recommend("review")),
        when("R2", yes("b"), recommend("review")),
        when("R3", yes("c"), recommend("review")),
        when("R4", None, recommend("ablation")),
    )
    asked = replace(decide("x", "X?", *rows), in_order=True, unknown_means_no=True)
    graph = replace(
        sample(), facts=facts, derived=(), decisions=(asked,), stages=(Stage("s", "S", ("x",)),)
    )
    case = (("a", True), ("b", False), ("c", "unknown"))
    way = Way(("x",), ("R4",), ends=(TrackEnd("x", "recommendation", "ablation", "R4"),), case=case)
    page = {page.name: page for page in build_pages(graph, way=way)}["s"]
    last = box(page, "decision:x").rows[-1]
    assert [badge.text for badge in last.badges] == [
        "ruled out: R1 and R2 (Second: no); R3 (Third: not known)"
    ]
    silent = replace(way, case=(("a", True),))
    page = {page.name: page for page in build_pages(graph, way=silent)}["s"]
    assert box(page, "decision:x").rows[-1].badges == ()
    second = replace(way, branches=("R2",), ends=(replace(way.ends[0], branch="R2"),))
    page = {page.name: page for page in build_pages(graph, way=second)}["s"]
    badges = box(page, "decision:x").rows[1].badges
    assert badges[-1].text == "rows below R2 were not read"
    unordered = replace(graph, decisions=(replace(asked, in_order=False),))
    page = {page.name: page for page in build_pages(unordered, way=second)}["s"]
    assert not any("not read" in b.text for b in box(page, "decision:x").rows[1].badges)


def test_stages_the_case_did_not_come_to_say_so() -> None:
    ends = tuple(end for end in CHOICE.ends if end.track != "first_look")
    pages = {page.name: page for page in build_pages(sample(), way=replace(CHOICE, ends=ends))}
    boxes = {b.key: b.small for b in pages["overview"].boxes}
    assert boxes["stage:diagnosis"][1].startswith("not asked: this patient starts at")
    assert len(boxes["stage:staging"]) == len(boxes["stage:management"]) == 1
    only = replace(CHOICE, ends=CHOICE.ends[:1])
    pages = {page.name: page for page in build_pages(sample(), way=only)}
    boxes = {b.key: b.small for b in pages["overview"].boxes}
    assert boxes["stage:management"][1] == "not reached by this patient"


def test_marks_and_ways_change_no_structure() -> None:
    plain = build_pages(liver())
    drawn = build_pages(liver(), way=WAITING, marks=FOUND)
    shape = [[(b.key, len(b.rows)) for b in page.boxes] for page in plain]
    assert [[(b.key, len(b.rows)) for b in page.boxes] for page in drawn] == shape
    assert build_pages(liver(), marks=Marks()) == plain


def test_reassess_at_a_decision_nobody_draws_is_told_by_name() -> None:
    graph = sample()
    changed = tuple(
        replace(item, reassess=(Reassess("later", "nowhere"),)) for item in graph.recommendations
    )
    page = pages_of(replace(graph, recommendations=changed))["management"]
    assert box(page, "again:1").lines == ("later", "at: nowhere")


def test_facts_read_through_many_definitions_are_counted() -> None:
    facts = tuple(yes_no(f"f{n}", f"Fact {n}") for n in range(12))
    size = number("size", "Size", 1, 9, "cm")
    deep = Condition("deep", "Deep", both(*(yes(fact.name) for fact in facts)))
    near = Condition("near", "Near", both(yes("deep"), above("size", 3)))
    graph = replace(sample(), facts=(*facts, size), derived=(deep, near))
    branch = when("x.1", both(yes("near"), yes("f11")), recommend("review"))
    values = (*((fact.name, True) for fact in facts), ("size", "4 cm"))
    told = Atlas(graph, replace(CHOICE, values=values), None).values_for(branch)
    assert told[:3] == ("Fact 11: yes", "Size: 4 cm", "Fact 0: yes")
    assert (len(told), told[-1]) == (9, "and 5 further facts")


def test_a_stage_of_boxes_says_what_they_stand_for_and_a_step_goes_on() -> None:
    branch = when("local.1", None, go("colorectal_local"))
    step = replace(decide("local", "Prepare", branch), layout="step")
    kept = [d for d in liver().decisions if d.name in ("colorectal_local", "palliative")]
    page = pages_of(replace(liver(), decisions=(step, *kept)))["management"]
    assert page.remarks[-1].startswith("Each box stands for a page")
    rows = box(page, "sheet:local").rows
    assert [[line.text for line in row.cells[0]] for row in rows] == [["then"]]
    assert not any("Each box" in remark for remark in pages_of(sample())["management"].remarks)


def test_the_overview_says_who_the_patient_is() -> None:
    lit = {page.name: page for page in build_pages(sample(), way=CHOICE)}["overview"]
    assert [badge.level for badge in lit.badges] == ["answer"]
    assert lit.badges[0].text.startswith("this patient: ")
    assert lit.badges[0].text.count("; ") == len(CHOICE.values) - 1
    assert pages_of(sample())["overview"].badges == ()
