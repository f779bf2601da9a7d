"""What an editor colours: one table of tokens, from which every highlighter is made.

A rule names what it colours, how it looks as a regular expression (written so that Python and
Oniguruma read it alike), and what Pygments and TextMate call it. Rules are tried in order at each
place of a line; a block of prose (`\"\"\"`) is the one token that spans lines.

Highlighting never judges: what is wrong is the compiler's word. Only marks that no valid file has
outside texts are shown as invalid.
"""

from __future__ import annotations

from dataclasses import dataclass

from pathwaylang.compiler.syntax.keywords import HEAD_WORDS, ITEM_WORDS, KEYWORDS

VALUE_WORDS = ("yes", "no", "none", "unknown", "known", "any")
"""Words that are values, or stand for them."""

LOGIC_WORDS = ("and", "or", "not", "is", "in", "all", "of", "at", "least", "one", "recommends")
"""Words that join and compare."""

WAY_WORDS = ("when", "then", "otherwise", "recommend", "offer", "go", "to")
"""Words that lead to an outcome."""

NAME = r"[^\W\d][\w\u0300-\u036f]*"
_UNIT = r"(?:10[*^]-?[0-9]+|[^\W\d_]|[%\[{°])[\w°%{}\[\]^*/]*(?:\.(?!\.)[\w°%{}\[\]^*/]+)*"
BLOCK_MARK = '"""'


@dataclass(frozen=True, slots=True)
class Colour:
    """One rule; where `parts` are given, they name the groups of the pattern, in order."""

    name: str
    pattern: str
    pygments: str = ""
    textmate: str = ""
    parts: tuple[tuple[str, str], ...] = ()


def _words(words: tuple[str, ...]) -> str:
    return rf"(?:{'|'.join(sorted(words))})\b"


_ITEM = ("Keyword.Declaration", "keyword.control.item")
_PLAIN = ("Text.Whitespace", "meta.space")
_ENTITY = ("Name.Class", "entity.name.type")
_NUMBER = ("Literal.Number", "constant.numeric")
_UNIT_OF = ("Keyword.Type", "storage.type.unit")
_LOGIC = ("Operator.Word", "keyword.operator.logical")
_WORD = ("Keyword", "keyword.other")

COLOURS: tuple[Colour, ...] = (
    Colour("comment", r"#[^\n]*", "Comment.Single", "comment.line.number-sign"),
    Colour(
        "heading",
        rf"^({_words((*HEAD_WORDS, *ITEM_WORDS))})([ ]+(?:in[ ]+order[ ]+)?)"
        rf"((?!{_words(KEYWORDS)}){NAME})?",
        parts=(_ITEM, _PLAIN, _ENTITY),
    ),
    Colour("item", rf"^{_words((*HEAD_WORDS, *ITEM_WORDS))}", *_ITEM),
    Colour("text", r'"(?:[^"\\\n]|\\[^\n])*"?', "Literal.String.Double", "string.quoted.double"),
    Colour(
        "wrong",
        r"==|!=|<>|&&|=>|=<|->|[“”„‟‘’«»≠→⇒−–—×÷·•…∧∨¬\t]",
        "Generic.Error",
        "invalid.illegal",
    ),
    Colour(
        "type",
        rf"\b(number)([ ]+)(in)([ ]+)({_UNIT})",
        parts=(_WORD, _PLAIN, _LOGIC, _PLAIN, _UNIT_OF),
    ),
    Colour("date", r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])", "Literal.Date", "constant.other.date"),
    Colour(
        "release", r"[0-9]+\.[0-9]+\.[0-9]+(?![0-9])", "Literal.Number", "constant.numeric.version"
    ),
    Colour(
        "quantity",
        rf"([0-9]+(?:\.[0-9]+)?)([ ]*)((?!{_words(KEYWORDS)}){_UNIT})",
        parts=(_NUMBER, _PLAIN, _UNIT_OF),
    ),
    Colour("number", r"[0-9]+(?:\.[0-9]+)?", *_NUMBER),
    Colour("comparison", r"<=|>=|[<>≤≥]", "Operator", "keyword.operator.comparison"),
    Colour("range", r"\.\.<|\.\.", "Operator", "keyword.operator.range"),
    Colour("way", rf"\b{_words(WAY_WORDS)}", "Keyword.Reserved", "keyword.control.way"),
    Colour("value", rf"\b{_words(VALUE_WORDS)}", "Keyword.Constant", "constant.language"),
    Colour("logic", rf"\b{_words(LOGIC_WORDS)}", *_LOGIC),
    Colour("word", rf"\b{_words(KEYWORDS)}", *_WORD),
    Colour("name", NAME, "Name.Variable", "variable.other"),
    Colour("cell", r"\|", "Punctuation", "punctuation.separator.table"),
    Colour("mark", r"[-+*/=:,.()%\[\]{}^°\\@;!?&$~'`]", "Punctuation", "punctuation.other"),
)
"""Every rule, in the order in which they are tried; a block of prose comes before all."""
