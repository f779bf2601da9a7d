// The form: a question for each fact, in groups. Nothing is filled in beforehand; a usual value is
// offered as a button. Questions that can still change the answer are shown, the rest is folded.

const MOST_BUTTONS = 6;

class Form {
  constructor(app) {
    this.app = app;
    this.rows = new Map();
    this.texts = new Map();
  }

  build() {
    const { pathway } = this.app;
    const groups = new Map();
    for (const fact of this.inReadingOrder()) {
      const name = fact.group || "Questions";
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(fact);
    }
    this.groups = [...groups].map(([name, facts], index) => {
      const count = h("span", { class: "group-count" });
      const title = h("summary", { class: "group-title" }, h("h3", { id: `pw-group-${index}` }, name), count);
      const rows = facts.map((fact) => this.row(pathway.facts.get(fact.name)));
      const element = h("details", { class: "group", role: "group", "aria-labelledby": `pw-group-${index}` }, title, rows);
      return { element, facts, count, open: 0 };
    });
    byId("pw-form").replaceChildren(...this.groups.map((group) => group.element));
    this.opensNext = true;
  }

  // Facts in the order in which the tracks of the stage read them.
  inReadingOrder() {
    const { pathway, stage } = this.app;
    const tracks = pathway.stages.get(stage).tracks;
    const names = new Set(tracks.flatMap((track) => pathway.table.reading.get(track)));
    const place = new Map([...names].map((name, index) => [name, index]));
    return [...pathway.facts.values()].sort((a, b) =>
      (place.get(a.name) ?? place.size) - (place.get(b.name) ?? place.size));
  }

  row(fact) {
    const isLong = fact.fact_kind === "choice" && fact.choices.length > MOST_BUTTONS;
    const build = fact.fact_kind === "number" ? this.number : isLong ? this.select : this.buttons;
    const row = build.call(this, fact);
    this.rows.set(fact.name, row);
    this.fill(fact.name);
    return row.element;
  }

  ids(fact) {
    return { field: `pw-f-${fact.name}`, hint: `pw-h-${fact.name}`, error: `pw-e-${fact.name}` };
  }

  hint(fact, text) {
    const { labels } = this.app;
    const question = labels.question(fact);
    const label = labels.of(fact);
    const valid = fact.valid_days ? `Not older than ${fact.valid_days} days` : "";
    const parts = [label === question ? "" : label, text, valid, ...(fact.notes || [])];
    const hint = h("p", { class: "hint", id: this.ids(fact).hint }, parts.filter(Boolean).map(sentence).join(" "));
    return hint.textContent ? hint : null;
  }

  number(fact) {
    const { labels } = this.app;
    const ids = this.ids(fact);
    const hint = this.hint(fact, `From ${rangeWords(fact).replace(/^from /, "")}${otherUnits(fact)}`);
    const field = h("input", {
      id: ids.field, type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false",
      "aria-describedby": `${ids.hint} ${ids.error}`,
      oninput: () => this.typed(fact, field.value),
    });
    const unit = unitAfter(fact).trim();
    const extras = [this.usualButton(fact), this.unknownButton(fact)].filter(Boolean);
    const error = h("p", { class: "error", id: ids.error });
    const element = h("div", { class: "q", id: `pw-q-${fact.name}` },
      h("label", { class: "asks", for: ids.field }, labels.question(fact)), hint,
      h("div", { class: "inputs" }, h("span", { class: "number" }, field, unit ? h("span", { class: "unit" }, unit) : null), extras),
      error);
    return { element, field, error, fact };
  }

  usualButton(fact) {
    const usual = usualValue(fact);
    if (usual === null || usual === UNKNOWN) return null;
    const shown = this.app.labels.value(fact, usual);
    return h("button", {
      type: "button", class: "small-button", "aria-label": `Enter the usual value ${shown}: ${this.app.labels.of(fact)}`,
      onclick: () => this.set(fact, usual),
    }, `usual: ${shown}`);
  }

  unknownButton(fact) {
    if (!fact.may_be_unknown) return null;
    return h("button", {
      type: "button", class: "small-button unknown", "aria-pressed": "false",
      "aria-label": `Cannot be known: ${this.app.labels.of(fact)}`,
      onclick: () => this.set(fact, this.app.given.get(fact.name) === UNKNOWN ? null : UNKNOWN),
    }, "cannot be known");
  }

  options(fact) {
    const { labels } = this.app;
    const named = fact.fact_kind === "yes/no"
      ? [[true, "Yes"], [false, "No"]]
      : fact.choices.map((choice) => [choice.name, choice.label || choice.name]);
    const usual = usualValue(fact);
    const told = named.map(([value, label]) => [value, label, value === usual]);
    if (fact.may_be_unknown) told.push([UNKNOWN, "Cannot be known", false]);
    return told.map(([value, label, isUsual]) => ({ value, label, isUsual, fact: labels.of(fact) }));
  }

  buttons(fact) {
    const ids = this.ids(fact);
    const hint = this.hint(fact, "");
    const options = this.options(fact).map((option, index) => {
      const field = h("input", {
        type: "radio", name: ids.field, id: `${ids.field}-${index}`, value: String(index),
        onchange: () => this.set(fact, option.value),
      });
      const isUnknown = option.value === UNKNOWN;
      const label = h("label", { class: isUnknown ? "pill unknown" : "pill", for: field.id }, option.label,
        option.isUsual ? h("span", { class: "usual" }, " usual") : null);
      return { ...option, field, label };
    });
    const clear = h("button", {
      type: "button", class: "small-button clear", "aria-label": `Clear: ${this.app.labels.of(fact)}`,
      onclick: () => this.set(fact, null),
    }, "clear");
    const element = h("fieldset", { class: "q", id: `pw-q-${fact.name}`, "aria-describedby": hint ? ids.hint : null },
      h("legend", { class: "asks" }, this.app.labels.question(fact)), hint,
      h("div", { class: "inputs" }, options.flatMap((option) => [option.field, option.label]), clear));
    return { element, options, clear, fact };
  }

  select(fact) {
    const ids = this.ids(fact);
    const hint = this.hint(fact, "");
    const options = this.options(fact);
    const field = h("select", {
      id: ids.field, "aria-describedby": hint ? ids.hint : null,
      onchange: () => this.set(fact, field.value === "" ? null : options[Number(field.value)].value),
    }, h("option", { value: "" }, "not recorded"),
    options.map((option, index) => h("option", { value: index }, option.label + (option.isUsual ? " (usual)" : ""))));
    const element = h("div", { class: "q", id: `pw-q-${fact.name}` },
      h("label", { class: "asks", for: ids.field }, this.app.labels.question(fact)), hint,
      h("div", { class: "inputs" }, field));
    return { element, field, options, fact };
  }

  // A number as it is typed: recorded once it is one, taken back while it is none.
  typed(fact, text) {
    const { given, pathway } = this.app;
    this.texts.set(fact.name, text);
    given.delete(fact.name);
    if (text.trim() !== "") {
      const read = readTyped(fact, text, fact.units || [], pathway.constants.get(fact.name) || []);
      if (read.value !== undefined) given.set(fact.name, read.value);
      this.tell(fact, read);
    } else {
      this.tell(fact, {});
    }
    this.press(fact.name);
    this.app.changed();
  }

  tell(fact, read) {
    const { error, field, element } = this.rows.get(fact.name);
    error.textContent = read.problem || read.note || "";
    error.classList.toggle("is-note", !read.problem);
    field.setAttribute("aria-invalid", read.problem ? "true" : "false");
    element.classList.toggle("is-wrong", Boolean(read.problem));
  }

  set(fact, value) {
    const { given } = this.app;
    this.texts.delete(fact.name);
    if (value === null) given.delete(fact.name);
    else given.set(fact.name, value);
    this.fill(fact.name);
    this.app.changed();
  }

  // Show what is recorded of a fact in its field.
  fill(name) {
    const row = this.rows.get(name);
    const { fact } = row;
    const value = this.app.given.get(name);
    const at = row.options ? row.options.findIndex((option) => option.value === value) : -1;
    if (fact.fact_kind === "number") {
      row.field.value = isNumber(value) ? writeExact(value) : "";
      this.tell(fact, {});
      if (this.texts.has(name)) row.field.value = this.texts.get(name);
      this.press(name);
    } else if (row.field) {
      row.field.value = at < 0 ? "" : String(at);
    } else {
      row.options.forEach((option, index) => { option.field.checked = index === at; });
    }
  }

  // Let the button `cannot be known` of a number say whether that is recorded.
  press(name) {
    const button = this.rows.get(name).element.querySelector(".unknown");
    if (button) button.setAttribute("aria-pressed", String(this.app.given.get(name) === UNKNOWN));
  }

  fillAll() {
    for (const name of this.rows.keys()) this.fill(name);
    for (const group of this.groups) group.element.open = false;
    this.opensNext = true;
  }

  // Show which questions still matter; what is recorded stays in its place.
  mark(needed) {
    const { given, labels } = this.app;
    let folded = 0;
    for (const group of this.groups) {
      let open = 0;
      let shown = 0;
      let recorded = 0;
      for (const fact of group.facts) {
        const { element } = this.rows.get(fact.name);
        const isGiven = given.has(fact.name);
        const isNeeded = needed.has(fact.name) && !isGiven;
        const isWrong = element.classList.contains("is-wrong");
        const isIdle = !isGiven && !isNeeded && !isWrong;
        element.classList.toggle("is-given", isGiven);
        element.classList.toggle("is-idle", isIdle);
        const hidden = isIdle && (!this.app.showsAll || askedState(this.app.pathway, fact, given) === "no");
        element.hidden = hidden;
        open += isNeeded ? 1 : 0;
        recorded += isGiven ? 1 : 0;
        shown += hidden ? 0 : 1;
        folded += isIdle ? 1 : 0;
      }
      const told = [open ? `${open} to answer` : "", recorded ? `${recorded} recorded` : ""];
      group.count.textContent = told.filter(Boolean).join(", ");
      group.count.classList.toggle("is-done", open === 0);
      group.element.hidden = shown === 0;
      group.element.setAttribute("lang", labels.own);
      if (group.open > 0 && open === 0) this.opensNext = true;
      group.open = open;
    }
    this.unfold();
    return folded;
  }

  // Open the first group that has something to answer, once and whenever a group is done; what a
  // person opened stays open.
  unfold() {
    const next = this.groups.find((group) => group.open > 0);
    if (this.opensNext && next) next.element.open = true;
    this.opensNext = false;
    if (this.app.showsAll) this.groups.forEach((group) => { group.element.open = true; });
  }

  focus(name) {
    const row = this.rows.get(name);
    row.element.hidden = false;
    const group = row.element.closest(".group");
    group.hidden = false;
    group.open = true;
    const field = row.field || row.options[0].field;
    field.focus({ preventScroll: true });
    row.element.scrollIntoView({ block: "center" });
  }

  // Enter leads to the next question that matters.
  onEnter(event) {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    this.app.flush();
    const name = event.target.closest(".q").id.slice("pw-q-".length);
    const shown = this.groups.flatMap((group) => group.facts.map((each) => each.name));
    const after = shown.slice(shown.indexOf(name) + 1);
    const next = after.find((name) => this.app.needed.has(name) && !this.app.given.has(name));
    if (next) this.focus(next);
  }
}

function sentence(text) {
  const start = text[0].toUpperCase() + text.slice(1);
  return /[.?!]$/.test(start) ? start : `${start}.`;
}

// Two other units that a clinic would use for a value of this size, as a hint.
const CLINICAL = new Set(("mg/dL g/L umol/L mmol/L g/dL U/L kU/L mm cm weeks months years lb inches").split(" "));

function otherUnits(fact) {
  const isNear = (factor) => factor > 1 / 30 && factor < 1000;
  const others = (fact.units || [])
    .filter(([text, factor, , isSame]) => CLINICAL.has(text) && !isSame && isNear(toBinary(exact(factor))))
    .map(([text]) => text);
  return others.length && fact.unit ? `; or type the unit, such as ${others.slice(0, 2).join(" or ")}` : "";
}
