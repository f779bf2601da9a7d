"""Pictures with few colours, small enough to be kept beside the documents.

A PNG of any size comes in, one of at most the wanted bytes comes out.

Invariants: areas keep their colour exactly; a picture is made smaller only where few colours alone
do not do.
"""

from __future__ import annotations

import io
from operator import sub

from PIL import Image, ImageColor

from pathwaylang.compiler.emit.dot.palette import BADGES, BLACK, GREY, HEAD, LIT_ROW, LOOKS, WHITE

COLOURS = 48
APART = 12
CHART_COLOURS = tuple(
    dict.fromkeys(
        [WHITE, BLACK, GREY, HEAD, LIT_ROW]
        + [look.fill for look in LOOKS.values()]
        + [fill for _, fill in BADGES.values()]
    )
)


def small_png(picture: bytes, most: int) -> bytes:
    """Return a picture as a PNG of at most `most` bytes."""
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    for percent in range(100, 30, -5):
        size = (whole.width * percent // 100, whole.height * percent // 100)
        smaller = whole if percent == 100 else whole.resize(size, Image.Resampling.LANCZOS)
        few = smaller.quantize(palette=chosen(smaller), dither=Image.Dither.NONE)
        stream = io.BytesIO()
        few.save(stream, "PNG", optimize=True)
        if stream.tell() <= most:
            return stream.getvalue()
    raise SystemExit("a picture is too large at any size")


def chosen(picture: Image.Image) -> Image.Image:
    """Return a palette: the colours of the charts, then the commonest that differ from all before.

    So areas keep their colour, and a small swatch of the legend keeps the meaning of its own.
    """
    counted = picture.getcolors(picture.width * picture.height) or []
    common = (colour for _, colour in sorted(counted, key=lambda pair: (-pair[0], pair[1])))
    kept = [ImageColor.getrgb(colour)[:3] for colour in CHART_COLOURS]
    for colour in common:
        is_new = all(max(map(abs, map(sub, colour, other))) >= APART for other in kept)
        if is_new and len(kept) < COLOURS:
            kept.append(colour)
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in kept for part in colour])
    return palette
