const assert = require("node:assert/strict");
const { test } = require("node:test");
const { boxOf, chartFor, kindOf, placeAt, uses } = require("../src/place");
const { pageOf } = require("../src/page");

const TEXT = `# a comment
pathway lesion "One lesion"
  version 1.0.0

stage treatment "Treatment" starts at local

decide in order local "Where?"
  because "First."
  when fit then recommend resection

    # a comment inside
  otherwise recommend care
table small "Small?"
  | fit | then |
recommendation care "Care"
`;
const lineOf = (part) => TEXT.split("\n").findIndex((line) => line.includes(part));

test("the head word tells what a file is", () => {
  assert.equal(kindOf(TEXT), "pathway");
  assert.equal(kindOf('module m "M"\n'), "module");
  assert.equal(kindOf("fact x"), "");
});

for (const [part, expected] of [
  ["version", null],
  ["stage", { kind: "stage", name: "treatment" }],
  ["decide", { kind: "decision", name: "local" }],
  ["a comment inside", { kind: "decision", name: "local" }],
  ["otherwise", { kind: "decision", name: "local" }],
  ["| fit", { kind: "decision", name: "small" }],
  ["recommendation", null],
]) {
  test(`the line with ${part} lies in ${expected ? expected.name : "no decision"}`, () => {
    assert.deepEqual(placeAt(TEXT, lineOf(part)), expected);
    assert.deepEqual(placeAt(TEXT.replace(/\n/g, "\r\n"), lineOf(part)), expected);
  });
}

const CHARTS = new Map([
  ["overview.svg", "<svg></svg>"],
  ["treatment.svg", "<svg></svg>"],
  ["treatment.local.svg", '<svg><g id="treatment.local-decision-local"/><g id="treatment.local-decision-small"/></svg>'],
]);

test("a decision is shown by its own page, or by the one that holds it", () => {
  assert.equal(chartFor(CHARTS, { kind: "decision", name: "local" }), "treatment.local.svg");
  assert.equal(chartFor(CHARTS, { kind: "decision", name: "small" }), "treatment.local.svg");
  assert.equal(chartFor(CHARTS, { kind: "stage", name: "treatment" }), "treatment.svg");
  assert.equal(chartFor(CHARTS, null), "overview.svg");
  assert.equal(chartFor(CHARTS, { kind: "decision", name: "smal" }), "overview.svg");
});

test("the box of a decision is found, also where its name has signs", () => {
  const svg = CHARTS.get("treatment.local.svg");
  assert.equal(boxOf(svg, { kind: "decision", name: "small" }), "treatment.local-decision-small");
  assert.equal(boxOf(svg, { kind: "decision", name: "s(" }), "");
});

test("the pathway that uses a module is known by its use line", () => {
  assert.ok(uses('use a from "liver/facts.pw"', "facts.pw"));
  assert.ok(!uses('use a from "liver/other_facts.pw"', "facts.pw"));
});

test("texts on the page stay texts", () => {
  const page = pageOf({ svg: "", box: "", note: "<script>alert(1)</script>" });
  assert.ok(!page.includes("<script>alert"));
  const boxed = pageOf({ svg: "<?xml?><svg></svg>", box: "</script><b>", note: "" });
  assert.ok(!boxed.includes("</script><b>"));
  assert.ok(boxed.includes("<body><svg>"));
});
