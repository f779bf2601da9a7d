"""Read case files: tests of a pathway kept as CSV or JSON, one row or object per case.

In: the name and text of a file. Out: its rows as written, and one line for each thing that makes
the file unreadable. A column or key names a fact, `expect.TRACK` what is expected of a track, `id`
the case; an empty cell or null is a fact that is not recorded, or nothing expected.

Invariant: no value passes through a float; whether a value fits its fact is not judged here.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

EXPECT = "expect."
MOST_SHOWN = 60
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """One case as written; `place` says where it stands in its file."""

    id: str
    place: str
    given: Mapping[str, object]
    expected: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What a file holds; no rows where it has problems."""

    name: str
    rows: tuple[Row, ...] = ()
    problems: tuple[str, ...] = ()


def read_case_file(name: str, text: str) -> CaseFile:
    """Return the cases of a file: JSON by its name or first character, else CSV."""
    text = text.removeprefix("\ufeff")
    is_json = name.lower().endswith(".json") or text.lstrip()[:1] in ("[", "{")
    try:
        rows = tuple(_json_rows(text) if is_json else _csv_rows(text))
    except ValueError as error:
        return CaseFile(name, problems=(str(error),))
    counts = Counter(row.id for row in rows)
    twice = sorted(found for found, count in counts.items() if count > 1)
    if twice:
        told = (f"the id `{found[:MOST_SHOWN]}` stands twice" for found in twice)
        return CaseFile(name, problems=tuple(told))
    if not rows:
        return CaseFile(name, problems=("this file holds no case",))
    return CaseFile(name, rows)


def _csv_rows(text: str) -> Iterable[Row]:
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        lines = [(reader.line_num, line) for line in reader]
    except csv.Error as error:
        raise ValueError(f"line {reader.line_num} is not CSV: {error}") from None
    if not lines:
        raise ValueError("this file is empty")
    names = [name.strip() for name in lines[0][1]]
    _check_names(names)
    for number, cells in lines[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            raise ValueError(f"line {number} has {len(cells)} cells, the head has {len(names)}")
        found = {n: c.strip() for n, c in zip(names, cells, strict=True) if c.strip()}
        yield _row(found, f"line {number}")


def _check_names(names: list[str]) -> None:
    for name, count in Counter(names).items():
        if not name:
            raise ValueError("a column of the head has no name")
        if count > 1:
            raise ValueError(f"the column `{name[:MOST_SHOWN]}` stands twice")


def _json_rows(text: str) -> Iterable[Row]:
    try:
        found = json.loads(text, parse_float=str, parse_constant=_refuse, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno} is not JSON: {error.msg.lower()}") from None
    except RecursionError:
        raise ValueError("nested too deeply for a case") from None
    for number, item in enumerate(found if isinstance(found, list) else [found], start=1):
        if not isinstance(item, dict):
            raise ValueError(f"case {number} is no object of facts")
        yield _row({n: v for n, v in item.items() if v is not None}, f"case {number}")


def _refuse(word: str) -> object:
    raise ValueError(f"`{word}` is not a value")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    _check_names([name for name, _ in pairs])
    return dict(pairs)


def _row(found: Mapping[str, object], place: str) -> Row:
    expected = []
    for name, value in found.items():
        if name.startswith(EXPECT):
            if not isinstance(value, str) or not value.strip():
                raise ValueError(f"{place}: `{name[:MOST_SHOWN]}` must be a text")
            expected.append((name.removeprefix(EXPECT), " ".join(value.split())))
    given = {n: v for n, v in found.items() if n != "id" and not n.startswith(EXPECT)}
    return Row(str(found.get("id", place)), place, given, tuple(expected))
