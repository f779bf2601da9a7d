from __future__ import annotations

import itertools

import pytest

from pathwaylang.compiler.emit.dot import palette
from pathwaylang.compiler.emit.dot.palette import BADGES, BLACK, DIM_TEXT, LOOKS, strip

OKABE_ITO = {"#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7"}
NEUTRAL = {"#FFFFFF", "#D9D9D9", "#EEEEEE"}


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_is_the_one_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("kind", "state"), list(itertools.product(LOOKS, ["plain", "lit", "dim"])))
def test_strips_have_contrast(kind: str, state: str) -> None:
    ground, text = strip(kind, state)  # type: ignore[arg-type]
    assert contrast(ground, text) >= 4.5


@pytest.mark.parametrize("level", BADGES)
def test_badges_have_contrast(level: str) -> None:
    assert contrast(BADGES[level][1], BLACK) >= 4.5  # type: ignore[index]


def test_text_has_contrast_also_dimmed_and_on_lit_rows() -> None:
    assert contrast(DIM_TEXT, palette.WHITE) >= 4.5
    assert contrast(BLACK, palette.LIT_ROW) >= 4.5
    assert contrast(BLACK, palette.HEAD) >= 4.5


def test_colours_are_okabe_and_itos_as_they_are() -> None:
    used = {look.fill for look in LOOKS.values()} | {fill for _, fill in BADGES.values()}
    assert used <= OKABE_ITO | NEUTRAL


def test_no_kind_is_told_by_colour_alone() -> None:
    words = [look.word for look in LOOKS.values()]
    assert len(words) == len(set(words))
    assert all(look.sign and look.word.isupper() for look in LOOKS.values())


def test_a_sign_means_one_thing() -> None:
    signs = [look.sign for look in LOOKS.values()]
    remarks = {sign for sign, _ in BADGES.values()}
    assert len(signs) == len(set(signs))
    assert not remarks & set(signs)
