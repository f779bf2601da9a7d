"""What a line rests on: `cite`, `opinion`, `because`, `note`, with what it inherits.

A line that neither cites nor calls itself opinion takes both from the item it stands in. A cite of
a whole source (`cite c9`) is kept as the source's name and counts for all its statements.

Findings: PW0301 (no such source or statement), PW0701 (neither cite nor opinion).
"""

from __future__ import annotations

from dataclasses import replace

from pathwaylang.compiler.model.attributes import Attrs, prose
from pathwaylang.compiler.model.names import Space
from pathwaylang.compiler.model.scope import Scope
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label, Span, finding
from pathwaylang.ir.derived import Basis
from pathwaylang.ir.names import nearest


def read_basis(scope: Scope, attrs: Attrs) -> Basis:
    """Return the basis that the lines of one item state."""
    refs: list[syntax.Reference] = []
    texts: dict[str, list[str]] = {"opinion": [], "note": [], "because": []}
    nested: list[syntax.Attr] = []
    for attr in attrs:
        match attr:
            case syntax.Cite():
                refs.extend(attr.refs)
            case syntax.Prose() if attr.word in texts:
                texts[attr.word].append(attr.text.value)
            case syntax.UnknownMeansNo():
                nested.extend(attr.attrs)
            case _:
                continue
    return Basis(
        cites=read_cites(scope, tuple(refs)) if refs else (),
        opinions=tuple(texts["opinion"]),
        notes=(*texts["note"], *prose(nested, "note")),
        because=(*texts["because"], *prose(nested, "because")),
    )


def read_cites(scope: Scope, refs: tuple[syntax.Reference, ...]) -> tuple[str, ...]:
    """Return references as `source.statement`; those that fail are kept, after PW0301."""
    cites: list[str] = []
    for ref in refs:
        cite = ".".join(part.text for part in ref.parts)
        if _check_cite(scope, ref):
            scope.build.cited.add(cite)
        cites.append(cite)
    return tuple(dict.fromkeys(cites))


def _check_cite(scope: Scope, ref: syntax.Reference) -> bool:
    declared = scope.look_up(Space.SOURCES, ref.parts[0])
    if declared is None or not isinstance(declared.node, syntax.SourceItem):
        return False
    if len(ref.parts) == 1:
        return True
    ids = [statement.id.text for statement in declared.node.says]
    wanted = ref.parts[1]
    if wanted.text in ids:
        return True
    near = nearest(wanted.text, ids)
    scope.report.add_once(
        ("statement", declared.name, wanted.text),
        finding(
            "PW0301",
            f"the source `{declared.name}` has no statement `{wanted.text}`",
            Label(wanted.span),
            Label(declared.span, f"`{declared.name}` is declared here"),
            help=f"did you mean `{declared.name}.{near[0]}`?" if near else "",
        ),
    )
    return False


def inherit(own: Basis, item: Basis) -> Basis:
    """Return a line's basis, with the cites and opinions of its item where it has neither."""
    if own.cites or own.opinions:
        return own
    return replace(own, cites=item.cites, opinions=item.opinions)


def with_opinions(own: Basis, item: Basis) -> Basis:
    """Return a line's basis for the check of its numbers: an opinion on the item covers it too."""
    return replace(own, opinions=own.opinions + item.opinions)


def check_basis(scope: Scope, basis: Basis, span: Span, what: str, item: str = "") -> None:
    """Report a line that rests on nothing (PW0701); one finding for all lines of an `item`."""
    if basis.cites or basis.opinions:
        return
    key = ("basis", item or f"{span.source}:{span.start}")
    advice = 'add `cite SOURCE.STATEMENT`, or `opinion "why"` if it is expert opinion'
    shared = f", here or once for all under `{item}`" if item else ""
    found = finding("PW0701", f"this {what} has no source", Label(span), help=f"{advice}{shared}.")
    scope.report.add_once(key, found, most=12)
