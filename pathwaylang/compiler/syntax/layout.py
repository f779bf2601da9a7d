"""The formatter as editors and the command line call it: a parsed source in, its text out.

Line ends stay as the file has them. Items that cannot be read are copied; a text that is no pathway
at all comes back as it is. Nothing is sorted, no comment is lost, no meaning changes.
"""

from __future__ import annotations

from pathwaylang.compiler.syntax.parse import Parsed
from pathwaylang.compiler.syntax.printer import print_file
from pathwaylang.diagnostics import Source

_NO_TEXT = "PW0107"


def format_text(parsed: Parsed, source: Source) -> str:
    """Return a source in the standard layout."""
    if any(found.code == _NO_TEXT for found in parsed.diagnostics):
        return source.text
    text = print_file(parsed.file, source)
    ends = "\r\n" if "\r\n" in source.text else "\n"
    return text.replace("\r\n", "\n").replace("\n", ends)
