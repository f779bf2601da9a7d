"""Floor 4: the Model with its flow settled. Orders, reachability, circles."""

from pathwaylang.compiler.lower.build import lower_graph

__all__ = ["lower_graph"]
