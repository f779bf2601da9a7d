"""One engine answers one problem: its CPU and wall time and its answer.

python -m bench.children.verify "modular 200 ordered" z3
"""

from __future__ import annotations

import sys
import time
from dataclasses import asdict

from bench.measure import emit
from bench.peers import solver
from bench.problems import named


def main() -> None:
    problem = named(sys.argv[1])
    answer = solver(sys.argv[2])
    wall, cpu = time.perf_counter(), time.process_time()
    found = answer(problem)
    emit(
        {
            "cpu": time.process_time() - cpu,
            "wall": time.perf_counter() - wall,
            "answer": {
                # Counts are longer than JSON's numbers.
                key: str(value) if key in ("uncovered", "conflict") and value is not None else value
                for key, value in asdict(found).items()
            },
        }
    )


if __name__ == "__main__":
    main()
