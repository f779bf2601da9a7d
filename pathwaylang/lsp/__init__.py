"""Floor 10: the language server, over standard input and output. Needs the extra `lsp`."""
