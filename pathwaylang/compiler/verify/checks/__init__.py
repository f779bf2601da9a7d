"""One file a check: a function `Verification -> Iterator[Diagnostic]`, listed in `CHECKS`."""

from collections.abc import Callable, Iterator

from pathwaylang.compiler.verify.checks.asked import check_asked
from pathwaylang.compiler.verify.checks.conditions import check_conditions
from pathwaylang.compiler.verify.checks.constraints import check_constraints
from pathwaylang.compiler.verify.checks.coverage import check_coverage
from pathwaylang.compiler.verify.checks.lines import check_lines
from pathwaylang.compiler.verify.checks.obtained import check_obtained
from pathwaylang.compiler.verify.checks.opened import check_opened
from pathwaylang.compiler.verify.checks.otherwise import check_otherwise
from pathwaylang.compiler.verify.checks.safety import check_safety
from pathwaylang.compiler.verify.checks.unreachable import check_unreachable
from pathwaylang.compiler.verify.checks.world import check_world
from pathwaylang.compiler.verify.verification import Verification
from pathwaylang.diagnostics import Diagnostic

Check = Callable[[Verification], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    check_conditions,
    check_lines,
    check_coverage,
    check_unreachable,
    check_obtained,
    check_safety,
    check_constraints,
    check_otherwise,
    check_opened,
    check_asked,
)
"""The checks that run once the world is known not to be empty."""

__all__ = ["CHECKS", "Check", "check_world"]
