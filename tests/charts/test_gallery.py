"""The gallery: every picture is there, small, and named; nothing else lies beside it."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image

DOCS = Path(__file__).parents[2] / "docs"
NAMED = re.findall(r"!\[[^]]+\]\(gallery/([\w-]+\.png)\)", (DOCS / "gallery.md").read_text())


def test_every_picture_is_named_once_and_there() -> None:
    assert sorted(NAMED) == sorted(path.name for path in (DOCS / "gallery").iterdir())
    assert len(NAMED) >= 8


def test_pictures_are_small_and_can_be_opened() -> None:
    for name in NAMED:
        path = DOCS / "gallery" / name
        assert path.stat().st_size <= 250_000, name
        with Image.open(path) as picture:
            picture.load()
            assert min(picture.size) >= 300, name
