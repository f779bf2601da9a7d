// Where the cursor is, and which chart shows it. Pure functions over text; no editor in here.

const HEAD = /^(pathway|module|overlay)\s+(\S+)/m;
const DECISION = /^(?:decide(?:\s+in\s+order)?|table|step)\s+([^\s"]+)/;
const STAGE = /^stage\s+([^\s"]+)/;
const ITEM = /^[^\W\d]/;

// The head word of a file: pathway, module, overlay, or nothing.
function kindOf(text) {
  const found = HEAD.exec(text);
  return found ? found[1] : "";
}

// The decision or stage whose lines hold a line (counted from 0); the item above it, else null.
function placeAt(text, line) {
  const lines = text.split(/\r?\n/);
  for (let at = Math.min(line, lines.length - 1); at >= 0; at -= 1) {
    if (!ITEM.test(lines[at])) continue;
    const decision = DECISION.exec(lines[at]);
    if (decision) return { kind: "decision", name: decision[1] };
    const stage = STAGE.exec(lines[at]);
    return stage ? { kind: "stage", name: stage[1] } : null;
  }
  return null;
}

// The chart that shows a place best: `charts` maps file names to their SVG texts.
function chartFor(charts, place) {
  const names = [...charts.keys()].sort();
  if (place && place.kind === "stage" && charts.has(`${place.name}.svg`)) return `${place.name}.svg`;
  if (place && place.kind === "decision") {
    const own = names.find((name) => name.endsWith(`.${place.name}.svg`));
    if (own) return own;
    const mark = new RegExp(`id="[^"]*-decision-${escaped(place.name)}"`);
    const holder = names.find((name) => mark.test(charts.get(name)));
    if (holder) return holder;
  }
  return charts.has("overview.svg") ? "overview.svg" : names[0];
}

// The id of a decision's box in a chart, to scroll to; empty where the chart has none.
function boxOf(svg, place) {
  if (!place || place.kind !== "decision") return "";
  const found = new RegExp(`id="([^"]*-decision-${escaped(place.name)})"`).exec(svg);
  return found ? found[1] : "";
}

// Whether a file names a module in one of its `use` lines; `file` is the module's base name.
function uses(text, file) {
  return new RegExp(`from\\s+"(?:[^"]*/)?${escaped(file)}"`).test(text);
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

module.exports = { kindOf, placeAt, chartFor, boxOf, uses };
