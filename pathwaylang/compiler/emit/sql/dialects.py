"""The seven ways in which databases write the few things that the query needs.

In: a name of `DIALECTS`. Out: how names and texts are quoted, which types and conversions there
are. All else in the query is the same everywhere: CASE, comparisons, whole numbers, SUBSTRING.

Invariant: whatever text comes in goes out as one name, one literal, or one line of comment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f]+")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a database writes names, texts, types and conversions."""

    name: str
    title: str
    quote: tuple[str, str] = ('"', '"')
    escapes_backslash: bool = False
    has_booleans: bool = True
    try_cast: str = "TRY_CAST({value} AS {type})"
    decimal: str = "DECIMAL(38, {scale})"
    integer: str = "INT"
    big: str = "BIGINT"
    text: str = "VARCHAR(200)"
    substring: str = "SUBSTRING"
    fence: str = ""
    """What ends a step so that the planner does not merge it with the next."""
    is_nested: bool = False
    """Steps are nested queries and the codes one array: Spark plans by columns times steps."""

    def quoted(self, name: str) -> str:
        """Return a name as an identifier."""
        opening, closing = self.quote
        return f"{opening}{name.replace(closing, closing * 2)}{closing}"

    def table(self, name: str) -> str:
        """Return the name of a table, which may be `schema.table`."""
        return ".".join(self.quoted(part) for part in name.split("."))

    def literal(self, text: str) -> str:
        """Return a text literal."""
        if self.escapes_backslash:
            text = text.replace("\\", "\\\\").replace("'", "\\'")
            return f"'{text}'"
        return "'" + text.replace("'", "''") + "'"

    def is_true(self, name: str) -> str:
        """Return the condition that a yes/no column holds yes."""
        return name if self.has_booleans else f"{name} = 1"

    def number(self, text: str) -> str:
        """Return a text of digits as a whole number."""
        return f"CAST({text} AS {self.integer})"

    def part(self, digits: str, start: str, length: int) -> str:
        """Return a part of a literal of digits as a whole number; `start` counts from 1."""
        return self.number(f"{self.substring}('{digits}', {start}, {length})")


def comment(text: str) -> str:
    """Return one line of comment: no line end, no end of a block, no sign that turns the line."""
    plain = _CONTROL.sub(" ", text).replace("*/", "* /").replace("/*", "/ *")
    return f"-- {plain}".rstrip()


_BACKTICKS = ("`", "`")

DIALECTS: dict[str, Dialect] = {
    dialect.name: dialect
    for dialect in (
        Dialect("duckdb", "DuckDB"),
        Dialect("spark", "Apache Spark", _BACKTICKS, True, text="STRING", is_nested=True),
        Dialect("databricks", "Databricks", _BACKTICKS, True, text="STRING", is_nested=True),
        Dialect("snowflake", "Snowflake", escapes_backslash=True),
        Dialect(
            "bigquery",
            "BigQuery",
            _BACKTICKS,
            True,
            try_cast="SAFE_CAST({value} AS {type})",
            decimal="BIGNUMERIC(60, {scale})",
            integer="INT64",
            big="INT64",
            text="STRING",
            substring="SUBSTR",
        ),
        # NUMERIC without a length: a cast that cannot fail, whatever the column holds.
        Dialect(
            "postgres",
            "PostgreSQL",
            try_cast="ROUND(CAST({value} AS NUMERIC), {scale})",
            big="NUMERIC",
            fence="OFFSET 0",
        ),
        Dialect("tsql", "SQL Server", ("[", "]"), has_booleans=False),
    )
}
