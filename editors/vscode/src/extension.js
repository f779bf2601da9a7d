// PathwayLang in VS Code: starts the language server and the chart preview.

const vscode = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");
const { MISSING, Preview } = require("./preview");

let client;

// How the program is started, as the settings say.
function command() {
  const set = vscode.workspace.getConfiguration("pathwaylang").get("command");
  return Array.isArray(set) && set.length ? set : ["pathwaylang"];
}

async function start() {
  const [program, ...first] = command();
  const run = { command: program, args: [...first, "lsp"], transport: TransportKind.stdio };
  client = new LanguageClient("pathwaylang", "PathwayLang", { run, debug: run }, {
    documentSelector: [{ language: "pathwaylang", scheme: "file" }, { language: "pathwaylang", scheme: "untitled" }],
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/*.pw") },
  });
  try {
    await client.start();
  } catch (problem) {
    const choice = await vscode.window.showErrorMessage(`${MISSING(program)} (${problem.message})`, "Open the Setting");
    if (choice) await vscode.commands.executeCommand("workbench.action.openSettings", "pathwaylang.command");
  }
}

async function activate(context) {
  const preview = new Preview(command);
  context.subscriptions.push(
    vscode.commands.registerCommand("pathwaylang.preview", () => {
      const editor = vscode.window.activeTextEditor;
      return editor && preview.open(editor);
    }),
    vscode.commands.registerCommand("pathwaylang.restart", async () => {
      await deactivate();
      await start();
    }),
    vscode.window.onDidChangeTextEditorSelection((event) => preview.follow(event.textEditor)),
    vscode.workspace.onDidSaveTextDocument(async (document) => {
      if (document.languageId !== "pathwaylang") return;
      await preview.draw(document);
      const editor = vscode.window.activeTextEditor;
      if (editor) preview.follow(editor);
    }),
  );
  await start();
}

async function deactivate() {
  if (client && client.isRunning()) await client.stop();
  client = undefined;
}

module.exports = { activate, deactivate };
