"""`run --ask`: questions that matter, in turn; replies, going back, and why."""

from __future__ import annotations

import json
import re

import pytest

from tests.cli.support import Ended, Program
from tests.cli.test_run import STAGED


@pytest.fixture
def staged(program: Program) -> Program:
    program.write("staged.pw", STAGED)
    return program


def ask(program: Program, *replies: str, options: tuple[str, ...] = ()) -> Ended:
    return program("run", "staged.pw", "--ask", *options, stdin="\n".join(replies) + "\n")


def asked(ended: Ended) -> list[str]:
    """The facts asked, in their order."""
    return re.findall(r"\[(\w+)\]$", ended.err, re.MULTILINE)


def test_only_what_matters_is_asked_and_the_answer_follows(staged: Program) -> None:
    ended = ask(staged, "yes", "yes", options=("--json",))
    assert ended.code == 0
    assert asked(ended) == ["adult", "widespread"]
    answer = json.loads(ended.out)
    assert answer["tracks"]["first"]["outcome"] == "systemic"
    assert "certain now  Is there disease elsewhere?: Systemic therapy" in ended.err
    assert "Nothing else can still change the answer." in ended.err


def test_choices_are_numbered_and_units_are_read(staged: Program) -> None:
    ended = ask(staged, "yes", "no", "25 mm", "1", options=("--json",))
    assert asked(ended) == ["adult", "widespread", "largest", "reserve"]
    assert "    1  good  Good reserve" in ended.err
    answer = json.loads(ended.out)
    outcomes = {name: track["outcome"] for name, track in answer["tracks"].items()}
    assert outcomes["local"] == "offer ablation or resection"
    assert outcomes["support"] == "no_support"


def test_a_wrong_reply_is_asked_again(staged: Program) -> None:
    ended = ask(staged, "maybe", "yes", "no", "99 cm", "2 cm", "7", "poor")
    assert asked(ended) == ["adult", "widespread", "largest", "reserve"]
    assert "`maybe` is not yes or no" in ended.err
    assert "outside its range" in ended.err
    assert "there are choices 1 to 2" in ended.err
    assert "support_team" in ended.out


def test_back_takes_a_reply_back(staged: Program) -> None:
    ended = ask(staged, "back", "yes", "yes2", "back", "no")
    assert asked(ended) == ["adult", "widespread", "adult"]
    assert "there is no reply to take back" in ended.err
    assert "taken back: adult" in ended.err
    assert "Outside this pathway" in ended.out


def test_what_is_put_off_is_not_asked_again_and_stays_open(staged: Program) -> None:
    ended = ask(staged, "yes", "no", "", "good", options=("--json",))
    assert asked(ended) == ["adult", "widespread", "largest", "reserve"]
    assert "Only what you put off can still change the answer." in ended.err
    tracks = json.loads(ended.out)["tracks"]
    assert (tracks["local"]["status"], tracks["support"]["outcome"]) == ("request", "no_support")


def test_why_tells_what_each_value_would_do(staged: Program) -> None:
    ended = ask(staged, "yes", "no", "why", "3", options=("-s", "reserve=good"))
    told = " ".join(ended.err.split())
    assert (
        "0.1..3 cm: What is done about the lesion?: certainly offer Thermal ablation or Resection"
        in told
    )
    assert "3.1..20 cm: What is done about the lesion?: certainly Resection" in told


def test_facts_that_contradict_each_other_can_be_taken_back(program: Program) -> None:
    clash = "impossible when reserve is poor and largest < 1 cm"
    program.write(
        "staged.pw", STAGED.replace("impossible when widespread and largest < 1 cm", clash)
    )
    replies = ("yes", "no", "0.5 cm", "poor", "what?")
    ended = ask(program, *replies, "back", "good", options=("--json",))
    assert "These facts contradict each other:" in ended.err
    assert "Reserve: poor" not in ended.err
    assert "Liver reserve: poor and Largest diameter: 0.5 cm" in ended.err
    assert json.loads(ended.out)["status"] == "recommendation"
    left = ask(program, *replies, "stop")
    assert left.code == 0
    assert "contradict each other" in left.out


def test_the_end_of_the_input_ends_the_interview(staged: Program) -> None:
    ended = staged("run", "staged.pw", "--ask", stdin="yes")
    assert ended.code == 0
    assert "More must be known" in ended.out


def test_help_and_what_is_recorded(staged: Program) -> None:
    ended = ask(staged, "?", "show", "yes", "show", "stop")
    assert "take the last reply back" in ended.err
    assert "nothing is recorded yet" in ended.err
    assert "  Adult: yes" in ended.err


def test_replies_and_files_cannot_share_standard_input(staged: Program) -> None:
    for arguments in (("-", "--ask"), ("staged.pw", "--ask", "--case", "-")):
        ended = staged("run", *arguments)
        assert ended.code == 2
        assert "--ask reads replies from standard input" in ended.err
