// The chart beside the text: drawn by `pathwaylang draw` into a folder of its own, shown at the
// decision that holds the cursor, drawn anew when a file is saved.

const { execFile } = require("node:child_process");
const fs = require("node:fs/promises");
const os = require("node:os");
const path = require("node:path");
const vscode = require("vscode");
const { boxOf, chartFor, kindOf, placeAt, uses } = require("./place");
const { pageOf } = require("./page");

class Preview {
  constructor(command) {
    this.command = command;
    this.charts = new Map();
    this.drawn = "";
    this.number = 0;
  }

  // Open beside the editor, or come forward.
  async open(editor) {
    if (!this.panel) {
      this.panel = vscode.window.createWebviewPanel(
        "pathwaylang.preview",
        "Chart",
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        { enableScripts: true, localResourceRoots: [] },
      );
      this.panel.onDidDispose(() => {
        this.panel = undefined;
        this.drawn = "";
      });
    }
    await this.draw(editor.document);
    this.follow(editor);
  }

  // Draw the pathway that a document belongs to; what goes wrong is shown in the panel.
  async draw(document) {
    if (!this.panel) return;
    const number = (this.number += 1);
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), "pathwaylang-"));
    try {
      const file = await mainFile(document);
      const [program, ...first] = this.command();
      await run(program, [...first, "draw", file, "-o", folder, "--format", "svg", "--findings"], path.dirname(file));
      const charts = new Map();
      for (const name of (await fs.readdir(folder)).filter((found) => found.endsWith(".svg"))) {
        charts.set(name, await fs.readFile(path.join(folder, name), "utf8"));
      }
      if (number !== this.number) return; // a later save is being drawn
      this.charts = charts;
      this.drawn = file;
      this.shown = "";
    } catch (problem) {
      if (number === this.number) this.tell(problem.message);
    } finally {
      await fs.rm(folder, { recursive: true, force: true });
    }
  }

  // Show the chart of the decision that holds the cursor.
  follow(editor) {
    if (!this.panel || !this.charts.size || editor.document.languageId !== "pathwaylang") return;
    const place = placeAt(editor.document.getText(), editor.selection.active.line);
    const name = chartFor(this.charts, place);
    const svg = this.charts.get(name);
    const box = boxOf(svg, place);
    if (this.shown === `${name}#${box}`) return;
    this.shown = `${name}#${box}`;
    this.panel.title = name.replace(/\.svg$/, "");
    this.panel.webview.html = pageOf({ svg, box, note: "" });
  }

  tell(text) {
    if (this.panel) this.panel.webview.html = pageOf({ svg: "", box: "", note: text });
    this.shown = "";
  }
}

// The pathway to draw: the document itself, or for a module the one that uses it.
async function mainFile(document) {
  const own = document.uri.fsPath;
  if (kindOf(document.getText()) !== "module") return own;
  const settings = vscode.workspace.getConfiguration("pathwaylang", document.uri);
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  const named = settings.get("mainFile");
  if (named) return path.resolve(folder ? folder.uri.fsPath : path.dirname(own), named);
  for (const uri of (await vscode.workspace.findFiles("**/*.pw", "**/node_modules/**")).sort()) {
    const text = await fs.readFile(uri.fsPath, "utf8");
    if (kindOf(text) === "pathway" && uses(text, path.basename(own))) return uri.fsPath;
  }
  throw new Error("This is a module, and no pathway in the folder uses it: set pathwaylang.mainFile.");
}

// Run the program; a failure's text is what it printed. Exit code 1 means findings: it draws all the same.
function run(program, args, cwd) {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, maxBuffer: 2 ** 26 }, (error, out, err) => {
      if (!error || error.code === 1) resolve(out);
      else if (error.code === "ENOENT") reject(new Error(MISSING(program)));
      else reject(new Error(`${err || out || error.message}`.trim()));
    });
  });
}

const MISSING = (program) =>
  `The program "${program}" was not found. Install it with: pip install "pathwaylang[draw,lsp]", ` +
  "or say in the setting pathwaylang.command how it is started.";

module.exports = { Preview, MISSING };
