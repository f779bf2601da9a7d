"""Defaults that a project writes down: pathwaylang.toml, or `[tool.pathwaylang]` of pyproject.toml.

The path of a pathway goes in, the settings that hold for it come out: of the nearest folder above
it that has some. What stands on the command line outranks them.

INVARIANT: a setting that is not known, or not of its kind, ends the call with exit code 2: a
mistyped `strict` must not pass as a check that was never strict.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches

import click

from pathwaylang.cli.files import STDIN, FileProblem, read_text
from pathwaylang.diagnostics import CODES, Severity
from pathwaylang.diagnostics.visible import visible

OWN_FILE, SHARED_FILE, SECTION = "pathwaylang.toml", "pyproject.toml", "tool.pathwaylang"


@dataclass(frozen=True, slots=True)
class Settings:
    """The defaults of one project, as its file gives them."""

    strict: bool = False
    threshold: float | None = None
    allow: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


class Configuration:
    """The settings of all files of one call; each configuration is read once."""

    def __init__(self) -> None:
        self._by_folder: dict[str, Settings] = {}

    def of(self, path: str) -> Settings:
        """Return the settings for a pathway or a folder; raises FileProblem."""
        place = os.path.abspath("." if path == STDIN or path.startswith("<") else path)
        return self._of_folder(place if os.path.isdir(place) else os.path.dirname(place))

    def _of_folder(self, folder: str) -> Settings:
        if folder not in self._by_folder:
            found = _settings_in(folder)
            above = os.path.dirname(folder)
            if found is None:
                found = Settings() if above == folder else self._of_folder(above)
            self._by_folder[folder] = found
        return self._by_folder[folder]


def given_or_default(files: tuple[str, ...], configuration: Configuration) -> tuple[str, ...]:
    """Return the files of the command line, else those that the settings name."""
    found = files or configuration.of(".").paths
    if not found:
        raise click.UsageError("Missing argument 'FILE...'.")
    return found


def _settings_in(folder: str) -> Settings | None:
    """Return the settings that a folder itself has; None where it has none."""
    own = os.path.join(folder, OWN_FILE)
    if os.path.isfile(own):
        return _settings(own, _read(own), folder, OWN_FILE)
    shared = os.path.join(folder, SHARED_FILE)
    tools = _read(shared).get("tool") if os.path.isfile(shared) else None
    section = tools.get("pathwaylang") if isinstance(tools, dict) else None
    if section is None:
        return None
    if not isinstance(section, dict):
        raise _problem(shared, f"`{SECTION}` must be a table")
    return _settings(shared, section, folder, SECTION)


def _read(path: str) -> dict[str, object]:
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise _problem(path, f"this is no TOML: {str(error)[:1].lower()}{str(error)[1:]}") from None


def _settings(path: str, table: Mapping[str, object], folder: str, where: str) -> Settings:
    known = [field.name for field in fields(Settings)]
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(known)}"
            raise _problem(path, f"there is no setting `{key}` in {where}; {hint}")
    strict = table.get("strict", False)
    if not isinstance(strict, bool):
        raise _problem(path, "`strict` must be true or false")
    return Settings(
        strict,
        _threshold(path, table.get("threshold")),
        tuple(_code(path, text) for text in _texts(path, "allow", table)),
        tuple(os.path.relpath(os.path.join(folder, text)) for text in _texts(path, "paths", table)),
    )


def _threshold(path: str, value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:  # noqa: PLR2004
        raise _problem(path, "`threshold` must be a number from 0 to 100, in percent")
    return float(value)


def _texts(path: str, key: str, table: Mapping[str, object]) -> list[str]:
    value = table.get(key, [])
    if not isinstance(value, list):
        raise _problem(path, f"`{key}` must be a list of texts")
    texts = [item for item in value if isinstance(item, str)]
    if len(texts) != len(value):
        raise _problem(path, f"`{key}` must be a list of texts")
    return texts


def _code(path: str, text: str) -> str:
    """Return the code of a warning, which may also be given by its name."""
    names = {code.name: code for code in CODES.values()}
    found = CODES.get(text) or names.get(text)
    if found is None:
        near = get_close_matches(text, [*CODES, *names], n=1)
        hint = f"; did you mean `{near[0]}`?" if near else "; `pathwaylang explain` lists all"
        raise _problem(path, f"`allow` names `{text}`, which is no code{hint}")
    if found.severity not in (Severity.WARNING, Severity.NOTE):
        raise _problem(path, f"`allow` names {found.code}, which is an error: only warnings pass")
    return found.code


def _problem(path: str, text: str) -> FileProblem:
    return FileProblem(visible(f"{os.path.relpath(path)}: {text}"))
