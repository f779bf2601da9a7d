"""Measuring: CPU and wall time of child processes, medians with an interval, pairs in turn.

In: commands, functions, lists of times. Out: `Child` and `Spread`. CPU time is user and system time
of the child as the operating system counts it; it is what targets are compared with, since other
programs on the machine lengthen the wall time but hardly the CPU time.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIVER = "pathways/liver_mets.pw"
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Spread:
    """A median with its 95 % interval, and of how many runs."""

    median: float
    low: float
    high: float
    runs: int


def spread(values: Sequence[float]) -> Spread:
    """Return median and interval; the interval is by order statistics, whatever the distribution.

    With fewer than six values no such interval exists and the smallest and largest are given.
    """
    found = sorted(values)
    count = len(found)
    outside = 0.0
    cut = 0
    while cut < count // 2:
        outside += comb(count, cut) / 2**count
        if 2 * outside > 1 - CONFIDENCE:
            break
        cut += 1
    cut = max(cut - 1, 0)
    return Spread(statistics.median(found), found[cut], found[-1 - cut], count)


@dataclass(frozen=True, slots=True)
class Child:
    """How a process ended: its times in seconds, its largest memory, what it printed last.

    `problem` is empty, or says why there is no result.
    """

    cpu: float
    wall: float
    megabytes: float
    out: str
    problem: str = ""

    @property
    def data(self) -> dict[str, object]:
        """The JSON object in the last line printed."""
        found: dict[str, object] = json.loads(self.out.strip().splitlines()[-1])
        return found


def run_python(*arguments: str, cpu_limit: int = 0, expect: Sequence[int] = (0,)) -> Child:
    """Run this Python with arguments in the project's folder; `cpu_limit` in seconds of CPU."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "100"}
    # As an installed package has it: compiled modules are kept, here apart from the project.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(
        Path(tempfile.gettempdir()) / "pathwaylang-bench-cache"
    )

    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=err,
            stdin=subprocess.DEVNULL,
        )
        if cpu_limit:
            limits = (cpu_limit, cpu_limit + 1)
            resource.prlimit(process.pid, resource.RLIMIT_CPU, limits)
        guard = threading.Timer(max(cpu_limit * 6, 600), process.kill)
        guard.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        guard.cancel()
        process.returncode = code = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        printed = out.read().decode()
        complaint = err.read().decode().strip().splitlines()
    cpu = usage.ru_utime + usage.ru_stime
    problem = ""
    if code < 0:
        problem = f"stopped after {cpu:.0f} s of CPU"
    elif code not in expect:
        problem = complaint[-1][:200] if complaint else f"ended with code {code}"
    return Child(cpu, wall, usage.ru_maxrss / 1024, printed, problem)


def run_child(name: str, *arguments: str, cpu_limit: int = 0) -> Child:
    """Run one of `bench.children`."""
    return run_python("-m", f"bench.children.{name}", *arguments, cpu_limit=cpu_limit)


def cpu_of(function: Callable[[], object], least: float = 0.0) -> float:
    """Return the CPU seconds of one call, of as many calls as take at least `least` seconds."""
    calls = 1
    while True:
        started = time.process_time()
        for _ in range(calls):
            function()
        taken = time.process_time() - started
        if taken >= least:
            return taken / calls
        # The clock may stand still for some milliseconds, so one reading is not trusted far.
        calls = min(calls * 10, max(calls * 2, int(calls * least / max(taken, 1e-6)) + 1))


def emit(data: object) -> None:
    """Print a child's result as its last line."""
    print(json.dumps(data))
