// Answers cases with the evaluator of the page, outside any page.
// In: the scripts as argument 2, JSON on standard input; out: JSON on standard output.

const fs = require("fs");
const vm = require("vm");

vm.runInThisContext(fs.readFileSync(process.argv[2], "utf8"));
const { models, cases, texts } = JSON.parse(fs.readFileSync(0, "utf8"));
const told = vm.runInThisContext("(models, cases, texts) => tellAll(models, cases, texts)");
process.stdout.write(JSON.stringify(told(models, cases, texts)));
