"""The formatter: a fixed point, no comment lost, no meaning changed, whatever the white space was.

Over generated pathways the semantic difference is asked for; over all files of `pathways/` the
trees, and for the liver pathway as a whole its decision graph, are compared. A file with a mistake
keeps the broken items letter for letter.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathwaylang.compiler.emit.dump import dump_graph
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.qa.difference import Difference, compare_graphs
from pathwaylang.compiler.syntax import format_text, parse_file
from pathwaylang.diagnostics import Source
from pathwaylang.ir.graph import DecisionGraph
from tests.properties.damage import Damage, damaged
from tests.properties.to_pw import to_pw
from tests.verify.strategies import graphs

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "pathways").rglob("*.pw"))
SAMPLES = sorted((ROOT / "tests" / "syntax" / "samples").glob("*.pw"))
SLOW = settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def formatted(text: str) -> str:
    source = Source("main.pw", text)
    return format_text(parse_file(source), source)


def comments(text: str) -> list[str]:
    return [comment.text for comment in parse_file(Source("main.pw", text)).file.comments]


def keeps(text: str, chance: Random) -> str:
    """Damage a text, format it, and hold the promises; return the formatted text."""
    before = parse_file(Source("main.pw", text))
    messy = damaged(text, Damage(chance, comments=True))
    parsed = parse_file(Source("main.pw", messy))
    assert parsed.diagnostics == before.diagnostics == ()
    assert parsed.file.items == before.file.items, "the damage is no damage of meaning"
    again = formatted(messy)
    after = parse_file(Source("main.pw", again))
    assert after.diagnostics == ()
    assert (after.file.head, after.file.items) == (before.file.head, before.file.items)
    assert comments(again) == comments(messy)
    assert formatted(again) == again
    return again


@pytest.mark.parametrize("path", [*FILES, *SAMPLES], ids=lambda path: path.name)
def test_files_with_damaged_white_space(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    keeps(text, Random(path.name))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_spaces_and_indentation_alone_come_back_as_they_were(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    messy = damaged(text, Damage(Random(path.name), lines=False))
    assert messy != text
    assert formatted(text) == text
    assert formatted(messy) == text


@SLOW
@given(graphs(), st.randoms(use_true_random=False))
def test_the_semantic_difference_is_empty(graph: DecisionGraph, random: Random) -> None:
    text = to_pw(graph)
    again = keeps(text, random)
    old, new = (Compilation(Source("main.pw", t), lambda name: None).graph for t in (text, again))
    assert (old is None) == (new is None)
    if old is None or new is None:
        return
    assert dump_graph(old) == dump_graph(new)
    difference = compare_graphs(old, new)
    assert isinstance(difference, Difference)
    assert not difference.changes
    assert not difference.facts
    assert not difference.losses
    assert not difference.edits


def test_the_liver_pathway_means_the_same_after_damage_and_formatting() -> None:
    texts = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in FILES}
    messy = {
        name: formatted(damaged(text, Damage(Random(name), comments=True)))
        for name, text in texts.items()
    }
    found = []
    for files in (texts, messy):
        name = "pathways/liver_mets.pw"
        compilation = Compilation(
            Source(name, files[name]),
            lambda path, files=files: Source(path, files[path]) if path in files else None,  # type: ignore[misc]
        )
        assert compilation.graph is not None
        found.append(dump_graph(replace(compilation.graph, reviews=())))
    assert found[0] == found[1]


BROKEN = (
    'decide  third   "Third?"\n    when fit   than care\n  # why\n     id    X\n',
    'fact  x  "X": number in  mm\n     usually   3  mm\n',
    'score  "no name"\n   add  2  when  a\n',
    "never   recommend\n",
)


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("seed", range(3))
def test_broken_items_stay_letter_for_letter(broken: str, seed: int) -> None:
    text = SAMPLES[0].read_text(encoding="utf-8")
    assert "\n\n" in text
    places = text.count("\n\n") - 1
    at = -1
    for _ in range(Random(seed).randint(1, places)):
        at = text.index("\n\n", at + 1)
    while text[at + 2] in " #\n" or text.count('"""', 0, at) % 2:
        at = text.index("\n\n", at + 1)
    above, below = (part.replace("\nfact ", "\nfact    ") for part in (text[:at], text[at:]))
    messy = f"{above}\n\n{broken}{below}"
    parsed = parse_file(Source("main.pw", messy))
    assert len(parsed.file.broken) == 1
    again = formatted(messy)
    assert broken.rstrip("\n") in again
    assert again.count("\nfact    ") == 0
    assert formatted(again) == again
    assert comments(again) == comments(messy)
