// What a person types, read as runtime/read.py reads it: a number alone is in the fact's own unit,
// a number with a unit is converted exactly and rounded half-even to the step, and refused where
// rounding would carry it across a limit of the pathway. Gives { value, note } or { problem }.

const TYPED = /^([+-]?\d{1,40}(?:\.\d{1,40})?)(?:[eE]([+-]?\d{1,3}))?\s*(\S.*)?$/;
const MOST_EXPONENT = 30;
const LONGEST_INPUT = 200;

function typedNumber(digits, exponent) {
  const power = Number(exponent || 0);
  if (Math.abs(power) > MOST_EXPONENT) return null;
  const tens = { n: 10n ** BigInt(Math.abs(power)), d: 1n };
  const number = readExact(digits.replace(/^\+/, ""));
  return power < 0 ? divide(number, tens) : multiply(number, tens);
}

function readTyped(fact, text, units, constants) {
  const trimmed = text.trim();
  if (trimmed.toLowerCase() === UNKNOWN) {
    return fact.may_be_unknown ? { value: UNKNOWN } : { problem: "This must be known." };
  }
  const match = trimmed.length <= LONGEST_INPUT ? TYPED.exec(trimmed) : null;
  const number = match ? typedNumber(match[1], match[2]) : null;
  if (number === null) {
    const hint = /\d,\d/.test(trimmed) ? " Write a decimal point, not a comma." : "";
    return { problem: `This is not a number.${hint}` };
  }
  if (match[3] === undefined) return inDomain(fact, number);
  const unit = units.find((entry) => entry[0] === match[3].trim());
  if (unit === undefined) return { problem: `The unit ${match[3].trim()} is not known for this value.` };
  const converted = add(multiply(number, exact(unit[1])), exact(unit[2]));
  if (unit[3]) return inDomain(fact, converted);
  return roundedValue(fact, converted, trimmed, constants);
}

function inDomain(fact, number) {
  if (!holdsIn(fact.range, number)) return { problem: `Out of range: it goes ${rangeWords(fact)}.` };
  if (fact.step) {
    const steps = divide(subtract(number, exact(fact.range.low)), exact(fact.step));
    if (steps.d !== 1n) return { problem: `Between two steps: it goes ${rangeWords(fact)}.` };
  }
  return { value: number };
}

function roundedValue(fact, converted, typed, constants) {
  const unit = unitAfter(fact);
  const shown = `${typed} = ${shortNumber(converted)}${unit}`;
  if (!fact.step) return { note: shown, ...inDomain(fact, converted) };
  const value = roundToStep(converted, exact(fact.range.low), exact(fact.step));
  if (cellAmong(constants, converted) !== cellAmong(constants, value)) {
    return { problem: `${shown}: rounding it to the step would carry it across a limit of the pathway. Give it in${unit}.` };
  }
  const isSame = compare(value, converted) === 0;
  return { note: isSame ? shown : `${shown}, rounded to ${writeExact(value)}${unit}`, ...inDomain(fact, value) };
}

function shortNumber(value) {
  const text = writeExact(value);
  return text.includes("/") || text.length > 12 ? String(Number(toSigned(value).toPrecision(6))) : text;
}

function toSigned(value) {
  return value.n < 0n ? -toBinary({ n: -value.n, d: value.d }) : toBinary(value);
}

function unitAfter(fact) {
  const unit = fact.unit_words || "";
  return unit === "" ? "" : unit === "%" ? "%" : `\u00a0${unit}`;
}

function rangeWords(fact) {
  const range = fact.range;
  const to = range.high_closed ? "to" : "to below";
  const step = fact.step ? ` in steps of ${writeExact(exact(fact.step))}` : "";
  return `from ${writeExact(exact(range.low))} ${to} ${writeExact(exact(range.high))}${unitAfter(fact)}${step}`;
}

// A value of an example or a preset, as the compiler writes it.
function givenValue(fact, raw) {
  return fact.fact_kind === "number" && raw !== UNKNOWN ? exact(raw) : raw;
}

// Whether a form asks a fact: "yes", "no" where `asked when` certainly fails on what is recorded,
// "open" while that is not yet recorded.
function askedState(pathway, fact, given) {
  if (!fact.asked_when) return "yes";
  const truth = certainty(pathway, fact.asked_when, given);
  return truth === null ? "open" : truth ? "yes" : "no";
}
