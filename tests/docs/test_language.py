"""docs/language.md is one pathway that checks clean, and lists the words of the language."""

from __future__ import annotations

import re
from pathlib import Path

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.syntax import KEYWORDS
from pathwaylang.diagnostics import Source

PAGE = Path(__file__).parents[2] / "docs" / "language.md"
BLOCK = re.compile(r"^```pw\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WORDS = re.compile(r"(<!-- keywords: begin -->\n).*?(<!-- keywords: end -->)", re.DOTALL)


def test_the_blocks_together_are_a_pathway_without_findings() -> None:
    text = "\n".join(BLOCK.findall(PAGE.read_text(encoding="utf-8")))
    compilation = Compilation(Source("language.pw", text), lambda path: None)
    assert [(d.code, d.message) for d in compilation.diagnostics if d.waived is None] == []
    assert compilation.proof is not None
    assert compilation.examples[0]


def test_the_words_of_the_language_are_listed(update_golden: bool) -> None:
    page = PAGE.read_text(encoding="utf-8")
    listed = " ".join(f"`{word}`" for word in sorted(KEYWORDS))
    wanted = WORDS.sub(lambda found: f"{found[1]}{listed}\n{found[2]}", page)
    if update_golden:
        PAGE.write_text(wanted, encoding="utf-8")
    else:
        assert page == wanted
