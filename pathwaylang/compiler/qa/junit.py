"""Results of tests as JUnit XML, the form that build servers read.

In: suites of named results. Out: XML text, the same from run to run (no times, no machine names).

Invariant: texts of authors are escaped, and characters that XML does not allow are made visible.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree

from pathwaylang.diagnostics.visible import visible


@dataclass(frozen=True, slots=True)
class Reported:
    """One test: `failure` is empty where it passed, else one line a thing that failed."""

    name: str
    failure: tuple[str, ...] = ()
    is_error: bool = False


def junit_text(suites: Iterable[tuple[str, Iterable[Reported]]]) -> str:
    """Return the XML of suites, each a name and its results."""
    root = ElementTree.Element("testsuites")
    totals = [0, 0, 0]
    for name, results in suites:
        listed = list(results)
        numbers = [
            len(listed),
            sum(bool(r.failure) and not r.is_error for r in listed),
            sum(bool(r.failure) and r.is_error for r in listed),
        ]
        totals = [a + b for a, b in zip(totals, numbers, strict=True)]
        suite = ElementTree.SubElement(
            root, "testsuite", {"name": visible(name)} | _counted(numbers)
        )
        for result in listed:
            _add(suite, name, result)
    root.attrib |= _counted(totals)
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _counted(numbers: list[int]) -> dict[str, str]:
    return dict(zip(("tests", "failures", "errors"), map(str, numbers), strict=True))


def _add(suite: ElementTree.Element, suite_name: str, result: Reported) -> None:
    names = {"classname": visible(suite_name), "name": visible(result.name)}
    case = ElementTree.SubElement(suite, "testcase", names)
    if result.failure:
        kind = "error" if result.is_error else "failure"
        told = [visible(line) for line in result.failure]
        ElementTree.SubElement(case, kind, {"message": told[0]}).text = "\n".join(told)
