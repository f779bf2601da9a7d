"""Imports by name: what is visible, what comes along, what cannot be found."""

from __future__ import annotations

import pytest

from pathwaylang.compiler.model import build_model
from tests.model.kit import ANY_DECISION, findings, load, model_of, places

SCORES = """\
module scores "Scores"
  review by 2027-05-23
source trial "A trial"
  says cut at "table 1" "ECOG up to 2"
source other "Another trial"
  says more at "table 2" "not followed here"
fact ecog "ECOG": whole number 0..4
fact unrelated "Unrelated": yes/no
test visit "Visit" finds ecog, unrelated
define fit "Fit" as ecog <= 2
  cite trial.cut
define unfit "Unfit" as not fit
decide help "Is help needed?"
  cite trial.cut
  when fit then recommend go_on
  otherwise recommend support
recommendation go_on "Go on"
recommendation support "Support"
recommendation never_used "Never used"
never recommend go_on when not fit
  cite trial.cut
"""

MAIN = """\
pathway p "P"
use help, ecog from "shared/scores.pw"
decide start "Start?"
  opinion "for the test"
  when ecog <= 3 then go to help
  otherwise recommend rest
recommendation rest "Rest"
"""
FILES = {"shared/scores.pw": SCORES}


def test_imports_bring_what_they_refer_to() -> None:
    model = model_of(MAIN, FILES)
    assert places(MAIN, FILES) == []
    assert [fact.name for fact in model.facts] == ["ecog"]
    assert [item.name for item in model.derived] == ["fit"]
    assert [item.name for item in model.decisions] == ["start", "help"]
    assert [item.name for item in model.recommendations] == ["rest", "go_on", "support"]
    assert [source.name for source in model.sources] == ["trial"]
    assert [rule.text for rule in model.rules] == ["never recommend go_on when not fit"]
    assert model.reviews[0][:2] == ("scores", "2027-05-23")


def test_a_test_comes_with_the_facts_of_its_file() -> None:
    (test,) = model_of(MAIN, FILES).tests
    assert (test.name, test.finds) == ("visit", ("ecog",))


def test_rules_see_the_whole_pathway_and_bring_it() -> None:
    main = MAIN + 'never recommend rest when unfit\n  opinion "for the test"\n'
    assert [item.name for item in model_of(main, FILES).derived] == ["fit", "unfit"]


def test_two_modules_may_share_a_third() -> None:
    files = {
        "a.pw": 'module a "A"\nuse x from "c.pw"\ndefine ax "AX" as x\n',
        "b.pw": 'module b "B"\nuse x from "c.pw"\ndefine bx "BX" as x\n',
        "c.pw": 'module c "C"\nfact x "X": yes/no\n',
    }
    main = (
        'pathway p "P"\nuse ax from "a.pw"\nuse bx from "b.pw"\ndecide d "D"\n'
        '  opinion "o"\n  when ax and bx then recommend r\n  otherwise recommend r\n'
        'recommendation r "R"\n'
    )
    assert places(main, files) == []
    assert [item.name for item in model_of(main, files).derived] == ["ax", "bx"]


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("help, ecog from", "helpp, ecog from", ["PW0906 2"]),
        ("shared/scores.pw", "scores.pw", ["PW0905 2"]),
        ("help, ecog from", "help from", ["PW0301 5"]),
        ("help, ecog from", "help, ecog, go_on.1 from", None),
        ('recommendation rest "Rest"', 'fact fit "F": yes/no\nrecommendation rest "Rest"',
         ["PW0302 shared/scores.pw:10"]),
        ('recommendation rest "Rest"', 'recommendation rest "Rest"\nfact FIT "F": yes/no',
         ["PW0306 shared/scores.pw:10"]),
    ],
)  # fmt: skip
def test_findings(right: str, wrong: str, expected: list[str] | None) -> None:
    found = places(MAIN.replace(right, wrong, 1), FILES)
    if expected is None:
        assert len(found) == 1
    else:
        assert found == expected


def test_a_name_that_is_not_imported_says_how() -> None:
    (found,) = findings(MAIN.replace("help, ecog from", "help from"), FILES)
    assert 'use ecog from "shared/scores.pw"' in found.help


def test_a_name_of_another_module_says_where() -> None:
    files = FILES | {"b.pw": 'module b "B"\nuse ecog from "shared/scores.pw"\nfact y "Y": yes/no\n'}
    main = MAIN.replace("use help, ecog", 'use ecog from "b.pw"\nuse help')
    (found,) = findings(main, files)
    assert found.code == "PW0906"
    assert "shared/scores.pw" in found.help


def test_paths_are_relative_to_the_file_that_says_them() -> None:
    files = {
        "shared/a.pw": 'module a "A"\nuse x from "deep/b.pw"\ndefine y "Y" as x\n',
        "shared/deep/b.pw": 'module b "B"\nuse z from "../c.pw"\nfact x "X": yes/no\n',
        "shared/c.pw": 'module c "C"\nfact z "Z": yes/no\n',
    }
    main = f'pathway p "P"\nuse y from "shared/a.pw"\n{ANY_DECISION}'
    modules, found = load(main, files)
    assert found == []
    assert [module.path for module in modules.modules] == ["main.pw", *files]


def test_import_circle_is_reported_once_and_names_still_resolve() -> None:
    files = {
        "a.pw": 'module a "A"\nuse y from "b.pw"\nfact x "X": yes/no\ndefine ax "AX" as y\n',
        "b.pw": 'module b "B"\nuse x from "a.pw"\nfact y "Y": yes/no\ndefine bx "BX" as x\n',
    }
    main = f'pathway p "P"\nuse ax from "a.pw"\n{ANY_DECISION}'
    (found,) = findings(main, files)
    assert found.code == "PW0904"
    assert "a.pw → b.pw → a.pw" in found.notes[0]


def test_findings_of_a_module_are_reported_in_it() -> None:
    files = {"shared/scores.pw": SCORES.replace("ecog <= 2", "ecgo <= 2")}
    assert places(MAIN, files) == ["PW0301 shared/scores.pw:10"]


def test_a_broken_item_of_a_module_is_one_finding() -> None:
    files = {"shared/scores.pw": SCORES.replace("fact ecog", "fact ecog ecog")}
    (place,) = places(MAIN, files)
    assert place.startswith("PW02")
    assert place.endswith("shared/scores.pw:7")


def test_an_overlay_without_its_base_has_no_model() -> None:
    text = 'overlay o "O"\n  of p version 1.0.0\nfact x "X": yes/no\n  usually 5\n'
    assert places(text) == ["PW0905 2"]
    modules, _ = load(text)
    assert build_model(modules).model is None


def test_a_module_alone_is_checked_but_nothing_in_it_is_unused() -> None:
    text = 'module m "M"\nfact x "X": yes/no\nsource s "S"\n  says a at "1" "text"\n'
    assert places(text) == []
    assert places(text + 'define y "Y" as z\n') == ["PW0301 5"]
