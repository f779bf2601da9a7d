"""Syntax trees -> Model: the order in which a pathway is understood.

Names and types of all files come first, then every item by itself, then what needs all items:
circles, mixed conditions, imports that come along, traceability. One slip gives one finding: an
item that could not be read poisons its names, and whoever reads them is silent.

An overlay is merged with its base first and is a pathway from then on. The model is None where the
head, or the base of an overlay, cannot be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pathwaylang.compiler.model.circles import check_circles, check_track_conditions
from pathwaylang.compiler.model.declare import declare_names
from pathwaylang.compiler.model.derived_types import derived_type, drop_disguised_numbers
from pathwaylang.compiler.model.examples import build_examples
from pathwaylang.compiler.model.facts import fact_type
from pathwaylang.compiler.model.head import (
    build_about,
    build_applies,
    read_reviews,
    read_waivers,
    with_base,
)
from pathwaylang.compiler.model.items import Parts, build_item, is_derived, is_first
from pathwaylang.compiler.model.mixing import report_mixed
from pathwaylang.compiler.model.modules import Modules
from pathwaylang.compiler.model.names import Space
from pathwaylang.compiler.model.nodes import Applies, Checked, Model
from pathwaylang.compiler.model.overlay import merge_overlay
from pathwaylang.compiler.model.overlay_branches import check_own_constraints, with_usual_values
from pathwaylang.compiler.model.reach import keep_reached
from pathwaylang.compiler.model.reads import decision_guards, derived_guards
from pathwaylang.compiler.model.report import Report
from pathwaylang.compiler.model.scope import Build, Scope
from pathwaylang.compiler.model.trace import check_numbers, check_statements
from pathwaylang.compiler.model.usage import check_usage
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label, Severity
from pathwaylang.ir.graph import About
from pathwaylang.ir.guards import Interval, Within, guard_atoms


def build_model(modules: Modules) -> Checked:
    """Return the meaning of a pathway with all its modules, and all findings."""
    report = Report()
    merged = merge_overlay(modules, report)
    if merged is None:
        return Checked(None, report.sorted())
    modules, overlay = merged
    build = Build(modules, declare_names(modules, report), report, overlay=overlay)
    _read_types(build)
    parts = Parts()
    about, applies = _read_heads(build, parts)
    items = [(m, item) for m in modules.in_order for item in m.file.items if is_first(build, item)]
    for module, item in sorted(items, key=lambda pair: not is_derived(pair[1])):
        build_item(build, module, item, parts)
    model = _gather(build, Model("pathway", about, applies=applies), parts)
    return Checked(model if modules.root.file.head else None, report.sorted())


def _read_types(build: Build) -> None:
    for declared in build.names.by_space[Space.FACTS].values():
        if isinstance(declared.node, syntax.FactItem):
            type_ = fact_type(build.report, declared.node)
        else:
            type_ = derived_type(build.report, declared)
        if type_ is not None:
            build.types[declared.name] = type_
    drop_disguised_numbers(build)


def _read_heads(build: Build, parts: Parts) -> tuple[About, Applies | None]:
    about, applies = About("", ""), None
    for module in build.modules.modules:
        head = module.file.head
        if head is None:
            continue
        scope = Scope(build, module.path)
        read = build_about(scope, head)
        parts.reviews.extend(read_reviews(build.report, head))
        parts.waivers.extend(read_waivers(head))
        if module is build.modules.root:
            about = read
        if module is (build.modules.base or build.modules.root):
            applies = build_applies(scope, head)
    return with_base(build.modules, about), applies


def _gather(build: Build, empty: Model, parts: Parts) -> Model:
    """Put the records together and check what concerns them all."""
    head = build.modules.root.file.head
    model = replace(
        empty,
        word="module" if head is not None and head.word == "module" else "pathway",
        facts=tuple(parts.facts),
        derived=tuple(parts.derived),
        decisions=tuple(parts.decisions),
        stages=tuple(parts.stages),
        recommendations=tuple(parts.recommendations),
        tests=tuple(parts.tests),
        constraints=tuple(parts.constraints),
        rules=tuple(parts.rules),
        sources=tuple(parts.sources),
        waivers=tuple(parts.waivers),
        reviews=tuple(parts.reviews),
    )
    check_own_constraints(build, model)
    examples = build_examples(parts.examples, _cuts(model))
    model = replace(model, examples=with_usual_values(build, examples, model.facts))
    check_circles(build, model)
    check_track_conditions(build, model)
    report_mixed(build, model)
    check_numbers(build)
    model = keep_reached(build, model)
    if build.report.is_clean and not _has_unread_parts(build) and model.word == "pathway":
        _check_decisions(build, model)
        if model.decisions:
            check_usage(build, model)
            check_statements(build, model)
    return replace(model, is_whole=build.report.is_clean and not _has_unread_parts(build))


def _cuts(model: Model) -> Mapping[str, tuple[Interval, ...]]:
    """Return the intervals that conditions ask for, by the name of the number."""
    guards = [guard for derived in model.derived for guard in derived_guards(derived)]
    guards += [guard for decision in model.decisions for guard in decision_guards(decision)]
    guards += [constraint.guard for constraint in model.constraints]
    guards += [rule.guard for rule in model.rules if rule.guard is not None]
    if model.applies is not None:
        guards.append(model.applies.guard)
    cuts: dict[str, tuple[Interval, ...]] = {}
    for guard in guards:
        for atom in guard_atoms(guard):
            if isinstance(atom, Within):
                cuts[atom.name] = cuts.get(atom.name, ()) + atom.intervals
    return cuts


def _has_unread_parts(build: Build) -> bool:
    """Tell whether part of the pathway could not be read, so that nothing can be called unused."""
    errors = (d for d in build.modules.diagnostics if d.severity is Severity.ERROR)
    is_headless = build.modules.root.file.head is None
    return is_headless or build.names.is_partial or next(errors, None) is not None


def _check_decisions(build: Build, model: Model) -> None:
    head = build.modules.root.file.head
    if head is not None and not model.decisions:
        build.report.add(
            "PW0211",
            f"the pathway `{head.name.text}` has no decision",
            Label(head.name.span),
            notes=("No patient gets an answer from it.",),
            help="add a `decide`, a `table` or a `step`; a file that only shares definitions "
            "starts with `module`.",
        )
