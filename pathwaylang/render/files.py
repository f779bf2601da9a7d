"""Writing files so that a reader never sees half of one.

In come a path and its content; the content goes to a temporary file beside it, which then takes its
name. A run that is interrupted leaves the old file.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from pathwaylang.render.problems import RenderError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step, with its folder; RenderError where that is not possible."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        reason = error.strerror or type(error).__name__
        raise RenderError(f"cannot write `{path}`: {reason.lower()}") from error
