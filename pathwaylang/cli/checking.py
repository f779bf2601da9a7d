"""Checks files with the compiler; imported only where a result is not in the cache.

Sources go in, one `Reading` each comes out in the same order: one after the other, or, where that
would take long, shared between processes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pathwaylang.cli.checked import Checked, Reading
from pathwaylang.cli.compiling import compile_source, proved_of
from pathwaylang.cli.files import make_loader
from pathwaylang.cli.overlaying import base_lines
from pathwaylang.cli.parallel import in_order
from pathwaylang.compiler.emit.summary import summary_lines
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import Source
from pathwaylang.diagnostics.render_json import CheckedFile, CheckedTrack

MOST_OUTCOMES = 8


def check_sources(sources: Sequence[Source], jobs: int | None) -> Iterator[Reading]:
    """Yield the results in order."""
    return in_order(check_source, sources, jobs)


def check_source(source: Source) -> Reading:
    """Return the result of one file, with all texts that it was made from."""
    load = make_loader()
    read: dict[str, Source | None] = {source.name: source}

    def noting(name: str) -> Source | None:
        found = load(name)
        read.setdefault(name, found)
        return found

    checked = checked_of(compile_source(source, noting))
    return Reading(
        checked,
        tuple(found for found in read.values() if found is not None),
        tuple(sorted(name for name, found in read.items() if found is None)),
    )


def checked_of(compilation: Compilation) -> Checked:
    """Return the result of a compilation as plain data."""
    proved = proved_of(compilation)
    model = compilation.model
    return Checked(
        _file(compilation),
        compilation.diagnostics,
        () if proved is None else (*summary_lines(proved, MOST_OUTCOMES), *base_lines(compilation)),
        () if model is None else tuple(day for _, day, _ in model.reviews),
    )


def _file(compilation: Compilation) -> CheckedFile:
    path = compilation.source.name
    head = compilation.syntax.head
    name = head.name.text if head is not None else None
    proof = compilation.proof
    if proof is None:
        return CheckedFile(path, name)
    stages = tuple(
        (
            stage.stage,
            tuple(
                (
                    track.track,
                    CheckedTrack(
                        track.engine, tuple((name, int(count)) for name, count in track.outcomes)
                    ),
                )
                for track in stage.tracks
            ),
        )
        for stage in proof.record.stages
    )
    return CheckedFile(path, name, proof.cases, proof.unit, stages)
