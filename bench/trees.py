"""Decision trees made by a seeded generator: as a pathway, as a nested `if`, and cases for them.

A `Tree` asks 12 or 40 inputs (yes/no, choices of 3 to 6, whole numbers 0 to 119, numbers 0 to 19.9
in steps of 0.1) and has 40 leaves and more. It knows no engine; the
same arguments always give the same tree and the same cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

Kind = Literal["yes/no", "choice", "whole", "tenths"]
Domain = tuple[int, ...]
"""Cells of a word or truth that are possible, or `(low, high)` of a number, high not included."""

WORDS = ("low", "mid", "high", "none", "mixed", "other")
LARGE, MODULE, MODULE_INPUTS = 400, 40, 8
TOP: dict[Kind, int] = {"whole": 120, "tenths": 200}


@dataclass(frozen=True, slots=True)
class Input:
    """An input with its values: a truth, one of so many words, a number below `size`."""

    name: str
    kind: Kind
    size: int

    @property
    def domain(self) -> Domain:
        return (0, self.size) if self.kind in TOP else tuple(range(self.size))

    def value(self, code: int) -> bool | str | int | float:
        """Return the value of a code, as an application has it."""
        match self.kind:
            case "yes/no":
                return code == 0
            case "choice":
                return f"{WORDS[code]}_{self.name}"
            case "whole":
                return code
            case "tenths":
                return code / 10


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf: its number, its module, its outcome, and what its inputs are there."""

    number: int
    module: int
    outcome: str
    where: dict[int, Domain]


@dataclass(frozen=True, slots=True)
class Node:
    """A question: whether an input is in these cells, or below this number."""

    input: int
    cells: Domain
    yes: Node | Leaf
    no: Node | Leaf


@dataclass(frozen=True, slots=True)
class Tree:
    """Inputs, the tree over them, its leaves from left to right; what leads to each module."""

    inputs: tuple[Input, ...]
    root: Node | Leaf
    leaves: tuple[Leaf, ...]
    modules: tuple[dict[int, Domain], ...]


class _Growth:
    """A tree while it grows: what is known at each place, and where it splits."""

    def __init__(self, rng: Random, inputs: tuple[Input, ...]) -> None:
        self.rng, self.inputs = rng, inputs
        self.where: list[dict[int, Domain]] = [{}]
        self.splits: dict[int, tuple[int, Domain, int, int]] = {}

    def grow(self, at: int, leaves: int, asking: Sequence[int]) -> list[int]:
        """Split a place into so many, asking some inputs; return the new places."""
        depth = {at: 0}
        most = max(6, round(leaves.bit_length() * 1.3))
        while len(depth) < leaves:
            chosen = self.rng.choice([n for n in depth if depth[n] < most])
            index, yes, no = self._split(asking, self.where[chosen])
            first = len(self.where)
            self.where += [{**self.where[chosen], index: side} for side in (yes, no)]
            self.splits[chosen] = (index, yes, first, first + 1)
            depth |= dict.fromkeys((first, first + 1), depth.pop(chosen) + 1)
        return list(depth)

    def _split(self, asking: Sequence[int], where: dict[int, Domain]) -> tuple[int, Domain, Domain]:
        """Return an input that can still be asked, and the two parts of what it may be."""
        rng = self.rng
        while True:
            index = rng.choice(asking)
            here = where.get(index, self.inputs[index].domain)
            if self.inputs[index].kind in TOP:
                if here[1] - here[0] > 8:
                    at = rng.randint(here[0] + 3, here[1] - 3)
                    return index, (here[0], at), (at, here[1])
            elif len(here) > 1:
                cells = tuple(sorted(rng.sample(here, rng.randint(1, min(2, len(here) - 1)))))
                return index, cells, tuple(cell for cell in here if cell not in cells)


def make_tree(leaves: int) -> Tree:
    """Return the tree with so many leaves, from 400 on in modules of forty, over 40 inputs.

    A module asks eight of the inputs, as a decision of a pathway does.
    """
    rng = Random(f"tree of {leaves}")
    is_large = leaves >= LARGE
    growth = _Growth(rng, _inputs(rng, (15, 10, 8, 7) if is_large else (5, 3, 2, 2)))
    every = range(len(growth.inputs))
    above, below = every[::3], [index for index in every if index % 3]
    places = growth.grow(0, leaves // MODULE, above) if is_large else [0]
    module_of: dict[int, int] = {}
    for number, place in enumerate(places):
        asking = rng.sample(below, MODULE_INPUTS) if is_large else every
        grown = growth.grow(place, leaves // len(places), asking)
        module_of |= dict.fromkeys(grown, number)
    outcomes = 24 if is_large else 8
    found: list[Leaf] = []

    def build(at: int) -> Node | Leaf:
        if at not in growth.splits:
            outcome = f"act_{rng.randrange(outcomes):02d}"
            found.append(Leaf(len(found), module_of[at], outcome, growth.where[at]))
            return found[-1]
        index, cells, yes, no = growth.splits[at]
        return Node(index, cells, build(yes), build(no))

    root = build(0)
    modules = tuple(growth.where[place] for place in places)
    return Tree(growth.inputs, root, tuple(found), modules)


def _inputs(rng: Random, counts: tuple[int, int, int, int]) -> tuple[Input, ...]:
    truths, words, wholes, tenths = counts
    return (
        *(Input(f"b{n}", "yes/no", 2) for n in range(truths)),
        *(Input(f"e{n}", "choice", rng.randint(3, 6)) for n in range(words)),
        *(Input(f"i{n}", "whole", TOP["whole"]) for n in range(wholes)),
        *(Input(f"d{n}", "tenths", TOP["tenths"]) for n in range(tenths)),
    )


# ------------------------------------------------------------ as code


def nested_if(tree: Tree) -> str:
    """Return the source of `decide(c)`: what a programmer would write, over a dict."""
    return "\n".join(["def decide(c):", *_lines(tree, tree.root, 1)]) + "\n"


def _lines(tree: Tree, node: Node | Leaf, depth: int) -> Iterator[str]:
    pad = "    " * depth
    if isinstance(node, Leaf):
        yield f'{pad}return "{node.outcome}"'
        return
    yield f"{pad}if {condition(tree.inputs[node.input], node.cells)}:"
    yield from _lines(tree, node.yes, depth + 1)
    yield f"{pad}else:"
    yield from _lines(tree, node.no, depth + 1)


def condition(asked: Input, cells: Domain) -> str:
    """Return a question as Python."""
    value = f'c["{asked.name}"]'
    if asked.kind in TOP:
        return f"{value} < {asked.value(cells[1])}"
    if asked.kind == "yes/no":
        return value if cells == (0,) else f"not {value}"
    words = [asked.value(cell) for cell in cells]
    return f'{value} == "{words[0]}"' if len(words) == 1 else f"{value} in {tuple(words)!r}"


def compile_nested(tree: Tree) -> Callable[[dict[str, object]], str]:
    """Return the nested `if` as a function."""
    names: dict[str, Callable[[dict[str, object]], str]] = {}
    exec(compile(nested_if(tree), "<nested if>", "exec"), names)
    return names["decide"]


# ------------------------------------------------------------ cases


def codes(tree: Tree, count: int) -> tuple[list[list[int]], list[int]]:
    """Return cases as codes, and the leaf of each; every leaf is equally frequent."""
    rng = Random("cases")
    rows: list[list[int]] = []
    ends: list[int] = []
    for _ in range(count):
        leaf = rng.choice(tree.leaves)
        row = []
        for index, asked in enumerate(tree.inputs):
            here = leaf.where.get(index, asked.domain)
            row.append(rng.randrange(*here) if asked.kind in TOP else rng.choice(here))
        rows.append(row)
        ends.append(leaf.number)
    return rows, ends


def as_dict(tree: Tree, row: list[int]) -> dict[str, object]:
    """Return a case as an application has it."""
    return {i.name: i.value(code) for i, code in zip(tree.inputs, row, strict=True)}
