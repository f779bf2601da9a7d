"""Findings as SARIF 2.1.0, the form in which code hosts and dashboards take results of analyses.

Diagnostics, sources, the pages of their codes and what could not be read go in; a plain dictionary
comes out. A waived finding is a result with a suppression; what else a label, a patient, a repair
or a count says has its place in the format or in the result's property bag.

INVARIANT: columns count UTF-16 units from 1 (`columnKind` says so) and ends are exclusive; paths
are relative where the user wrote them so; no clock and no machine is named.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from pathwaylang import __version__
from pathwaylang.diagnostics.codes import CODES
from pathwaylang.diagnostics.diagnostic import Diagnostic, Repair, Severity
from pathwaylang.diagnostics.render_json import Json, finding_document
from pathwaylang.diagnostics.render_text import say_fact
from pathwaylang.diagnostics.source import Source, Sources, Span
from pathwaylang.diagnostics.visible import visible

SCHEMA = "https://json.schemastore.org/sarif-2.1.0-rtm.5.json"

_LEVEL = {
    Severity.ERROR: "error",
    Severity.UNDECIDED: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}
_EVIDENCE = ("patient", "count", "unit", "share", "boxes", "engine")
_AUTHORS_CHOICE = "…"


def sarif_document(
    diagnostics: Iterable[Diagnostic],
    sources: Sources,
    pages: Mapping[str, str] | None = None,
    problems: Iterable[str] = (),
) -> dict[str, Json]:
    """Return a log with one run; `pages` gives the page of a code, `problems` unreadable files."""
    found = tuple(diagnostics)
    codes = sorted({diagnostic.code for diagnostic in found})
    unread = list(problems)
    invocation: dict[str, Json] = {"executionSuccessful": not unread}
    if unread:
        invocation["toolExecutionNotifications"] = [
            {"level": "error", "message": {"text": visible(text)}} for text in unread
        ]
    driver: dict[str, Json] = {
        "name": "PathwayLang",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(code, (pages or {}).get(code, "")) for code in codes],
    }
    run: dict[str, Json] = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "invocations": [invocation],
        "results": list(_results(found, codes, sources)),
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, page: str) -> dict[str, Json]:
    """Return what a code means; its page, which is Markdown, is the help."""
    known = CODES[code]
    summary = f"{known.summary[0].upper()}{known.summary[1:]}."
    return {
        "id": code,
        "name": known.name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": _first_paragraph(page) or summary},
        "help": {"text": page or summary, "markdown": page or summary},
        "defaultConfiguration": {"level": _LEVEL[known.severity]},
    }


def _first_paragraph(page: str) -> str:
    parts = [part for part in page.split("\n\n") if part and not part.startswith("#")]
    return " ".join(parts[0].split()) if parts else ""


def _results(
    found: tuple[Diagnostic, ...], codes: list[str], sources: Sources
) -> Iterator[dict[str, Json]]:
    seen: Counter[str] = Counter()
    for diagnostic in found:
        print_ = _fingerprint(diagnostic, sources)
        seen[print_] += 1
        yield _result(diagnostic, codes.index(diagnostic.code), f"{print_}:{seen[print_]}", sources)


def _result(
    diagnostic: Diagnostic, rule: int, fingerprint: str, sources: Sources
) -> dict[str, Json]:
    waived = diagnostic.waived
    result: dict[str, Json] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": _LEVEL[diagnostic.severity],
        "message": {"text": _message(diagnostic)},
        "locations": [_location(diagnostic.span, diagnostic.labels[0].text, sources)],
        "relatedLocations": [
            {"id": number, **_location(span, text, sources)}
            for number, (span, text) in enumerate(_related(diagnostic), start=1)
        ],
        "partialFingerprints": {"pathwaylangFinding/v1": fingerprint},
        "suppressions": (
            [{"kind": "inSource", "status": "accepted", "justification": visible(waived)}]
            if waived is not None
            else []
        ),
        "properties": _properties(diagnostic, sources),
    }
    fix = _fix(diagnostic.repair, sources)
    return result if fix is None else {**result, "fixes": [fix]}


def _message(diagnostic: Diagnostic) -> str:
    lines = [diagnostic.message]
    patient = diagnostic.evidence.patient if diagnostic.evidence else None
    if patient is not None and patient.facts:
        lines.append("Patient: " + ", ".join(say_fact(*fact) for fact in patient.facts))
    lines += diagnostic.notes
    if diagnostic.help:
        lines.append(f"Help: {diagnostic.help}")
    return "\n".join(visible(line) for text in lines for line in text.split("\n"))


def _related(diagnostic: Diagnostic) -> Iterator[tuple[Span, str]]:
    """Yield the further places once each: labels, then the branches that have a part in it."""
    places = {diagnostic.span}
    told = [(label.span, label.text) for label in diagnostic.labels[1:]]
    if diagnostic.evidence is not None:
        told += [(b.span, f"branch {b.branch}") for b in diagnostic.evidence.blame]
    for span, text in told:
        if span not in places:
            places.add(span)
            yield span, text


def _properties(diagnostic: Diagnostic, sources: Sources) -> dict[str, Json]:
    """Return what the format has no place for, as `check --format json` says it."""
    document = finding_document(diagnostic, sources)
    told = {key: document[key] for key in _EVIDENCE if document[key]}
    return {"severity": str(diagnostic.severity), **told}


def _location(span: Span, text: str, sources: Sources) -> dict[str, Json]:
    place: dict[str, Json] = {"artifactLocation": {"uri": uri_of(span.source)}}
    source = sources.get(span.source)
    if source is not None:
        place["region"] = _region(span, source)
    location: dict[str, Json] = {"physicalLocation": place}
    return {**location, "message": {"text": visible(text)}} if text else location


def _region(span: Span, source: Source) -> dict[str, Json]:
    size = len(source.text)
    start = source.position(min(span.start, size))
    end = source.position(min(span.end, size))
    return {
        "startLine": start.line,
        "startColumn": _utf16_column(source.line_text(start.line), start.column),
        "endLine": end.line,
        "endColumn": _utf16_column(source.line_text(end.line), end.column),
    }


def _utf16_column(line: str, column: int) -> int:
    """Return a column in UTF-16 units; a character beyond the first plane takes two.

    >>> _utf16_column("a𝛼b", 3)
    4
    """
    before = line[: column - 1]
    return column + sum(ord(character) > 0xFFFF for character in before)  # noqa: PLR2004


def uri_of(name: str) -> str:
    """Return the URI of a file as the user named it: a relative one stays relative.

    >>> uri_of("./path ways/a.pw"), uri_of("/data/a.pw"), uri_of("C:/data/a.pw")
    ('path%20ways/a.pw', 'file:///data/a.pw', 'file:///C:/data/a.pw')
    """
    path = name.replace("\\", "/")
    while path.startswith("./"):
        path = path[2:].lstrip("/")
    quoted = quote(path, safe="/", errors="replace")
    drive = path[:1].isalpha() and path[1:3] == ":/"
    if drive:
        return f"file:///{path[0]}:{quote(path[2:], safe='/', errors='replace')}"
    return f"file://{quoted}" if path.startswith("/") else quoted


def _fingerprint(diagnostic: Diagnostic, sources: Sources) -> str:
    """Return what stays the same when lines move: the code, the file and the text of the line."""
    span = diagnostic.span
    source = sources.get(span.source)
    line = ""
    if source is not None:
        position = source.position(min(span.start, len(source.text)))
        line = " ".join(source.line_text(position.line).split())
    data = "\0".join((diagnostic.code, uri_of(span.source), line))
    return hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _fix(repair: Repair | None, sources: Sources) -> dict[str, Json] | None:
    """Return a repair that can be applied as it is; one with `…` needs its author first."""
    if repair is None or any(_AUTHORS_CHOICE in edit.text for edit in repair.edits):
        return None
    changes: dict[str, list[Json]] = {}
    for edit in repair.edits:
        source = sources.get(edit.span.source)
        if source is None:
            return None
        changes.setdefault(uri_of(edit.span.source), []).append(
            {
                "deletedRegion": _region(edit.span, source),
                "insertedContent": {"text": edit.text},
            }
        )
    return {
        "description": {"text": visible(repair.title)},
        "artifactChanges": [
            {"artifactLocation": {"uri": uri}, "replacements": made}
            for uri, made in changes.items()
        ],
    }
