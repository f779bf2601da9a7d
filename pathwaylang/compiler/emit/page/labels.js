// The words of the pathway in the language chosen, and of outcomes, values and sources.

class Labels {
  constructor(pathway, words, meanings, language) {
    this.pathway = pathway;
    this.words = words[language] || {};
    this.meanings = meanings[language] || {};
    this.own = pathway.graph.about.language;
    this.language = language;
    this.sources = new Map();
    for (const source of pathway.graph.sources) {
      this.sources.set(source.name, { source });
      for (const statement of source.statements) {
        this.sources.set(`${source.name}.${statement.id}`, { source, statement });
      }
    }
  }

  // How many lines of the pathway cite the source of a statement.
  citedBy(cite) {
    return this.pathway.citedBy.get(cite.split(".")[0]) || 0;
  }

  of(item) {
    const found = (item.labels || []).find(([language]) => language === this.language);
    return (found && found[1]) || item.label || item.name;
  }

  fact(name) {
    const item = this.pathway.facts.get(name) || this.pathway.derived.get(name);
    return item ? this.of(item) : name;
  }

  question(fact) {
    const isTranslated = this.language !== this.own && (fact.labels || []).some(([each]) => each === this.language);
    return isTranslated ? this.of(fact) : fact.ask || this.of(fact);
  }

  decision(name) {
    const found = this.pathway.decisions.get(name);
    return found ? this.of(found) : name;
  }

  recommendation(name) {
    const found = this.pathway.recommendations.get(name);
    return found ? this.of(found) : name;
  }

  stage(name) {
    const found = this.pathway.stages.get(name);
    return found ? this.of(found) : name;
  }

  outcome(text) {
    if (text === "outside") return "outside this pathway";
    const outcome = this.pathway.outcomes.get(text);
    if (!outcome) return text;
    if (outcome.outcome_kind === "go to") return `continue with ${this.target(outcome)}`;
    const parts = this.parts(outcome);
    return outcome.outcome_kind === "offer" ? `choice: ${parts.join(" / ")}` : parts.join(" ");
  }

  // The recommendations of an outcome, alternatives with their letter: labels hold commas and `or`.
  parts(outcome) {
    const names = outcome.names.map((name) => this.recommendation(name));
    const isOffer = outcome.outcome_kind === "offer";
    return names.map((name, index) => (isOffer ? `${letter(index)}: ${name}` : index ? `and ${name}` : name));
  }

  target(outcome) {
    return outcome.target === "stage" ? this.stage(outcome.names[0]) : outcome.names[0];
  }

  choice(item, value) {
    const found = (item.choices || item.values || []).find((each) => each.name === value);
    return (found && found.label) || value;
  }

  // A value as people read it.
  value(item, value) {
    if (value === UNKNOWN) return "not known";
    if (value === true) return "yes";
    if (value === false) return "no";
    if (isNumber(value)) return `${shortNumber(value)}${unitAfter(item)}`;
    return this.choice(item, value);
  }

  // What a derived fact means: lines with their depth and the names they read.
  meaning(name) {
    return (this.meanings[name] || []).map(([text, level, ...names]) => ({ text, level, names }));
  }

  condition(branch) {
    return this.words[branch] || [];
  }

  cited(cite) {
    return this.sources.get(cite) || null;
  }
}

function letter(index) {
  return index < 26 ? String.fromCharCode(65 + index) : String(index + 1);
}
