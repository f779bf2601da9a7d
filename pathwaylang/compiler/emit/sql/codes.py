"""Facts as whole numbers: for each fact the cell that its value lies in.

In: a fact with its cells, and a dialect. Out: SQL for the code: the index of the cell, `missing`
(one past the last cell) where nothing is recorded, `WRONG` where what is recorded is no value of
the fact. That nothing is recorded is asked before anything is compared.

A number and a yes/no fact that may be unknown have a second column, `FACT_unknown`; of a choice it
is the value `unknown`. Limits are written exactly, and a value between two steps is no value.
"""

from __future__ import annotations

from fractions import Fraction

from pathwaylang.compiler.emit.sql.dialects import Dialect
from pathwaylang.compiler.emit.sql.problems import SqlProblem
from pathwaylang.ir.cells import Cells, Cut
from pathwaylang.ir.exact import write_exact
from pathwaylang.ir.facts import UNKNOWN, Fact

WRONG = -1
_MOST_PLACES = 18


def missing_code(cells: Cells) -> int:
    """Return the code of a fact that is not recorded."""
    return len(cells.counts)


def unknown_column(fact: Fact) -> str | None:
    """Return the name of the column that says a fact cannot be known, if it has one."""
    if fact.may_be_unknown and fact.fact_kind != "choice":
        return f"{fact.name}_unknown"
    return None


def code_of(fact: Fact, cells: Cells, dialect: Dialect) -> str:
    """Return the expression of a fact's code."""
    column = dialect.quoted(fact.name)
    missing = missing_code(cells)
    whens: list[str] = []
    name = unknown_column(fact)
    if name is not None:
        unknown = dialect.is_true(dialect.quoted(name))
        whens.append(f"WHEN {column} IS NULL AND {unknown} THEN {cells.unknown}")
        whens.append(f"WHEN {column} IS NULL THEN {missing}")
        whens.append(f"WHEN {unknown} THEN {WRONG}")
    else:
        whens.append(f"WHEN {column} IS NULL THEN {missing}")
    match fact.fact_kind:
        case "yes/no":
            yes, no = cells.cell_of(True), cells.cell_of(False)
            whens += [f"WHEN {dialect.is_true(column)} THEN {yes}", f"ELSE {no}"]
        case "choice":
            whens += _choices(fact, cells, column, dialect)
        case "number":
            whens += _number(fact, cells, column, dialect)
    lines = "".join(f"\n    {when}" for when in whens)
    return f"CASE{lines}\n  END"


def _choices(fact: Fact, cells: Cells, column: str, dialect: Dialect) -> list[str]:
    words = [choice.name for choice in fact.choices]
    words += [UNKNOWN] if fact.may_be_unknown else []
    by_code: dict[int, list[str]] = {}
    for word in words:
        by_code.setdefault(cells.cell_of(word), []).append(dialect.literal(word))
    whens = [f"WHEN {column} IN ({', '.join(by_code[code])}) THEN {code}" for code in by_code]
    return [*whens, f"ELSE {WRONG}"]


def _number(fact: Fact, cells: Cells, column: str, dialect: Dialect) -> list[str]:
    assert fact.range is not None and fact.range.low is not None and fact.range.high is not None
    low = "<" if fact.range.low_closed else "<="
    high = ">" if fact.range.high_closed else ">="
    outside = [
        _compare(column, low, fact.range.low),
        _compare(column, high, fact.range.high),
    ]
    whens = [f"WHEN {' OR '.join(outside)} THEN {WRONG}"]
    if fact.step is not None:
        whens += _between_steps(fact, fact.range.low, fact.step, column, dialect)
    for code, cut in enumerate(cells.cuts):
        whens.append(f"WHEN {_before(column, cut)} THEN {code}")
    return [*whens, f"ELSE {len(cells.cuts)}"]


def _before(column: str, cut: Cut) -> str:
    """Return the condition that a value lies before a cut."""
    value, side = cut
    return _compare(column, "<=" if side else "<", value)


def _compare(column: str, operator: str, value: Fraction) -> str:
    text = write_exact(value)
    if "/" not in text:
        return f"{column} {operator} {text}"
    return f"{value.denominator} * {column} {operator} {value.numerator}"


def _between_steps(
    fact: Fact, low: Fraction, step: Fraction, column: str, dialect: Dialect
) -> list[str]:
    """Return the conditions that a number lies between two steps."""
    scale = max(_places(fact, low), _places(fact, step))
    exact = _exact(column, scale, dialect)
    # Asked the long way round, so that a conversion that fails counts as wrong.
    whens = [f"WHEN CASE WHEN {exact} = {column} THEN 1 ELSE 0 END = 0 THEN {WRONG}"]
    unit = 10**scale
    jump, start = int(step * unit), int(low * unit)
    if jump != 1:
        whole = f"CAST({exact} * {unit} AS {dialect.big})"
        whens.append(f"WHEN {_modulo(whole, start, jump, dialect)} <> 0 THEN {WRONG}")
    return whens


def _modulo(whole: str, start: int, jump: int, dialect: Dialect) -> str:
    difference = f"{whole} - {start}" if start >= 0 else f"{whole} + {-start}"
    return f"({difference}) % {jump}" if dialect.name == "tsql" else f"MOD({difference}, {jump})"


def _exact(column: str, scale: int, dialect: Dialect) -> str:
    kind = dialect.decimal.format(scale=scale)
    return dialect.try_cast.format(value=column, type=kind, scale=scale)


def _places(fact: Fact, value: Fraction) -> int:
    text = write_exact(value)
    places = len(text.partition(".")[2])
    if "/" in text or places > _MOST_PLACES:
        raise SqlProblem(f"fact `{fact.name}`: its steps of {text} are no decimal number for SQL")
    return places
