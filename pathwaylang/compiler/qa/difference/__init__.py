"""The semantic difference of two versions of a pathway, in exact numbers of cases."""

from pathwaylang.compiler.qa.difference.compare import compare_graphs
from pathwaylang.compiler.qa.difference.record import (
    Change,
    Deciders,
    Difference,
    Edit,
    FactChange,
    Loss,
    NotCompared,
    TrackTable,
)

__all__ = [
    "Change",
    "Deciders",
    "Difference",
    "Edit",
    "FactChange",
    "Loss",
    "NotCompared",
    "TrackTable",
    "compare_graphs",
]
