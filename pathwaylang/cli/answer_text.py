"""An answer as people read it: what to do, why, what is missing, and how far to trust it.

An `Answer` and its pathway go in, text comes out. Facts are named by their labels, sources with the
place where the statement stands. The last lines say the status of the pathway, always.

INVARIANT: pure; every text of an author passes `visible`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.emit.quantities import unit_words
from pathwaylang.compiler.emit.text import listed
from pathwaylang.compiler.emit.words import Words
from pathwaylang.diagnostics import FactValue
from pathwaylang.diagnostics.paint import Paint
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible, wrapped
from pathwaylang.ir.units import written_unit
from pathwaylang.runtime import (
    Advice,
    Answer,
    Pathway,
    PathwayInfo,
    RequestItem,
    Source,
    TrackAnswer,
    Visit,
)

MOST_FACTS = 6
"""So many facts of one decision are told as text; more are counted."""


def answer_text(answer: Answer, pathway: Pathway, style: TextStyle) -> str:
    """Return an answer as text."""
    teller = _Teller(pathway, style)
    info = answer.pathway
    parts = [teller.paint.bold(visible(f"{info.title}, version {info.version}"))]
    for entry in answer.tracks:
        visits = [v for v in answer.trace if (v.track, v.stage) == (entry.track, entry.stage)]
        parts.append("\n".join(teller.track(entry, visits)))
    parts.append("\n".join(teller.closing(answer)))
    return "\n\n".join(parts)


def say_status(info: PathwayInfo) -> str:
    """Return what the status of a pathway means for its reader."""
    if info.status == "approved" and info.approved:
        return f"Status: approved by {info.approved}."
    if info.status == "retired":
        return "Status: retired. Do not use this pathway any more."
    signed = ", but signed by nobody" if info.status == "approved" else ""
    return f"Status: {info.status.replace('_', ' ')}{signed}; not approved for use on patients."


class _Teller:
    """Knows the labels of a pathway and how text is laid out."""

    def __init__(self, pathway: Pathway, style: TextStyle) -> None:
        self.paint = Paint(style.colour)
        self._width = style.width
        graph = pathway.artifact.graph
        self._facts = {fact.name: fact.label for fact in graph.facts}
        self._units = {fact.name: fact.unit for fact in graph.facts if fact.unit}
        self._choices = {
            (fact.name, choice.name): choice.label
            for fact in graph.facts
            for choice in fact.choices
        }
        self._words = Words(graph)
        self._guards = {b.id: b.guard for d in graph.decisions for b in d.branches}
        named = [(stage.name, stage.label) for stage in graph.stages]
        named += [(decision.name, decision.label) for decision in graph.decisions]
        self._places = dict(reversed(named))

    def track(self, entry: TrackAnswer, visits: list[Visit]) -> list[str]:
        """Return the lines about one track."""
        where = f"{self._places.get(entry.track, entry.track)} [{entry.stage}, {entry.track}]"
        lines = [self.paint.keyword(visible(where))]
        match entry.status:
            case "recommendation":
                lines += self._outcome(entry)
            case "request":
                lines += self._requests(entry)
            case "outside":
                lines += self._put(self.paint.bold("  Outside this pathway"), entry.reason)
            case "contradiction":
                lines += self._contradiction(entry)
        if visits:
            lines.append("  Why")
            lines += [line for visit in visits for line in self._visit(visit)]
        return lines

    def closing(self, answer: Answer) -> Iterator[str]:
        """Yield the lines below all tracks: conversions, status, limits."""
        for note in answer.notes:
            yield from wrapped(f"Read as: {note}", self._width, "  ")
        yield visible(say_status(answer.pathway))
        yield "Information for professionals; not a medical device."

    def _put(self, head: str, text: str) -> list[str]:
        body = wrapped(text, self._width, "    ") if text else []
        return [head, *body]

    def _outcome(self, entry: TrackAnswer) -> Iterator[str]:
        if entry.goes_to:
            label = self._places.get(entry.goes_to, entry.goes_to)
            yield f"  {self.paint.good('Continue at')} {visible(label)} [{entry.goes_to}]"
        elif not entry.recommendations and not entry.offers:
            yield f"  {self.paint.good('Continue at')} {visible(entry.outcome)}"
        for advice in entry.recommendations:
            yield from self._advice(self.paint.good("Recommended"), advice, entry.strength)
        if entry.offers:
            yield f"  {self.paint.good('Offer a choice')}; what the patient prefers decides:"
        for advice in entry.offers:
            yield from self._advice("either", advice, entry.strength)
        if len(entry.branches) > 1:
            told = f"branches {listed(entry.branches, 'and')} all lead there"
            lead = "  Certain, whatever is still missing: "
            yield from wrapped(told, self._width, "    ", lead)

    def _advice(self, head: str, advice: Advice, strength: str) -> Iterator[str]:
        label = f"{advice.label} [{advice.name}]"
        first, *rest = wrapped(label, self._width, "    ", "")
        yield from (f"  {head}: {first}", *rest)
        told = [("do", text) for text in advice.do]
        told += [("avoid", text) for text in advice.avoid]
        told += [("strength", strength or advice.strength), ("evidence", advice.evidence)]
        told += [("look again", text) for text in advice.reassess]
        told += [("code", text) for text in advice.codes]
        told += [("source", _source(source)) for source in advice.citations]
        told += [("opinion", text) for text in advice.opinions]
        for word, text in told:
            if text:
                yield from wrapped(text, self._width, "      ", f"    {word}: ")

    def _requests(self, entry: TrackAnswer) -> Iterator[str]:
        yield self.paint.bold("  More must be known")
        for item in entry.requests:
            yield from self._request(item)
        still = listed(entry.possible)
        yield from wrapped(still, self._width, "      ", "    still possible: ")

    def _request(self, item: RequestItem) -> Iterator[str]:
        label = item.question or item.label
        yield from wrapped(f"{label} [{item.name}]", self._width, "      ", f"    {item.action}: ")
        if item.action == "obtain":
            found = ", ".join(self._facts.get(name, name) for name in item.facts)
            yield from wrapped(found, self._width, "        ", "      it finds: ")
        if item.separates:
            yield from wrapped(listed(item.separates), self._width, "        ", "      decides: ")
        if item.reason:
            yield from wrapped(item.reason, self._width, "        ", "      because ")

    def _contradiction(self, entry: TrackAnswer) -> Iterator[str]:
        yield self.paint.bold("  The facts contradict each other")
        yield from wrapped(entry.reason, self._width, "    ")
        for name, value in entry.breach.facts if entry.breach else ():
            yield f"    {visible(self._fact(name, value))}"

    def _visit(self, visit: Visit) -> Iterator[str]:
        line = f", line {visit.line}" if visit.line is not None else ""
        head = f"{visit.question} [{visit.branch}{line}]"
        yield from wrapped(head, self._width, "      ", "    ")
        reason = self._reason(visit)
        yield from wrapped(reason, self._width, "        ", "      since ")
        is_rest = self._guards.get(visit.branch) is None
        if visit.facts and not (is_rest and len(visit.facts) > MOST_FACTS):
            facts = [self._fact(name, value) for name, value in visit.facts[:MOST_FACTS]]
            hidden = len(visit.facts) - len(facts)
            told = "; ".join([*facts, f"and {hidden} more (--json has all)"] if hidden else facts)
            if told not in reason:
                yield from wrapped(told, self._width, "        ", "      from ")
        for source in visit.citations:
            yield from wrapped(_source(source), self._width, "        ", "      source: ")
        for opinion in visit.opinions:
            yield from wrapped(opinion, self._width, "        ", "      opinion: ")

    def _reason(self, visit: Visit) -> str:
        """Return the condition of the branch taken, in words."""
        guard = self._guards.get(visit.branch)
        if guard is None:
            return "no other branch applies"
        return "; ".join(line.text.removeprefix("and ") for line in self._words.condition(guard))

    def _fact(self, name: str, value: FactValue) -> str:
        shown = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
        label = self._choices.get((name, shown), shown)
        unit = written_unit(self._units.get(name, ""))
        if unit and label.endswith(f" {unit}"):
            label = f"{label.removesuffix(unit)}{unit_words(self._units[name])}"
        return f"{self._facts.get(name, name)}: {label}"


def _source(source: Source) -> str:
    where = f", {source.at}" if source.at else ""
    what = f": {source.text}" if source.text else ""
    return f"{source.label}{where}{what}"
