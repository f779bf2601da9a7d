"""Parse the liver files (`liver`) or generated text of N times their length; print the CPU time."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.measure import LIVER, ROOT, cpu_of, emit
from bench.texts import long_text
from pathwaylang.compiler.syntax import parse_file
from pathwaylang.diagnostics import Source

MOST = 4_000_000


def _liver() -> list[str]:
    root = ROOT / LIVER
    paths = [root, *sorted(root.with_suffix("").glob("*.pw"))]
    return [Path(path).read_text(encoding="utf-8") for path in paths]


def main() -> None:
    texts = _liver()
    lines = sum(text.count("\n") for text in texts)
    if sys.argv[1] != "liver":
        lines *= int(sys.argv[1])
        parts = max(1, -(-lines * 50 // MOST))
        texts = [long_text(lines // parts)] * parts
        lines = sum(text.count("\n") for text in texts)
    sources = [Source(f"{number}.pw", text) for number, text in enumerate(texts)]
    parse_file(Source("warm.pw", long_text(50)))
    problems: list[str] = []

    def parse() -> None:
        problems.clear()
        for source in sources:
            for diagnostic in parse_file(source).diagnostics:
                if diagnostic.is_failure:
                    problems.append(diagnostic.message)

    cpu = cpu_of(parse)
    first = f"{len(problems)} findings, the first: {problems[0]}" if problems else ""
    emit({"lines": lines, "cpu": cpu, "problem": first})


if __name__ == "__main__":
    main()
