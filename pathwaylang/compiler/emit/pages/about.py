"""What stands around the drawing: title lines, the way of the case in words, sources.

In come the atlas and the decisions of a page; out come plain lines. A page says which pathway it
belongs to, its version and status, who approved it, when its sources were read, and, with a way,
how the tracks ended and what is still missing.

Invariants: only dates that the pathway itself carries are told; the clock is never read.
"""

from __future__ import annotations

from pathwaylang.compiler.emit.pages.atlas import Atlas
from pathwaylang.compiler.emit.pages.case import rows_words
from pathwaylang.compiler.emit.pages.nodes import Badge
from pathwaylang.compiler.emit.pages.outcomes import letter
from pathwaylang.compiler.emit.pages.plan import StagePlan
from pathwaylang.compiler.emit.text import listed
from pathwaylang.ir.graph import Citable, Decision
from pathwaylang.ir.way import TrackEnd

_STATUS = {
    "draft": "DRAFT, not approved for use with patients",
    "in_review": "IN REVIEW, not approved for use with patients",
    "approved": "APPROVED",
    "retired": "RETIRED, no longer to be used",
}
_UNSIGNED = "APPROVED, but signed by nobody: not for use with patients"
_UNPROVED = Badge("error", "NOT PROVED: the check found errors. Not for use with patients.")


def about_lines(atlas: Atlas) -> tuple[str, ...]:
    """Return version, status, approval, day of review, and when the sources were read."""
    about = atlas.graph.about
    is_unsigned = about.status == "approved" and not about.approved
    status = _UNSIGNED if is_unsigned else _STATUS.get(about.status, about.status)
    parts = [f"Version {about.version}", f"Status: {status}"]
    if about.base:
        parts.insert(1, f"overlay of {about.base.text}, hash {about.base.source_hash[:12]}…")
    if about.approved:
        parts.append(f"approved by {about.approved[0]} on {about.approved[1]}")
    if about.review_by:
        parts.append(f"review by {about.review_by}")
    dates = _read_dates(atlas.graph.sources)
    return (" · ".join(parts), *([dates] if dates else []))


def source_list(atlas: Atlas, decisions: tuple[Decision, ...]) -> tuple[str, ...]:
    """Return the sources that the decisions cite, with the day each was read."""
    bases = [d.basis for d in decisions] + [b.basis for d in decisions for b in d.branches]
    cited = {cite.partition(".")[0] for basis in bases for cite in basis.cites}
    opinions = sum(1 for d in decisions for b in d.branches if b.basis.opinions)
    lines = [_source(source) for source in atlas.graph.sources if source.name in cited]
    if opinions:
        lines.append(f"opinion: expert opinion, no external source ({opinions} on this page)")
    return tuple(lines)


def page_badges(atlas: Atlas, tracks: tuple[str, ...] = ()) -> tuple[Badge, ...]:
    """Return what stands above the drawing: that nothing is proved, and how the tracks ended."""
    failing = any(mark.severity in ("error", "undecided") for mark in atlas.marks.items)
    return ((_UNPROVED,) if failing else ()) + way_badges(atlas, tracks)


def patient_badge(atlas: Atlas) -> tuple[Badge, ...]:
    """Return who the patient is, as far as it mattered."""
    known = atlas.patient()
    return (Badge("answer", f"this patient: {'; '.join(known)}"),) if known else ()


def way_badges(atlas: Atlas, tracks: tuple[str, ...]) -> tuple[Badge, ...]:
    """Return how the tracks ended for the case, and what is still missing for them."""
    badges = []
    for track in tracks:
        end = atlas.end_of(track)
        if end is not None:
            name = f"{atlas.question(track)} – " if len(tracks) > 1 else ""
            badges.append(
                Badge("answer" if end.branch else "missing", name + end_words(atlas, end))
            )
    return tuple(badges)


def end_words(atlas: Atlas, end: TrackEnd) -> str:
    """Return the end of a track in words."""
    if end.status == "outside":
        return "this patient is outside this pathway"
    if end.status == "contradiction":
        return "the data of this patient contradict each other"
    if end.status == "request":
        missing = tuple(atlas.words.label(name) for name in end.missing or _all_missing(atlas))
        return f"still missing: {listed(missing, 'and')}" if missing else "not yet answered"
    found = atlas.branch(end.branch)
    if found is None:
        return f"this patient: {end.outcome}"
    names = found[1].outcome
    labels = tuple(
        atlas.advice(name) if atlas.recommendation(name) else _target(atlas, name)
        for name in names.names
    )
    if len(labels) > 1:  # labels hold commas and words such as `or`
        labels = tuple(f"“{label}”" for label in labels)
    if names.outcome_kind == "offer":
        labels = tuple(f"{letter(index)} {label}" for index, label in enumerate(labels))
    word = {"recommend": ": ", "offer": " decides between ", "go to": ": continues at "}
    row = rows_words(found[0], (found[1],))
    row = row if row.startswith("row ") else f"row {row}"
    return f"this patient{word[names.outcome_kind]}{listed(labels, 'and')} ({row})"


def not_asked(atlas: Atlas, plan: StagePlan) -> tuple[str, ...]:
    """Return why the case has no answer in a stage that it did not come to."""
    ended = {end.track for end in atlas.way.ends} if atlas.way else set()
    asked = [other for other in atlas.plans if ended & set(other.stage.tracks)]
    if not asked or plan in asked:
        return ()
    places = [other.page for other in atlas.plans]
    if places.index(plan.page) < places.index(asked[0].page):
        return (f"not asked: this patient starts at “{atlas.stage_label(asked[0].stage)}”",)
    return ("not reached by this patient",)


def _target(atlas: Atlas, name: str) -> str:
    plan = atlas.stage(name)
    return atlas.stage_label(plan.stage) if plan else atlas.question(name)


def _all_missing(atlas: Atlas) -> tuple[str, ...]:
    return atlas.way.missing if atlas.way else ()


def stage_remarks(atlas: Atlas, plan: StagePlan) -> tuple[str, ...]:
    """Return how the tracks of a stage belong together, and what its boxes stand for."""
    count = len(plan.stage.tracks)
    remarks = [f"{count} tracks, side by side: a patient gets one answer in each."]
    boxed = "Each box stands for a page that shows all its rows."
    return tuple(remarks[: int(count > 1)]) + ((boxed,) if _is_boxed(plan) else ())


def _is_boxed(plan: StagePlan) -> bool:
    return not plan.is_small and not plan.is_listed


def _source(source: Citable) -> str:
    read = f", read {source.read_on}" if source.read_on else ""
    return f"{source.name}: {source.label or source.name}{read}"


def _read_dates(sources: tuple[Citable, ...]) -> str:
    days = sorted({source.read_on for source in sources if source.read_on})
    if not days:
        return "Date the sources were read: not recorded" if sources else ""
    missing = sum(1 for source in sources if not source.read_on)
    span = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    return f"Sources read {span}" + (f", {missing} without a date" if missing else "")
