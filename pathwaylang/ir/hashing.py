"""The hash of the files that a pathway consists of: what an approval and a certificate bind to.

In: names and texts of files. Out: 64 hexadecimal digits. The head line that `certify --sign` writes
is left out, so that signing does not change what was signed; the same words inside a text, a block
or a comment are part of the text and count.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

_PART = re.compile(
    r'^  approved[ ]+"(?:\\.|[^"\\\n])*"[ ]+[0-9-]+[ ]+of[ ]+[0-9A-Za-z]+[ ]*(?:\#[^\n]*)?\n'
    r'|"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|(?<!\S)\#[^\n]*',
    re.MULTILINE,
)
"""The line of an approval, or something that may hold the like: a block, a text, a comment."""


def without_approval(text: str) -> str:
    r"""Return the text of a file without its line `approved`.

    >>> without_approval('pathway p "P"\n  approved "A, B" 2026-12-01 of 0a\n  note "n"\n')
    'pathway p "P"\n  note "n"\n'
    """
    return _PART.sub(lambda part: "" if part[0].startswith("  approved") else part[0], text)


def source_hash(files: Iterable[tuple[str, str]]) -> str:
    """Return the hash of all files of a pathway, each with its name, without the approval."""
    digest = hashlib.sha256()
    for name, text in files:
        for part in (name, without_approval(text.replace("\r\n", "\n"))):
            data = part.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()
