"""The cycle collector rests while a pathway is compiled and its diagrams are built.

Trees and diagrams are many small tuples and numbers without any cycle between them. The collector
walks them again and again and frees nothing, which costs an eighth of the time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_rests() -> Iterator[None]:
    """Let the cycle collector rest; afterwards it is as it was."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()  # what was made meanwhile counts as old, so that it is not walked at once
            gc.unfreeze()
            gc.enable()
