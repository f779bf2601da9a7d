// The charts: one shown at a time, with the way of the patient lit up, the rest dimmed and what is
// missing marked. What belongs to which decision and branch comes with the data of each chart.

const SMALLEST = 0.3;
const LARGEST = 3;
const ALPHABET = "abcdefghijklmnopqrstuvwxyz";
// The width of the alphabet in Helvetica at 100 pixels, and the size of letters without one of their own.
const ALPHABET_WIDTH = 1272.6;
const LETTERS = 12;
const NOT_IN_LEGEND = new Set(["question", "track", "stage", "start"]);

class Charts {
  constructor(app) {
    this.app = app;
    this.shown = "overview";
    this.zoom = null;
    this.figures = new Map(app.data.charts.map((chart) => [chart.name, byId(`pw-chart-${chart.name}`)]));
  }

  build() {
    const { data } = this.app;
    this.select = h("select", { id: "pw-chart-select", onchange: () => this.open(this.select.value) },
      data.charts.map((chart, index) => h("option", { value: chart.name }, `${index + 1} · ${chart.title}`)));
    const button = (text, label, act) => h("button", { type: "button", class: "plain-button", "aria-label": label, onclick: act }, text);
    byId("pw-chart-tools").replaceChildren(
      h("label", { for: "pw-chart-select" }, "Show"), this.select,
      h("span", { class: "zoom" }, button("−", "Smaller", () => this.scale(0.8)), button("+", "Larger", () => this.scale(1.25)),
        button("Fit", "Fit to the width", () => this.scale(null))));
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#pw-chart-']");
      if (!link) return;
      event.preventDefault();
      this.open(link.getAttribute("href").slice("#pw-chart-".length));
      byId("pw-charts").scrollIntoView();
      byId("pw-chart-select").focus({ preventScroll: true });
    });
    this.open(this.shown);
  }

  open(name) {
    if (!this.figures.has(name)) return;
    this.shown = name;
    this.select.value = name;
    for (const [each, figure] of this.figures) figure.hidden = each !== name;
    this.legend();
    this.resize();
    this.light();
    this.scrollToWay();
  }

  // What the boxes of the chart shown mean: stays in sight while the chart scrolls.
  legend() {
    const { kinds } = this.app.data;
    const shown = this.app.data.charts.find((chart) => chart.name === this.shown).kinds;
    const told = shown.filter((kind) => !NOT_IN_LEGEND.has(kind)).map((kind) => {
      const [sign, word, meaning] = kinds[kind];
      return h("li", { class: `k-${kind}` }, h("strong", {}, `${sign} ${word}`), ` ${meaning}`);
    });
    const way = [h("li", { class: "k-way" }, h("strong", {}, "thick frame, yellow"), " this patient"), h("li", {}, h("strong", {}, "pale"), " not this patient")];
    const unread = this.unread();
    if (unread) way.push(h("li", {}, h("strong", {}, `pale below ${unread}`), " not read, that row decided already"));
    byId("pw-legend").replaceChildren(...told, ...(this.isLit ? way : []));
  }

  // The rows that decided on the chart shown while rows below them were not read.
  unread() {
    const shown = this.app.data.charts.find((chart) => chart.name === this.shown);
    const ids = shown.map.decisions.flatMap((name) => {
      const { in_order, branches } = this.app.pathway.decisions.get(name);
      const at = in_order ? branches.findIndex((branch) => branch.guard !== null && this.branches && this.branches.has(branch.id)) : -1;
      return at >= 0 && branches.slice(at + 1).some((branch) => branch.guard !== null) ? [branches[at].id] : [];
    });
    return ids.join(", ");
  }

  // Charts are drawn for the widths of Helvetica; where the letters of this machine are wider, they
  // are made as much smaller.
  fitLetters(figure) {
    if (figure.dataset.fitted) return;
    figure.dataset.fitted = "yes";
    const probe = document.createElement("canvas").getContext("2d");
    probe.font = `100px ${getComputedStyle(figure.querySelector("svg")).fontFamily}`;
    const ratio = probe.measureText(ALPHABET).width / ALPHABET_WIDTH;
    if (ratio < 1.03) return;
    figure.dataset.ratio = String(ratio);
    figure.querySelector("svg").style.fontSize = `${LETTERS / ratio}px`;
    for (const text of figure.querySelectorAll("text[font-size]")) {
      text.setAttribute("font-size", (Number(text.getAttribute("font-size")) / ratio).toFixed(2));
    }
  }

  // The chart that shows a decision in full.
  chartOf(decision) {
    const found = this.app.data.charts.find((chart) => chart.map.decisions.includes(decision));
    return found ? found.name : "";
  }

  prepareForPrint(isWhole) {
    if (!isWhole) return;
    this.isLit = false;
    this.light();
  }

  scale(factor) {
    const svg = this.figures.get(this.shown).querySelector("svg");
    const now = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    this.zoom = factor === null ? null : Math.min(LARGEST, Math.max(SMALLEST, now * factor));
    this.resize();
  }

  resize() {
    const figure = this.figures.get(this.shown);
    this.fitLetters(figure);
    const svg = figure.querySelector("svg");
    const box = svg.viewBox.baseVal;
    const fit = Math.min(1.25 * Number(figure.dataset.ratio || 1), Math.max((figure.clientWidth - 2) / box.width, 0.55));
    const zoom = this.zoom === null ? fit : this.zoom;
    svg.style.width = `${Math.round(box.width * zoom)}px`;
    svg.style.height = `${Math.round(box.height * zoom)}px`;
  }

  // Take over an answer: what is lit, what waits, and links to the charts on the way.
  show(answer) {
    const { pathway, given, data } = this.app;
    this.decisions = new Set();
    this.branches = new Set();
    this.waits = new Map();
    this.ends = new Map();
    for (const entry of answer.tracks) {
      let next = entry.track;
      for (const step of entry.way) {
        this.decisions.add(step.decision);
        this.branches.add(step.branch);
        const { outcome } = pathway.branches.get(step.branch).branch;
        next = outcome.target === "decision" && outcome.outcome_kind === "go to" ? outcome.names[0] : null;
      }
      if (entry.status === "request" && next) {
        this.decisions.add(next);
        const facts = [...new Set(entry.requests.flatMap((item) => item.facts))];
        this.waits.set(next, facts);
      }
    }
    this.isLit = given.size > 0;
    const onWay = data.charts.filter((chart) => chart.map.decisions.some((name) => this.decisions.has(name)));
    const links = () => list(onWay.map((chart) => h("a", { href: `#pw-chart-${chart.name}` }, chart.title)));
    const isWide = window.matchMedia("(min-width: 56.01rem)").matches;
    byId("pw-way").replaceChildren(this.isLit
      ? fold("way", `The way of this patient leads through ${onWay.length} chart${onWay.length === 1 ? "" : "s"}`, links, isWide)
      : "Record what is known, and the way of the patient lights up here.");
    this.legend();
    this.light();
  }

  light() {
    if (!this.decisions) return;
    const chart = this.app.data.charts.find((each) => each.name === this.shown);
    const figure = this.figures.get(this.shown);
    figure.classList.toggle("has-way", this.isLit);
    figure.querySelectorAll(".note-missing").forEach((note) => note.remove());
    const lit = new Set();
    const { boxes, rows, arrows } = chart.map;
    const isTaken = (names) => names.some((name) => this.branches.has(name));
    for (const [key, , names] of boxes) {
      if (names.some((name) => this.decisions.has(name)) || key === "start") lit.add(key);
    }
    const triggers = new Map(boxes.map(([key, , names]) => [key, names]));
    for (let pass = 0; pass < 2; pass += 1) {
      for (const [id, tail, head, names] of arrows) {
        const isOn = names ? isTaken(names) : lit.has(tail) && (!triggers.get(head).length || lit.has(head));
        if (isOn && !triggers.get(head).length) lit.add(head);
        this.turn(id, isOn && this.isLit);
      }
    }
    for (const [key, id] of boxes) this.turn(id, lit.has(key) && this.isLit);
    for (const [id, names] of rows) {
      this.turn(`${id}-if`, isTaken(names) && this.isLit);
      this.turn(`${id}-then`, isTaken(names) && this.isLit);
    }
    for (const [key, id, names] of boxes) this.missing(key, id, names);
    this.veil(figure, rows, isTaken);
  }

  // Inside a box the rows that were not taken are veiled, and the one that was has a frame.
  veil(figure, rows, isTaken) {
    figure.querySelectorAll(".veil, .row-frame").forEach((mark) => mark.remove());
    if (!this.isLit) return;
    const cells = rows.map(([id, names]) => [byId(`${id}-if`), isTaken(names)]).filter(([cell]) => cell);
    const decided = new Set(cells.filter(([, taken]) => taken).map(([cell]) => cell.closest("g.node")));
    for (const [cell, taken] of cells) {
      const node = cell.closest("g.node");
      if (!decided.has(node)) continue;
      const whole = (node.querySelector("[fill='none']") || node).getBBox();
      const row = cell.getBBox();
      const mark = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      mark.setAttribute("class", taken ? "row-frame" : "veil");
      mark.setAttribute("x", whole.x + 2);
      mark.setAttribute("y", row.y);
      mark.setAttribute("width", Math.max(whole.width - 4, 0));
      mark.setAttribute("height", row.height);
      node.append(mark);
    }
  }

  turn(id, isOn) {
    const element = byId(id);
    if (element) element.classList.toggle("on-way", isOn);
  }

  // Mark the box of a decision that cannot be passed yet, in words too.
  missing(key, id, names) {
    const element = byId(id);
    const waiting = key.startsWith("decision:") || key.startsWith("track:") ? names.filter((name) => this.waits.has(name)) : [];
    const isWaiting = waiting.length > 0 && this.isLit;
    element.classList.toggle("waits", isWaiting);
    if (!isWaiting) return;
    const box = element.getBBox();
    const facts = this.waits.get(waiting[0]);
    const more = facts.length > 1 ? ` and ${facts.length - 1} more` : "";
    const note = document.createElementNS("http://www.w3.org/2000/svg", "text");
    note.setAttribute("class", "note-missing");
    note.setAttribute("x", box.x + 4);
    note.setAttribute("y", box.y - 5);
    note.textContent = `▲ missing: ${this.app.labels.fact(facts[0])}${more}`;
    element.append(note);
  }

  scrollToWay() {
    const figure = this.figures.get(this.shown);
    const goal = figure.querySelector(".waits") || figure.querySelector("g.node.on-way");
    if (!goal || !this.isLit) return;
    const frame = figure.getBoundingClientRect();
    const box = goal.getBoundingClientRect();
    figure.scrollBy({ left: box.left - frame.left - 40, top: box.top - frame.top - 60 });
  }
}
