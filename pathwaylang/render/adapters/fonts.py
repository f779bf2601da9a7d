"""Letters for machines that have no font: those of the wheel `pymupdf-fonts`.

Nothing comes in; where the machine has no font and the wheel is installed, fontconfig is told to
read the wheel's fonts instead. FiraGO has the letters, the others the signs that it lacks.

Invariants: a machine with fonts, and one whose FONTCONFIG_FILE or FONTCONFIG_PATH is set, is left
as it is; the fonts are unpacked into a temporary folder, which is gone when the process ends.

Source: fontconfig user manual, "Environment variables" and "Configuration file format".
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import tempfile
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final

PLACES: Final = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
"""Where fontconfig looks for fonts on a machine that was set up as usual."""

SETTINGS: Final = "/etc/fonts"
"""Where a machine's own settings name further folders."""

_DIR: Final = re.compile(r"<dir>\s*([^<]+?)\s*</dir>")
_ENDINGS: Final = (".ttf", ".otf", ".ttc", ".otc", ".pfb", ".pcf.gz")
_WHEEL: Final = "pymupdf_fonts"
_FONTS: Final = (
    "FiraGO_Regular",
    "FiraGO_Bold",
    "NotoSansMath_Regular",
    "NotoSansSymbols2_Regular",
    "CascadiaMono_Regular",
)
_SETTINGS: Final = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir>{folder}/cache</cachedir>
  <match target="pattern">
    <edit name="family" mode="prepend" binding="strong"><string>FiraGO</string></edit>
  </match>
</fontconfig>
"""
# Kept until the process ends: removed by its finaliser.
_kept: list[tempfile.TemporaryDirectory[str]] = []


@cache
def provide_fonts() -> None:
    """Let this process draw letters; to be called before Graphviz first draws."""
    is_set = os.environ.get("FONTCONFIG_FILE") or os.environ.get("FONTCONFIG_PATH")
    is_linux = sys.platform.startswith("linux")
    if not is_linux or is_set or has_font_file((*PLACES, *named_places(SETTINGS))):
        return
    fonts = wheel_fonts()
    if fonts:
        folder = tempfile.TemporaryDirectory(
            prefix="pathwaylang-fonts-", ignore_cleanup_errors=True
        )
        _kept.append(folder)
        os.environ["FONTCONFIG_FILE"] = str(write_fonts(fonts, Path(folder.name)))


def has_font_file(places: Iterable[str]) -> bool:
    """Tell whether there is a font in one of these folders or below."""
    walks = (os.walk(os.path.expanduser(place), followlinks=True) for place in places)
    return any(
        name.lower().endswith(_ENDINGS) for walk in walks for _, _, names in walk for name in names
    )


def named_places(settings: str) -> tuple[str, ...]:
    """Return the folders that the settings of a machine name."""
    found: list[str] = []
    for path in sorted(Path(settings).rglob("*.conf")):
        with contextlib.suppress(OSError):
            found += _DIR.findall(path.read_text(encoding="utf-8", errors="replace"))
    return tuple(found)


def write_fonts(fonts: dict[str, bytes], folder: Path) -> Path:
    """Write fonts into a folder, with the settings that name them; return the settings."""
    for name, content in fonts.items():
        (folder / f"{name}.ttf").write_bytes(content)
    settings = folder / "fonts.conf"
    settings.write_text(_SETTINGS.format(folder=folder), encoding="utf-8")
    return settings


def wheel_fonts() -> dict[str, bytes]:
    """Return the fonts of the wheel; none where it is not installed."""
    try:
        return {name: import_module(f"{_WHEEL}.{name}").fontbuffer for name in _FONTS}
    except ImportError:
        return {}
