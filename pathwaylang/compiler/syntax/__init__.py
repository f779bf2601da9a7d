"""Floor 2: text -> syntax tree -> text."""

from pathwaylang.compiler.syntax.dump import dump_syntax
from pathwaylang.compiler.syntax.keywords import KEYWORDS
from pathwaylang.compiler.syntax.layout import format_text
from pathwaylang.compiler.syntax.parse import Parsed, parse_file
from pathwaylang.compiler.syntax.printer import print_file

__all__ = ["KEYWORDS", "Parsed", "dump_syntax", "format_text", "parse_file", "print_file"]
