"""Gather the names of all files; report those declared twice and imports that bring nothing.

In: the modules. Out: a complete `Names`. Findings: PW0302 (declared twice in one space of the whole
pathway), PW0306 (differs only by case from a name of the spaces that people read together),
PW0906 (imported, but not declared there).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from pathwaylang.compiler.model.modules import Import, Module, Modules
from pathwaylang.compiler.model.names import Declared, Names, Space, declarations_of
from pathwaylang.compiler.model.report import Report
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label, Source, Span
from pathwaylang.ir.names import nearest

_WORD = re.compile(r"[^\W\d]\w*")
_QUOTED = re.compile(r'"(?:\\.|[^"\\\n])*"?')
_ID_LINE = re.compile(r"^[ \t]*id[ \t]+([^\W\d]\w*)", re.MULTILINE)


def declare_names(modules: Modules, report: Report) -> Names:
    """Return the names of a pathway, with what each file sees of them."""
    names = Names(sees_all=modules.root.path if modules.base_count else "")
    for module in modules.in_order:
        _poison_broken(module, names)
        for item in module.file.items:
            for declared in declarations_of(item, module.path):
                _declare(declared, modules, names, report)
    _compare_case(names, report)
    for module in modules.modules:
        names.imported[module.path] = set(_import_names(module, names, report))
    _gather_tracks(modules, names)
    return names


def _declare(declared: Declared, modules: Modules, names: Names, report: Report) -> None:
    known = names.by_space[declared.space].setdefault(declared.name, declared)
    if known is declared:
        return
    if known.kind == "branch" and declared.kind == "recommendation":
        # The recommendation keeps the name: more refers to it than to a branch.
        names.by_space[declared.space][declared.name] = declared
    names.poisoned.add(declared.name)
    where = f"{posixpath.basename(known.path)}:{_line_of(modules, known)}"
    report.add(
        "PW0302",
        f"`{declared.name}` is declared twice",
        Label(declared.span, f"first declared in {where}"),
        Label(known.span, "the first"),
        help="rename one of them, or remove it and import the other.",
    )


def _line_of(modules: Modules, declared: Declared) -> int:
    module = modules.get(declared.path)
    return module.source.position(declared.span.start).line if module else 1


def _compare_case(names: Names, report: Report) -> None:
    seen: dict[str, Declared] = {}
    for space in (Space.FACTS, Space.FLOW, Space.OUTCOMES, Space.TESTS):
        for declared in names.by_space[space].values():
            known = seen.setdefault(declared.name.casefold(), declared)
            if known.name != declared.name:
                report.add(
                    "PW0306",
                    f"`{declared.name}` and `{known.name}` differ only by case",
                    Label(declared.span),
                    Label(known.span, f"the {known.kind} `{known.name}`"),
                    help="rename one of them; read aloud, they are the same.",
                )


def _import_names(module: Module, names: Names, report: Report) -> Iterator[tuple[Space, str]]:
    for item in module.imports:
        for name in item.use.names:
            if not item.path:
                names.poisoned.add(name.text)
                continue
            spaces = [s for s in Space if _is_declared_in(names, s, name.text, item.path)]
            yield from ((space, name.text) for space in spaces)
            if not spaces and name.text not in names.poisoned:
                names.poisoned.add(name.text)
                near = _report_not_there(item, name, names, report)
                yield from ((s, near) for s in Space if _is_declared_in(names, s, near, item.path))


def _is_declared_in(names: Names, space: Space, name: str, path: str) -> bool:
    declared = names.find(space, name)
    return declared is not None and declared.path == path and declared.kind != "branch"


def _report_not_there(item: Import, name: syntax.Name, names: Names, report: Report) -> str:
    """Report an import that brings nothing; return the name that was probably meant."""
    offered = [
        declared.name
        for space in Space
        for declared in names.by_space[space].values()
        if declared.path == item.path and declared.kind != "branch"
    ]
    near = nearest(name.text, offered)
    elsewhere = next(filter(None, (names.find(space, name.text) for space in Space)), None)
    if elsewhere is not None and elsewhere.kind != "branch":
        hint = f"`{name.text}` is declared in {elsewhere.path}: import it from there."
    elif near:
        hint = f"did you mean `{near[0]}`?"
    else:
        hint = ""
    report.add(
        "PW0906",
        f"`{item.use.path.value}` does not declare `{name.text}`",
        Label(name.span),
        help=hint,
    )
    return near[0] if near else ""


def _gather_tracks(modules: Modules, names: Names) -> None:
    """Note which decisions are starts of stages; without a stage, the first decision is one."""
    for module in modules.in_order:
        for item in module.file.items:
            if isinstance(item, syntax.StageItem):
                for start in item.starts:
                    names.tracks.setdefault(start.text, start)
                    if names.find(Space.FLOW, start.text) is None:
                        names.has_lost_tracks = True
    if not names.tracks and not names.is_partial:
        flows = (d for d in names.by_space[Space.FLOW].values() if d.kind != "stage")
        first = next(flows, None)
        if first is not None:
            names.tracks[first.name] = syntax.Name(first.name, first.span)


def _poison_broken(module: Module, names: Names) -> None:
    """Note every name that an unreadable item may have declared."""
    for span in module.file.broken:
        names.is_partial = True
        names.poisoned.update(_possible_names(module.source, span))


def _possible_names(source: Source, span: Span) -> Iterator[str]:
    text = source.text[span.start : span.end]
    declaring = text if text.startswith("use ") else text.split("\n", 1)[0]
    yield from _WORD.findall(_QUOTED.sub(" ", declaring))
    yield from _ID_LINE.findall(text)
    if text.startswith("example "):
        yield from (label.strip('"') for label in _QUOTED.findall(declaring))


_FORMS = {
    Space.FACTS: 'fact {name} "LABEL": yes/no',
    Space.FLOW: 'decide {name} "QUESTION?"',
    Space.OUTCOMES: 'recommendation {name} "TEXT"',
    Space.TESTS: 'test {name} "LABEL" finds FACT',
    Space.SOURCES: 'source {name} "TITLE"',
}


def _how_to_declare(space: Space, name: str) -> str:
    return f"correct the name, or declare it: `{_FORMS[space].format(name=name)}`."


def missing_name(
    space: Space, name: syntax.Name, path: str, names: Names, words: str
) -> tuple[str, str, tuple[Label, ...]]:
    """Return headline, help and further labels for a name that a file cannot see."""
    declared = names.find(space, name.text)
    if declared is not None:
        there = posixpath.relpath(declared.path, posixpath.dirname(path) or ".")
        line = f'`use {name.text} from "{there}"`'
        label = Label(declared.span, "declared here")
        return f"`{name.text}` is not imported into this file", f"add the line {line}.", (label,)
    near = nearest(name.text, names.visible(space, path))
    if not near:
        return f"there is no {words} `{name.text}`", _how_to_declare(space, name.text), ()
    found = names.by_space[space][near[0]]
    label = Label(found.span, f"`{near[0]}` is declared here")
    return f"there is no {words} `{name.text}`", f"did you mean `{near[0]}`?", (label,)
