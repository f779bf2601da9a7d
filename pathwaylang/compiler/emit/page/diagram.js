// The artifact's decision diagram as a table of nodes. A node is [level, child, …]; a child below
// zero is the leaf -1 - child. `fixed` has for each level the cell of a recorded fact, or -1.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// Nodes come packed: five bits a digit, the sixth says that more follow; see page/pack.py.
function unpackNodes(text, sizes) {
  const value = new Map(Array.from(DIGITS, (digit, index) => [digit, index]));
  let at = 0;
  const next = () => {
    let number = 0;
    for (let shift = 1; ; shift *= 32) {
      const digit = value.get(text[at]);
      at += 1;
      number += (digit & 31) * shift;
      if (digit < 32) return number;
    }
  };
  const nodes = [];
  while (at < text.length) {
    const level = next();
    const node = [level];
    while (node.length <= sizes[level]) {
      const count = next();
      const code = next();
      const child = code % 2 ? nodes.length - (code - 1) / 2 : -1 - code / 2;
      for (let index = 0; index < count; index += 1) node.push(child);
    }
    nodes.push(node);
  }
  return nodes;
}

class Table {
  constructor(diagram, nodes, outcomes) {
    this.variables = diagram.variables;
    this.levelOf = new Map(diagram.variables.map((name, level) => [name, level]));
    this.roots = new Map(diagram.roots);
    this.reading = new Map(diagram.reading);
    this.formulas = diagram.formulas || [];
    this.leaves = diagram.leaves;
    this.nodes = nodes;
    this.outcomes = outcomes;
    this.texts = [...new Set(outcomes)].sort();
    this.textOf = outcomes.map((text) => this.texts.indexOf(text));
    this.impossible = this.texts.includes("impossible") ? this.texts.indexOf("impossible") : null;
  }

  // The level of a node; leaves stand below all levels.
  levelAt(at) {
    return at < 0 ? this.variables.length : this.nodes[at][0];
  }

  // Cells of missing facts that lead from the root to a leaf that is reachable, by level.
  completion(root, fixed, leaf) {
    const leads = new Map();
    const can = (at) => {
      if (at < 0) return at === -1 - leaf;
      let found = leads.get(at);
      if (found === undefined) {
        const node = this.nodes[at];
        const cell = fixed[node[0]];
        found = cell < 0 ? node.some((child, index) => index > 0 && can(child)) : can(node[1 + cell]);
        leads.set(at, found);
      }
      return found;
    };
    const path = new Map();
    let at = root;
    while (at >= 0) {
      const node = this.nodes[at];
      let cell = fixed[node[0]];
      if (cell < 0) {
        cell = node.findIndex((child, index) => index > 0 && can(child)) - 1;
        path.set(node[0], cell);
      }
      at = node[1 + cell];
    }
    return path;
  }
}
