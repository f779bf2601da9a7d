// Exact numbers: rationals of whole numbers, never a binary fraction where values are compared.
// In come texts such as "3.5" or "1/3"; out come { n, d } in lowest terms with d above zero.
// The same arithmetic as ir/exact.py and ir/kleene.py; no page, no document in here.

const ZERO = 0n;

function gcd(a, b) {
  let x = a < ZERO ? -a : a;
  let y = b < ZERO ? -b : b;
  while (y) [x, y] = [y, x % y];
  return x;
}

function ratio(n, d) {
  const sign = d < ZERO ? -1n : 1n;
  const common = gcd(n, d) || 1n;
  return { n: (sign * n) / common, d: (sign * d) / common };
}

// Numbers of the pathway, read once.
const EXACT_NUMBERS = new Map();

function exact(text) {
  let number = EXACT_NUMBERS.get(text);
  if (number === undefined) {
    number = readExact(String(text));
    EXACT_NUMBERS.set(text, number);
  }
  return number;
}

function readExact(text) {
  const [whole, below] = text.split("/");
  if (below !== undefined) return ratio(BigInt(whole), BigInt(below));
  const [digits, decimals = ""] = whole.split(".");
  return ratio(BigInt(digits + decimals), 10n ** BigInt(decimals.length));
}

function isNumber(value) {
  return typeof value === "object" && value !== null;
}

function add(a, b) {
  return ratio(a.n * b.d + b.n * a.d, a.d * b.d);
}

function subtract(a, b) {
  return ratio(a.n * b.d - b.n * a.d, a.d * b.d);
}

function multiply(a, b) {
  return ratio(a.n * b.n, a.d * b.d);
}

function divide(a, b) {
  return ratio(a.n * b.d, a.d * b.n);
}

function compare(a, b) {
  const left = a.n * b.d;
  const right = b.n * a.d;
  return left < right ? -1 : left > right ? 1 : 0;
}

function floorDivide(a, b) {
  const quotient = a / b;
  return a % b !== ZERO && a < ZERO !== b < ZERO ? quotient - 1n : quotient;
}

// The nearest whole number; a tie goes to the even one.
function roundWhole(value) {
  const floor = floorDivide(value.n, value.d);
  const twice = 2n * (value.n - floor * value.d);
  if (twice < value.d || (twice === value.d && floor % 2n === ZERO)) return floor;
  return floor + 1n;
}

function roundToStep(value, low, step) {
  const steps = roundWhole(divide(subtract(value, low), step));
  return add(low, multiply({ n: steps, d: 1n }, step));
}

// The shortest exact text: a decimal where it is finite, else n/d.
function writeExact(value) {
  if (value.d === 1n) return String(value.n);
  let rest = value.d;
  let twos = 0;
  let fives = 0;
  while (rest % 2n === ZERO) [rest, twos] = [rest / 2n, twos + 1];
  while (rest % 5n === ZERO) [rest, fives] = [rest / 5n, fives + 1];
  if (rest !== 1n) return `${value.n}/${value.d}`;
  const places = Math.max(twos, fives);
  const size = value.n < ZERO ? -value.n : value.n;
  const digits = String((size * 10n ** BigInt(places)) / value.d).padStart(places + 1, "0");
  const cut = digits.length - places;
  return `${value.n < ZERO ? "-" : ""}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}

function bitLength(value) {
  return value.toString(2).length;
}

// The binary64 number nearest to a rational above zero; ties to even, as Python divides integers.
function toBinary(value) {
  if (value.n === ZERO) return 0;
  const shift = 55 - (bitLength(value.n) - bitLength(value.d));
  const top = shift > 0 ? value.n << BigInt(shift) : value.n;
  const below = shift > 0 ? value.d : value.d << BigInt(-shift);
  let quotient = top / below;
  const isExact = top % below === ZERO;
  const extra = BigInt(bitLength(quotient) - 53);
  const half = 1n << (extra - 1n);
  const cut = quotient & ((1n << extra) - 1n);
  quotient >>= extra;
  if (cut > half || (cut === half && (!isExact || quotient & 1n))) quotient += 1n;
  return Number(quotient) * 2 ** (Number(extra) - shift);
}

// The exact value of a binary64 number.
function fromBinary(number) {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number);
  const bits = view.getBigUint64(0);
  const power = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = power ? fraction | 0x10000000000000n : fraction;
  const signed = bits >> 63n ? -mantissa : mantissa;
  const exponent = (power || 1) - 1075;
  return exponent >= 0 ? ratio(signed << BigInt(exponent), 1n) : ratio(signed, 1n << BigInt(-exponent));
}

// A binary64 number rounded half-even to nine decimals, exactly.
function ninePlaces(number) {
  const billion = { n: 10n ** 9n, d: 1n };
  return ratio(roundWhole(multiply(fromBinary(number), billion)), 10n ** 9n);
}
