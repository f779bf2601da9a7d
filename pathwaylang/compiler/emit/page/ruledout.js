// Why the rows before the one that decided do not apply, as compiler/emit/pages/case.py tells it: by
// a part of their condition that certainly fails; what is not recorded rules nothing out.

// Groups of rows that fail by the same part: { rows, parts }, parts as [name, value] of facts and
// derived facts, or { track } where the answer of another track is asked.
function ruledOut(pathway, given, answer, id) {
  const { decision, branch, index } = pathway.branches.get(id);
  if (branch.guard !== null && !decision.in_order) return [];
  const rows = branch.guard === null ? decision.branches : decision.branches.slice(0, index);
  const values = answeredValues(pathway, given, answer);
  const groups = new Map();
  for (const row of rows) {
    const parts = row.guard ? failedPart(pathway, given, values, row.guard, decision.unknown_means_no) : null;
    if (!parts) continue;
    const key = JSON.stringify(parts.map((part) => part.track || part[0]));
    if (!groups.has(key)) groups.set(key, { rows: [], parts });
    groups.get(key).rows.push(row);
  }
  return [...groups.values()];
}

// The values of a case whose tracks are answered: a track says yes by a row it passed or by its end.
function answeredValues(pathway, given, answer) {
  const passed = new Set(answer.tracks.flatMap((entry) => entry.way.map((step) => step.branch)));
  return new Values(given, pathway.derived, (track, names) => {
    if (names.some((name) => passed.has(name))) return true;
    const entry = answer.tracks.find((each) => each.track === track);
    if (!entry || entry.status !== "recommendation") return null;
    const outcome = pathway.outcomes.get(entry.outcome);
    return outcome.outcome_kind !== "go to" && outcome.names.some((name) => names.includes(name));
  });
}

function failedPart(pathway, given, values, guard, unknownMeansNo) {
  for (const part of guard.kind === "all" ? guard.items : [guard]) {
    const names = [...new Set(guardNames(part))];
    if (!names.every((name) => isRecorded(pathway, given, name))) continue;
    const truth = values.truth(part);
    if (truth === false || (truth === null && unknownMeansNo)) {
      const read = names.map((name) => [name, readValue(pathway, given, values, name)]);
      const tracks = truth === false ? tracksOf(part) : [];
      const parts = [...read.filter(([, value]) => value !== null), ...tracks.map((track) => ({ track }))];
      if (parts.length) return parts;
    }
  }
  return null;
}

// Whether every fact behind a name is recorded, be it that it cannot be known.
function isRecorded(pathway, given, name) {
  return pathway.facts.has(name) ? given.has(name) : pathway.reads.get(name).every((fact) => given.has(fact));
}

// The value of a name; null where not all that it is made of is recorded.
function readValue(pathway, given, values, name) {
  if (!isRecorded(pathway, given, name)) return null;
  const value = values.of(name);
  return value === UNKNOWN && pathway.derived.has(name) ? null : value;
}

function tracksOf(guard) {
  if (guard.kind === "recommends") return [guard.track];
  return [...(guard.items || []), ...(guard.item ? [guard.item] : [])].flatMap(tracksOf);
}
