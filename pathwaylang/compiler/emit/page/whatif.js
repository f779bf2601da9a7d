// What would change the answer: other values of one recorded fact, all else as it is, that end the
// track differently. Gives stretches of neighbouring cells with the same end, in their order.

function otherValues(pathway, given, track, name) {
  const table = pathway.table;
  const level = table.levelOf.get(name);
  if (level === undefined || !given.has(name)) return [];
  const without = new Map(given);
  without.delete(name);
  const focus = new Focus(table, fixedCells(pathway, without));
  const cells = pathway.cells.get(name);
  const own = cellOf(cells, given.get(name));
  const ends = focus.outcomesByCell(table.roots.get(track), level, cells.counts.length);
  const now = ends[own].join("\n");
  const stretches = [];
  ends.forEach((texts, cell) => {
    const last = stretches[stretches.length - 1];
    const key = texts.join("\n");
    if (!texts.length || key === now) return;
    if (last && last.key === key && last.cells[last.cells.length - 1] === cell - 1) last.cells.push(cell);
    else stretches.push({ key, texts, cells: [cell] });
  });
  return stretches;
}

// The recorded facts whose value alone could change the end of a track, those on its way first.
function sensitiveFacts(pathway, given, track, first) {
  const reading = pathway.table.reading.get(track).filter((name) => given.has(name));
  const order = [...new Set([...first.filter((name) => given.has(name)), ...reading])];
  return order
    .map((name) => ({ name, stretches: otherValues(pathway, given, track, name) }))
    .filter((entry) => entry.stretches.length);
}

// The values of a stretch of cells, in words.
function stretchWords(fact, cells, stretch, words) {
  const unknown = cells.has_unknown ? cells.counts.length - 1 : -1;
  const parts = [];
  const known = stretch.cells.filter((cell) => cell !== unknown);
  if (known.length && fact.fact_kind === "number") parts.push(numbersWords(fact, cells, known));
  if (known.length && fact.fact_kind !== "number") {
    parts.push(known.flatMap((cell) => cells.groups[cell]).map(words).join(" or "));
  }
  if (stretch.cells.includes(unknown)) parts.push("not known");
  return parts.join(" or ");
}

function numbersWords(fact, cells, known) {
  const from = cellStretch(fact, cells, known[0]);
  const to = cellStretch(fact, cells, known[known.length - 1]);
  const unit = unitAfter(fact);
  const low = writeExact(from.low);
  const high = writeExact(to.high);
  if (low === high) return `${low}${unit}`;
  const isFirst = known[0] === 0;
  const isLast = known[known.length - 1] === cells.cuts.length;
  if (isFirst && !isLast) return `${to.highClosed ? "at most" : "below"} ${high}${unit}`;
  if (isLast && !isFirst) return `${from.lowClosed ? "at least" : "above"} ${low}${unit}`;
  return `${from.lowClosed ? "" : "above "}${low} ${to.highClosed ? "to" : "to below"} ${high}${unit}`;
}
