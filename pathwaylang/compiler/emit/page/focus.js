// What can still come out of a diagram once some facts are recorded, and which missing facts can
// still change it: the questions of runtime/reach.py, answered for all tracks together.
//
// Nodes below a recorded fact collapse to the child taken, leaves with the same outcome are one:
// `canon` numbers what is left, so that equal numbers mean equal functions. Without an impossible
// leaf two that differ in number differ for some patient; else that is searched for.

class Focus {
  constructor(table, fixed) {
    const size = table.nodes.length;
    this.table = table;
    this.fixed = fixed;
    this.words = Math.ceil(table.leaves.length / 32);
    this.sets = new Uint32Array(this.words * size);
    this.canon = new Int32Array(size);
    this.done = new Uint8Array(size);
    this.kinds = [];
    this.numbers = new Map();
    this.reaches = new Map();
    this.memo = new Map();
  }

  // The nodes and leaves that some completion reaches, with the highest level each is reached from.
  reach(root) {
    const known = this.reaches.get(root);
    if (known) return known;
    const { table, fixed } = this;
    const leaves = table.leaves.length;
    const above = new Int32Array(table.nodes.length + leaves).fill(-2);
    const found = [root];
    above[root + leaves] = -1;
    for (let next = 0; next < found.length; next += 1) {
      const at = found[next];
      if (at < 0) continue;
      const node = table.nodes[at];
      const cell = fixed[node[0]];
      const last = cell < 0 ? node.length - 1 : cell + 1;
      for (let index = cell < 0 ? 1 : cell + 1; index <= last; index += 1) {
        const place = node[index] + leaves;
        if (above[place] === -2) {
          found.push(node[index]);
          above[place] = node[0];
        } else if (above[place] > node[0]) {
          above[place] = node[0];
        }
      }
    }
    const reach = { found, above };
    this.reaches.set(root, reach);
    found.filter((at) => at >= 0 && !this.done[at]).sort((a, b) => a - b).forEach((at) => this.settle(at));
    return reach;
  }

  // Give a node, whose children are settled, its leaves and its number.
  settle(at) {
    const node = this.table.nodes[at];
    const cell = this.fixed[node[0]];
    const children = cell < 0 ? node.slice(1) : [node[1 + cell]];
    children.forEach((child) => this.addSet(this.sets, at * this.words, child));
    const numbers = children.map((child) => this.number(child));
    this.done[at] = 1;
    if (numbers.every((number) => number === numbers[0])) {
      [this.canon[at]] = numbers;
      return;
    }
    const key = `${node[0]}:${numbers}`;
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.kinds.length;
      const isDoubtful = numbers.some((child) => this.isDoubtful(child));
      this.kinds.push({ level: node[0], numbers, isDoubtful });
      this.numbers.set(key, number);
    }
    this.canon[at] = number;
  }

  number(at) {
    return at < 0 ? -1 - this.table.textOf[-1 - at] : this.canon[at];
  }

  // Whether an impossible leaf lies below.
  isDoubtful(number) {
    return number < 0 ? -1 - number === this.table.impossible : this.kinds[number].isDoubtful;
  }

  addSet(target, start, at) {
    if (at < 0) {
      const leaf = -1 - at;
      if (this.table.textOf[leaf] !== this.table.impossible) target[start + (leaf >> 5)] |= 1 << (leaf & 31);
      return;
    }
    const from = at * this.words;
    for (let word = 0; word < this.words; word += 1) target[start + word] |= this.sets[from + word];
  }

  openLeaves(root) {
    const { table } = this;
    const reach = this.reach(root);
    if (!reach.leaves) {
      const possible = reach.found.filter((at) => at < 0 && table.textOf[-1 - at] !== table.impossible);
      reach.leaves = possible.map((at) => -1 - at).sort((a, b) => a - b);
    }
    return reach.leaves;
  }

  // For each cell of a missing fact the set of leaves that stay possible.
  leavesByCell(root, level, cells) {
    const { found, above } = this.reach(root);
    const { table, words } = this;
    const leaves = table.leaves.length;
    const past = new Uint32Array(words);
    const sets = Array.from({ length: cells }, () => new Uint32Array(words));
    for (const at of found) {
      const own = table.levelAt(at);
      if (own === level) {
        for (let cell = 0; cell < cells; cell += 1) this.addSet(sets[cell], 0, table.nodes[at][1 + cell]);
      } else if (own > level && above[at + leaves] < level) {
        this.addSet(past, 0, at);
      }
    }
    return sets.map((set) => set.map((word, index) => word | past[index]));
  }

  // For each cell of a missing fact the outcomes that stay possible, as texts, sorted.
  outcomesByCell(root, level, cells) {
    const { table } = this;
    return this.leavesByCell(root, level, cells).map((set) => {
      const has = (leaf) => set[leaf >> 5] & (1 << (leaf & 31));
      const texts = new Set(table.outcomes.filter((_, leaf) => has(leaf)));
      return table.texts.filter((text) => texts.has(text));
    });
  }

  // The levels of missing facts that can still change the outcome.
  changing(root) {
    const { found } = this.reach(root);
    const kinds = new Map();
    const stack = [this.number(root)];
    const seen = new Set(stack);
    while (stack.length) {
      const number = stack.pop();
      if (number < 0) continue;
      const kind = this.kinds[number];
      if (!kinds.has(kind.level)) kinds.set(kind.level, []);
      kinds.get(kind.level).push(kind);
      for (const child of kind.numbers) {
        if (!seen.has(child)) {
          seen.add(child);
          stack.push(child);
        }
      }
    }
    const splitting = [...kinds].filter(([, list]) => list.some((kind) => this.splits(kind)));
    const open = new Set(found.filter((at) => at >= 0).map((at) => this.table.nodes[at][0]));
    const missing = [...open].filter((level) => this.fixed[level] < 0);
    if (splitting.length || !missing.length) return new Set(splitting.map(([level]) => level));
    const narrowing = missing.filter((level) => this.narrows(root, level));
    return new Set(narrowing.length ? narrowing : [Math.min(...missing)]);
  }

  splits(kind) {
    const numbers = [...new Set(kind.numbers)];
    return numbers.some((first, index) =>
      numbers.slice(index + 1).some((second) => this.differ(first, second)));
  }

  // Whether some patient, possible with both, ends differently.
  differ(a, b) {
    const { impossible } = this.table;
    if (a === b || -1 - a === impossible || -1 - b === impossible) return false;
    if ((a < 0 && b < 0) || !(this.isDoubtful(a) || this.isDoubtful(b))) return true;
    const key = `${Math.min(a, b)},${Math.max(a, b)}`;
    let known = this.memo.get(key);
    if (known === undefined) {
      const first = a < 0 ? Infinity : this.kinds[a].level;
      const second = b < 0 ? Infinity : this.kinds[b].level;
      const width = this.kinds[first <= second ? a : b].numbers.length;
      known = false;
      for (let index = 0; index < width && !known; index += 1) {
        const one = first <= second ? this.kinds[a].numbers[index] : a;
        const other = second <= first ? this.kinds[b].numbers[index] : b;
        known = this.differ(one, other);
      }
      this.memo.set(key, known);
    }
    return known;
  }

  narrows(root, level) {
    const sets = this.leavesByCell(root, level, this.table.sizes[level]).map((set) => set.join(" "));
    return new Set(sets.filter((set) => /[1-9]/.test(set))).size > 1;
  }
}
