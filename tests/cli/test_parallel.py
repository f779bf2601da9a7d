"""Sharing work between processes: order, exceptions, and no process that is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from pathwaylang.cli import parallel
from pathwaylang.cli.parallel import in_order
from tests.cli.support import ROOT

_prepared: list[int] = []


def slow_first(number: int) -> tuple[int, int]:
    time.sleep(0.3 if number == 0 else 0)
    return number, os.getpid()


def fails_at_two(number: int) -> int:
    if number == 2:
        raise ValueError("two")
    return number


def prepare(number: int) -> None:
    _prepared[:] = [number]


def prepared(number: int) -> int:
    return _prepared[0] + number


def test_the_order_is_that_of_the_items() -> None:
    found = list(in_order(slow_first, range(6), 2))
    assert [number for number, _ in found] == list(range(6))
    assert os.getpid() not in {process for _, process in found}


def test_one_job_stays_in_this_process() -> None:
    for jobs in (1, None):
        assert {process for _, process in in_order(slow_first, [1, 2], jobs)} == {os.getpid()}
    assert list(in_order(slow_first, [], 2)) == []


def test_processes_start_only_where_much_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "usable_cores", lambda: 2)
    monkeypatch.setattr(parallel, "PATIENCE", 0.5)
    processes = [process for _, process in in_order(slow_first, range(5))]
    assert processes[0] == os.getpid()
    assert os.getpid() not in processes[1:]


def test_each_process_is_prepared() -> None:
    assert list(in_order(prepared, [1, 2, 3], 2, partial(prepare, 10))) == [11, 12, 13]
    assert list(in_order(prepared, [1], 1, partial(prepare, 20))) == [21]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_reaches_the_caller(jobs: int) -> None:
    found = in_order(fails_at_two, range(4), jobs)
    assert [next(found), next(found)] == [0, 1]
    with pytest.raises(ValueError, match="two"):
        next(found)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to see processes")
@pytest.mark.parametrize("name", ["SIGINT", "SIGKILL"])
def test_no_process_is_left_behind(name: str, tmp_path: Path) -> None:
    """Workers write their numbers, then sleep; the parent ends, and so must they."""
    (tmp_path / "sleeping.py").write_text(
        "import os, time\n"
        "from pathlib import Path\n"
        "def work(number):\n"
        "    Path(f'pid{number}').write_text(str(os.getpid()))\n"
        "    time.sleep(120)\n"
    )
    (tmp_path / "main.py").write_text(
        "from pathwaylang.cli.parallel import in_order\n"
        "from sleeping import work\n"
        "if __name__ == '__main__':\n"
        "    list(in_order(work, [0, 1], 2))\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "main.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait_until(lambda: all(text_of(tmp_path / f"pid{n}") for n in (0, 1)))
    workers = [int(text_of(tmp_path / f"pid{n}")) for n in (0, 1)]
    if name == "SIGINT":  # as a terminal sends it: to all of them
        os.killpg(parent.pid, signal.SIGINT)
    else:
        parent.send_signal(signal.Signals[name])
    assert parent.wait(60) != 0
    wait_until(lambda: not any(is_running(worker) for worker in workers))


def text_of(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until(holds) -> None:  # type: ignore[no-untyped-def]
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)
