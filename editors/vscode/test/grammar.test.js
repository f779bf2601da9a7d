const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { before, test } = require("node:test");
const { loadGrammar, tokensOf } = require("./tokens");

const PATHWAYS = path.join(__dirname, "../../../pathways");
let grammar;
before(async () => {
  grammar = await loadGrammar();
});

const scopeOf = (text, word) => tokensOf(grammar, text).find(([found]) => found === word)?.[1];

for (const [text, word, scope] of [
  ['fact largest "Largest": yes/no', "fact", "keyword.control.item"],
  ['fact largest "Largest": yes/no', "largest", "entity.name.type"],
  ['decide in order local "Where?"', "local", "entity.name.type"],
  ['fact größe "Größe": yes/no', "größe", "entity.name.type"],
  ['fact x "Label with \\" inside": yes/no', '"Label with \\" inside"', "string.quoted.double"],
  ["  when largest <= 3 cm then recommend ablation", "3", "constant.numeric"],
  ["  when largest <= 3 cm then recommend ablation", "cm", "storage.type.unit"],
  ["  when largest <= 3 cm then recommend ablation", "<=", "keyword.operator.comparison"],
  ["  when largest <= 3 cm then recommend ablation", "recommend", "keyword.control.way"],
  ["  when largest <= 3 cm then recommend ablation", "largest", "variable.other"],
  ["  when egfr < 30 mL/min/1.73m2 then go to x", "mL/min/1.73m2", "storage.type.unit"],
  ["  when n <= 3 then recommend x", "then", "keyword.control.way"],
  ['fact b "B": number in mg/dL 0.1..40 step 0.1', "mg/dL", "storage.type.unit"],
  ['fact b "B": number in mg/dL 0.1..40 step 0.1', "..", "keyword.operator.range"],
  ["  when reserve is unknown and not fit then go to x", "unknown", "constant.language"],
  ["  when reserve is unknown and not fit then go to x", "and", "keyword.operator.logical"],
  ["  version 1.2.0 # the first", "1.2.0", "constant.numeric.version"],
  ["  version 1.2.0 # the first", "# the first", "comment.line.number-sign"],
  ["  review by 2027-05-23", "2027-05-23", "constant.other.date"],
  ["  | 0 | any |", "any", "constant.language"],
  ["  when a == 3 then recommend x", "==", "invalid.illegal"],
  ['  note "no end', '"no end', "string.quoted.double"],
  ["  note “curly”", "“", "invalid.illegal"],
]) {
  test(`${JSON.stringify(word)} in ${JSON.stringify(text)} is ${scope}`, () => {
    assert.equal(scopeOf(text, word), scope);
  });
}

test("a block of prose spans lines and ends", () => {
  const found = tokensOf(grammar, '  note """\n    when in doubt\n    """\nfact x "X": yes/no');
  assert.equal(found.find(([word]) => word.includes("doubt"))[1], "string.quoted.triple");
  assert.equal(found.find(([word]) => word === "fact")[1], "keyword.control.item");
});

test("a broken line does not spill over to the next", () => {
  assert.equal(scopeOf('decide x "no end\nfact y "Y": yes/no', "fact"), "keyword.control.item");
});

const files = fs.readdirSync(PATHWAYS, { recursive: true }).filter((name) => name.endsWith(".pw"));
assert.ok(files.length > 10);
for (const name of files) {
  test(`${name} has no wrong sign and every word has a colour`, () => {
    const text = fs.readFileSync(path.join(PATHWAYS, name), "utf8");
    const odd = tokensOf(grammar, text).filter(([, scope]) => /invalid|^source/.test(scope));
    assert.deepEqual(odd, []);
  });
}
