"""Parts of an artifact that do not fit together are refused, each with words that say which."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import cast

import pytest

from tests.runtime.damage import Json, at, plain, put, refusal

HOLDS: Json = {"kind": "holds", "name": "adult"}
REF: Json = {"kind": "ref", "name": "size"}


def call(function: str, *arguments: Json) -> Json:
    return {"kind": "call", "function": function, "arguments": list(arguments)}


def looped(data: Json) -> Json:
    """The decision `look` leads back to `start`."""
    back = {"outcome_kind": "go to", "names": ["start"], "target": "decision"}
    return put(data, back, "graph", "decisions", 1, "branches", 0, "outcome")


def asking_itself(data: Json) -> Json:
    """The track `start` depends on what the track `start` recommends."""
    guard = {"kind": "recommends", "track": "start", "names": ["wait"]}
    return put(data, guard, "graph", "decisions", 0, "branches", 0, "guard")


def doubled(data: Json) -> Json:
    """Forty formulas, each the square of the one before: a number of 2^40 digits."""
    names = ["size", *(f"d{n}" for n in range(40))]
    whole = {"low": "0", "high": "1"}
    squares = [
        {
            "kind": "formula",
            "name": after,
            "label": after,
            "range": whole,
            "term": {
                "kind": "arith",
                "operator": "*",
                "left": {"kind": "ref", "name": before},
                "right": {"kind": "ref", "name": before},
            },
        }
        for before, after in pairwise(names)
    ]
    return put(
        data, [*cast("list[object]", at(data, "graph", "derived")), *squares], "graph", "derived"
    )


def chained(data: Json) -> Json:
    """A thousand definitions, each made of the one before."""
    names = ["adult", *(f"c{n}" for n in range(1000))]
    chain = [
        {"kind": "condition", "name": b, "label": b, "guard": {"kind": "holds", "name": a}}
        for a, b in pairwise(names)
    ]
    return put(
        data, [*cast("list[object]", at(data, "graph", "derived")), *chain], "graph", "derived"
    )


def reversed_nodes(data: Json) -> Json:
    nodes = cast("list[object]", at(data, "diagram", "nodes"))
    return put(data, nodes[::-1], "diagram", "nodes")


Change = Callable[[Json], Json]
CHANGES: dict[str, tuple[Change, str]] = {
    "go to in a circle": (looped, "leads nowhere"),
    "track asks itself": (asking_itself, "depends on itself"),
    "numbers without bound": (doubled, "builds on itself too deeply"),
    "calls without bound": (chained, "too deeply"),
    "nodes in reverse": (reversed_nodes, "node"),
    "node refers to itself": (lambda d: put(d, 0, "diagram", "nodes", 0, 1), "leads nowhere"),
    "node refers forward": (lambda d: put(d, 5, "diagram", "nodes", 2, 1), "leads nowhere"),
    "node refers to no leaf": (lambda d: put(d, -99, "diagram", "nodes", 0, 1), "leads nowhere"),
    "node of no variable": (lambda d: put(d, 99, "diagram", "nodes", 0, 0), "has no variable"),
    "empty node": (lambda d: put(d, [], "diagram", "nodes", 0), "has no variable"),
    "a way too many": (
        lambda d: put(d, [*at(d, "diagram", "nodes", 0), -1], "diagram", "nodes", 0),  # type: ignore[misc]
        "wrong number of ways",
    ),
    "no root": (lambda d: put(d, [], "diagram", "roots"), "has no root"),
    "root out of the table": (lambda d: put(d, 10**6, "diagram", "roots", 0, 1), "has no root"),
    "no reading order": (lambda d: put(d, [], "diagram", "reading"), "does not read all facts"),
    "variable twice": (
        lambda d: put(d, ["adult", "adult"], "diagram", "variables"),
        "called `adult`",
    ),
    "unknown variable": (lambda d: put(d, "x", "diagram", "variables", 0), "stands for nothing"),
    "leaf of no branch": (lambda d: put(d, 77, "diagram", "leaves", 0, "branch"), "has no branch"),
    "leaf of no decision": (
        lambda d: put(d, "x", "diagram", "leaves", 0, "decision"),
        "has no branch",
    ),
    "no cells": (lambda d: put(d, [], "cells"), "do not match its facts"),
    "cells twice": (lambda d: put(d, [*at(d, "cells"), at(d, "cells", 0)], "cells"), "twice"),  # type: ignore[misc]
    "a count too many": (lambda d: put(d, [1, 1, 1], "cells", 0, "counts"), "too many cells"),
    "empty cell": (lambda d: put(d, [1, 0], "cells", 0, "counts"), "an empty cell"),
    "cells without a value": (lambda d: put(d, [["yes"]], "cells", 0, "groups"), "miss a value"),
    "unknown appears": (lambda d: put(d, True, "cells", 0, "has_unknown"), "no cell for unknown"),
    "cuts descend": (
        lambda d: put(d, [["3", 1], ["3", 0]], "cells", 5, "cuts"),
        "do not ascend",
    ),
    "cut off the grid": (lambda d: put(d, [["1.95", 0]], "cells", 3, "cuts"), "is outside"),
    "cut outside": (lambda d: put(d, [["99", 0]], "cells", 5, "cuts"), "is outside"),
    "no range": (lambda d: put(d, None, "graph", "facts", 3, "range"), "has no range"),
    "range without end": (
        lambda d: put(d, None, "graph", "facts", 3, "range", "high"),
        "has no end",
    ),
    "empty range": (lambda d: put(d, "-1", "graph", "facts", 3, "range", "high"), "is empty"),
    "step of nothing": (lambda d: put(d, "0", "graph", "facts", 3, "step"), "has no grid"),
    "unknown unit": (lambda d: put(d, "spoon", "graph", "facts", 3, "unit"), "unknown unit"),
    "usual value outside": (lambda d: put(d, "31", "graph", "facts", 3, "usually"), "cannot have"),
    "usual value of another kind": (
        lambda d: put(d, True, "graph", "facts", 3, "usually"),
        "no such value",
    ),
    "negative validity": (lambda d: put(d, -1, "graph", "facts", 3, "valid_days"), "never valid"),
    "no choices": (lambda d: put(d, [], "graph", "facts", 4, "choices"), "has no values"),
    "fact twice": (
        lambda d: put(d, at(d, "graph", "facts", 0), "graph", "facts", 1),
        "two facts are called `adult`",
    ),
    "name that is none": (
        lambda d: put(d, "a b", "graph", "facts", 0, "name"),
        "a name that is none",
    ),
    "condition of an unknown name": (
        lambda d: put(d, {**HOLDS, "name": "x"}, "graph", "applies"),
        "reads a name nobody defines",
    ),
    "derived fact before its parts": (
        lambda d: put(d, {"kind": "ref", "name": "x"}, "graph", "derived", 1, "term"),
        "not defined before it",
    ),
    "root of two numbers": (
        lambda d: put(d, call("sqrt", REF, REF), "graph", "derived", 1, "term"),
        "wrong number of arguments",
    ),
    "least of nothing": (
        lambda d: put(d, call("min"), "graph", "derived", 1, "term"),
        "wrong number of arguments",
    ),
    "track that is none": (
        lambda d: put(d, {"kind": "recommends", "track": "x", "names": []}, "graph", "applies"),
        "asks a track that is none",
    ),
    "no stage": (lambda d: put(d, [], "graph", "stages"), "has no stage"),
    "stage of no track": (
        lambda d: put(d, ["x"], "graph", "stages", 0, "tracks"),
        "starts nowhere",
    ),
    "decision without branches": (
        lambda d: put(d, [], "graph", "decisions", 0, "branches"),
        "has no branch",
    ),
    "branch without condition": (
        lambda d: put(d, None, "graph", "decisions", 0, "branches", 0, "guard"),
        "has no guard",
    ),
    "unknown recommendation": (
        lambda d: put(d, ["x"], "graph", "decisions", 0, "branches", 0, "outcome", "names"),
        "leads nowhere",
    ),
    "outcome of nothing": (
        lambda d: put(d, [], "graph", "decisions", 0, "branches", 0, "outcome", "names"),
        "leads nowhere",
    ),
    "unknown stage": (
        lambda d: put(d, ["x"], "graph", "decisions", 3, "branches", 2, "outcome", "names"),
        "leads nowhere",
    ),
    "test of an unknown fact": (
        lambda d: put(d, ["x"], "graph", "tests", 0, "finds"),
        "an unknown fact",
    ),
    "no diagram": (lambda d: put(d, None, "diagram"), "no decision diagram"),
    "wrong type": (lambda d: put(d, "seven", "lines", 0, 1), "lines.0.1"),
    "object for a list": (lambda d: put(d, {}, "graph", "facts"), "graph.facts"),
    "constants of a choice": (lambda d: put(d, "scan", "constants", 0, 0), "no number"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_parts_that_do_not_fit_are_refused(name: str) -> None:
    change, words = CHANGES[name]
    message = refusal(change(plain()))
    assert words in message
