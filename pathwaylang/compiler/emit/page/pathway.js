// Look-ups of one pathway, and the walk of a complete case through its decisions: the reference
// semantics of runtime/walk.py, used to tell the way that an answer came.

const MOST_STEPS = 100000;

class Pathway {
  constructor(artifact) {
    const graph = artifact.graph;
    const byName = (items) => new Map(items.map((item) => [item.name, item]));
    this.graph = graph;
    this.facts = byName(graph.facts);
    this.derived = byName(graph.derived);
    this.decisions = byName(graph.decisions);
    this.recommendations = byName(graph.recommendations);
    this.stages = byName(graph.stages);
    this.cells = new Map(artifact.cells.map((cells) => [cells.fact, readCells(cells)]));
    this.constants = new Map(artifact.constants.map(([name, cuts]) => [name, readCuts(cuts)]));
    this.branches = new Map();
    this.outcomes = new Map();
    for (const decision of graph.decisions) {
      decision.branches.forEach((branch, index) => {
        this.branches.set(branch.id, { decision, branch, index });
        this.outcomes.set(outcomeText(branch.outcome), branch.outcome);
      });
    }
    this.testOf = new Map();
    for (const test of graph.tests) {
      for (const fact of test.finds) if (!this.testOf.has(fact)) this.testOf.set(fact, test);
    }
    this.table = this.readTable(artifact.diagram);
    this.reads = this.derivedReads();
    this.citedBy = new Map();
    for (const { branch } of this.branches.values()) {
      const cites = (branch.basis && branch.basis.cites) || [];
      for (const name of new Set(cites.map((cite) => cite.split(".")[0]))) {
        this.citedBy.set(name, (this.citedBy.get(name) || 0) + 1);
      }
    }
  }

  readTable(diagram) {
    const formulas = (diagram.formulas || []).map((item) => ({ ...item, cuts: readCuts(item.cuts) }));
    const sizes = diagram.variables.map((name) => {
      const cells = this.cells.get(name);
      if (cells) return cells.counts.length;
      const formula = formulas.find((item) => item.name === name);
      return formula.cuts.length + (formula.may_fail ? 2 : 1);
    });
    const outcomes = diagram.leaves.map((leaf) =>
      leaf.leaf === "end" ? outcomeText(this.branchAt(leaf.decision, leaf.branch).outcome) : leaf.leaf);
    const table = new Table({ ...diagram, formulas }, unpackNodes(diagram.nodes, sizes), outcomes);
    table.sizes = sizes;
    return table;
  }

  branchAt(decision, index) {
    return this.decisions.get(decision).branches[index];
  }

  // For each derived fact the facts it reads, through other derived facts too.
  derivedReads() {
    const result = new Map();
    for (const item of this.graph.derived) {
      const found = new Set();
      for (const name of directReads(item)) {
        if (this.facts.has(name)) found.add(name);
        for (const inner of result.get(name) || []) found.add(inner);
      }
      result.set(item.name, [...found]);
    }
    return result;
  }

  // The facts a condition reads, in the order written, each once.
  factsOf(guard) {
    const found = new Set();
    for (const name of guardNames(guard)) {
      if (this.facts.has(name)) found.add(name);
      for (const inner of this.reads.get(name) || []) found.add(inner);
    }
    return [...found];
  }

  values(given) {
    const walks = new Map();
    const values = new Values(given, this.derived, (track, names) => {
      if (!walks.has(track)) walks.set(track, this.walk(track, values));
      return this.says(walks.get(track), names);
    });
    return values;
  }

  // The way of one track: steps [decision, index of the branch], and whether it came to a halt.
  walk(start, values) {
    const passed = [];
    let name = start;
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const decision = this.decisions.get(name);
      const taken = chooseBranch(decision, values);
      if (taken === null) return { passed, halted: true };
      passed.push([name, taken]);
      const outcome = decision.branches[taken].outcome;
      if (outcome.outcome_kind !== "go to" || outcome.target !== "decision") break;
      name = outcome.names[0];
    }
    return { passed, halted: false };
  }

  says(walk, names) {
    const passes = () =>
      walk.passed.some(([name, index]) => names.includes(this.branchAt(name, index).id));
    if (walk.halted) return passes();
    const [name, index] = walk.passed[walk.passed.length - 1];
    const outcome = this.branchAt(name, index).outcome;
    if (outcome.outcome_kind !== "go to" && outcome.names.some((each) => names.includes(each))) {
      return true;
    }
    return passes();
  }
}

function directReads(item) {
  switch (item.kind) {
    case "condition":
      return guardNames(item.guard);
    case "formula":
      return termNames(item.term);
    case "piecewise": {
      const guards = item.pieces.filter((piece) => piece.guard !== null);
      const names = guards.flatMap((piece) => guardNames(piece.guard));
      return [...names, ...item.pieces.flatMap((piece) => termNames(piece.term))];
    }
    default:
      return item.lines.filter((line) => line.guard !== null).flatMap((line) => guardNames(line.guard));
  }
}

// The index of the branch that a complete case takes; null where none or several do.
function chooseBranch(decision, values) {
  const branches = decision.branches;
  const truths = branches.map((branch) => (branch.guard === null ? null : values.truth(branch.guard)));
  const ofKind = (kind) => {
    const index = branches.findIndex((branch) => branch.branch_kind === kind);
    return index < 0 ? null : index;
  };
  const cautious = !decision.unknown_means_no;
  if (decision.in_order) {
    for (let index = 0; index < branches.length; index += 1) {
      if (branches[index].guard === null) continue;
      if (truths[index]) return index;
      if (truths[index] === null && cautious) return ofKind("unknown");
    }
  } else {
    const held = truths.flatMap((truth, index) => (truth ? [index] : []));
    if (held.length) {
      const outcomes = new Set(held.map((index) => outcomeText(branches[index].outcome)));
      return outcomes.size === 1 ? held[0] : null;
    }
  }
  const open = branches.some((branch, index) => branch.guard !== null && truths[index] === null);
  return ofKind(open && cautious ? "unknown" : "otherwise");
}

function outcomeText(outcome) {
  if (outcome.outcome_kind === "go to") return `go to ${outcome.names[0]}`;
  const names = [...outcome.names].sort();
  return outcome.outcome_kind === "offer" ? `offer ${names.join(" or ")}` : names.join(" and ");
}

function readCuts(cuts) {
  return (cuts || []).map(([value, side]) => [exact(value), side]);
}

function readCells(cells) {
  return { ...cells, groups: cells.groups || [], cuts: readCuts(cells.cuts) };
}

// How many cuts lie at or before a value: the cell it falls into.
function cellAmong(cuts, value) {
  let count = 0;
  for (const [cut, side] of cuts) {
    const order = compare(cut, value);
    if (order > 0 || (order === 0 && side !== 0)) break;
    count += 1;
  }
  return count;
}

function cellOf(cells, value) {
  if (value === UNKNOWN) return cells.counts.length - 1;
  if (isNumber(value)) return cellAmong(cells.cuts, value);
  const word = typeof value === "boolean" ? (value ? "yes" : "no") : value;
  return cells.groups.findIndex((group) => group.includes(word));
}
