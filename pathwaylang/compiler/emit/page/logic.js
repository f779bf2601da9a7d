// The meaning of conditions, formulas and derived facts on one case, as ir/kleene.py and
// ir/derive.py have it: a condition is true, false or null (unknown), a formula a number or null.
// A value is true, false, a choice's name, a number { n, d }, or UNKNOWN.

const UNKNOWN = "unknown";

function kleeneAll(items) {
  let result = true;
  for (const item of items) {
    if (item === false) return false;
    if (item === null) result = null;
  }
  return result;
}

function kleeneAny(items) {
  let result = false;
  for (const item of items) {
    if (item === true) return true;
    if (item === null) result = null;
  }
  return result;
}

// Results one by one: what stands behind the deciding one is never looked at.
function* lazily(items, evaluate) {
  for (const item of items) yield evaluate(item);
}

function kleeneAtLeast(count, items) {
  const sure = items.filter((item) => item === true).length;
  const open = items.filter((item) => item === null).length;
  if (sure >= count) return true;
  return sure + open >= count ? null : false;
}

function holdsIn(interval, value) {
  if (interval.low !== null) {
    const low = compare(value, exact(interval.low));
    if (low < 0 || (low === 0 && !interval.low_closed)) return false;
  }
  if (interval.high === null) return true;
  const high = compare(value, exact(interval.high));
  return high < 0 || (high === 0 && interval.high_closed);
}

function guardTruth(guard, values) {
  const inner = (item) => guardTruth(item, values);
  switch (guard.kind) {
    case "const":
      return guard.value;
    case "not": {
      const result = inner(guard.item);
      return result === null ? null : !result;
    }
    case "all":
      return kleeneAll(lazily(guard.items, inner));
    case "any":
      return kleeneAny(lazily(guard.items, inner));
    case "at least":
      return kleeneAtLeast(guard.count, guard.items.map(inner));
    case "recommends":
      return values.trackSays(guard.track, guard.names);
    case "relation": {
      const left = termNumber(guard.left, values);
      const right = termNumber(guard.right, values);
      if (left === null || right === null) return null;
      const order = compare(left, right);
      return order < 0 || (!guard.strict && order === 0);
    }
    default:
      return atomTruth(guard, values.of(guard.name));
  }
}

function atomTruth(guard, found) {
  switch (guard.kind) {
    case "known":
      return found !== UNKNOWN;
    case "holds":
      return found === UNKNOWN ? null : found === true;
    case "one of":
      return found === UNKNOWN ? null : guard.values.includes(found);
    case "within":
      return isNumber(found) ? guard.intervals.some((part) => holdsIn(part, found)) : null;
    default:
      throw new Error(`unknown condition ${guard.kind}`);
  }
}

function termNumber(term, values) {
  switch (term.kind) {
    case "number":
      return exact(term.value);
    case "ref": {
      const found = values.of(term.name);
      return isNumber(found) ? found : null;
    }
    case "arith": {
      const left = termNumber(term.left, values);
      const right = termNumber(term.right, values);
      return left === null || right === null ? null : arithmetic(term.operator, left, right);
    }
    case "call": {
      const numbers = term.arguments.map((item) => termNumber(item, values));
      return numbers.includes(null) ? null : applyFunction(term.function, numbers);
    }
    default:
      throw new Error(`unknown formula ${term.kind}`);
  }
}

function arithmetic(operator, left, right) {
  if (operator === "+") return add(left, right);
  if (operator === "-") return subtract(left, right);
  if (operator === "*") return multiply(left, right);
  return right.n === 0n ? null : divide(left, right);
}

function applyFunction(name, numbers) {
  const first = numbers[0];
  switch (name) {
    case "min":
      return numbers.reduce((a, b) => (compare(b, a) < 0 ? b : a));
    case "max":
      return numbers.reduce((a, b) => (compare(b, a) > 0 ? b : a));
    case "abs":
      return first.n < 0n ? { n: -first.n, d: first.d } : first;
    case "round":
      return { n: roundWhole(first), d: 1n };
    case "sqrt":
      return first.n < 0n ? null : finite(Math.sqrt(toBinary(first)));
    case "log10":
      return first.n <= 0n ? null : finite(Math.log10(toBinary(first)));
    default:
      throw new Error(`unknown function ${name}`);
  }
}

// A root or logarithm to nine places; none of a number beyond binary64.
function finite(number) {
  return Number.isFinite(number) ? ninePlaces(number) : null;
}

// The index of the line that holds; null where that is unknown or no line does.
function firstLine(guards, inOrder, unknownMeansNo, truth) {
  let otherwise = null;
  let open = false;
  for (let index = 0; index < guards.length; index += 1) {
    if (guards[index] === null) {
      otherwise = index;
      continue;
    }
    const result = truth(guards[index]);
    if (result === null && !unknownMeansNo) {
      open = true;
      if (inOrder) return null;
    } else if (result) {
      return index;
    }
  }
  return open ? null : otherwise;
}

// Facts and derived facts of one case; `given` is a Map, a fact that is absent counts as unknown.
class Values {
  constructor(given, derived, trackSays) {
    this.given = given;
    this.derived = derived;
    this.trackSays = trackSays || (() => null);
    this.seen = new Map();
  }

  of(name) {
    const item = this.derived.get(name);
    if (item === undefined) return this.given.has(name) ? this.given.get(name) : UNKNOWN;
    if (!this.seen.has(name)) this.seen.set(name, this.compute(item));
    return this.seen.get(name);
  }

  truth(guard) {
    return guardTruth(guard, this);
  }

  compute(item) {
    const truth = (guard) => this.truth(guard);
    const no = Boolean(item.unknown_means_no);
    switch (item.kind) {
      case "condition": {
        const result = truth(item.guard);
        if (result !== null) return result;
        return no ? false : UNKNOWN;
      }
      case "formula": {
        const number = termNumber(item.term, this);
        return number === null ? UNKNOWN : number;
      }
      case "piecewise": {
        const at = firstLine(item.pieces.map((piece) => piece.guard), false, no, truth);
        const number = at === null ? null : termNumber(item.pieces[at].term, this);
        return number === null ? UNKNOWN : number;
      }
      case "classification": {
        const guards = item.lines.map((line) => line.guard);
        const at = firstLine(guards, Boolean(item.in_order), no, truth);
        return at === null ? UNKNOWN : item.lines[at].value;
      }
      case "score":
        return this.score(item, no);
      default:
        throw new Error(`unknown derived fact ${item.kind}`);
    }
  }

  score(item, no) {
    let total = { n: 0n, d: 1n };
    for (const line of item.lines) {
      const result = this.truth(line.guard);
      if (result) total = add(total, exact(line.points));
      else if (result === null && !no) return UNKNOWN;
    }
    return total;
  }
}

// The names a condition reads, in the order written, with repeats.
function guardNames(guard) {
  if (guard.item) return guardNames(guard.item);
  if (guard.items) return guard.items.flatMap(guardNames);
  if (guard.kind === "relation") return [...termNames(guard.left), ...termNames(guard.right)];
  return guard.name === undefined ? [] : [guard.name];
}

function termNames(term) {
  if (term.kind === "ref") return [term.name];
  if (term.kind === "arith") return [...termNames(term.left), ...termNames(term.right)];
  return term.kind === "call" ? term.arguments.flatMap(termNames) : [];
}
