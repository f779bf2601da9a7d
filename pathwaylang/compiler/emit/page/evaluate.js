// Answers a case by completions, track by track, with one of four endings, as
// runtime/evaluate.py does. A case is a Map from fact names to values; `expired` a Map from facts
// whose value is too old to the day it was taken.

const OUTSIDE = "outside";
const MOST_WAYS = 6;

// The cells of the recorded facts, and of formulas whose facts are all recorded, by level.
function fixedCells(pathway, given) {
  const table = pathway.table;
  const fixed = new Array(table.variables.length).fill(-1);
  for (const [name, value] of given) {
    const level = table.levelOf.get(name);
    if (level !== undefined) fixed[level] = cellOf(pathway.cells.get(name), value);
  }
  for (const formula of table.formulas) {
    if (formula.facts.every((name) => isNumber(given.get(name)))) {
      const value = termNumber(formula.term, { of: (name) => given.get(name) });
      const level = table.levelOf.get(formula.name);
      if (value !== null) fixed[level] = cellAmong(formula.cuts, value);
      else if (formula.may_fail) fixed[level] = formula.cuts.length + 1;
    }
  }
  return fixed;
}

function evaluateCase(pathway, given, stage, expired = new Map()) {
  const fixed = fixedCells(pathway, given);
  const breach = certainBreach(pathway, given);
  const focus = new Focus(pathway.table, fixed);
  const state = { pathway, given, fixed, expired, breach, focus };
  const queue = [pathway.stages.get(stage) || pathway.graph.stages[0]];
  const seen = new Set();
  const tracks = [];
  while (queue.length) {
    const here = queue.shift();
    if (seen.has(here.name)) continue;
    seen.add(here.name);
    for (const track of here.tracks) {
      const answer = answerTrack(state, here.name, track);
      tracks.push(answer);
      if (answer.goesTo) queue.push(pathway.stages.get(answer.goesTo));
    }
  }
  const first = tracks.find((entry) => entry.status !== "recommendation");
  return { status: first ? first.status : "recommendation", tracks };
}

function answerTrack(state, stage, track) {
  const { pathway, focus, breach } = state;
  const table = pathway.table;
  const root = table.roots.get(track);
  const leaves = focus.openLeaves(root);
  const start = { stage, track, outcome: "", branch: "", branches: [], requests: [], possible: [], way: [], goesTo: "" };
  if (!leaves.length || breach) {
    return { ...start, status: "contradiction", breach: breach || jointBreach(pathway, state.given) };
  }
  const texts = [...new Set(leaves.map((leaf) => table.outcomes[leaf]))].sort();
  if (texts.length === 1 && texts[0] === OUTSIDE) return { ...start, status: "outside" };
  const way = commonWay(state, track, leaves);
  if (texts.length === 1) return { ...start, ...certainEnd(pathway, leaves), way };
  const requests = requestsFor(state, track, root);
  return { ...start, status: "request", requests, possible: texts, way };
}

function certainEnd(pathway, leaves) {
  const table = pathway.table;
  const ends = leaves.map((leaf) => table.leaves[leaf]).filter((leaf) => leaf.leaf === "end");
  const branches = ends.map((end) => pathway.branchAt(end.decision, end.branch));
  const first = branches[0];
  return {
    status: "recommendation",
    outcome: outcomeText(first.outcome),
    branch: first.id,
    branches: [...new Set(branches.map((branch) => branch.id))].sort(),
    goesTo: first.outcome.target === "stage" ? first.outcome.names[0] : "",
  };
}

// Whether a condition holds; null where that takes facts that are not recorded.
function certainty(pathway, guard, given) {
  const isOpen = pathway.factsOf(guard).some((name) => !given.has(name));
  return isOpen || asksTracks(guard) ? null : pathway.values(given).truth(guard);
}

function asksTracks(guard) {
  return guard.kind === "recommends" || [...(guard.items || []), ...(guard.item ? [guard.item] : [])].some(asksTracks);
}

// The first `impossible` that the recorded facts certainly break.
function certainBreach(pathway, given) {
  const found = pathway.graph.constraints.find((each) => certainty(pathway, each.guard, given) === true);
  return found ? brokenBy(pathway, [found], given) : null;
}

// Several constraints leave no completion, none of them alone: those involved.
function jointBreach(pathway, given) {
  const involved = pathway.graph.constraints.filter((each) =>
    pathway.factsOf(each.guard).some((name) => given.has(name)) && certainty(pathway, each.guard, given) !== false);
  return involved.length ? brokenBy(pathway, involved, given) : null;
}

function brokenBy(pathway, constraints, given) {
  const reads = new Set(constraints.flatMap((constraint) => pathway.factsOf(constraint.guard)));
  return { constraints, facts: [...reads].filter((name) => given.has(name)) };
}

function requestsFor(state, track, root) {
  const { pathway, given, focus, expired } = state;
  const table = pathway.table;
  const changing = new Set([...focus.changing(root)].map((level) => table.variables[level]));
  for (const formula of table.formulas) {
    if (changing.has(formula.name)) {
      formula.facts.filter((name) => !given.has(name)).forEach((name) => changing.add(name));
    }
  }
  const found = new Map();
  for (const name of table.reading.get(track)) {
    if (!changing.has(name)) continue;
    const test = pathway.testOf.get(name);
    const isTest = test !== undefined && !test.finds.some((fact) => given.has(fact));
    const action = isTest ? "obtain" : "ask";
    const item = isTest ? test : pathway.facts.get(name);
    const key = `${action} ${item.name}`;
    if (found.has(key)) continue;
    found.set(key, {
      action,
      name: item.name,
      facts: isTest ? test.finds.filter((fact) => changing.has(fact)) : [name],
      separates: separates(state, root, name),
      expired: expired.get(name) || "",
    });
  }
  return [...found.values()];
}

// The outcomes that a fact's value decides between; all, where only together with others.
function separates({ pathway, focus }, root, name) {
  const { table } = pathway;
  const leaves = focus.openLeaves(root);
  const every = table.texts.filter((text) => leaves.some((leaf) => table.outcomes[leaf] === text));
  const level = table.levelOf.get(name);
  if (level === undefined) return every;
  const cells = pathway.cells.get(name).counts.length;
  const sets = focus.outcomesByCell(root, level, cells).filter((texts) => texts.length);
  const differing = every.filter((text) => !sets.every((texts) => texts.includes(text)));
  return differing.length ? differing : every;
}

// The steps that the ways to all open leaves have in common at their start.
function commonWay(state, track, leaves) {
  const { pathway } = state;
  let common = null;
  for (const leaf of leaves.slice(0, MOST_WAYS)) {
    if (pathway.table.outcomes[leaf] === OUTSIDE) continue;
    const { passed } = pathway.walk(track, pathway.values(completed(state, track, leaf)));
    if (common === null) {
      common = passed;
      continue;
    }
    let length = 0;
    while (length < Math.min(common.length, passed.length)
      && common[length][0] === passed[length][0] && common[length][1] === passed[length][1]) length += 1;
    common = common.slice(0, length);
  }
  return (common || []).map(([name, index]) => ({ decision: name, branch: pathway.branchAt(name, index).id }));
}

function completed(state, track, leaf) {
  const { pathway, given, fixed } = state;
  const table = pathway.table;
  const path = table.completion(table.roots.get(track), fixed, leaf);
  const complete = new Map();
  for (const [name, fact] of pathway.facts) {
    if (given.has(name)) {
      complete.set(name, given.get(name));
      continue;
    }
    const cells = pathway.cells.get(name);
    const usual = usualValue(fact);
    const level = table.levelOf.get(name);
    const usualCell = usual === null ? 0 : cellOf(cells, usual);
    const cell = level !== undefined && path.has(level) ? path.get(level) : usualCell;
    complete.set(name, valueInCell(fact, cells, cell, usual));
  }
  return complete;
}

function usualValue(fact) {
  const usual = fact.usually;
  if (usual === undefined || usual === null) return null;
  return fact.fact_kind === "number" && usual !== UNKNOWN ? exact(usual) : usual;
}

// The value of a cell that a reader expects: the usual one, else the end nearest to it.
function valueInCell(fact, cells, index, usual) {
  if (cells.has_unknown && index === cells.counts.length - 1) return UNKNOWN;
  if (fact.fact_kind !== "number") {
    const group = cells.groups[index];
    const wanted = typeof usual === "boolean" ? (usual ? "yes" : "no") : usual;
    const word = group.includes(wanted) ? wanted : group[0];
    return fact.fact_kind === "yes/no" ? word === "yes" : word;
  }
  const stretch = cellStretch(fact, cells, index);
  const { low, high } = stretch;
  const order = isNumber(usual) ? compare(usual, low) : -1;
  if (isNumber(usual)) {
    const above = compare(usual, high);
    const inside = (order > 0 || (order === 0 && stretch.lowClosed))
      && (above < 0 || (above === 0 && stretch.highClosed));
    if (inside) return usual;
    if (above >= 0 && order > 0 && stretch.highClosed) return high;
  }
  if (order <= 0 && stretch.lowClosed) return low;
  return divide(add(low, high), { n: 2n, d: 1n });
}

// The stretch of numbers that a cell holds, ends on the grid where the fact has a step.
function cellStretch(fact, cells, index) {
  let low = exact(fact.range.low);
  let lowClosed = fact.range.low_closed;
  let high = exact(fact.range.high);
  let highClosed = fact.range.high_closed;
  if (index > 0) [low, lowClosed] = [cells.cuts[index - 1][0], cells.cuts[index - 1][1] === 0];
  if (index < cells.cuts.length) [high, highClosed] = [cells.cuts[index][0], cells.cuts[index][1] === 1];
  if (fact.step) {
    high = index < cells.cuts.length ? subtract(high, exact(fact.step)) : lastOnGrid(fact);
    highClosed = true;
  }
  return { low, lowClosed, high, highClosed };
}

function lastOnGrid(fact) {
  const low = exact(fact.range.low);
  const step = exact(fact.step);
  const steps = divide(subtract(exact(fact.range.high), low), step);
  const whole = floorDivide(steps.n, steps.d);
  const isLast = fact.range.high_closed || steps.d !== 1n;
  return add(low, multiply({ n: isLast ? whole : whole - 1n, d: 1n }, step));
}
