"""Case files as people send them: CSV of several makers, JSON, and what is wrong with them."""

from __future__ import annotations

import pytest

from pathwaylang.compiler.qa.case_files import read_case_file


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_of_any_spreadsheet(sign: str) -> None:
    lines = (
        ["id", "largest", "fit", "expect.local"],
        ["a", "2.50", "", "recommend  ablation"],
        ["", "", "", ""],
        ["b", '"2 mm"', "yes", "wait"],
    )
    text = "\ufeff" + "\r\n".join(sign.join(line) for line in lines)
    file = read_case_file("cases.csv", text)
    assert file.problems == ()
    assert [row.id for row in file.rows] == ["a", "b"]
    assert file.rows[0].given == {"largest": "2.50"}
    assert file.rows[0].expected == (("local", "recommend ablation"),)
    assert file.rows[1].given == {"largest": "2 mm", "fit": "yes"}


def test_json_keeps_numbers_exact() -> None:
    text = '[{"id": "a", "largest": 2.50, "fit": null, "expect.local": "wait"}, {"ecog": 1}]'
    file = read_case_file("x.json", text)
    assert file.rows[0].given == {"largest": "2.50"}
    assert (file.rows[1].id, file.rows[1].given, file.rows[1].expected) == (
        "case 2",
        {"ecog": 1},
        (),
    )


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("x.csv", "", "this file is empty"),
        ("x.csv", "id,a\n", "this file holds no case"),
        ("x.csv", "id,a\n1\n", "line 2 has 1 cells, the head has 2"),
        ("x.csv", "id,a,a\n1,2,3\n", "the column `a` stands twice"),
        ("x.csv", "id,,a\n1,2,3\n", "a column of the head has no name"),
        ("x.csv", "id,a\n1,2\n1,3\n", "the id `1` stands twice"),
        ("x.csv", 'id,a\n1,"2\n', "line 2 is not CSV: unexpected end of data"),
        ("x.json", "[1]", "case 1 is no object of facts"),
        ("x.json", '{"a": NaN}', "`NaN` is not a value"),
        ("x.json", '{"a": 1, "a": 2}', "the column `a` stands twice"),
        ("x.json", '{"expect.local": 1}', "case 1: `expect.local` must be a text"),
        ("x.json", "[" * 100_000, "nested too deeply for a case"),
    ],
)
def test_what_is_wrong_is_said(name: str, text: str, told: str) -> None:
    file = read_case_file(name, text)
    assert (file.rows, file.problems) == ((), (told,))
