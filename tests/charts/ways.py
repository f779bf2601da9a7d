"""Ways and findings for the graphs of this folder."""

from __future__ import annotations

from pathwaylang.compiler.emit.pages import Mark, Marks
from pathwaylang.ir.way import TrackEnd, Way

# Through the whole sample: a patient with borderline reserve is offered a choice.
CHOICE = Way(
    decisions=("first_look", "tissue", "look_outside", "aim", "local_treatment", "support"),
    branches=(
        "first_look.2",
        "tissue.1",
        "look_outside.1",
        "aim.2",
        "local_treatment.2",
        "support.2",
    ),
    ends=(
        TrackEnd("first_look", "recommendation", "go to staging", "tissue.1"),
        TrackEnd("look_outside", "recommendation", "go to management", "look_outside.1"),
        TrackEnd("aim", "recommendation", "offer ablation or resection", "local_treatment.2"),
        TrackEnd("support", "recommendation", "review", "support.2"),
    ),
    values=(
        ("ct_finding", "metastases"),
        ("tissue_needed", False),
        ("reserve", "borderline"),
        ("r0_possible", True),
        ("safe_remnant", True),
    ),
)

# In the small liver pathway the local track waits for two facts.
WAITING = Way(
    decisions=("local", "colorectal_local", "palliative"),
    branches=("local.1", "PL4"),
    missing=("bev_last_28d", "liver_count"),
    ends=(
        TrackEnd("local", "request", missing=("bev_last_28d", "liver_count")),
        TrackEnd("palliative", "recommendation", "screen", "PL4"),
    ),
    values=(("primary", "colorectal"),),
)

FOUND = Marks(
    (
        Mark("PW0504", "error", "two branches apply to the same patient", branch="CL9"),
        Mark("PW0701", "error", "branch has no source", branch="PL2"),
        Mark("PW0509", "warning", "`otherwise` covers 9 cases", decision="palliative"),
    )
)
