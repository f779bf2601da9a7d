"""`pathwaylang population`: mapping, repeated rows, refused patients, three kinds of file."""

from __future__ import annotations

import csv
import io
import json
import random
import xml.etree.ElementTree as ET
from fractions import Fraction
from pathlib import Path

import duckdb
import pyarrow.csv as pc
import pyarrow.parquet as pq
import pytest

from pathwaylang.ir.artifact import dump_artifact
from pathwaylang.ir.exact import write_exact
from pathwaylang.runtime import load
from tests.cli.support import LESION, Program
from tests.page.support import liver_artifact
from tests.sql.support import some_cases

VISITS = """\
patient;visit;finding;value;unit;ward
17;2026-01-05;SIZE;2.5;cm;A
17;2026-03-01;SIZE;35;mm;A
17;2026-03-01;OP;J;;A
18;2026-01-05;SIZE;12;mm;A
19;2026-01-05;SIZE;4;furlong;A
20;2026-01-06;OP;maybe;;A
21;2026-01-06;OP;N;;A
21;2026-01-07;OP;J;;A
22;2026-01-06;SIZE;900;mm;A
;2026-01-06;SIZE;9;mm;A
"""
MAPPING = """\
id: patient
date: visit
facts:
  largest:
    column: value
    where: {finding: SIZE}
    unit_column: unit
  fit:
    column: value
    where: {finding: OP}
    values: {J: yes, N: no}
    rows: any
"""
WHOLE = "id,largest,fit\n1,20,yes\n2,50,no\n3,50,\n"


def rows_of(text: str) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text))}


@pytest.fixture
def lesion(program: Program) -> Program:
    program.write("lesion.pw", LESION)
    program.write("visits.csv", VISITS)
    program.write("mapping.yaml", MAPPING)
    program.write("whole.csv", WHOLE)
    return program


def test_a_cohort_of_findings_is_answered_patient_by_patient(lesion: Program) -> None:
    ended = lesion("population", "lesion.pw", "--input", "visits.csv", "--map", "mapping.yaml",
                   "-o", "out/r.csv", "--format", "json")  # fmt: skip
    assert ended.code == 1  # some patients were refused
    assert "written: out/r.csv, out/r.svg" in ended.err
    rows = rows_of((lesion.folder / "out" / "r.csv").read_text("utf-8"))
    assert {name: row["local_outcome"] or row["status"] for name, row in rows.items()} == {
        "17": "resection",
        "18": "ablation",
        "19": "refused",
        "20": "refused",
        "21": "request",
        "22": "refused",
        "": "refused",
    }
    assert rows["22"]["problems"].startswith("largest: `900 mm` is outside its range")
    found = json.loads(ended.out)
    assert found["statuses"] == {"recommendation": 2, "request": 1, "refused": 4}
    assert [(one["name"], one["patients"]) for one in found["missing"]] == [("largest", 1)]
    assert [(one["kind"], one["text"], one["rows"]) for one in found["unmapped"]] == [
        ("value", "maybe", 1),
        ("unit", "furlong", 1),
    ]
    assert found["unused_columns"] == ["ward"]
    assert [one["row"] for one in found["refused"]] == [5, 6, 9, 10]


def test_counts_as_text(lesion: Program) -> None:
    ended = lesion("population", "lesion.pw", "--input", "whole.csv", "-o", "r.csv")
    assert ended.code == 0
    assert ended.out == (
        "3 patients in 3 rows\n"
        "          2  recommendation\n"
        "          1  request\n"
        "\n"
        "local (main)\n"
        "          1  Thermal ablation\n"
        "          1  Systemic therapy\n"
        "          1  request\n"
        "\n"
        "missing: what would have to be asked or obtained, in how many patients\n"
        "          1  ask fit: Fit for an operation\n"
    )


def test_csv_parquet_and_duckdb_give_the_same(lesion: Program) -> None:
    table = pc.read_csv(lesion.folder / "whole.csv")
    pq.write_table(table, lesion.folder / "whole.parquet")
    with duckdb.connect(str(lesion.folder / "whole.duckdb")) as connection:
        connection.register("given", table)
        connection.execute("CREATE TABLE cohort AS SELECT * FROM given")
        connection.execute("CREATE TABLE other AS SELECT 1 AS x")
    results = []
    for name, more in (
        ("whole.csv", ()),
        ("whole.parquet", ()),
        ("whole.duckdb", ("--table", "cohort")),
    ):
        out = f"{name}.result.csv"
        ended = lesion("population", "lesion.pw", "--input", name, *more, "-o", out)
        assert ended.code == 0, ended.err
        results.append((lesion.folder / out).read_text("utf-8"))
    assert results[0] == results[1] == results[2]
    which = lesion("population", "lesion.pw", "--input", "whole.duckdb", "-o", "r.csv")
    assert (which.code, which.err) == (
        2,
        "whole.duckdb: say with --table which one: cohort, other\n",
    )


def test_parquet_result(lesion: Program) -> None:
    ended = lesion("population", "lesion.pw", "--input", "whole.csv", "-o", "r.parquet")
    assert ended.code == 0
    table = pq.read_table(lesion.folder / "r.parquet")
    assert table["row"].to_pylist() == [1, 2, 3]
    assert table["local_outcome"].to_pylist() == ["ablation", "systemic", None]


def test_every_problem_of_a_mapping_at_once(lesion: Program) -> None:
    lesion.write("bad.yaml", "date: vist\nfacts:\n  lagest: value\n  fit:\n    column: value\n"
                 "    values: {J: perhaps}\n    rows: often\n    units: 3\n    colour: red\n"
                 "  largest: {column: value, unit: qq, rows: any}\n")  # fmt: skip
    ended = lesion("population", "lesion.pw", "--input", "visits.csv", "--map", "bad.yaml",
                   "-o", "r.csv")  # fmt: skip
    assert ended.code == 2
    for said in (
        "the mapping: the cohort has no column `vist`; did you mean `visit`?",
        "lagest: the pathway has no such fact; did you mean `largest`?",
        "fit: `J` becomes `perhaps` is not yes or no",
        "fit: `rows` is one, latest or any, not `often`",
        "fit: `units` needs lines such as `TEXT: MEANING`",
        "fit: `colour` is none of",
        "largest: `rows: any` is for yes/no facts",
    ):
        assert said in ended.err
    assert not (lesion.folder / "r.csv").exists()


def test_different_values_without_a_rule_refuse_the_patient(lesion: Program) -> None:
    lesion.write("two.csv", "id,largest,fit\n1,20,yes\n1,20.0,yes\n1,50,yes\n2,20,no\n2,20,no\n")
    ended = lesion("population", "lesion.pw", "--input", "two.csv", "-o", "r.csv")
    rows = rows_of((lesion.folder / "r.csv").read_text("utf-8"))
    assert ended.code == 1
    assert rows["1"]["problems"] == (
        "row 3: largest: `50` after `20`; say in the mapping which counts (`rows: latest` or `any`)"
    )
    assert rows["2"]["local_outcome"] == "ablation"


def test_what_stands_for_all_other_values(lesion: Program) -> None:
    lesion.write(
        "m.yaml",
        "id: id\nfacts:\n  fit: {column: asa, values: {1: yes, 2: yes}, else: no}\n"
        "  largest: {column: size, unit: cm, values: {none: null}, else: 4}\n",
    )
    lesion.write("asa.csv", "id,asa,size\na,1,none\nb,3,9\nc,,9\n")
    ended = lesion(
        "population", "lesion.pw", "--input", "asa.csv", "--map", "m.yaml", "-o", "r.csv"
    )
    assert ended.code == 0, ended.out
    rows = rows_of((lesion.folder / "r.csv").read_text("utf-8"))
    assert [row["local_outcome"] for row in rows.values()] == ["", "systemic", ""]


def test_a_value_too_old_is_asked_again(program: Program) -> None:
    text = LESION.replace("  usually 20 mm", "  usually 20 mm\n  valid for 30 days")
    program.write("lesion.pw", text)
    program.write("visits.csv", VISITS)
    program.write("mapping.yaml", MAPPING)
    ended = program("population", "lesion.pw", "--input", "visits.csv", "--map", "mapping.yaml",
                    "-o", "r.csv", "--on", "2026-03-15")  # fmt: skip
    assert ended.code == 1
    rows = rows_of((program.folder / "r.csv").read_text("utf-8"))
    assert (rows["17"]["status"], rows["18"]["status"]) == ("recommendation", "request")


def test_texts_of_a_cohort_are_only_text(lesion: Program) -> None:
    hostile = LESION.replace('"Thermal ablation"', '"A </text><script>x</script>"')
    lesion.write("lesion.pw", hostile)
    lesion.write("h.csv", 'id,largest,fit\n"=1+1",20,yes\n"\x1b[31m",20,maybe\n')
    ended = lesion("population", "lesion.pw", "--input", "h.csv", "-o", "r.csv")
    assert "\x1b" not in ended.out
    picture = ET.fromstring((lesion.folder / "r.svg").read_text("utf-8"))
    assert not [one for one in picture.iter() if one.tag.endswith("script")]
    assert "'=1+1" in (lesion.folder / "r.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.csv", "a,a\n1,2\n", "two columns are called `a`"),
        ("x.csv", "id,fit\n1\n", "line 2 has 1 cells instead of 2"),
        ("x.csv", b"id,fit\n1,\xff\n", "this is not UTF-8 text"),
        ("x.parquet", "no", "this is no Parquet file"),
        ("x.duckdb", "no" * 5_000, "this is no DuckDB file"),
        ("x.xlsx", "no", "a cohort is a .csv, .parquet or .duckdb file"),
        ("x.csv", "age\n1\n", "no column has the name of a fact"),
    ],
)
def test_what_cannot_be_read(lesion: Program, name: str, content: str | bytes, said: str) -> None:
    lesion.write(name, content)
    ended = lesion("population", "lesion.pw", "--input", name, "-o", "r.csv")
    assert ended.code == 2
    assert said in ended.err


def test_each_patient_is_answered_as_evaluate_answers(program: Program) -> None:
    artifact = liver_artifact()
    path: Path = program.write("liver.json", dump_artifact(artifact))
    pathway = load(path)
    chance = random.Random(3)
    cases = some_cases(pathway, 120)
    stream = io.StringIO()
    writer = csv.writer(stream)
    names = [fact.name for fact in pathway.facts]
    writer.writerow(["id", *names])
    for number, case in enumerate(cases):
        if chance.random() < 0.2:
            case.clear()
        writer.writerow([number, *(_cell(case.get(name)) for name in names)])
    program.write("c.csv", stream.getvalue())
    ended = program("population", "liver.json", "--input", "c.csv", "-o", "r.csv", "--stage",
                    "management")  # fmt: skip
    assert ended.code == 0, ended.out
    rows = rows_of((program.folder / "r.csv").read_text("utf-8"))
    for number, case in enumerate(cases[:40]):
        answer = pathway.evaluate(
            pathway.case({k: _cell(v) for k, v in case.items()}), "management"
        )
        assert rows[str(number)]["status"] == answer.status
        for one in answer.tracks:
            assert rows[str(number)][f"{one.track}_outcome"] == one.outcome


def _cell(value: object) -> str:
    if isinstance(value, Fraction):
        return write_exact(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "")
