"""The same work on many things, shared between processes, in the order given.

A function of a module and its inputs go in, the results come out in the same order, whatever
finishes first. Processes are started fresh, so that nothing but the input decides a result.

INVARIANT: an exception of the function reaches the caller; no process outlives an interrupt, nor a
parent that was killed.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

PATIENCE = 2.0
"""Seconds of work left from which starting processes pays off; each takes half a second."""


def in_order(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int | None = None,
    prepare: Callable[[], None] | None = None,
) -> Iterator[Result]:
    """Yield `work(item)` for each item, with `jobs` processes at most.

    Without `jobs` this process does the work, until it sees that much is left and others would
    help: one per core. `prepare` runs first in each process; all must be picklable.
    """
    most = jobs or usable_cores()
    left = list(items)
    if jobs is None or jobs == 1 or len(left) <= 1:
        if prepare is not None:
            prepare()
        started = time.monotonic()
        for done, item in enumerate(items):
            spent = time.monotonic() - started
            if done and most > 1 and len(left) > 1 and spent / done * len(left) > PATIENCE:
                break
            yield work(item)
            left.pop(0)
    if left:
        yield from _shared(work, left, min(most, len(left)), prepare)


def _shared(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    count: int,
    prepare: Callable[[], None] | None,
) -> Iterator[Result]:
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, context, _begin, (prepare,))
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
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if prepare is not None:
        prepare()


def _end_with_parent() -> None:
    """Do not outlive a parent that was killed: nobody would take the results."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
