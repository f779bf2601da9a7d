"""The chapters of a record about what tests cover, the checked world, charts, files and signatures.

A `Recorded` goes in, sections come out. Of coverage the measures are told, and every branch that
is not fully covered with what its tests never showed.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.emit.doc_facts import fact_values
from pathwaylang.compiler.emit.doc_order import facts_of_groups
from pathwaylang.compiler.emit.report.inputs import Recorded
from pathwaylang.compiler.emit.report.nodes import (
    Block,
    Cell,
    Figure,
    Head,
    Para,
    Section,
    Signatures,
    Table,
    cell,
    line,
)
from pathwaylang.compiler.emit.text import LONGEST_LABEL, clip, listed
from pathwaylang.compiler.emit.words import Words
from pathwaylang.ir.covered import AtomSeen, BranchSeen, Coverage
from pathwaylang.ir.graph import DecisionGraph

_TRUTH = {True: "true", False: "false"}
_MEANING = (
    "A branch is covered where a test takes it, an outcome where a test reaches it in its track. A "
    "condition is covered where it was seen true and seen false at its decision; its independent "
    "effect is shown where turning it alone would have settled the branch differently, once while "
    "true and once while false (masking MC/DC)."
)
_SIGNERS = (
    "For the content: the medicine in this pathway is right",
    "For quality: this record was read, its open points were settled",
    "For release: the pathway may be used as its status says",
)


def coverage_section(recorded: Recorded) -> Section:
    """Return what tests cover, and what they lack, branch by branch."""
    coverage, graph = recorded.coverage, recorded.graph
    title = "What the tests cover"
    if coverage is None or graph is None:
        said = "Nothing was measured: the pathway must be in order first."
        if recorded.is_in_order:
            said = "Nothing was measured: a solver proved the pathway, which has no diagram to run."
        return Section("coverage", title, (Para(cell(said)),))
    rows = tuple(
        (
            cell(m.name, look="strong"),
            cell(f"{m.covered} of {m.total}"),
            cell(f"{m.percent_text} %"),
        )
        for m in coverage.measures
    )
    blocks: list[Block] = [Table(("Measure", "Covered", "Share"), rows, (4, 3, 3))]
    blocks.append(Para(cell(_MEANING), "quiet"))
    blocks += _decisions(coverage, graph)
    blocks += _missing_outcomes(coverage)
    blocks += _lacking(coverage, graph)
    return Section("coverage", title, tuple(blocks), True)


def _decisions(coverage: Coverage, graph: DecisionGraph) -> Iterator[Block]:
    """Yield a table of all decisions with how much of each is covered."""
    groups: dict[str, list[BranchSeen]] = {}
    for row in coverage.rows:
        groups.setdefault(row.decision, []).append(row)
    labels = {decision.name: decision.label for decision in graph.decisions}
    rows = []
    for name, members in groups.items():
        atoms = [atom for row in members for atom in row.atoms]
        shares = (
            (sum(row.taken for row in members), len(members)),
            (sum(not atom.lacking for atom in atoms), len(atoms)),
            (sum(not atom.idle for atom in atoms), len(atoms)),
        )
        title = (line(labels.get(name) or name), line(name, "code"))
        rows.append((title, *(cell(f"{done} of {all_}" if all_ else "–") for done, all_ in shares)))
    yield Head("By decision")
    heads = ("Decision", "Branches", "Conditions", "Independent effects")
    yield Table(heads, tuple(rows), (8, 3, 3, 3))


def _missing_outcomes(coverage: Coverage) -> Iterator[Block]:
    yield Head("Outcomes that no test reaches")
    missing = coverage.outcomes.missing
    if not missing:
        yield Para(cell("None."))
        return
    tracks: dict[str, list[str]] = {}
    for text in missing:
        outcome, _, track = text.rpartition(" in ")
        tracks.setdefault(track, []).append(outcome)
    rows = tuple((cell(track, look="code"), cell(", ".join(t))) for track, t in tracks.items())
    yield Table(("Track", "Outcomes"), rows, (3, 12))


def _lacking(coverage: Coverage, graph: DecisionGraph) -> Iterator[Block]:
    yield Head("Branches that are not fully covered")
    words = Words(graph)
    rows = []
    for row in coverage.rows:
        told = tuple(said for atom in row.atoms if (said := lacking_words(atom, words)))
        if not row.taken or told:
            taken = line("✓ taken") if row.taken else line("▲ no test takes it", "bad")
            name = (line(row.branch, "code"), line(row.decision, "quiet"))
            rows.append((name, (taken,), cell(*told)))
    if not rows:
        yield Para(cell("None: every branch is taken, and every condition was seen both ways."))
        return
    yield Table(("Branch", "Tests", "Never shown by a test"), tuple(rows), (4, 3, 10))


def lacking_words(atom: AtomSeen, words: Words, longest: int = LONGEST_LABEL) -> str:
    """Return what tests never showed of an atom; nothing where they showed all."""
    said = clip(" ".join(part.text for part in words.condition(atom.guard)), longest)
    parts = []
    if atom.lacking:
        parts.append(f"never seen {_truths(atom.lacking)}")
    only = tuple(truth for truth in atom.idle if truth not in atom.lacking)
    if only:
        parts.append(f"no effect of its own while {_truths(only)}")
    return f"{said} – {listed(tuple(parts), 'and')}" if parts else ""


def _truths(truths: tuple[bool, ...]) -> str:
    return listed(tuple(_TRUTH[truth] for truth in truths))


# ------------------------------------------------------------ the rest


def world_section(recorded: Recorded) -> Section:
    """Return the facts with the values over which everything was counted."""
    blocks: list[Block] = []
    if recorded.graph is not None:
        blocks.append(Para(cell("Everything above was counted over these values, no others.")))
        for group, facts in facts_of_groups(recorded.graph):
            rows = tuple(
                ((line(f.label or f.name), line(f.name, "code")), cell(fact_values(f)))
                for f in facts
            )
            blocks += [Head(group)] if group else []
            blocks.append(Table(("Fact", "Values"), rows, (6, 9)))
    return Section("world", "The checked world", tuple(blocks), True)


def chart_section(recorded: Recorded) -> Section:
    """Return the charts: the overview and the stages."""
    if not recorded.charts:
        return Section("charts", "Charts", (Para(cell("No chart was drawn for this record.")),))
    said = (
        "The overview and each stage. Pages that a chart names are those of the whole set, which "
        "`pathwaylang draw --format pdf` writes."
    )
    if recorded.coverage is not None:
        said += " Marked ▲ is what no test takes or shows."
    figures = tuple(Figure(name, title) for name, title in recorded.charts)
    return Section("charts", "Charts", (Para(cell(said)), *figures), True)


def file_section(recorded: Recorded) -> Section:
    """Return the files with their hashes."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (cell(file.name), cell(f"{file.lines}"), cell(file.sha256, look="code"))
        for file in recorded.files
    )
    said = (
        "The hash of the source is over all these files without the line `approved`; "
        "`pathwaylang certify --sign` binds an approval to it. Below, the SHA-256 of each file as "
        "it was read."
    )
    table = Table(("File", "Lines", "SHA-256"), rows, (6, 2, 14))
    blocks: tuple[Block, ...] = (
        Para(cell(said)),
        Para((line(recorded.source_hash, "code"),)),
        table,
    )
    return Section("files", "Files", blocks, True)


def signature_section(recorded: Recorded) -> Section:
    """Return where people sign by hand."""
    said = f"Signed for the source {recorded.source_hash} and no other."
    if not recorded.is_in_order:
        told = "The pathway is not in order: there is nothing to sign."
        return Section("signatures", "Signatures", (Para(cell(told)),))
    return Section("signatures", "Signatures", (Para(cell(said)), Signatures(_SIGNERS)))
