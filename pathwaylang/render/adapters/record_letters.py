"""Texts of a record as markup of reportlab: every letter from a font that has it.

In come texts as authors wrote them, out comes markup in which they are text and nothing else. A
letter that no font has is written out as `<U+1234>`, never as an empty box.

INVARIANT: markup characters of a text are escaped; the fonts are those handed in.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from itertools import groupby
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pathwaylang.compiler.emit.report.nodes import Line, Look, Run
from pathwaylang.compiler.emit.text import plain

REGULAR, BOLD, MONO = "FiraGO_Regular", "FiraGO_Bold", "CascadiaMono_Regular"
_COLORS: dict[Look, str] = {"quiet": "#555555", "bad": "#a03c00", "good": "#00603f"}
_POSTSCRIPT = b"OTTO"
"""How fonts with PostScript outlines begin, which reportlab does not set."""

_INDENT = "\u00a0" * 4


class Letters:
    """Writes texts as markup, with the fonts of one document."""

    def __init__(self, every: Mapping[str, bytes], anchors: Iterable[str]) -> None:
        fonts = {name: font for name, font in every.items() if not font.startswith(_POSTSCRIPT)}
        for name, content in fonts.items():
            pdfmetrics.registerFont(TTFont(name, io.BytesIO(content)))
        self._known = {name: frozenset(pdfmetrics.getFont(name).face.charToGlyph) for name in fonts}
        self._anchors = {anchor: f"a{at}" for at, anchor in enumerate(dict.fromkeys(anchors))}

    def text(self, text: str, font: str = REGULAR) -> str:
        """Return a text as markup."""
        told = []
        for name, letters in groupby(self._shown(plain(text), font), key=lambda pair: pair[1]):
            part = escape("".join(letter for letter, _ in letters))
            told.append(part if name == font else f'<font name="{name}">{part}</font>')
        return "".join(told)

    def _shown(self, text: str, font: str) -> Iterable[tuple[str, str]]:
        """Yield each letter with its font; a letter without one as its number."""
        for letter in text:
            name = self._font_of(letter, font)
            if name:
                yield letter, name
            else:
                yield from ((sign, font) for sign in f"<U+{ord(letter):04X}>")

    def _font_of(self, letter: str, font: str) -> str:
        code = ord(letter)
        return next((n for n in (font, *self._known) if code in self._known[n]), "")

    def line(self, line: Line) -> str:
        """Return a line with its links, and the place where links to it arrive."""
        arrive = self._anchors.get(line.anchor, "") if line.anchor else ""
        place = f'<a name="{arrive}"/>' if arrive else ""
        return place + _INDENT * line.level + "".join(map(self._run, line.runs))

    def _run(self, run: Run) -> str:
        font = MONO if run.look == "code" else BOLD if run.look in ("strong", "bad") else REGULAR
        lead, trail = " " * run.text.startswith(" "), " " * run.text.endswith(" ")
        told = lead + self.text(run.text, font) + trail
        if font != REGULAR:
            size = ' size="7"' if font == MONO else ""
            told = f'<font name="{font}"{size}>{told}</font>'
        if run.look in _COLORS:
            told = f'<font color="{_COLORS[run.look]}">{told}</font>'
        goal = self._anchors.get(run.to, "")
        return f'<a href="#{goal}" color="#00558a">{told}</a>' if goal else told
