"""A gap in a module's decision gets a repair that was tried, at its place in the module's file."""

from __future__ import annotations

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.qa.repair import apply_edits
from pathwaylang.diagnostics import Source

MAIN = """pathway p "Main"
use local, size from "local.pw"
stage plan "Plan" starts at local
"""
LOCAL = """module local "Local treatment"
fact size "Size": whole number 1..9
decide local "What is done?"
  opinion "Invented."
  when size <= 3 then recommend operate
  when size >= 5 then recommend wait
recommendation operate "Operate"
recommendation wait "Wait"
"""


def compiled(local: str) -> Compilation:
    files = {"local.pw": Source("local.pw", local)}
    return Compilation(Source("p.pw", MAIN), files.get)


def test_the_repair_stands_in_the_module_and_works() -> None:
    (gap,) = [d for d in compiled(LOCAL).diagnostics if d.code in ("PW0501", "PW0502")]
    assert gap.span.source == "local.pw"
    assert gap.repair is not None
    assert all(edit.span.source == "local.pw" for edit in gap.repair.edits)
    mended = apply_edits(Source("local.pw", LOCAL), gap.repair.edits).text
    outcome = mended.replace("…", "recommend wait", 1).replace("…", "Invented.")
    codes = {d.code for d in compiled(outcome).diagnostics if d.is_failure}
    assert not codes & {"PW0501", "PW0502"}, outcome
