"""How long a user waits for `--help`, beside an interpreter that does nothing."""

from __future__ import annotations

from bench.measure import run_python, spread
from bench.record import Row, Suite, Target
from bench.suites.plan import Effort

COMMANDS = (
    ("an interpreter that does nothing", ("-c", "pass")),
    ("`pathwaylang --help`", ("-m", "pathwaylang", "--help")),
    ("`pathwaylang --version`", ("-m", "pathwaylang", "--version")),
    ("`pathwaylang check --help`", ("-m", "pathwaylang", "check", "--help")),
    ("`pathwaylang explain PW0501`", ("-m", "pathwaylang", "explain", "PW0501")),
)


def measure(effort: Effort) -> Suite:
    """Run the commands in turn."""
    cpu: dict[str, list[float]] = {words: [] for words, _ in COMMANDS}
    wall: dict[str, list[float]] = {words: [] for words, _ in COMMANDS}
    for turn in range(effort.pick(20, 5) + 1):
        for words, arguments in COMMANDS:
            child = run_python(*arguments)
            if turn:
                cpu[words].append(child.cpu * 1000)
                wall[words].append(child.wall * 1000)
    rows = tuple(
        Row(
            "A fresh process each",
            words,
            {"CPU ms": spread(cpu[words]), "wall ms": spread(wall[words])},
            Target("CPU ms", 150) if "--help" in words and "check" not in words else None,
        )
        for words, _ in COMMANDS
    )
    about = "The commands run in turn; a first round warms the file cache and is not counted."
    return Suite("startup", "Start", about, rows)
