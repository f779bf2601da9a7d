"""No text and no place makes a question raise, and every place in an answer is one of the text."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathwaylang import service
from pathwaylang.service import View
from tests.service.support import FILES, MAIN, view
from tests.service.test_complete import TABLE

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
PIECES = ["", " ", "\n", "\n  ", '"', '"""', "#", "|", "when ", " is ", "recommend ", ", ", "("]
PIECES += ["😀", "\t", "\r\n", "é", "- ", "use x from "]
TEXT = MAIN + TABLE


def spans_of(seen: View, offset: int) -> None:
    """Ask everything at an offset and look at the places."""
    size = len(seen.source.text)
    found = [c.span for c in service.complete(seen, offset)]
    told = service.hover(seen, offset)
    found += [told.span] if told is not None else []
    for span in (*service.definition(seen, offset), *service.references(seen, offset)):
        found += [span] if span.source == seen.source.name else []
    where = service.renamed_at(seen, offset)
    found += [where] if where is not None else []
    service.rename(seen, offset, "another")
    service.row_signature(seen, offset)
    for span in found:
        assert 0 <= span.start <= span.end <= size


@given(st.data())
@SETTINGS
def test_any_change_and_place(data: st.DataObject) -> None:
    text = TEXT
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        end = data.draw(st.sampled_from([at, at, at + 5, at + 40, len(text)]))
        text = text[:at] + data.draw(st.sampled_from(PIECES)) + text[end:]
    seen = view({**FILES, "main.pw": text})
    service.outline(seen)
    service.next_codes(seen)
    before = 0
    for token in service.tokens(seen):
        assert before <= token.span.start < token.span.end <= len(text)
        before = token.span.end
    findings = service.reading(seen.compilation)
    service.actions(seen, findings, seen.source.span(0, len(text)))
    offsets = data.draw(st.lists(st.integers(0, len(text)), min_size=1, max_size=8))
    for offset in offsets:
        spans_of(seen, offset)


def test_every_place_of_a_clean_file() -> None:
    seen = view({**FILES, "main.pw": TEXT})
    for offset in range(0, len(TEXT) + 1, 3):
        spans_of(seen, offset)
