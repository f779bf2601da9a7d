"""Time one case of a tree on several ways in turn: prints nanoseconds a case, one a round and way.

python -m bench.children.single 40 6
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from typing import Annotated, Any, Literal

import pydantic

from bench.kept import tree_artifact_text
from bench.measure import cpu_of, emit
from bench.tree_peers import PEERS
from bench.trees import TOP, Tree, as_dict, codes, compile_nested, make_tree
from pathwaylang.ir.compiled import LeafEnd
from pathwaylang.runtime import loads
from pathwaylang.runtime.compiled.fast import Compiled

LEAST = 0.02
CASES = 2_000
SLOW = 2e-5
FEW = 100

Way = tuple[Callable[[Any], object], list[Any]]


def plain_model(tree: Tree) -> type[pydantic.BaseModel]:
    """Return what a programmer would write: a strict model with ranges and words, no more."""
    fields: dict[str, Any] = {}
    for asked in tree.inputs:
        match asked.kind:
            case "yes/no":
                kind: Any = bool
            case "choice":
                kind = Literal[tuple(asked.value(cell) for cell in range(asked.size))]
            case "whole":
                kind = Annotated[int, pydantic.Field(ge=0, lt=TOP["whole"])]
            case "tenths":
                kind = Annotated[float, pydantic.Field(ge=0, lt=TOP["tenths"] / 10)]
        fields[asked.name] = (kind | None, None)
    config = pydantic.ConfigDict(strict=True, extra="forbid")
    model: type[pydantic.BaseModel] = pydantic.create_model("Plain", __config__=config, **fields)
    return model


def our_ways(tree: Tree, fast: Compiled, cases: list[dict[str, object]]) -> dict[str, Way]:
    prepared = [fast.prepare(case) for case in cases]
    bare, checked = fast.bare("what"), fast.checked("what")
    return {
        "bare: a leaf": (bare, prepared),
        "missing values noticed": (checked, prepared),
        "every field validated": (fast.validated("what"), cases),
        "the answer, without its trace": (fast.endings, cases),
        "pydantic alone, no decision": (plain_model(tree).model_validate, cases),
    }


def check(tree: Tree, fast: Compiled, cases: list[dict[str, object]], ends: list[int]) -> None:
    """Stop where a way does not say what the tree says."""
    by_hand, decide = compile_nested(tree), fast.validated("what")
    for case, number in zip(cases, ends, strict=True):
        leaf = fast.leaves[decide(case)]
        assert isinstance(leaf, LeafEnd)
        (entry,) = fast.endings(case)
        wanted = tree.leaves[number].outcome
        said = {entry.branch, f"rule_{number}"}
        if len(said) > 1 or {by_hand(case), entry.outcome} != {wanted}:
            raise SystemExit(f"{case}: {entry.branch}, {by_hand(case)}, should be {number}")


def loop(function: Callable[[Any], object], cases: list[Any]) -> Callable[[], None]:
    def run() -> None:
        for case in cases:
            function(case)

    return run


def peers(tree: Tree, cases: list[dict[str, object]], ends: list[int]) -> dict[str, Way | str]:
    """Return the peers that are installed, checked; for the others why not."""
    found: dict[str, Way | str] = {}
    for name, make in PEERS.items():
        try:
            peer = make(tree)
        except ImportError as error:
            found[name] = f"not installed ({error.name})"
            continue
        encoded = [peer.encode(case) for case in cases[:FEW]]
        said = [peer.outcome(peer.decide(case)) for case in encoded]
        wrong = sum(o != tree.leaves[e].outcome for o, e in zip(said, ends, strict=False))
        found[name] = (peer.decide, encoded) if not wrong else f"wrong in {wrong} of {FEW} cases"
    return found


def main() -> None:
    leaves, rounds = int(sys.argv[1]), int(sys.argv[2])
    tree = make_tree(leaves)
    rows, ends = codes(tree, CASES)
    cases = [as_dict(tree, row) for row in rows]
    pathway = loads(tree_artifact_text(leaves))
    started = time.process_time()
    fast = pathway.compiled()
    fast.checked("what")
    made = time.process_time() - started
    check(tree, fast, cases, ends)
    ways: dict[str, Way] = {"by hand": (compile_nested(tree), cases)}
    ways |= our_ways(tree, fast, cases)
    said = peers(tree, cases, ends) if "--peers" in sys.argv else {}
    ways |= {name: way for name, way in said.items() if not isinstance(way, str)}
    times: dict[str, list[float]] = {name: [] for name in ways}
    gc.disable()
    for _ in range(rounds):
        for name, (function, inputs) in ways.items():
            times[name].append(cpu_of(loop(function, inputs), LEAST) / len(inputs) * 1e9)
        gc.collect()
    emit(
        {
            "times": times,
            "problems": {name: way for name, way in said.items() if isinstance(way, str)},
            "made": made,
            "source": len(fast.source("what")),
            "cases": len(cases),
        }
    )


if __name__ == "__main__":
    main()
