// Why an answer came: first the row that decided, with the limits behind its words, the rows that were
// ruled out and the sources; then the questions that led there.

const MOST_READ = 2;
const MOST_SOURCES = 6;

class Reasons {
  constructor(app) {
    this.app = app;
  }

  steps(entry) {
    if (!entry.way.length) return [h("p", {}, "Every way that is still open leads here.")];
    const [last, ...before] = [...entry.way].reverse();
    const isEnd = entry.status === "recommendation";
    const decided = h("div", { class: "decided" },
      isEnd ? h("p", { class: "step-lead" }, "What decided") : null, this.step(entry, last, true));
    if (!before.length) return [decided];
    return [decided, h("p", { class: "step-lead" }, isEnd ? "How the patient came to this question" : "Before that"),
      h("ol", { class: "steps" }, before.reverse().map((step) => h("li", {}, this.step(entry, step, false))))];
  }

  step(entry, { decision, branch: id }, isLast) {
    const { pathway, labels } = this.app;
    const { branch } = pathway.branches.get(id);
    const condition = labels.condition(id).map(([text, level]) => h("span", { class: `line level-${level}` }, text));
    const hasOwnId = !id.startsWith(`${decision}.`);
    const goes = branch.outcome.outcome_kind === "go to" && branch.outcome.target === "decision";
    return [
      h("p", { class: "step-question" }, labels.decision(decision)),
      h("p", { class: "because" }, hasOwnId ? h("span", { class: "row-id" }, id) : null, h("span", { class: "lines" }, condition)),
      goes || isLast ? null : h("p", { class: "leads" }, `→ ${labels.outcome(outcomeText(branch.outcome))}`),
      this.sources(branch.basis || {}, isLast ? MOST_SOURCES : 2),
      this.means(entry, branch, isLast),
      this.others(id),
      this.known(entry, id)];
  }

  // The limits behind the words of a condition, with this patient's values where these are not said.
  means(entry, branch, isOpen) {
    const { pathway, labels } = this.app;
    if (branch.guard === null) return null;
    const names = [...new Set(guardNames(branch.guard))].filter((name) => pathway.derived.has(name));
    if (!names.length) return null;
    const content = () => names.map((name) => h("p", { class: "means" }, h("strong", {}, this.withValue({ text: labels.fact(name), level: 0, names: [name] })),
      `: ${labels.meaning(name).map((line) => this.withValue(line)).join("; ")}.`));
    return fold(`means ${entry.track} ${branch.id}`, "What these words mean (in brackets: this patient's value, where the words do not say it)", content, isOpen);
  }

  withValue({ text, level, names }) {
    const { pathway, labels, given } = this.app;
    if (level !== 0 || !names.length || names.length > MOST_READ) return text;
    const values = answeredValues(pathway, given, this.app.answer);
    const known = names.map((name) => readValue(pathway, values, name));
    if (known.includes(null)) return text;
    const told = known.map((value, index) => labels.value(this.item(names[index]), value)).join("; ");
    return text.endsWith(told) ? text : `${text} [${told}]`;
  }

  item(name) {
    return this.app.pathway.facts.get(name) || this.app.pathway.derived.get(name);
  }

  // The rows that had to fail for this one to decide.
  others(id) {
    const { pathway, labels, given } = this.app;
    const groups = ruledOut(pathway, given, this.app.answer, id).map(({ rows, parts }) => {
      const told = parts.slice(0, 3).map((part) => (part.track
        ? `“${labels.decision(part.track)}” answers ${this.answerOf(part.track)}`
        : `${labels.fact(part[0])}: ${labels.value(this.item(part[0]), part[1])}`));
      const more = parts.length > 3 ? "; …" : "";
      return `${rows.map((row) => this.rowName(row.id)).join(", ")} (${told.join("; ")}${more})`;
    });
    return groups.length ? h("p", { class: "ruled-out" }, h("strong", {}, "Ruled out: "), `${groups.join("; ")}.`) : null;
  }

  answerOf(track) {
    const entry = this.app.answer.tracks.find((each) => each.track === track);
    return entry && entry.outcome ? this.app.labels.outcome(entry.outcome) : "something else";
  }

  rowName(id) {
    const { decision, index } = this.app.pathway.branches.get(id);
    return id.startsWith(`${decision.name}.`) ? `row ${index + 1}` : id;
  }

  known(entry, id) {
    const { pathway, labels, given } = this.app;
    const { decision, branch } = pathway.branches.get(id);
    const guards = branch.guard ? [branch.guard] : decision.branches.map((each) => each.guard).filter(Boolean);
    const facts = [...new Set(guards.flatMap((guard) => pathway.factsOf(guard)))].filter((name) => given.has(name));
    const known = facts.map((name) => [labels.fact(name), labels.value(pathway.facts.get(name), given.get(name))]);
    const all = [...(branch.guard ? this.derived(branch.guard) : []), ...known];
    if (!all.length) return null;
    const told = all.slice(0, 3).map((pair) => pair.join(": ")).join("; ");
    return fold(`facts ${entry.track} ${id}`, `This patient: ${told}${all.length > 3 ? " …" : ""}`,
      () => h("dl", { class: "facts" }, all.flatMap(([term, value]) => [h("dt", {}, term), h("dd", {}, value)])));
  }

  // Classes and scores that a condition names, where all that they read is recorded.
  derived(guard) {
    const { pathway, labels, given } = this.app;
    const values = this.values();
    return [...new Set(guardNames(guard))]
      .filter((name) => pathway.derived.has(name) && pathway.reads.get(name).every((fact) => given.has(fact)))
      .map((name) => [labels.fact(name), labels.value(pathway.derived.get(name), values.of(name))]);
  }

  values() {
    return this.app.pathway.values(this.app.given);
  }

  // What a line rests on; what few other lines cite comes first: it is what this one is about.
  sources(basis, most = 2) {
    const { labels } = this.app;
    const rare = [...(basis.cites || [])].sort((a, b) => labels.citedBy(a) - labels.citedBy(b));
    const cited = rare.map((cite) => labels.cited(cite)).filter(Boolean);
    const told = cited.map(({ source, statement }) => h("span", {},
      h("cite", {}, source.label || source.name), statement ? `, ${statement.at}: “${statement.text}”` : ""));
    const opinions = (basis.opinions || []).map((text) =>
      h("span", { class: "opinion" }, h("strong", {}, "Expert opinion, to be reviewed: "), text));
    const all = [...told, ...opinions];
    return all.length ? h("div", { class: "sources" }, shortList(`sources ${JSON.stringify(basis)}`, all, most, "sources")) : null;
  }
}
