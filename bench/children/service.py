"""Keystrokes in one file of the liver pathway: each answered in full, as an editor asks.

Argument: the file, from the project's folder, and how many keystrokes. The text is changed in the
middle of the file, so that names are missing or are others. Then a condition is turned into its
opposite and back, and the whole pathway is checked. Prints the CPU seconds by what was asked.
"""

from __future__ import annotations

import gc
import re
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from bench.measure import LIVER, ROOT, cpu_of, emit
from pathwaylang import service
from pathwaylang.diagnostics import Source
from pathwaylang.service import View, Workspace


def _load(name: str) -> Source | None:
    found = KEPT.get(name)
    if found is None and (ROOT / name).is_file():
        found = KEPT[name] = Source(name, (ROOT / name).read_text(encoding="utf-8"))
    return found


CONDITION = re.compile(
    r"^(  (?:add [0-9]+ )?when )(?!all of|any of|none of|at least|unknown)([^\n]+?)( then |(?=\n))",
    re.MULTILINE,
)
KEPT: dict[str, Source] = {}
T = TypeVar("T")


def _cpu(times: dict[str, list[float]], name: str, ask: Callable[[], T]) -> T:
    started = time.process_time()
    answer = ask()
    times.setdefault(name, []).append(time.process_time() - started)
    return answer


def _keystroke(
    workspace: Workspace, times: dict[str, list[float]], source: Source, at: int
) -> None:
    def read() -> View:
        workspace.put(source.name, source.text)
        view = workspace.view(source.name)
        assert view is not None
        service.reading(view.compilation)
        return view

    view = _cpu(times, "findings", read)
    _cpu(times, "completion", lambda: service.complete(view, at))
    for name, ask in (
        ("hover", lambda: service.hover(view, at + 2)),
        ("colours", lambda: service.tokens(view)),
        ("outline", lambda: service.outline(view)),
    ):
        # The clock may stand still for milliseconds; each of these is shorter.
        times.setdefault(name, []).append(cpu_of(ask, 0.02))


def _checks(
    workspace: Workspace, times: dict[str, list[float]], source: Source, count: int
) -> None:
    """Turn a condition of the file into its opposite and back, and check the whole pathway."""
    turned = CONDITION.sub(r"\1not (\2)\3", source.text, count=1)
    assert turned != source.text
    for number in range(-1, count):
        workspace.put(source.name, source.text if number % 2 else turned)
        compilation = workspace.compilation(LIVER)
        assert compilation is not None
        name = "first check" if number < 0 else "check"
        _cpu(times, name, lambda: service.check(compilation))  # noqa: B023 - called at once


def main() -> None:
    name, count = sys.argv[1], int(sys.argv[2])
    workspace = Workspace(_load, pathways=[LIVER], today="2026-01-01")
    found: View | None = workspace.view(name)
    assert found is not None
    service.reading(found.compilation)
    gc.freeze()  # as the server does (lsp/desk.py)
    base = found.source.text
    times: dict[str, list[float]] = {}
    at = base.index(" when ", len(base) // 2) + len(" when ")
    for number in range(count):
        typed = "x" if number % 2 else f"not_a_name_{number} and "
        _keystroke(workspace, times, Source(name, base[:at] + typed + base[at:]), at)
    _checks(workspace, times, Source(name, base), count // 5)
    emit({"times": times, "lines": base.count("\n")})


if __name__ == "__main__":
    main()
