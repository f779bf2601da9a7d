"""Every command takes an overlay as FILE, and says what it is an overlay of."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import program  # noqa: F401 - a fixture
from tests.cli.support import Program
from tests.overlays.kit import FILES, OVERLAY

CASE = '{"adult": true, "largest": 15, "reserve": "good", "fit": true, "generator": true}'


@pytest.fixture
def north(program: Program) -> Program:  # noqa: F811
    """Return the program in a folder with the base and its overlay."""
    for name, text in {**FILES, "north.pw": OVERLAY, "case.json": CASE}.items():
        program.write(name, text)
    return program


def test_check_ends_with_the_difference(north: Program) -> None:
    ended = north("check", "north.pw")
    assert ended.code == 0
    assert "Proved: north 0.1.0 (draft), overlay of lesion 1.2.0 (in review)" in ended.out
    assert "Overlay of lesion 1.2.0 (in review), whose files have the hash" in ended.out
    assert "cases move from" in ended.out
    assert "pathwaylang diff bases/lesion.pw north.pw" in ended.out


def test_a_folder_is_checked_with_its_overlays(north: Program) -> None:
    ended = north("check", ".")
    assert ended.code == 0
    assert "2 files" in ended.out


def test_run_and_test(north: Program) -> None:
    ended = north("run", "north.pw", "--case", "case.json")
    assert ended.code == 0
    assert "Ablation in the north" in ended.out
    assert north("test", "north.pw").out.endswith("north.pw: 0 of 0 examples passed\n")


def test_build_names_both(north: Program) -> None:
    assert north("build", "north.pw", "--target", "doc,json", "-o", "out").code in (0, 2)
    for target in ("doc", "json"):
        assert north("build", "north.pw", "--target", target, "-o", "out").code == 0
    document = (north.folder / "out" / "north.md").read_text(encoding="utf-8")
    assert "| **Overlay of** | lesion 1.2.0" in document
    assert "| replace branch | local.small | The generator is shared. |" in document
    artifact = json.loads((north.folder / "out" / "north.json").read_text(encoding="utf-8"))
    base = artifact["graph"]["about"]["base"]
    assert (base["name"], base["version"], len(base["source_hash"])) == ("lesion", "1.2.0", 64)


def test_draw_names_both(north: Program) -> None:
    assert north("draw", "north.pw", "--format", "dot", "-o", "charts").code == 0
    drawn = "".join(p.read_text(encoding="utf-8") for p in (north.folder / "charts").iterdir())
    assert "overlay of lesion 1.2.0 (in review)" in drawn


def test_fmt_keeps_an_overlay(north: Program) -> None:
    assert north("fmt", "--check", "north.pw").code in (0, 1)
    north("fmt", "north.pw")
    assert north("check", "north.pw").code == 0
    assert 'of lesion version 1.2.0 from "bases/lesion.pw"' in (
        north.folder / "north.pw"
    ).read_text(encoding="utf-8")


def test_certify_and_sign(north: Program) -> None:
    assert north("certify", "north.pw", "-o", "north.cert.json").code == 0
    assert north("certify", "--verify", "north.cert.json", "north.pw").code == 0
    signed = north("certify", "--sign", "Dr A, north", "--day", "2026-12-01", "north.pw")
    assert signed.code == 0
    assert north("check", "north.pw").code == 0
    north.write("bases/lesion.pw", FILES["bases/lesion.pw"] + "# changed\n")
    changed = north("check", "north.pw")
    assert changed.code == 1
    assert "PW0902" in changed.out
    verified = north("certify", "--verify", "north.cert.json", "north.pw")
    assert verified.code == 1


@pytest.mark.parametrize("what", ["syntax", "model", "graph", "diagram"])
def test_dump(what: str, north: Program) -> None:
    ended = north("dump", what, "north.pw")
    assert ended.code == 0
    assert "north" in ended.out or "local" in ended.out


def test_diff_of_base_and_overlay(north: Program) -> None:
    ended = north("diff", "bases/lesion.pw", "north.pw", "--fail-on", "safety")
    assert ended.code == 0
    assert "largest has another range: 1..200 before, 1..100 now" in ended.out


def test_a_base_that_is_away_is_said(north: Program) -> None:
    (north.folder / "bases" / "lesion.pw").unlink()
    ended = north("check", "north.pw")
    assert ended.code == 1
    assert "the base `bases/lesion.pw` cannot be read" in ended.out
