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
    const parts = row.guard ? failedPart(pathway, values, row.guard, decision.unknown_means_no) : null;
    if (!parts) continue;
    const key = JSON.stringify(parts.map((part) => part.track || part[0]));
    if (!groups.has(key)) groups.set(key, { rows: [], parts });
    groups.get(key).rows.push(row);
  }
  return [...groups.values()];
}

// The values of a case as far as it is recorded and answered: a track says yes by a row it passed or
// by its end.
function answeredValues(pathway, given, answer) {
  const passed = new Set(answer.tracks.flatMap((entry) => entry.way.map((step) => step.branch)));
  return new RecordedValues(given, pathway.derived, (track, names) => {
    if (names.some((name) => passed.has(name))) return true;
    const entry = answer.tracks.find((each) => each.track === track);
    if (!entry || entry.status !== "recommendation") throw new NotRecorded(track);
    const outcome = pathway.outcomes.get(entry.outcome);
    return outcome.outcome_kind !== "go to" && outcome.names.some((name) => names.includes(name));
  });
}

// Values made of recorded facts alone: to ask for another one is an error, never `unknown`.
class NotRecorded extends Error {}

class RecordedValues extends Values {
  of(name) {
    if (!this.derived.has(name) && !this.given.has(name)) throw new NotRecorded(name);
    return super.of(name);
  }
}

// What a function gives; null where it takes what is not recorded.
function ifRecorded(compute) {
  try {
    return compute();
  } catch (error) {
    if (error instanceof NotRecorded) return null;
    throw error;
  }
}

function failedPart(pathway, values, guard, unknownMeansNo) {
  for (const part of guard.kind === "all" ? guard.items : [guard]) {
    const fails = ifRecorded(() => {
      const truth = values.truth(part);
      return truth === false || (truth === null && unknownMeansNo);
    });
    if (!fails) continue;
    const read = [...new Set(guardNames(part))].map((name) => [name, readValue(pathway, values, name)]);
    const parts = [...read.filter(([, value]) => value !== null), ...tracksOf(part).map((track) => ({ track }))];
    if (parts.length) return parts;
  }
  return null;
}

// The value of a name; null where that takes what is not recorded.
function readValue(pathway, values, name) {
  const value = ifRecorded(() => values.of(name));
  return value === UNKNOWN && pathway.derived.has(name) ? null : value;
}

function tracksOf(guard) {
  if (guard.kind === "recommends") return [guard.track];
  return [...(guard.items || []), ...(guard.item ? [guard.item] : [])].flatMap(tracksOf);
}
