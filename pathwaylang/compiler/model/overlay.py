"""An overlay and its base -> one pathway: what the overlay replaces and restricts is put in place.

In: the modules, an overlay first. Out: the modules with the overlay's recommendations and narrower
facts where the base had its own, and an `Overlay` that knows the branches to put in later; nothing
where the base cannot be used. A pathway passes through unchanged.

Findings: PW0901 (another name or version than the base has), PW0909 (the base is no pathway), and
those of overlay_targets.py for each change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pathwaylang.compiler.model.modules import Module, Modules, line_of_base
from pathwaylang.compiler.model.names import gives_values
from pathwaylang.compiler.model.overlay_facts import restricted
from pathwaylang.compiler.model.overlay_targets import (
    Changing,
    DecisionNode,
    Overlay,
    Targets,
    changes_of,
    check_once,
    check_reason,
    find_branch,
    find_fact,
    find_recommendation,
    told_change,
)
from pathwaylang.compiler.model.report import Report
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label


def merge_overlay(modules: Modules, report: Report) -> tuple[Modules, Overlay | None] | None:
    """Return the modules with an overlay's changes in place; None where there is no base."""
    _check_places(modules, report)
    root = modules.root
    if root.file.head is None or root.file.head.word != "overlay":
        return modules, None
    if not _fits(modules, root.file.head, report):
        return None
    targets = _targets(modules)
    _check_kinds(root, report)
    changes = list(_accepted(root, targets, report))
    swapped: dict[int, syntax.Item] = {}
    overlay = Overlay(root.path, root.source.name)
    for change, target in changes:
        match change:
            case syntax.ReplaceRecommendation():
                swapped[id(target)] = change.item
            case syntax.ReplaceBranch() if isinstance(target, DecisionNode):
                found = find_branch(change, target, report)
                if found:
                    overlay.branches.setdefault(target.name.text, {})[found] = change
            case syntax.RestrictFact() if isinstance(target, syntax.FactItem):
                merged = restricted(change.item, target, report)
                if merged is not None:
                    swapped[id(target)], dropped = merged
                    overlay.dropped[target.name.text] = dropped
            case _:
                continue
    overlay = replace(overlay, restricted=frozenset(overlay.dropped))
    return _swapped(modules, swapped), overlay


def _check_places(modules: Modules, report: Report) -> None:
    """Report overlays that are used as modules."""
    for module in modules.modules[1:]:
        head = module.file.head
        if head is not None and head.word == "overlay" and module is not modules.base:
            report.add(
                "PW0909",
                f"`{head.name.text}` is an overlay, and nothing can `use` it",
                Label(head.name.span),
                help="move what several files need into a module.",
            )


def _fits(modules: Modules, head: syntax.Head, report: Report) -> bool:
    line, base = line_of_base(head), modules.base
    if line is None:
        report.add(
            "PW0211",
            f"the overlay `{head.name.text}` does not say of which pathway it is",
            Label(head.name.span),
            help='add the line `of NAME version 1.2.0 from "NAME.pw"`.',
        )
    if line is None or base is None or base.file.head is None:
        return False
    of = base.file.head
    if of.word != "pathway":
        report.add(
            "PW0909",
            f"`{of.name.text}` is {'an overlay' if of.word == 'overlay' else 'a module'}, "
            "not a pathway",
            Label(line.base.span),
            Label(of.name.span, "the file starts here"),
            help="name the pathway itself; an overlay is of a pathway.",
        )
        return False
    if of.name.text != line.base.text:
        report.add(
            "PW0901",
            f"the base is `{of.name.text}`, not `{line.base.text}`",
            Label(line.base.span),
            Label(of.name.span, "the pathway in this file"),
            help=f"write `of {of.name.text} …`, or name another file behind `from`.",
        )
        return False
    _check_version(modules, line, of, report)
    return True


def _check_version(
    modules: Modules, line: syntax.OverlayOf, of: syntax.Head, report: Report
) -> None:
    written = next(
        (a.values[0] for a in of.attrs if isinstance(a, syntax.Word) and a.word == "version"), None
    )
    version = written.text if written is not None else "0.0.0"
    if version == line.version.text:
        return
    touched = [told_change(item).name for item in changes_of(modules.root.file)]
    told = f"Look at what this overlay changes: {', '.join(touched)}." if touched else ""
    report.add(
        "PW0901",
        f"the base is now {version}, this overlay is of {line.version.text}",
        Label(line.version.span),
        Label((written or of.name).span, "the version of the base"),
        notes=(told,) if told else (),
        help="compare both versions of the base with `pathwaylang diff`, mend the overlay, "
        f"then write `version {version}` here.",
    )


def _targets(modules: Modules) -> Targets:
    items = [item for module in modules.of_base for item in module.file.items]
    decisions: list[DecisionNode] = [
        item
        for item in items
        if isinstance(item, DecisionNode)
        and not (isinstance(item, syntax.TableItem) and gives_values(item))
    ]
    return Targets(
        {item.name.text: item for item in items if isinstance(item, syntax.RecommendationItem)},
        {item.name.text: item for item in items if isinstance(item, syntax.FactItem)},
        {item.name.text: item for item in decisions},
        any(module.file.broken for module in modules.of_base),
    )


def _check_kinds(root: Module, report: Report) -> None:
    for item in root.file.items:
        if isinstance(item, syntax.StageItem):
            report.add(
                "PW0913",
                "an overlay keeps the stages of its base",
                Label(item.name.span),
                help="delete the stage; lead to your own decisions by `replace branch`.",
            )


def _accepted(
    root: Module, targets: Targets, report: Report
) -> Iterator[tuple[Changing, syntax.Item]]:
    """Yield each change with what it changes; a second change of one thing is left out."""
    seen: dict[tuple[str, str], Changing] = {}
    for item in changes_of(root.file):
        if not check_once(item, seen, report):
            continue
        check_reason(item, report)
        target = _target(item, targets, report)
        if target is not None:
            yield item, target


def _target(item: Changing, targets: Targets, report: Report) -> syntax.Item | None:
    match item:
        case syntax.ReplaceRecommendation():
            return find_recommendation(item, targets, report)
        case syntax.RestrictFact():
            return find_fact(item, targets, report)
        case syntax.ReplaceBranch():
            return targets.decision_of(item, report)


def _swapped(modules: Modules, swapped: dict[int, syntax.Item]) -> Modules:
    """Return the modules with other items in the place of some."""

    def mended(module: Module) -> Module:
        items = tuple(swapped.get(id(item), item) for item in module.file.items)
        return replace(module, file=replace(module.file, items=items))

    return replace(modules, modules=tuple(map(mended, modules.modules)))
