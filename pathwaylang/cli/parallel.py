"""The same work on many things, shared between processes, in the order given.

A function of a module and its inputs go in, the results come out in the same order, whatever
finishes first. Processes are started fresh, so that nothing but the input decides a result.

INVARIANT: an exception of the function reaches the caller; an interrupt ends all processes.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_order(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int | None = None,
    prepare: Callable[[], None] | None = None,
) -> Iterator[Result]:
    """Yield `work(item)` for each item; `jobs` processes at most, by default one per core.

    `prepare` runs first in each process; it must be picklable, as `work` and all items must.
    """
    count = min(jobs or usable_cores(), len(items))
    if count <= 1:
        if prepare is not None:
            prepare()
        yield from map(work, items)
        return
    pool = ProcessPoolExecutor(
        count, multiprocessing.get_context("spawn"), _begin, (prepare,) if prepare else (None,)
    )
    try:
        yield from pool.map(work, items)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _begin(prepare: Callable[[], None] | None) -> None:
    """Let an interrupt end the process without a word: the parent tells about it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if prepare is not None:
        prepare()
