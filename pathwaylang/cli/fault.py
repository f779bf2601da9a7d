"""A fault of this program, told calmly in one paragraph.

An unexpected exception goes in, a text comes out that says whose fault it is, where it happened and
what to do. With PATHWAYLANG_DEBUG=1 the technical trace is added, for those who mend the program.
"""

from __future__ import annotations

import os
import textwrap
import traceback

from pathwaylang import __version__
from pathwaylang.diagnostics import InternalError
from pathwaylang.diagnostics.visible import visible

_LONGEST_DETAIL = 300
_ROOT = "pathwaylang"


def tell_fault(fault: Exception) -> str:
    """Return the paragraph for a fault."""
    code = fault.code if isinstance(fault, InternalError) else "PW9901"
    detail = str(fault).removeprefix(f"{code}: ")
    if not isinstance(fault, InternalError):
        detail = f"{type(fault).__name__}: {detail}"
    detail = visible(detail.replace("\n", " "))[:_LONGEST_DETAIL]
    told = (
        f"internal error {code}: this is a fault of pathwaylang {__version__}, not of your file. "
        f"What it says: {detail} ({_where(fault)}). Nothing was changed unless a line above says "
        "so. Please report it to those who gave you this program, with this paragraph, the command "
        f"and the file if you may share it. `pathwaylang explain {code}` tells more."
    )
    paragraph = "\n".join(textwrap.wrap(told, 100, break_long_words=False))
    if os.environ.get("PATHWAYLANG_DEBUG") == "1":
        return paragraph + "\n" + "".join(traceback.format_exception(fault))
    return paragraph


def _where(fault: Exception) -> str:
    """Return module and line of the innermost frame that is ours, without a path of the machine."""
    place = "place unknown"
    for frame in traceback.extract_tb(fault.__traceback__):
        parts = frame.filename.replace("\\", "/").removesuffix(".py").split("/")
        if _ROOT in parts:
            start = len(parts) - 1 - parts[::-1].index(_ROOT)
            place = f"{'.'.join(parts[start:])}, line {frame.lineno}"
    return place
