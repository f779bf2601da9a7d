"""A small pathway made by hand, with every kind of fact; proved and compiled as the compiler does.

`start` reads bilirubin (converted), a scan that a test finds, and fever; `support` reads pain,
which is asked only of awake patients. The constraint: nobody is asleep and in pain.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from pathwaylang.compiler.emit.artifact import Stamp, emit_artifact
from pathwaylang.compiler.verify.prove import prove
from pathwaylang.diagnostics import Span
from pathwaylang.ir.artifact import Artifact, dump_artifact
from pathwaylang.ir.derived import Add, Basis, Formula, Score
from pathwaylang.ir.facts import Bridge, Choice, Fact, FactCode
from pathwaylang.ir.graph import (
    About,
    Branch,
    Citable,
    Constraint,
    Decision,
    DecisionGraph,
    Example,
    Outcome,
    Reassess,
    Recommendation,
    Stage,
    Statement,
    Test,
    Waiver,
)
from pathwaylang.ir.guards import All, Arith, Holds, Interval, Not, OneOf, Ref, Within
from pathwaylang.runtime import Pathway, loads

HEAD = Span("small.pw", 0, 0)
CITED = Basis(cites=("guide.s1",))


def number(low: str, high: str, *, closed: bool = True) -> Interval:
    return Interval(Fraction(low), Fraction(high), True, closed)


FACTS = (
    Fact("adult", "Adult", "yes/no", ask="Is the patient an adult?", usually=True),
    Fact("awake", "Awake", "yes/no", ask="Is the patient awake?", usually=False),
    Fact("pain", "Pain", "yes/no", ask="Does it hurt?", asked_when=Holds("awake")),
    Fact(
        "bilirubin",
        "Bilirubin",
        "number",
        range=number("0", "30"),
        step=Fraction("0.1"),
        unit="mg/dL",
        ask="How high is bilirubin?",
        group="Laboratory",
        codes=(FactCode("LOINC", "1975-2", "Bilirubin total"),),
        usually=Fraction("0.8"),
        valid_days=28,
        bridges=(Bridge(Fraction(1), "mg/dL", Fraction("17.1"), "umol/L"),),
        labels=(("de", "Bilirubin im Serum"),),
    ),
    Fact(
        "scan",
        "Finding of the scan",
        "choice",
        (Choice("clear", "nothing found"), Choice("spot", "one spot"), Choice("many", "many")),
    ),
    Fact("size", "Size of the spot", "number", range=number("0", "9"), unit="cm"),
    Fact("fever", "Fever", "yes/no", may_be_unknown=True, valid_days=0),
    Fact(
        "age", "Age", "number", range=number("18", "120", closed=False), step=Fraction(1), unit="a"
    ),
)

RECOMMENDATIONS = (
    Recommendation(
        "operate",
        "Operate",
        do=("Book the theatre",),
        avoid=("Aspirin",),
        strength="strong for",
        evidence="moderate",
        reassess=(Reassess("after 8 weeks", "start"),),
        codes=(FactCode("SNOMED", "387713003"),),
        basis=CITED,
    ),
    Recommendation("ablate", "Ablate"),
    Recommendation("wait", "Wait and see"),
    Recommendation("drug", "Give a drug", basis=Basis(opinions=("it helps",))),
    Recommendation("comfort", "Comfort"),
)


def recommend(*names: str) -> Outcome:
    return Outcome("recommend", names)


def go(name: str) -> Outcome:
    return Outcome("go to", (name,), "decision")


START = Decision(
    "start",
    "Is bilirubin high?",
    (
        Branch(
            "high",
            "when",
            Within("bilirubin", (Interval(Fraction(2), None),)),
            recommend("wait"),
            strength="conditional for",
        ),
        Branch("low", "otherwise", None, go("look"), basis=CITED),
    ),
)
LOOK = Decision(
    "look",
    "What does the scan show?",
    (
        Branch(
            "clear",
            "when",
            OneOf("scan", ("clear",)),
            recommend("wait"),
            text="scan is clear",
            strength="strong for",
        ),
        Branch("spot", "when", OneOf("scan", ("spot",)), go("how_big"), text="scan is spot"),
        Branch("many", "when", OneOf("scan", ("many",)), recommend("drug"), text="scan is many"),
    ),
    obtains=("ct",),
)
BIG = Decision(
    "how_big",
    "How big is it?",
    (
        Branch(
            "small",
            "when",
            Within("size", (Interval(None, Fraction(3)),)),
            Outcome("offer", ("operate", "ablate")),
        ),
        Branch(
            "risky",
            "when",
            All((Within("size", (Interval(Fraction(3), None, False),)), Holds("fever"))),
            recommend("wait"),
        ),
        Branch(
            "large",
            "when",
            All((Within("size", (Interval(Fraction(3), None, False),)), Not(Holds("fever")))),
            recommend("operate"),
        ),
        Branch("unsure", "unknown", None, recommend("drug", "wait")),
    ),
)
HURTS = All((Holds("awake"), Holds("pain")))
SUPPORT = Decision(
    "support",
    "What helps?",
    (
        Branch("hurts", "when", HURTS, recommend("drug")),
        Branch(
            "older",
            "when",
            All((Not(HURTS), Within("risk", (Interval(Fraction(1), None),)))),
            recommend("comfort"),
        ),
        Branch("none", "otherwise", None, Outcome("go to", ("later",), "stage")),
    ),
)
LATER = Decision("later", "And later?", (Branch("later.1", "otherwise", None, recommend("wait")),))

GRAPH = DecisionGraph(
    About("small", "A small pathway", "1.2.0", "in_review"),
    FACTS,
    (
        Score("risk", "Risk", (Add(Fraction(1), Within("age", (Interval(Fraction(65), None),))),)),
        Formula("double", "Double size", Arith("+", Ref("size"), Ref("size")), number("0", "18")),
    ),
    (START, LOOK, BIG, SUPPORT, LATER),
    (
        Stage("main", "Main", ("start", "support")),
        Stage("later", "Later", ("later",)),
    ),
    RECOMMENDATIONS,
    (Test("ct", "CT scan", ("scan", "size")),),
    constraints=(
        Constraint(
            All((Not(Holds("awake")), Holds("pain"))),
            Basis(because=("pain is felt awake",)),
            "not awake and pain",
        ),
    ),
    applies=Holds("adult"),
    applies_text="adult",
    sources=(Citable("guide", "The guide", (Statement("s1", "chapter 1", "High values wait"),)),),
    examples=(Example("one", (("size", Fraction("2.5")), ("awake", False)), ()),),
    waivers=(Waiver("PW0509", "known", HEAD, HEAD),),
)


@cache
def artifact() -> Artifact:
    found = prove(GRAPH, HEAD)
    assert found.proof is not None and found.verification is not None
    failures = [d.message for d in found.diagnostics if d.is_failure]
    assert not failures, failures
    stamp = Stamp("pathwaylang test", "0" * 64, (("high", 7),))
    return emit_artifact(GRAPH, found.verification, found.proof.record, stamp)


@cache
def artifact_json() -> str:
    return dump_artifact(artifact())


@cache
def pathway() -> Pathway:
    return loads(artifact_json())
