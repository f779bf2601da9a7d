"""The stable list of codes: number, kebab-case name of the defect, default severity, one line.

A code is never reused. Families: 01 text, 02 grammar, 03 names, 04 types and units, 05 coverage,
06 flow, 07 traceability, 08 safety and examples, 09 modules and documents, 99 our own faults.
"""

from __future__ import annotations

from dataclasses import dataclass

from pathwaylang.diagnostics.diagnostic import Diagnostic, Evidence, Label, Severity

_E, _W, _U = Severity.ERROR, Severity.WARNING, Severity.UNDECIDED
_N = Severity.NOTE


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding."""

    code: str
    name: str
    severity: Severity
    summary: str


_TABLE: tuple[tuple[str, str, Severity, str], ...] = (
    ("PW0101", "tab-in-indentation", _E, "a tab stands where spaces are needed"),
    ("PW0102", "mismatched-indentation", _E, "indentation does not match an open level"),
    ("PW0103", "curly-quotes", _E, "curly quotation marks from a word processor"),
    ("PW0104", "unclosed-string", _E, "a quotation mark is never closed"),
    ("PW0105", "decimal-comma", _E, "a decimal comma where a point is needed"),
    ("PW0106", "unreadable-character", _E, "a character that the language does not know"),
    ("PW0107", "unreadable-file", _E, "the file is not text, is empty or is too large"),
    ("PW0201", "missing-then", _E, "`then` is missing after a condition"),
    ("PW0202", "unknown-line", _E, "a line starts with a word that cannot stand there"),
    ("PW0203", "reserved-name", _E, "a word of the language is used as a name"),
    ("PW0204", "name-with-space", _E, "a name contains a space"),
    ("PW0205", "mixed-and-or", _E, "`and` and `or` are mixed without brackets"),
    ("PW0206", "bullet-without-dash", _E, "a bullet without its dash"),
    ("PW0207", "chained-comparison", _E, "two comparisons in one condition"),
    ("PW0208", "symbol-for-word", _E, "a symbol is used where the language has a word"),
    ("PW0209", "syntax-error", _E, "a line that cannot be read"),
    ("PW0210", "too-deeply-nested", _E, "brackets or bullets are nested too deeply"),
    ("PW0211", "missing-part", _E, "an item lacks a part that it must have"),
    ("PW0212", "repeated-line", _E, "a line that may stand once stands twice"),
    ("PW0213", "ragged-table", _E, "a table row has more or fewer cells than its heading"),
    ("PW0301", "name-not-found", _E, "a name that nothing declares"),
    ("PW0302", "name-declared-twice", _E, "a name is declared twice"),
    ("PW0303", "value-not-of-fact", _E, "a value that the fact does not have"),
    ("PW0304", "unused-fact", _W, "a fact that nothing reads"),
    ("PW0305", "circular-definition", _E, "a definition depends on itself"),
    ("PW0306", "names-differ-by-case", _E, "two names differ only by case"),
    ("PW0307", "wrong-kind-of-name", _E, "a name stands for another kind of thing"),
    ("PW0308", "unused-recommendation", _W, "a recommendation that no branch reaches for"),
    ("PW0401", "number-as-condition", _E, "a number or a choice is used as a yes/no condition"),
    ("PW0402", "choice-compared", _E, "a choice is compared as if it had an order"),
    ("PW0403", "missing-unit", _E, "a number lacks its unit"),
    ("PW0404", "different-dimensions", _E, "units of different kinds are compared"),
    ("PW0405", "unknown-unit", _E, "a unit that is not known"),
    ("PW0406", "value-out-of-range", _E, "a value outside the declared range"),
    ("PW0407", "formula-unit-mismatch", _E, "a formula does not give the stated unit"),
    ("PW0408", "value-off-step", _E, "a value off the declared step"),
    ("PW0409", "bad-range", _E, "a range or step that holds no value"),
    ("PW0410", "wrong-operand", _E, "a word or symbol is used with a value it does not fit"),
    ("PW0411", "formula-out-of-range", _W, "a formula can leave its declared range"),
    ("PW0501", "missing-case", _E, "cases reach no branch"),
    ("PW0502", "gap-between-rows", _E, "a number falls between two rows"),
    ("PW0503", "unanswered-unknown", _E, "`unknown` is not answered"),
    ("PW0504", "conflicting-branches", _E, "two branches apply to the same patient"),
    ("PW0505", "overlapping-branches", _W, "two branches overlap but agree"),
    ("PW0506", "unreachable-branch", _E, "a branch can never be reached"),
    ("PW0507", "always-true", _W, "a condition is always true"),
    ("PW0508", "never-true", _E, "a condition is never true"),
    ("PW0509", "wide-otherwise", _W, "`otherwise` swallows many different cases"),
    ("PW0510", "opened-by-unknown", _W, "a branch is opened by an unknown"),
    ("PW0511", "read-where-not-asked", _W, "a fact is read where it is not asked"),
    ("PW0512", "useless-constraint", _W, "an `impossible` removes nothing that matters"),
    ("PW0513", "not-looked-for", _W, "warnings that a solver does not look for"),
    ("PW0599", "undecided", _U, "a question that no engine decided within its budget"),
    ("PW0601", "circular-path", _E, "the path goes in a circle"),
    ("PW0602", "fact-before-test", _E, "a fact is used before its test"),
    ("PW0603", "dead-end", _E, "nothing leads here"),
    ("PW0701", "missing-source", _E, "a branch has no source"),
    ("PW0702", "quote-not-found", _E, "a quote is not in the source"),
    ("PW0703", "number-without-source", _W, "a number that no cited statement holds"),
    ("PW0704", "uncited-statement", _W, "a statement that nothing cites"),
    ("PW0801", "broken-safety-rule", _E, "a safety rule can be broken"),
    ("PW0802", "contradictory-constraints", _E, "the constraints exclude every patient"),
    ("PW0803", "failing-example", _E, "an example fails"),
    ("PW0804", "vacuous-rule", _W, "a safety rule that no patient meets"),
    ("PW0901", "overlay-mismatch", _E, "an overlay does not fit its base"),
    ("PW0902", "changed-after-approval", _E, "the file was changed after its approval"),
    ("PW0903", "review-overdue", _W, "the day of review has passed"),
    ("PW0904", "import-cycle", _E, "files import one another in a circle"),
    ("PW0905", "module-not-found", _E, "a file named by `use` cannot be read"),
    ("PW0906", "name-not-in-module", _E, "a module does not declare the imported name"),
    # PW0907 said that overlays are not executed; the number is not used again.
    ("PW0908", "unwaivable", _W, "an `accept` that waives nothing, or an error"),
    ("PW0909", "overlay-without-base", _E, "an overlay whose base is no pathway"),
    (
        "PW0910",
        "target-not-in-base",
        _E,
        "an overlay changes something that its base does not have",
    ),
    ("PW0911", "not-narrower", _E, "a fact that an overlay restricts does not become narrower"),
    ("PW0912", "replaced-twice", _E, "an overlay replaces one thing twice"),
    ("PW0913", "beyond-overlay", _E, "an overlay changes what only its base may change"),
    ("PW0914", "changed-example", _N, "an example of the base gets another answer in the overlay"),
    ("PW0915", "unapproved-base", _W, "an approved overlay of a base that is not approved"),
    ("PW9901", "internal-error", _E, "a fault of this program"),
    ("PW9902", "false-alarm", _E, "a finding that the evaluator does not confirm"),
)

CODES: dict[str, Code] = {row[0]: Code(*row) for row in _TABLE}
"""All codes by number, in order."""


def finding(
    code: str,
    message: str,
    *labels: Label,
    notes: tuple[str, ...] = (),
    help: str = "",
    evidence: Evidence | None = None,
) -> Diagnostic:
    """Build a diagnostic with the code's own severity."""
    return Diagnostic(code, CODES[code].severity, message, labels, notes, help, evidence)
