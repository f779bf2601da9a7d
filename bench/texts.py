"""`.pw` texts made by a seeded generator: of any length, or of a `Problem`."""

from __future__ import annotations

from random import Random

from bench.problems import Problem, Rule, Variable

_ITEM = """\
# ---- group {n}
fact size{n} "Diameter of lesion {n}": whole number in mm 0..{top}
  may be unknown
  ask "How large is lesion {n}?"
  usually {usual} mm
fact fit{n} "Fit for operation {n}": yes/no
  group "Condition"
fact kind{n} "Kind of lesion {n}": choice of benign{n} "Benign", doubtful{n}, malignant{n}
  note "As the report of the examination says."
define small{n} "Lesion {n} is small" as size{n} <= {small} mm and fit{n}
  unknown means no
    because "What is not measured is not small."
classify in order stage{n} "Stage of lesion {n}"
  because "From the gravest to the mildest."
  grave{n} "Grave" when any of
    - kind{n} is malignant{n} and size{n} > {large} mm
    - all of
      - kind{n} is doubtful{n}
      - size{n} >= {small} mm
      - not fit{n}
  mild{n} "Mild" when small{n} or (kind{n} is one of benign{n}, doubtful{n} and fit{n})
  other{n} "Other" otherwise
decide in order treat{n} "What is done about lesion {n}?"
  because "Operation first."
  unknown means no
    because "Permit only if known."
  when stage{n} is grave{n} and fit{n} then recommend operate{n}
    id T{n}A
    strength conditional for
    opinion "Invented."
  when size{n} in {small}..{large} mm then offer ablate{n} or observe{n}
    opinion "Invented."
  otherwise recommend observe{n}
    opinion "Invented."
recommendation operate{n} "Operation of lesion {n}"
  do "Plan the operation"
recommendation ablate{n} "Ablation of lesion {n}"
recommendation observe{n} "Observation of lesion {n}"
"""


def long_text(lines: int) -> str:
    """Return a well formed text of about so many lines."""
    rng = Random("text")
    parts = ['pathway generated "A generated pathway"\n']
    per_item = _ITEM.count("\n")
    for number in range(max(lines // per_item, 1)):
        small = rng.randint(5, 40)
        large = small + rng.randint(5, 60)
        parts.append(_ITEM.format(n=number, top=200, usual=small, small=small, large=large))
    return "".join(parts)


def _type(variable: Variable) -> str:
    match variable.kind:
        case "yes/no":
            return "yes/no"
        case "choice":
            names = ", ".join(f"{variable.name}v{n}" for n in range(variable.size))
            return f"choice of {names}"
        case "number":
            return f"whole number 0..{variable.size - 1}"


def _test(variable: Variable, cells: tuple[int, ...]) -> str:
    name = variable.name
    match variable.kind:
        case "yes/no":
            return name if cells[0] else f"not {name}"
        case "choice":
            values = ", ".join(f"{name}v{n}" for n in cells)
            return f"{name} is {values}" if len(cells) == 1 else f"{name} is one of {values}"
        case "number":
            return f"{name} in {cells[0]}..{cells[-1]}"


def _cell(variable: Variable, cells: tuple[int, ...] | None) -> str:
    if cells is None:
        return "any"
    is_rest = len(cells) > variable.size // 2 + 1
    shown = [n for n in range(variable.size) if (n in cells) != is_rest]
    return ("not " if is_rest else "") + ", ".join(f"{variable.name}v{n}" for n in shown)


def _row(problem: Problem, rule: Rule) -> str:
    tests = dict(rule.tests)
    cells = [_cell(variable, tests.get(at)) for at, variable in enumerate(problem.variables)]
    return f"  | {' | '.join(cells)} | recommend outcome{rule.outcome} |"


def text_of(problem: Problem, as_table: bool = False) -> str:
    """Return the problem as a pathway of one decision, or of one table."""
    lines = ['pathway generated "Generated"']
    lines += [f'fact {v.name} "{v.name}": {_type(v)}' for v in problem.variables]
    if as_table:
        lines += ['table what "What?"', '  opinion "Generated."']
        lines.append(f"  | {' | '.join(v.name for v in problem.variables)} | then |")
        lines += [_row(problem, rule) for rule in problem.rules]
    else:
        order = "in order " if problem.in_order else ""
        lines += [f'decide {order}what "What?"', '  opinion "Generated."']
        lines += ['  because "Generated."'] if order else []
        for rule in problem.rules:
            tests = " and ".join(_test(problem.variables[at], cells) for at, cells in rule.tests)
            lines.append(f"  when {tests} then recommend outcome{rule.outcome}")
    used = sorted({rule.outcome for rule in problem.rules})
    lines += [f'recommendation outcome{n} "Outcome {n}"' for n in used]
    return "\n".join(lines) + "\n"
