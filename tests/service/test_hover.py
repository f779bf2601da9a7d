"""What is told of a name, and of a branch."""

from __future__ import annotations

import pytest

from pathwaylang.service import hover
from tests.service.support import FILES, place, view


@pytest.mark.parametrize(
    ("words", "head", "rows"),
    [
        (
            "ecog <=",
            "fact: Performance",
            "type a whole number, 0 to 4; code LOINC 89247-1 ECOG score; asks How active?; "
            "usually 1; declared in shared.pw",
        ),
        (
            "size <=",
            "fact: Largest lesion",
            "type a number, 0 to 10 cm; step 0.1; unknown it may be that this cannot be known; "
            "found by ct",
        ),
        ("able and", "definition: Able", "type yes/no; means fit and ecog <= 2"),
        ("early then", "value: Early", "of stage_of · Stage"),
        (
            "size\n  when able",
            "statement: lesions up to 3 cm",
            "source The trial; at table 1",
        ),
        ("resection and", "recommendation: Resection", "strength strong for"),
        ("second\ndecide", "decision: Second?", "branches 2, exactly one holds; opinion x"),
        (
            "first\ndecide",
            "decision: First?",
            "branches 4, in order, the first that holds; opinion x; because Quick.",
        ),
        ("A1", "branch of first: A1", "when size <= 3 cm; then recommend ablation"),
        ("ct\n", "test: CT", "finds size"),
        ("trial from", "source: The trial", "statements 2; declared in shared.pw"),
    ],
)
def test_hover(words: str, head: str, rows: str) -> None:
    seen = view()
    found = hover(seen, place(seen, words))
    assert found is not None
    assert f"{found.kind}: {found.title}" == head
    assert "; ".join(f"{word} {text}" for word, text in found.rows) == rows


def test_hover_tells_what_really_decides_a_branch_of_an_ordered_list() -> None:
    seen = view()
    found = hover(seen, place(seen, "when able and stage_of", 2))
    assert found is not None
    assert found.title == "A2"
    assert found.rows == (
        ("when", "able and stage_of is early"),
        ("and not", "size <= 3 cm"),
        ("then", "recommend resection and care"),
        ("opinion", "x"),
    )
    other = hover(seen, place(seen, "otherwise"))
    assert other is not None
    assert other.rows[0] == ("when", "none of the others holds")


def test_hover_works_beside_broken_items() -> None:
    text = FILES["main.pw"].replace("when able then recommend resection\n", "when able then\n")
    seen = view({**FILES, "main.pw": text})
    found = hover(seen, place(seen, "ecog <="))
    assert found is not None
    assert found.title == "Performance"
