// Splits text with the extension's TextMate grammar, as VS Code does.

const fs = require("node:fs");
const path = require("node:path");
const oniguruma = require("vscode-oniguruma");
const { INITIAL, Registry } = require("vscode-textmate");

const GRAMMAR = path.join(__dirname, "../syntaxes/pathwaylang.tmLanguage.json");
const WASM = require.resolve("vscode-oniguruma/release/onig.wasm");

async function loadGrammar() {
  await oniguruma.loadWASM(fs.readFileSync(WASM).buffer);
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => JSON.parse(fs.readFileSync(GRAMMAR, "utf8")),
  });
  return registry.loadGrammar("source.pathwaylang");
}

// The tokens of a text: [text, scope] with the innermost scope, without the language's suffix.
function tokensOf(grammar, text) {
  const found = [];
  let state = INITIAL;
  for (const line of text.split("\n")) {
    const split = grammar.tokenizeLine(line, state);
    for (const token of split.tokens) {
      const scope = token.scopes[token.scopes.length - 1].replace(/\.pathwaylang$/, "");
      const word = line.slice(token.startIndex, token.endIndex);
      if (word.trim()) found.push([word, scope]);
    }
    state = split.ruleStack;
  }
  return found;
}

module.exports = { loadGrammar, tokensOf };
