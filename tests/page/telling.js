// Plain data from the page's answers, in the form in which the tests tell the runtime's; it stands
// beside the page's own scripts, in Node and in a browser.

function tellAnswer(pathway, { stage, given, what }) {
  const values = new Map(Object.entries(given).map(([name, raw]) => [name, givenValue(pathway.facts.get(name), raw)]));
  const answer = evaluateCase(pathway, values, stage);
  const changes = (what || []).map(([track, name]) => {
    const found = otherValues(pathway, values, track, name);
    return found.map((stretch) => [stretch.cells, stretch.texts]);
  });
  return {
    status: answer.status,
    tracks: answer.tracks.map((entry) => ({
      stage: entry.stage,
      track: entry.track,
      status: entry.status,
      outcome: entry.outcome,
      branch: entry.branch,
      branches: entry.branches,
      goesTo: entry.goesTo,
      requests: entry.requests.map((item) => [item.action, item.name, item.facts, item.separates]),
      possible: entry.possible,
      way: entry.way.map((step) => [step.decision, step.branch]),
      breach: entry.breach ? entry.breach.facts : null,
    })),
    changes,
  };
}

function tellText(pathway, [name, text]) {
  const fact = pathway.facts.get(name);
  const read = readTyped(fact, text, fact.units || [], pathway.constants.get(name) || []);
  if (read.value === undefined || read.problem) return null;
  return isNumber(read.value) ? writeExact(read.value) : read.value;
}

function tellAll(models, cases, texts) {
  const pathways = models.map((model) => new Pathway(model));
  return {
    answers: cases.map((item) => tellAnswer(pathways[item.model], item)),
    values: (texts || []).map((item) => tellText(pathways[0], item)),
  };
}
