// The preview with a stand-in for the editor, and a small program that draws.

const assert = require("node:assert/strict");
const fs = require("node:fs");
const Module = require("node:module");
const os = require("node:os");
const path = require("node:path");
const { afterEach, beforeEach, test } = require("node:test");

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "pathwaylang-test-"));
process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
const DRAWS = path.join(folder, "draws.js");
fs.writeFileSync(DRAWS, `
const [, , command, file, , out, , format, findings] = process.argv;
if (command !== "draw" || format !== "svg" || findings !== "--findings") process.exit(2);
const text = require("fs").readFileSync(file, "utf8");
if (text.includes("broken")) { console.error("one clear line"); process.exit(2); }
for (const name of ["overview", "main.local"]) {
  require("fs").writeFileSync(require("path").join(out, name + ".svg"),
    '<svg data-of="' + require("path").basename(file) + '"><g id="' + name + '-decision-local"/></svg>');
}
process.exit(1); // findings: the charts are there all the same
`);

const editorApi = {
  ViewColumn: { Beside: -2 },
  window: {
    createWebviewPanel: () => ({ webview: { html: "" }, title: "", onDidDispose() {} }),
  },
  workspace: {
    getConfiguration: () => ({ get: () => "" }),
    getWorkspaceFolder: () => undefined,
    findFiles: async () => fs.readdirSync(folder).filter((name) => name.endsWith(".pw"))
      .map((name) => ({ fsPath: path.join(folder, name) })),
  },
};
const load = Module._load;
beforeEach(() => {
  Module._load = (name, ...rest) => (name === "vscode" ? editorApi : load(name, ...rest));
});
afterEach(() => {
  Module._load = load;
});

function editorOf(name, text, line) {
  fs.writeFileSync(path.join(folder, name), text);
  const document = {
    languageId: "pathwaylang",
    uri: { fsPath: path.join(folder, name) },
    getText: () => text,
  };
  return { document, selection: { active: { line } } };
}

const PATHWAY = 'pathway one "One"\nuse x from "part.pw"\ndecide local "Where?"\n  otherwise recommend care\n';

async function previewOf(editor, command = [process.execPath, DRAWS]) {
  const { Preview } = require("../src/preview");
  const preview = new Preview(() => command);
  await preview.open(editor);
  return preview;
}

test("the chart follows the cursor", async () => {
  const editor = editorOf("one.pw", PATHWAY, 3);
  const preview = await previewOf(editor);
  assert.equal(preview.panel.title, "main.local");
  assert.match(preview.panel.webview.html, /data-of="one\.pw"/);
  editor.selection.active.line = 0;
  preview.follow(editor);
  assert.equal(preview.panel.title, "overview");
});

test("for a module the pathway that uses it is drawn", async () => {
  editorOf("one.pw", PATHWAY, 0);
  const preview = await previewOf(editorOf("part.pw", 'module part "Part"\n', 0));
  assert.match(preview.panel.webview.html, /data-of="one\.pw"/);
});

test("what goes wrong is shown in the panel", async () => {
  const wrong = await previewOf(editorOf("two.pw", "broken", 0));
  assert.match(wrong.panel.webview.html, /one clear line/);
  const none = await previewOf(editorOf("three.pw", PATHWAY, 0), ["no-such-program"]);
  assert.match(none.panel.webview.html, /pathwaylang\.command/);
  const alone = await previewOf(editorOf("lonely.pw", 'module lonely "Lonely"\n', 0));
  assert.match(alone.panel.webview.html, /set pathwaylang\.mainFile/);
});

test("no folder is left behind", async () => {
  const before = fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith("pathwaylang-"));
  await previewOf(editorOf("one.pw", PATHWAY, 3));
  const after = fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith("pathwaylang-"));
  assert.deepEqual(after, before);
});
