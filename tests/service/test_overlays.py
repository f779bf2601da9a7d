"""An overlay and its base: names are one, and what belongs together is found."""

from __future__ import annotations

from pathwaylang.service import complete, definition, hover, reading, references, rename
from tests.service.support import CURSOR, place, told, workspace

BASE = """pathway base "Base"
  version 1.2.0
fact size "Size": whole number in mm 1..200
fact fit "Fit": yes/no
recommendation cut "Cut"
recommendation wait "Wait"
decide act "What?"
  opinion "x"
  when fit then recommend cut
    id yes_fit
  when not fit then recommend wait
    id not_fit
"""
OVERLAY = """overlay site "Site"
  of base version 1.2.0
  version 0.1.0

replace branch act.yes_fit
  because "Nobody here cuts."
  when fit and size <= 20 mm then recommend wait

restrict fact size "Size": whole number in mm 1..100
  because "Larger ones go elsewhere."
"""
FILES = {"base.pw": BASE, "site.pw": OVERLAY}


def test_names_of_the_base_are_known_in_the_overlay() -> None:
    seen = workspace(FILES).view("site.pw")
    assert seen is not None
    at = place(seen, "fit and")
    assert told(seen, definition(seen, at)) == ["base.pw:4:fit"]
    found = hover(seen, at)
    assert found is not None
    assert found.title == "Fit"
    assert told(seen, definition(seen, place(seen, "yes_fit"))) == ["base.pw:10:yes_fit"]
    assert told(seen, definition(seen, place(seen, "act.")))[0].startswith("base.pw:7:")


def test_uses_in_the_overlay_are_found_from_the_base() -> None:
    desk = workspace(FILES)
    assert desk.roots_of("base.pw") == ("base.pw", "site.pw")
    seen = desk.view("base.pw")
    assert seen is not None
    at = place(seen, "size")
    found = told(seen, references(seen, at), FILES)
    assert found == ["base.pw:3:size", "site.pw:7:size", "site.pw:9:size"]
    assert len(rename(seen, at, "width").edits) == 3


def test_reading_and_completing_an_overlay() -> None:
    text = OVERLAY.replace("when fit and", f"when {CURSOR}fit and")
    desk = workspace({**FILES, "site.pw": text.replace(CURSOR, "")})
    seen = desk.view("site.pw")
    assert seen is not None
    assert [d.code for d in reading(seen.compilation) if d.is_failure] == []
    offered = [found.text for found in complete(seen, text.index(CURSOR))]
    assert {"fit", "size"} <= set(offered)
