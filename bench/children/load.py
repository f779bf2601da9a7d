"""Load the liver artifact in a process that has only the runtime."""

from __future__ import annotations

import json
import time

from bench.kept import liver_artifact
from bench.measure import ROOT, cpu_of, emit
from pathwaylang.runtime import loads


def main() -> None:
    text = liver_artifact()
    case = json.loads((ROOT / "pathways/cases/two_small_lesions.json").read_text(encoding="utf-8"))
    started = time.process_time()
    pathway = loads(text)
    first = time.process_time() - started
    started = time.process_time()
    pathway.evaluate(pathway.case(case), "management")
    answer = time.process_time() - started
    started = time.process_time()
    for track in pathway.tracks("management"):
        pathway.compiled().checked(track)
    generated = time.process_time() - started
    emit(
        {
            "bytes": len(text.encode()),
            "json": cpu_of(lambda: json.loads(text), 0.05),
            "first": first,
            "again": cpu_of(lambda: loads(text), 0.2),
            "answer": answer,
            "generated": generated,
        }
    )


if __name__ == "__main__":
    main()
