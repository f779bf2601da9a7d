// The page: reads its data, keeps what is recorded, and works out the answer after each change.

const PAUSE = 120;

class App {
  constructor(data) {
    this.data = data;
    this.pathway = new Pathway(data.artifact);
    this.stage = data.stage || this.pathway.graph.stages[0].name;
    this.given = new Map();
    this.needed = new Set();
    this.showsAll = false;
    this.languages = Object.keys(data.words);
    this.labels = new Labels(this.pathway, data.words, data.meanings, this.languages[0]);
    this.form = new Form(this);
    this.view = new AnswerView(this);
    this.charts = new Charts(this);
    this.take(data.preset);
  }

  start() {
    this.head();
    this.controls();
    this.form.build();
    this.charts.build();
    this.about();
    this.update();
    byId("pw-form").addEventListener("submit", (event) => event.preventDefault());
    byId("pw-form").addEventListener("keydown", (event) => this.form.onEnter(event));
    byId("pw-print").addEventListener("click", () => this.print("patient"));
    byId("pw-print-all").addEventListener("click", () => this.print("pathway"));
    window.addEventListener("resize", () => this.charts.resize());
    window.addEventListener("beforeprint", () => this.beforePrint());
    window.addEventListener("afterprint", () => this.afterPrint());
    document.body.setAttribute("data-ready", "yes");
  }

  take(values) {
    this.given.clear();
    this.form.texts.clear();
    for (const [name, raw] of Object.entries(values)) {
      this.given.set(name, givenValue(this.pathway.facts.get(name), raw));
    }
  }

  // Work out the answer soon; typing on does not wait for it.
  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.update(), PAUSE);
  }

  flush() {
    clearTimeout(this.timer);
    this.update();
  }

  update() {
    const answer = evaluateCase(this.pathway, this.given, this.stage);
    this.answer = answer;
    const requests = answer.tracks.flatMap((entry) => entry.requests);
    const wanted = new Set(requests.flatMap((item) => item.facts));
    this.needed = new Set([...wanted].map((name) => this.askedFirst(name)));
    const folded = this.form.mark(this.needed);
    this.view.show(answer);
    this.charts.show(answer);
    const open = this.needed.size;
    byId("pw-progress").textContent = `${this.given.size} recorded, ${open} question${open === 1 ? "" : "s"} can still change the answer.`;
    this.more(folded);
  }

  // The question itself, or the one that decides whether it is to be asked at all.
  askedFirst(name) {
    const seen = new Set();
    let asked = name;
    while (!seen.has(asked)) {
      seen.add(asked);
      const fact = this.pathway.facts.get(asked);
      if (askedState(this.pathway, fact, this.given) !== "open") break;
      asked = this.pathway.factsOf(fact.asked_when).find((each) => !this.given.has(each));
    }
    return asked;
  }

  more(folded) {
    const text = this.showsAll ? "Hide the questions that cannot change the answer"
      : `Show ${folded} questions that cannot change the answer`;
    if (!this.moreButton) {
      this.moreButton = h("button", { type: "button", class: "plain-button", onclick: () => {
        this.showsAll = !this.showsAll;
        this.update();
      } });
      byId("pw-more").append(this.moreButton);
    }
    this.moreButton.textContent = text;
    this.moreButton.setAttribute("aria-expanded", String(this.showsAll));
    byId("pw-more").hidden = folded === 0 && !this.showsAll;
  }

  head() {
    const { about } = this.pathway.graph;
    if (this.given.size) {
      byId("pw-privacy").textContent = "This file contains the entries of one patient: keep it as you keep a record. What you change here is sent nowhere, and gone when you close the page.";
    }
    const status = (about.status || "draft").replace(/_/g, " ").toUpperCase();
    const approved = about.approved ? `, approved by ${about.approved[0]} on ${about.approved[1]}` : ", not approved for use with patients";
    byId("pw-standing").textContent = status === "APPROVED" && about.approved ? "" : `${status}: not for use with patients`;
    byId("pw-version").textContent = `Version ${about.version}${about.base ? `, overlay of ${about.base.name} ${about.base.version}` : ""} · review by ${about.review_by || "no date set"}`;
    const opinions = this.data.basis[1];
    byId("pw-warning").replaceChildren(
      h("strong", { class: "draft" }, `Status: ${status}${approved}.`),
      " The logic is proved, the medicine is not. Not a medical device. ",
      opinions ? h("a", { href: "#pw-reviews" }, `${opinions} line${opinions === 1 ? " rests" : "s rest"} on opinion and await${opinions === 1 ? "s" : ""} review.`) : "");
    if (this.languages.length > 1) {
      const names = new Intl.DisplayNames(["en"], { type: "language" });
      const select = h("select", { id: "pw-language-select", onchange: () => this.speak(select.value) },
        this.languages.map((language) => h("option", { value: language }, names.of(language))));
      byId("pw-language").replaceChildren(h("label", { for: "pw-language-select" }, "Language of the pathway"), select);
    }
  }

  speak(language) {
    this.labels = new Labels(this.pathway, this.data.words, this.data.meanings, language);
    this.form.build();
    this.controls();
    this.update();
  }

  controls() {
    const { graph } = this.pathway;
    const stage = h("select", { id: "pw-stage", onchange: () => {
      this.stage = stage.value;
      this.form.build();
      this.update();
    } }, graph.stages.map((item) => h("option", { value: item.name, selected: item.name === this.stage }, this.labels.of(item))));
    const example = h("select", { id: "pw-example", onchange: () => {
      if (example.value === "") return;
      this.take(this.data.examples[Number(example.value)][1]);
      this.form.fillAll();
      this.update();
    } }, h("option", { value: "" }, "choose …"), this.data.examples.map(([label], index) => h("option", { value: index }, label)));
    const clear = h("button", { type: "button", class: "plain-button", onclick: () => {
      this.take({});
      example.value = "";
      this.form.fillAll();
      this.update();
      byId("pw-questions").focus();
    } }, "Clear all");
    byId("pw-controls").replaceChildren(
      ...(graph.stages.length > 1 ? [h("div", {}, h("label", { for: "pw-stage" }, "Start at"), stage)] : []),
      ...(this.data.examples.length ? [h("div", {}, h("label", { for: "pw-example" }, "Try a made-up example"), example)] : []), clear);
  }

  about() {
    const { about, sources, constraints, applies_text } = this.pathway.graph;
    const reviews = this.data.reviews.map(([where, text]) => [h("strong", {}, `${where}: `), text]);
    const cited = sources.map((source) => [h("cite", {}, source.label || source.name),
      source.read_on ? `, read on ${source.read_on}` : "",
      /^https?:\/\//.test(source.url || "") ? [" ", h("a", { href: source.url, rel: "noreferrer noopener" }, source.url)] : ""]);
    byId("pw-about-text").replaceChildren(
      ...this.data.proof.map((line) => h("p", {}, line)),
      applies_text ? h("p", {}, `Outside the proof: patients who do not meet “${applies_text}”.`) : "",
      ...constraints.map((each) => h("p", {}, `Assumed: no patient has “${each.text}”. ${(each.basis && each.basis.because || []).join(" ")}`)),
      h("p", {}, h("strong", {}, this.data.limits.join(" "))),
      ...(about.notes || []).map((note) => h("p", {}, note)),
      h("p", {}, `${this.data.basis[0]} lines cite a source, ${this.data.basis[1]} rest on opinion.`),
      h("div", { id: "pw-reviews" }, fold("reviews", `Opinions to be reviewed (${reviews.length})`, () => list(reviews))),
      fold("sources", `Sources (${cited.length})`, () => list(cited)),
      h("p", { class: "fine" }, `Made by ${this.data.tool} from source ${this.data.source_hash}.`),
      about.base ? h("p", { class: "fine" }, `Overlay of ${about.base.name} ${about.base.version} (${about.base.status.replace(/_/g, " ")}), whose source has the hash ${about.base.source_hash}. It changes:`) : "",
      about.base ? list((about.base.changes || []).map((each) => [`${each.what} ${each.name}: ${(each.because || []).join(" ")}`])) : "");
  }

  print(what) {
    document.body.setAttribute("data-print", what);
    window.print();
  }

  // Paper cannot unfold: reasons and sources are opened, entries stand in their own list; a print of the pathway is of no patient.
  beforePrint() {
    byId("pw-printed").replaceChildren(...["Name", "Date of birth", "Record number"].map((name) => h("span", { class: "blank" }, name)),
      h("span", {}, `Printed on ${new Date().toISOString().slice(0, 10)}`));
    const closed = () => [...document.querySelectorAll("#pw-tracks details:not([open])")]
      .filter((details) => !/^(?:if|facts|open|means)/.test(details.dataset.fold));
    this.openedForPrint = [];
    for (let found = closed(); found.length; found = closed()) {
      for (const details of found) {
        details.fill();
        details.open = true;
        this.openedForPrint.push(details);
      }
    }
    this.charts.prepareForPrint(document.body.dataset.print === "pathway");
  }

  afterPrint() {
    this.openedForPrint.forEach((details) => { details.open = false; });
    document.body.removeAttribute("data-print");
    this.charts.show(this.answer);
  }
}

const app = new App(JSON.parse(byId("pw-data").textContent));
app.start();
