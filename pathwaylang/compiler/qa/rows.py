"""Rows of case files as examples, so that one thing runs both.

In: the result of a row that passed. Out: an `Example` that the same answers meet.
"""

from __future__ import annotations

from pathwaylang.compiler.qa.cases import CaseResult, canonical
from pathwaylang.ir.graph import Example, Expectation, Outcome


def example_of(result: CaseResult) -> Example:
    """Return a row that is a case as an example of its name."""
    if result.case is None:
        raise ValueError("this row is no case")
    expected = (_expectation(track, text) for track, text in result.row.expected)
    return Example(result.row.id, tuple(result.case.values.items()), tuple(expected))


def _expectation(track: str, text: str) -> Expectation:
    """Read what a cell expects: an outcome, the id of a branch, a request, or `outside`.

    >>> _expectation("local", "offer b or a").outcome.names
    ('a', 'b')
    """
    if text == "outside":
        return Expectation("outside", track=track, text=text)
    first, _, name = text.partition(" ")
    if first == "ask":
        return Expectation("ask", name=name, track=track, text=text)
    if first == "obtain":
        return Expectation("obtain", name=name, track=track, text=text)
    return Expectation("outcome", _outcome(canonical(text)), track=track, text=text)


def _outcome(text: str) -> Outcome:
    if text.startswith("go to "):
        return Outcome("go to", (text.removeprefix("go to "),))
    if text.startswith("offer "):
        return Outcome("offer", tuple(text.removeprefix("offer ").split(" or ")))
    return Outcome("recommend", tuple(text.split(" and ")))
