"""One artifact proved again: each node of its diagram, its counts, its safety rules.

In: an artifact. Out: sentences that say what was proved; `RefusedError` where it does not hold.
The graph's own diagram is made by `tracks`, then walked side by side with the artifact's table, so
that every node and edge that a possible case can reach is compared with what the graph says there.

Invariant: a sentence is yielded only after everything it says was checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from functools import cached_property
from itertools import combinations
from math import prod

from pathwaylang.certificate.conditions import atoms_of
from pathwaylang.certificate.diagrams import FIRST, OPEN
from pathwaylang.certificate.lines import HALT
from pathwaylang.certificate.tracks import Tracks, goes_on
from pathwaylang.certificate.values import RefusedError, World, require
from pathwaylang.ir.artifact import Artifact, LeafEnd
from pathwaylang.ir.derived import Classification, Piecewise
from pathwaylang.ir.graph import Rule, Stage

OUTSIDE, IMPOSSIBLE, FREE = ("outside",), ("impossible",), ("free",)


class Proof:
    """One artifact being proved; `left` gathers what is not proved here."""

    def __init__(self, artifact: Artifact) -> None:
        table, record = artifact.diagram, artifact.proof
        if table is None or record is None:
            raise RefusedError("the artifact carries no diagram or no proof")
        require(not table.formulas, "a formula over numbers without a step cannot be tried")
        facts = {fact.name for fact in artifact.graph.facts}
        require(set(table.variables) == facts, "the variables are not the facts")
        self.artifact, self.graph = artifact, artifact.graph
        self.table, self.record = table, record
        self.left: list[str] = []
        self.world = World(artifact, table.variables, atoms_of(self.graph))
        self.d = self.world.diagrams
        self.tracks = Tracks(self.graph, self.world)
        self.roots = dict(table.roots)

    def cells(self) -> Iterator[str]:
        """Say what making the world has checked."""
        yield (
            f"the cells of {len(self.world.facts)} facts partition their values, "
            "and no condition turns within a cell: every value was tried"
        )

    # ------------------------------------------------------------ the diagram

    @cached_property
    def allowed(self) -> int:
        """The cases that no constraint removes."""
        result = self.d.leaf(True)
        for constraint in self.graph.constraints:
            holds = self.d.certain(self.tracks.truth(constraint.guard))
            result = self.d.both(result, self.d.opposite(holds))
        return result

    @cached_property
    def applies(self) -> int:
        """The cases that the pathway applies to."""
        guard = self.graph.applies
        return self.d.leaf(True) if guard is None else self.d.certain(self.tracks.truth(guard))

    @cached_property
    def _world(self) -> int:
        return self.d.both(self.allowed, self.applies)

    def within(self, at: int, counted: frozenset[str] | None = None) -> int:
        """Return a diagram with words for the cases that are outside or impossible.

        A constraint on facts that a stage does not count limits no count of it: its cases are FREE.
        """
        conditions = [(self.applies, OUTSIDE)]
        free = []
        for constraint in self.graph.constraints:
            kept = self.d.opposite(self.d.certain(self.tracks.truth(constraint.guard)))
            if counted is None or self._reads(kept) <= counted:
                conditions.append((kept, IMPOSSIBLE))
            else:
                free.append((kept, FREE))
        for condition, word in (*conditions, *free):

            def step(a: Hashable, b: Hashable, word: Hashable = word) -> Hashable:
                return OPEN if b is OPEN else FIRST if b is True else word

            at = self.d.join(step, at, condition)
        return at

    def _reads(self, at: int) -> set[str]:
        levels = {self.d.level[node] for node in self.d.reachable(at)}
        return {name for name, level in self.world.level.items() if level in levels}

    def diagrams(self, counted: Mapping[str, list[str]]) -> Iterator[str]:
        """Compare the table with what the graph says, for every possible case of every track."""
        edges: set[tuple[int, int]] = set()
        for stage in self.graph.stages:
            facts = frozenset(counted[stage.name])
            for track in stage.tracks:
                self._compare(track, self.within(self.tracks.ends(track), facts), edges)
        nodes = len({at for at, _ in edges})
        yield (
            f"the diagram says what the graph says in every possible case: {nodes} of "
            f"{len(self.table.nodes)} nodes and {len(edges)} edges were compared"
        )
        yield "every possible case ends in exactly one outcome on every track"

    def _compare(self, track: str, own: int, edges: set[tuple[int, int]]) -> None:
        nodes = self.table.nodes
        stack, seen = [(own, self.roots[track])], set[tuple[int, int]]()
        while stack:
            here, at = stack.pop()
            if (here, at) in seen or self.d.value[here] == FREE:
                continue
            seen.add((here, at))
            if at < 0 and self.d.value[here] is not OPEN:
                self._compare_leaf(track, self.d.value[here], -1 - at)
                continue
            level = min(self.d.level[here], nodes[at][0] if at >= 0 else len(self.d.sizes))
            mine = self.d.cells(here, level)
            is_deep = at < 0 or nodes[at][0] > level
            theirs = (at,) * len(mine) if is_deep else nodes[at][1:]
            if not is_deep:
                edges.update((at, cell) for cell in range(len(theirs)))
            stack += zip(mine, theirs, strict=True)

    def _compare_leaf(self, track: str, own: Hashable, leaf: int) -> None:
        found = self.table.leaves[leaf]
        says = (found.decision, found.branch) if isinstance(found, LeafEnd) else (found.leaf,)
        require(own != HALT, f"track {track}: the graph gives a case no single answer")
        require(own == says, f"track {track}: the diagram says {says}, the graph {own}")

    def lines(self) -> Iterator[str]:
        """Decide that each classification and piecewise number has one value in each case."""
        found = 0
        for item in self.graph.derived:
            if isinstance(item, Classification | Piecewise):
                faults = self.tracks.conditions.faults(item)
                is_whole = self.d.both(self._world, faults) == self.d.leaf(False)
                require(is_whole, f"{item.name}: no line holds, or two lines disagree")
                found += 1
        yield f"each of {found} classifications and piecewise numbers has one value, or is unknown"

    # ------------------------------------------------------------ counts

    def counts(self, counted: Mapping[str, list[str]]) -> Iterator[str]:
        """Work out every count from the nodes of the table, over the facts that are counted."""
        stages = {stage.stage: stage for stage in self.record.stages}
        require(list(stages) == [s.name for s in self.graph.stages], "the stages are others")
        for stage in self.graph.stages:
            rest = self.world.level.keys() - set(counted[stage.name])
            divisor = prod(self.world.size(name) for name in rest)
            tracks = stages[stage.name].tracks
            require([t.track for t in tracks] == list(stage.tracks), "the tracks are others")
            for track in tracks:
                points = self._points(self.roots[track.track])
                said = {text: int(count) * divisor for text, count in track.outcomes}
                require(points == said, f"track {track.track}: the counts are not the diagram's")
                whole = int(stages[stage.name].cases) * divisor
                require(sum(points.values()) == whole, f"track {track.track}: cases are missing")
        yield "the counts per outcome are those of the diagram, and sum to the cases of each stage"

    def _points(self, root: int) -> dict[str, int]:
        """Return for each outcome how many points of all variables lead there."""
        nodes, depth = self.table.nodes, len(self.d.sizes)
        sizes = [self.world.size(name) for name in self.table.variables]

        def level(at: int) -> int:
            return nodes[at][0] if at >= 0 else depth

        arriving = Counter({root: prod(sizes[: level(root)])})
        found: Counter[int] = Counter()
        for at in range(root, -1, -1):
            if at in arriving:
                weights = self.world.counts(self.table.variables[nodes[at][0]])
                for child, weight in zip(nodes[at][1:], weights, strict=True):
                    skipped = prod(sizes[nodes[at][0] + 1 : level(child)])
                    arriving[child] += arriving[at] * weight * skipped
        for at, points in arriving.items():
            if at < 0:
                found[-1 - at] += points
        require(sum(found.values()) == prod(sizes), "the leaves do not sum to the domain")
        texts: Counter[str] = Counter()
        for index, points in found.items():
            leaf = self.table.leaves[index]
            if isinstance(leaf, LeafEnd):
                branch = self.tracks.decisions[leaf.decision].branches[leaf.branch]
                texts[branch.outcome.text] += points
        return {text: points for text, points in texts.items() if points}

    # ------------------------------------------------------------ safety rules

    def rules(self) -> Iterator[str]:
        """Decide the safety rules again; those that ask for the way are left."""
        checks = {"never": self._never, "always": self._always, "never changes": self._changes}
        for rule in self.graph.rules:
            check = checks.get(rule.rule_kind)
            if check is None:
                self.left.append(f"the rule `{rule.text}`: it asks for the order of steps")
            else:
                require(not any(check(rule)), f"the rule `{rule.text}` is broken")
        decided = len(self.graph.rules) - len(self.left)
        yield f"{decided} of {len(self.graph.rules)} safety rules hold in every possible case"

    def _bound(self, rule: Rule) -> int:
        """The possible cases that a rule binds: a never-rule also where its condition is open."""
        assert rule.guard is not None
        kinds = (True, None) if rule.rule_kind == "never" else (True,)
        binding = self.d.map(self.tracks.truth(rule.guard), lambda value: value in kinds)
        return self.d.both(self._world, binding)

    def _never(self, rule: Rule) -> Iterator[bool]:
        bound = self._bound(rule)
        for stage in self.graph.stages:
            if rule.stage in ("", stage.name):
                for track in stage.tracks:
                    says = self.tracks.says(track, frozenset(rule.names))
                    yield self.d.both(bound, says) != self.d.leaf(False)

    def _always(self, rule: Rule) -> Iterator[bool]:
        named = [stage for stage in self.graph.stages if stage.name == rule.stage]
        able = [stage for stage in self.graph.stages if self._can_say(stage, rule)]
        for stage in named or able or self.graph.stages:
            open_ = self._bound(rule)
            for track in stage.tracks:
                says = self.tracks.says(track, frozenset(rule.names))
                open_ = self.d.both(open_, self.d.opposite(says))
            yield open_ != self.d.leaf(False)

    def _can_say(self, stage: Stage, rule: Rule) -> bool:
        """Whether a branch that a stage can come to recommends what a rule wants."""
        names, seen, stack = set(rule.names), set[str](), list(stage.tracks)
        while stack:
            name = stack.pop()
            if name in seen:
                continue
            seen.add(name)
            for branch in self.tracks.decisions[name].branches:
                if branch.id in names or names & set(branch.outcome.names):
                    return True
                if goes_on(branch.outcome):
                    stack.append(branch.outcome.names[0])
        return False

    def _changes(self, rule: Rule) -> Iterator[bool]:
        level = self.world.level[rule.fact_or_test]
        for track in rule.names:
            texts = self.d.map(self.within(self.tracks.ends(track)), self._text)
            parts = [self.d.fixed(texts, level, cell) for cell in range(self.d.sizes[level])]
            for first, other in combinations(parts, 2):
                yield self.d.join(_differ, first, other) != self.d.leaf(False)

    def _text(self, leaf: Hashable) -> Hashable:
        if leaf in (OUTSIDE, IMPOSSIBLE, HALT):
            return None
        assert isinstance(leaf, tuple)
        return self.tracks.decisions[leaf[0]].branches[leaf[1]].outcome.text


def _differ(a: Hashable, b: Hashable) -> Hashable:
    if a is None or b is None:
        return False
    return OPEN if a is OPEN or b is OPEN else a != b
