"""Write the TextMate grammar of the VS Code extension from the table of colours.

Run `python -m tools.editors` after a change of pathwaylang/compiler/syntax/colours.py or of the
reserved words; a test holds the written file equal to what comes out here.
"""

from __future__ import annotations

import json
from pathlib import Path

from pathwaylang.compiler.syntax.colours import BLOCK_MARK, COLOURS, Colour

SUFFIX = "pathwaylang"
GRAMMAR = Path(__file__).parents[1] / "editors/vscode/syntaxes/pathwaylang.tmLanguage.json"


def textmate_text() -> str:
    """Return the grammar as JSON."""
    block = {
        "name": f"string.quoted.triple.{SUFFIX}",
        "begin": BLOCK_MARK,
        "end": BLOCK_MARK,
    }
    grammar = {
        "information_for_contributors": ["Made by `python -m tools.editors`; do not edit."],
        "name": "PathwayLang",
        "scopeName": f"source.{SUFFIX}",
        "fileTypes": ["pw"],
        "patterns": [block, *map(_pattern, COLOURS)],
    }
    return json.dumps(grammar, indent=2, ensure_ascii=False) + "\n"


def _pattern(colour: Colour) -> dict[str, object]:
    if not colour.parts:
        return {"name": f"{colour.textmate}.{SUFFIX}", "match": colour.pattern}
    captures = {
        str(number): {"name": f"{textmate}.{SUFFIX}"}
        for number, (_, textmate) in enumerate(colour.parts, 1)
    }
    return {"match": colour.pattern, "captures": captures}


def main() -> None:
    """Write the file."""
    GRAMMAR.parent.mkdir(parents=True, exist_ok=True)
    GRAMMAR.write_text(textmate_text(), encoding="utf-8")
    print(f"wrote {GRAMMAR.name}")


if __name__ == "__main__":
    main()
