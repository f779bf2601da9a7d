"""Which question an interview asks next.

In: an answer and its case. Out: one of the answer's requests, in reading order; what is `asked
when` something holds is asked only once that is certain, and what decides it is asked before. Where
it certainly does not hold, the request comes last.

Invariant: what comes out asks for a fact that is not recorded, so an interview ends.
"""

from __future__ import annotations

from collections.abc import Mapping

from pathwaylang.ir.facts import Fact
from pathwaylang.runtime.answer import Answer, RequestItem
from pathwaylang.runtime.case import Case
from pathwaylang.runtime.evaluate import Evaluator


class Interview:
    """Chooses the next question for cases of one pathway."""

    def __init__(self, facts: Mapping[str, Fact], evaluator: Evaluator) -> None:
        self._facts = facts
        self._evaluator = evaluator

    def next_item(self, answer: Answer, case: Case) -> RequestItem | None:
        """Return what to ask or obtain next, or None; contradictory input is not asked on."""
        if any(entry.status == "contradiction" for entry in answer.tracks):
            return None
        items = [item for entry in answer.tracks for item in entry.requests]
        ready = [item for item in items if not self._is_idle(item, case)]
        for item in (*ready, *items):
            return self._before(item, case)
        return None

    def _is_idle(self, item: RequestItem, case: Case) -> bool:
        """Whether no fact of a request is to be asked of this patient."""
        guards = [self._facts[name].asked_when for name in item.facts]
        return all(g is not None and self._evaluator.certainty(g, case) is False for g in guards)

    def _before(self, item: RequestItem, case: Case) -> RequestItem:
        """Return the request, or the one for what decides whether it is to be asked."""
        seen: set[str] = set()
        while item.action == "ask" and item.name not in seen:
            seen.add(item.name)
            guard = self._facts[item.name].asked_when
            open_ = self._evaluator.open_facts(guard, case) if guard is not None else []
            for name in open_[:1]:
                reason = f"it decides whether to ask: {item.label}"
                item = self._evaluator.request(name, case, (name,), item.separates, reason)
        return item
