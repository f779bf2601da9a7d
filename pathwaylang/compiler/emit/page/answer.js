// The answer: for each track what is advised and why, or what is missing and why it matters; the
// cases outside the pathway and contradictory ones in plain words.

const STATUS_WORDS = {
  recommend: ["■", "Recommended"],
  option: ["□", "Option, evidence open"],
  against: ["▼", "Advised against"],
  step: ["●", "Next step"],
  offer: ["◊", "Choice of the patient"],
  goes: ["→", "Go on"],
  request: ["?", "More to answer"],
  outside: ["×", "Outside this pathway"],
  contradiction: ["≠", "Contradiction"],
};

class AnswerView {
  constructor(app) {
    this.app = app;
    this.reasons = new Reasons(app);
  }

  // What kind of answer it is: its sign and word follow from it.
  kind(entry) {
    if (entry.status !== "recommendation") return entry.status;
    const outcome = this.app.pathway.outcomes.get(entry.outcome);
    if (outcome.outcome_kind === "offer") return "offer";
    if (outcome.outcome_kind === "go to") return "goes";
    const strength = this.strength(entry);
    if (strength.endsWith("against")) return "against";
    if (strength.startsWith("equipoise")) return "option";
    return strength.startsWith("procedural") ? "step" : "recommend";
  }

  strength(entry) {
    const { pathway } = this.app;
    const outcome = pathway.outcomes.get(entry.outcome);
    const named = outcome.outcome_kind === "go to" ? [] : outcome.names;
    const general = named.map((name) => (pathway.recommendations.get(name) || {}).strength).find(Boolean) || "";
    const told = entry.branches.map((branch) => pathway.branches.get(branch).branch.strength || general);
    return [...new Set(told)].filter(Boolean).join(" or ");
  }

  show(answer) {
    const { labels, pathway } = this.app;
    const heads = answer.tracks.map((entry) => ({ entry, kind: this.kind(entry) }));
    byId("pw-summary").replaceChildren(h("ul", {}, heads.map(({ entry, kind }) => this.line(entry, kind))));
    const stages = [...new Set(answer.tracks.map((entry) => entry.stage))];
    const cards = stages.flatMap((stage) => [
      stages.length > 1 ? h("h3", { class: "stage-title" }, labels.stage(stage)) : null,
      ...heads.filter(({ entry }) => entry.stage === stage).map(({ entry, kind }) => this.card(entry, kind)),
    ]);
    byId("pw-tracks").replaceChildren(...cards.filter(Boolean), ...this.calculated());
    const decided = heads.filter(({ entry }) => entry.status === "recommendation").length;
    byId("pw-count").textContent = `${decided} of ${heads.length}`;
    byId("pw-said").textContent = `${decided} of ${heads.length} questions of the pathway answered.`;
    byId("pw-given").replaceChildren(h("h3", {}, `Recorded of this patient (${this.app.given.size})`), list([...this.app.given].map(([name, value]) =>
      `${labels.fact(name)}: ${labels.value(pathway.facts.get(name), value)}`)));
  }

  line(entry, kind) {
    const [sign, word] = STATUS_WORDS[kind];
    return h("li", { class: `is-${kind}` },
      h("a", { href: `#pw-t-${entry.track}` },
        h("span", { class: "status" }, icon(sign), " ", word),
        h("span", { class: "track-name" }, this.app.labels.decision(entry.track)),
        h("span", { class: "short" }, this.short(entry))));
  }

  short(entry) {
    const { labels, pathway } = this.app;
    if (entry.status === "recommendation") {
      const outcome = pathway.outcomes.get(entry.outcome);
      if (outcome.outcome_kind === "go to") return labels.outcome(entry.outcome);
      return labels.parts(outcome).map((part) => h("span", { class: "line" }, part));
    }
    if (entry.status === "request") {
      const count = new Set(entry.requests.flatMap((item) => item.facts)).size;
      return `${count} question${count === 1 ? "" : "s"} can still change it, ${entry.possible.length} outcomes possible`;
    }
    return entry.status === "outside" ? "this pathway is not for this patient" : "the entries cannot all be true";
  }

  card(entry, kind) {
    const [sign, word] = STATUS_WORDS[kind];
    const body = {
      recommendation: () => this.recommendation(entry),
      request: () => this.request(entry),
      outside: () => this.outside(),
      contradiction: () => this.contradiction(entry),
    }[entry.status]();
    return h("article", { class: `card is-${kind}`, id: `pw-t-${entry.track}`, tabindex: "-1" },
      h("p", { class: "status" }, icon(sign), " ", word),
      h("h3", { class: "card-title" }, this.app.labels.decision(entry.track)), body);
  }

  recommendation(entry) {
    const { pathway, labels } = this.app;
    const outcome = pathway.outcomes.get(entry.outcome);
    const strength = this.strength(entry);
    const parts = [];
    if (outcome.outcome_kind === "go to") {
      parts.push(h("p", { class: "advice" }, `Continue with: ${labels.target(outcome)}`));
    } else {
      const several = outcome.names.length > 1;
      const isOffer = outcome.outcome_kind === "offer";
      if (isOffer) parts.push(h("p", { class: "offer-note" }, "More than one is reasonable, the patient decides:"));
      else if (this.kind(entry) === "option") {
        parts.push(h("p", { class: "offer-note" }, "Possible, but the evidence does not settle it:"));
      }
      parts.push(h("div", { class: several ? "options" : "" },
        outcome.names.map((name, index) => this.advice(name, several, isOffer ? `${letter(index)}: ` : ""))));
    }
    if (strength) parts.push(h("p", { class: "strength" }, `Strength: ${strength}${strength === "equipoise" ? " (the evidence does not settle it)" : ""}`));
    parts.push(fold(`why ${entry.track}`, "Why", () => this.reasons.steps(entry), true), this.whatIf(entry), this.onChart(entry.branch));
    return parts;
  }

  advice(name, several, lead) {
    const { pathway, labels } = this.app;
    const item = pathway.recommendations.get(name);
    const again = (item.reassess || []).map((each) => `${each.when}: ${labels.decision(each.at)}`);
    const lines = [
      ["Do", item.do], ["Avoid", item.avoid], ["Look again", again],
      ["Evidence", item.evidence ? [item.evidence] : []],
      ["Codes", (item.codes || []).map((code) => `${code.system} ${code.code}`)],
    ].filter(([, texts]) => texts && texts.length);
    const sources = this.reasons.sources(item.basis || {});
    return h("div", { class: several ? "option" : "" },
      h("p", { class: "advice" }, `${lead}${labels.of(item)}`),
      lines.length ? h("dl", {}, lines.flatMap(([term, texts]) =>
        [h("dt", {}, term), texts.map((text) => h("dd", {}, text))])) : null,
      sources);
  }

  // Scores, classes and numbers whose inputs are all recorded; also those that decide nothing.
  calculated() {
    const { pathway, labels, given } = this.app;
    const values = pathway.values(given);
    const known = [...pathway.derived.values()]
      .filter((item) => item.kind !== "condition" && pathway.reads.get(item.name).every((name) => given.has(name)))
      .map((item) => [labels.of(item), values.of(item.name), item])
      .filter(([, value]) => value !== UNKNOWN);
    if (!known.length) return [];
    return [h("div", { class: "card calculated" }, fold("calculated", `Calculated from what is recorded (${known.length})`,
      () => h("dl", {}, known.flatMap(([term, value, item]) => [h("dt", {}, term), h("dd", {}, labels.value(item, value))]))))];
  }

  onChart(branch) {
    const chart = this.app.charts.chartOf(pathwayDecision(this.app.pathway, branch));
    return chart ? h("p", { class: "on-chart" }, h("a", { href: `#pw-chart-${chart}` }, "Show on the chart")) : null;
  }

  whatIf(entry) {
    const { pathway, labels, given } = this.app;
    const content = () => {
      const first = entry.way.flatMap((step) => {
        const { guard } = pathway.branches.get(step.branch).branch;
        return guard ? pathway.factsOf(guard) : [];
      });
      const found = sensitiveFacts(pathway, given, entry.track, first);
      if (!found.length) return [h("p", {}, "No single other value of what is recorded changes this answer.")];
      return [h("p", {}, "If only this one entry were different:"), ...shortList(`if ${entry.track}`,
        found.map(({ name, stretches }) => this.whatIfFact(name, stretches)), 8, "entries")];
    };
    return fold(`if? ${entry.track}`, "What would change this answer", content);
  }

  whatIfFact(name, stretches) {
    const { pathway, labels, given } = this.app;
    const fact = pathway.facts.get(name);
    const words = (word) => (fact.fact_kind === "yes/no" ? word : labels.choice(fact, word));
    const cells = pathway.cells.get(name);
    return [h("strong", {}, labels.fact(name)), ` (now ${labels.value(fact, given.get(name))})`,
      list(stretches.map((stretch) => {
        const ends = stretch.texts.map((text) => labels.outcome(text));
        const told = ends.length > 3 ? `${ends.slice(0, 3).join("; ")}; or ${ends.length - 3} more` : ends.join("; or ");
        return `${stretchWords(fact, cells, stretch, words)} → ${told}`;
      }))];
  }

  request(entry) {
    const { labels } = this.app;
    const items = entry.requests.map((item) => this.requestItem(item));
    const possible = entry.possible.map((text) => labels.outcome(text));
    const parts = [h("p", {}, "These answers can still change it:"),
      ...shortList(`ask ${entry.track}`, items, 3, "questions that matter"),
      fold(`open ${entry.track}`, `${possible.length} outcomes still possible`, () => list(possible))];
    if (entry.way.length) parts.push(fold(`way ${entry.track}`, "Certain so far", () => this.reasons.steps(entry)));
    return parts;
  }

  requestItem(item) {
    const { pathway, labels } = this.app;
    const isTest = item.action === "obtain";
    const test = isTest ? pathway.graph.tests.find((each) => each.name === item.name) : null;
    const fact = isTest ? null : pathway.facts.get(item.name);
    const question = isTest ? `Obtain: ${labels.of(test)}` : labels.question(fact);
    const ends = item.separates.map((text) => labels.outcome(text));
    const told = ends.slice(0, 3).join(" / ") + (ends.length > 3 ? ` / ${ends.length - 3} more` : "");
    return [h("button", { type: "button", class: "link-button", onclick: () => this.app.form.focus(item.facts[0]) }, question),
      item.expired ? ` The value of ${item.expired} is too old.` : "",
      ends.length ? h("span", { class: "decides" }, `${ends.length > 1 ? "decides between" : "decides whether it is"} ${told}`) : null];
  }

  outside() {
    const lines = this.app.data.applies.map(([text, level]) => h("span", { class: `line level-${level}` }, text));
    return [h("p", { class: "advice" }, "This pathway is not for this patient: it says nothing here, neither for nor against any treatment."),
      h("p", {}, "It is for patients with:"), h("p", { class: "because" }, lines)];
  }

  contradiction(entry) {
    const { pathway, labels, given } = this.app;
    const start = h("p", { class: "advice" }, "What is recorded cannot all be true of one patient. Check these entries; until then there is no answer.");
    if (!entry.breach) return [start];
    const { constraints, facts } = entry.breach;
    const bases = constraints.map((constraint) => constraint.basis || {});
    return [start, list(facts.map((name) =>
      h("button", { type: "button", class: "link-button", onclick: () => this.app.form.focus(name) },
        `${labels.fact(name)}: ${labels.value(pathway.facts.get(name), given.get(name))}`))),
    ...bases.map((basis) => [
      (basis.because || []).map((text) => h("p", {}, `Why this cannot be: ${text}`)), this.reasons.sources(basis)])];
  }
}

function pathwayDecision(pathway, branch) {
  return pathway.branches.get(branch).decision.name;
}
