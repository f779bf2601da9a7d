"""Options of the whole suite, and an honest account of what did not run.

Long tests run with `--long` only. Tests marked with an outside program are skipped where the
program is missing. The last line that a run prints names what was skipped and why. Under the
environment variable PATHWAYLANG_REQUIRE_ALL=1 (CI) a skip is a failure, except of long tests.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Generator
from typing import TypeVar

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

# Marker -> a program that shows that what the marked tests need is here.
PROGRAMS = {"chromium": "chromium", "postgres": "pg_ctlcluster", "java": "java", "node": "npm"}
LONG_REASON = "long (make test-long)"
REQUIRE_ALL = os.environ.get("PATHWAYLANG_REQUIRE_ALL") == "1"


# Calls of the program keep no results between tests, nor in the folder of whoever runs them.
os.environ["PATHWAYLANG_CACHE_DIR"] = ""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options `--long` and `--update-golden`."""
    group = parser.getgroup("pathwaylang")
    group.addoption("--long", action="store_true", help="run also the tests that take minutes")
    group.addoption("--update-golden", action="store_true", help="rewrite golden files and specs")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Tell whether golden files are to be rewritten instead of compared."""
    return bool(request.config.getoption("--update-golden"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what this run or this machine cannot do, each with its reason."""
    absent = {name: program for name, program in PROGRAMS.items() if not shutil.which(program)}
    for item in items:
        for name, program in absent.items():
            if item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=f"{name} (no program `{program}`)"))
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason=LONG_REASON))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failure where everything is required."""
    return _forbid_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a skipped module into a failure where everything is required."""
    return _forbid_skip((yield))


def _forbid_skip(report: Report) -> Report:
    """Fail a skip, but neither an expected failure nor a long test."""
    reason = _reason(report)
    if REQUIRE_ALL and report.skipped and reason != LONG_REASON and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although everything is required: {reason}"
    return report


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Return why a report was skipped, without pytest's prefix."""
    detail = report.longrepr
    text = detail[2] if isinstance(detail, tuple) else str(detail)
    return text.removeprefix("Skipped: ")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Print, after pytest's own closing line, what was skipped and why."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(config, "workerinput") or config.option.collectonly:
        return
    counts = Counter(_reason(report) for report in reporter.stats.get("skipped", []))
    listed = "; ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))
    reporter.write_line(f"not run: {listed or 'nothing, every test ran'}")
