"""Run benchmarks, print their tables, keep them as JSON, write docs/benchmarks.md from that.

python -m bench                    all suites
python -m bench check evaluate     these suites
python -m bench --quick            all suites, a first look in under two minutes
python -m bench --write            no measuring: write docs/benchmarks.md and its figures
"""

from __future__ import annotations

import argparse
import os
import time
from dataclasses import replace
from importlib import import_module

from bench.record import Suite, load, machine, save
from bench.report import suite_text, write_document
from bench.suites.plan import Effort

SUITES = (
    "check",
    "recheck",
    "parse",
    "startup",
    "imports",
    "evaluate",
    "single",
    "bulk",
    "leaves",
    "service",
    "verify",
    "growth",
)


def main() -> None:
    """Run what the arguments name."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=", ".join(SUITES))
    parser.add_argument("--quick", action="store_true", help="few runs, small sizes; not kept")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = parser.parse_args()
    unknown = sorted(set(options.suites) - set(SUITES))
    if unknown:
        parser.error(f"there is no suite {', '.join(unknown)}; there are {', '.join(SUITES)}")
    if options.suites or not options.write:
        for name in options.suites or SUITES:
            run_suite(name, options.quick)
    if options.write:
        write_document(kept_suites())


def kept_suites() -> list[Suite]:
    """Return the results that are kept, in the order of the document."""
    return [found for name in SUITES if (found := load(name)) is not None]


def run_suite(name: str, quick: bool) -> None:
    """Measure one suite, print it, and keep it unless it was a quick run."""
    before = os.getloadavg()[0]
    started = time.perf_counter()
    found = import_module(f"bench.suites.{name}").measure(Effort(quick))
    found = replace(found, machine=machine(before, quick))
    print(suite_text(found))
    print(f"({name}: {time.perf_counter() - started:.0f} s)\n", flush=True)
    if not quick:
        save(found)


if __name__ == "__main__":
    main()
