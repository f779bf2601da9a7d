"""`run`: the four endings, input with all its problems at once, both forms of a pathway."""

from __future__ import annotations

import json

import pytest

from tests.cli.support import GAP, LESION, Program
from tests.diagnostics.samples import HOSTILE, RAW_CHARACTERS

STAGED = """\
pathway staged "Two stages"
  applies when adult

source guide "A guideline"
  says limit at "Table 2" "Ablation up to 30 mm"

fact adult "Adult": yes/no
fact largest "Largest diameter": number in cm 0.1..20 step 0.1
  converts 1 cm = 10 g
fact widespread "Disease elsewhere": yes/no
fact reserve "Liver reserve": choice of good "Good reserve", poor
  may be unknown

test ct "Contrast CT" finds largest, widespread
  cite guide

impossible when widespread and largest < 1 cm
  because "Invented for a test."

stage workup "Workup" starts at first
stage management "Management" starts at local, support

decide first "Is there disease elsewhere?"
  obtain ct
  cite guide
  when widespread then recommend systemic
  when not widespread then go to management

decide local "What is done about the lesion?"
  obtain ct
  when largest <= 3 cm then offer ablation or resection
    cite guide.limit
  when largest > 3 cm then recommend resection
    opinion "Larger ones are resected."

decide support "Is support needed?"
  opinion "Invented for a test."
  when reserve is poor then recommend support_team
  when reserve is good then recommend no_support
  when unknown then recommend support_team

recommendation ablation "Thermal ablation"
  strength conditional
recommendation resection "Resection"
  do "Call the surgeon"
  avoid "Delay"
  evidence moderate
recommendation systemic "Systemic therapy"
recommendation support_team "Involve the support team"
recommendation no_support "No support now"
"""


@pytest.fixture
def staged(program: Program) -> Program:
    program.write("staged.pw", STAGED)
    ended = program("check", "staged.pw")
    assert "error" not in ended.out
    return program


def run(program: Program, *arguments: str) -> dict[str, object]:
    """Run and return the answer as JSON."""
    ended = program("run", "staged.pw", "--json", *arguments)
    assert (ended.code, ended.err) == (0, "")
    answer: dict[str, object] = json.loads(ended.out)
    return answer


def settings(text: str) -> list[str]:
    """Return `-s` options for `a=1; b=2`."""
    return [part for pair in text.split("; ") for part in ("-s", pair)]


WHOLE = "adult=yes; widespread=no; largest=2.5 cm; reserve=good"


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (WHOLE, "recommendation"),
        ("adult=yes; widespread=no", "request"),
        ("adult=no", "outside"),
        ("adult=yes; widespread=yes; largest=0.5", "contradiction"),
    ],
)
def test_four_endings_end_with_zero(given: str, status: str, staged: Program) -> None:
    assert run(staged, *settings(given))["status"] == status
    assert staged("run", "staged.pw", *settings(given)).code == 0


def test_recommendation_in_words(staged: Program) -> None:
    told = staged("run", "staged.pw", *settings(WHOLE)).out
    for part in (
        "Two stages, version 0.0.0",
        "Continue at Management [management]",
        "Offer a choice",
        "Thermal ablation [ablation]",
        "What is done about the lesion? [local.1, line 31]",
        "since Largest diameter ≤ 3 cm",
        "from Largest diameter: 2.5 cm",
        "source: A guideline, Table 2: Ablation up to 30 mm",
        "No support now [no_support]",
        "Liver reserve: Good reserve",
        "opinion: Invented for a test.",
        "Status: draft; not approved for use on patients.",
        "not a medical device",
    ):
        assert part in told, part


def test_advice_in_words(staged: Program) -> None:
    told = staged("run", "staged.pw", *settings(WHOLE.replace("2.5", "5"))).out
    assert "Recommended: Resection [resection]" in told
    assert "do: Call the surgeon" in told
    assert "avoid: Delay" in told
    assert "evidence: moderate" in told


def test_request_in_words(staged: Program) -> None:
    told = staged("run", "staged.pw", "-s", "adult=yes", "--stage", "management").out
    assert "More must be known" in told
    assert "obtain: Contrast CT [ct]" in told
    assert "it finds: Largest diameter" in told
    assert "decides: offer ablation or resection or resection" in told
    assert "ask: Liver reserve [reserve]" in told
    assert "still possible: " in told


def test_outside_and_contradiction_in_words(staged: Program) -> None:
    assert "Outside this pathway" in staged("run", "staged.pw", "-s", "adult=no").out
    given = settings("adult=yes; widespread=yes; largest=0.5")
    told = staged("run", "staged.pw", *given).out
    assert "The facts contradict each other" in told
    assert "Invented for a test." in told
    assert "Largest diameter: 0.5 cm" in told


def test_case_file_and_settings(staged: Program) -> None:
    staged.write("case.json", '{"adult": true, "widespread": false, "largest": "25 mm"}')
    answer = run(staged, "--case", "case.json", "-s", "largest=40 mm", "-s", "reserve=unknown")
    tracks = answer["tracks"]
    assert isinstance(tracks, dict)
    assert tracks["local"]["outcome"] == "resection", "-s outranks the file"
    assert tracks["support"]["outcome"] == "support_team"


def test_conversion_is_told(staged: Program) -> None:
    given = settings(WHOLE.replace("2.5 cm", "27 mm"))
    assert "Read as: largest: 27 mm = 2.7 cm" in staged("run", "staged.pw", *given).out


def test_case_from_standard_input(staged: Program) -> None:
    ended = staged("run", "staged.pw", "--case", "-", "--json", stdin='{"adult": false}')
    assert json.loads(ended.out)["status"] == "outside"


def test_numbers_are_read_exactly(staged: Program) -> None:
    number = "0.1000000000000000000000000000000000001"
    staged.write("case.json", f'{{"largest": {number}}}')
    ended = staged("run", "staged.pw", "--case", "case.json")
    assert ended.code == 1
    assert number in ended.err, "as written, not rounded to a float on the grid"


def test_all_problems_at_once(staged: Program) -> None:
    staged.write(
        "case.json", '{"largest": 900, "adult": "perhaps", "reserv": "good", "widespread": 3}'
    )
    ended = staged("run", "staged.pw", "--case", "case.json", "-s", "reserve=fine")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("this is no case of staged: 5 problems\n")
    for part in ("largest", "adult", "did you mean `reserve`", "widespread", "`fine`"):
        assert part in ended.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "is not JSON"),
        ("[1]", "a case is a JSON object of facts"),
        ('{"adult": true, "adult": false}', "`adult` is given twice"),
        ('{"largest": NaN}', "`NaN` is not a value"),
        ('{"largest": -Infinity}', "`-Infinity` is not a value"),
        ("[" * 100_000, "nested too deeply"),
        ('{"largest": ' + "9" * 10_000 + "}", "largest"),
        ('{"largest": 1e999999999}', "largest"),
        ('{"largest": {"value": 2}}', "largest"),
        ("", "is not JSON"),
    ],
)
def test_what_is_no_case(text: str, told: str, staged: Program) -> None:
    staged.write("case.json", text)
    ended = staged("run", "staged.pw", "--case", "case.json")
    assert (ended.code, ended.out) == (1, "")
    assert told in ended.err
    assert len(ended.err) < 1000


@pytest.mark.parametrize(
    "arguments",
    [
        ("missing.pw",),
        ("staged.pw", "--case", "missing.json"),
        ("staged.pw", "--stage", "nowhere"),
        ("staged.pw", "-s", "adult"),
        ("staged.pw", "-s", "=yes"),
    ],
)
def test_wrong_calls_end_with_two(arguments: tuple[str, ...], staged: Program) -> None:
    ended = staged("run", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err


def test_unknown_stage_names_the_stages(staged: Program) -> None:
    ended = staged("run", "staged.pw", "--stage", "nowhere")
    assert "there is no stage `nowhere`; the pathway has workup, management" in ended.err


def test_faulty_pathway_is_refused(program: Program) -> None:
    program.write("gap.pw", GAP)
    ended = program("run", "gap.pw", "-s", "fit=yes")
    assert ended.code == 1
    assert "error PW0502" in ended.out
    assert "1 error; `pathwaylang check` must pass first" in ended.out


def test_module_cannot_run(program: Program) -> None:
    program.write("m.pw", 'module m "M"\nfact fit "Fit": yes/no\n')
    ended = program("run", "m.pw")
    assert ended.code == 1
    assert "module" in ended.err + ended.out


def test_artifact_answers_like_its_source(staged: Program) -> None:
    assert staged("build", "staged.pw", "-o", "out", "--target", "json").code == 0
    compiled = staged("run", "out/staged.json", *settings(WHOLE))
    assert compiled == staged("run", "staged.pw", *settings(WHOLE))


@pytest.mark.parametrize(
    "text", ["{", "{}", '{"schema_version": "99.0"}', '{"schema_version": "1.0"}', "{" * 5000]
)
def test_damaged_artifact_is_one_line(text: str, program: Program) -> None:
    program.write("x.json", text)
    ended = program("run", "x.json")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("x.json: ")
    assert ended.err.count("\n") == 1


def test_hostile_texts_stay_text(program: Program) -> None:
    label = HOSTILE.replace("\x1b[2J\x9b31m ", "").replace("\x07", "")
    label = label.replace("\\", "\\\\").replace('"', '\\"')
    text = LESION
    for plain in ("Largest diameter", "Thermal ablation", "What is done about the lesion?"):
        text = text.replace(plain, label)
    program.write("h.pw", text)
    for form in ((), ("--json",)):
        ended = program("run", "h.pw", "-s", "largest=20", "-s", "fit=yes", *form)
        assert not any(c in ended.out + ended.err for c in RAW_CHARACTERS)
        if ended.code == 0 and not form:
            assert '"><script>' in ended.out
    ended = program("run", "h.pw", "-s", f"{HOSTILE}=1")
    assert not any(c in ended.out + ended.err for c in RAW_CHARACTERS)


def test_expired_value_is_asked_again(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    text = LESION.replace("  usually 20 mm\n", "  usually 20 mm\n  valid for 28 days\n")
    program.write("valid.pw", text)
    program.write(
        "case.json", '{"fit": true, "largest": {"value": 20, "unit": "mm", "taken": "2026-01-01"}}'
    )
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768000000")  # 9 January 2026
    assert "Thermal ablation" in program("run", "valid.pw", "--case", "case.json").out
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")  # 28 May 2026
    assert "is too old" in program("run", "valid.pw", "--case", "case.json").out
