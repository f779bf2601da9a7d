"""Checks files with the compiler; imported only where a result is not in the cache.

Sources go in, one `Reading` each comes out in the same order: one after the other, or, where that
would take long, shared between processes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from pathwaylang.cli.checked import Checked, Reading
from pathwaylang.cli.compiling import compile_source, proved_of
from pathwaylang.cli.files import make_loader
from pathwaylang.cli.parallel import in_order
from pathwaylang.compiler.emit.summary import summary_lines
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import Source
from pathwaylang.diagnostics.render_json import CheckedFile, CheckedTrack

MOST_OUTCOMES = 8

PATIENCE = 2.0
"""Seconds of work left from which starting processes pays off; each takes half a second."""


def check_sources(sources: Sequence[Source], jobs: int | None) -> Iterator[Reading]:
    """Yield the results in order; without `jobs`, processes start only where much is left."""
    left = list(sources)
    started, done = time.monotonic(), 0
    while left and not _pays_off(time.monotonic() - started, done, len(left), jobs):
        yield check_source(left.pop(0))
        done += 1
    yield from in_order(check_source, left, jobs)


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
        () if proved is None else summary_lines(proved, MOST_OUTCOMES),
        () if model is None else tuple(day for _, day, _ in model.reviews),
    )


def _pays_off(seconds: float, done: int, left: int, jobs: int | None) -> bool:
    """Whether processes are to take over: as asked for, else by how long one file took so far."""
    if jobs is not None:
        return jobs > 1
    return done > 0 and left > 1 and seconds / done * left > PATIENCE


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
