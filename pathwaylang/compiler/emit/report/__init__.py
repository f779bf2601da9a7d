"""The verification record of a pathway, for quality assurance: `emit_record`, then a writer.

In comes a `Recorded`: graph, proof, findings, results of tests. Out comes a `Record` of sections,
which `write_html` here and the PDF writer in `render` turn into files.
"""

from __future__ import annotations

from pathwaylang.compiler.emit.report.front import LIMIT, front_sections, status_words
from pathwaylang.compiler.emit.report.html import Drawn, write_html
from pathwaylang.compiler.emit.report.inputs import Expected, Filed, Recorded, Tried
from pathwaylang.compiler.emit.report.judged import (
    example_section,
    finding_section,
    outcome_section,
    rule_section,
)
from pathwaylang.compiler.emit.report.nodes import Record
from pathwaylang.compiler.emit.report.tested import (
    chart_section,
    coverage_section,
    file_section,
    signature_section,
    world_section,
)
from pathwaylang.compiler.emit.report.trace import trace_sections

__all__ = ["Drawn", "Expected", "Filed", "Record", "Recorded", "Tried", "emit_record", "write_html"]

_SHORT = 16


def emit_record(recorded: Recorded) -> Record:
    """Return the record of a pathway, whether it is in order or not."""
    about = recorded.about
    name = f"{about.name} {about.version}"
    order = "" if recorded.is_in_order else "NOT IN ORDER · "
    bound = f"source {recorded.source_hash[:_SHORT]}"
    return Record(
        f"Verification record: {about.title or about.name}",
        (f"{name} · {order}{status_words(recorded)}", bound),
        f"{recorded.tool} · {LIMIT}",
        (
            *front_sections(recorded),
            finding_section(recorded),
            rule_section(recorded),
            outcome_section(recorded),
            example_section(recorded),
            coverage_section(recorded),
            *trace_sections(recorded),
            world_section(recorded),
            chart_section(recorded),
            file_section(recorded),
            signature_section(recorded),
        ),
    )
