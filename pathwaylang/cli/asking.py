"""The interview of `run --ask`: only questions that matter, one at a time, and each says why.

A pathway and what is recorded already go in; what is recorded at the end comes out. Questions and
hints go to stderr, so that stdout holds the answer alone; replies are lines of standard input.

INVARIANT: what is recorded is always a valid case; a reply that is no value of the fact is told
with what is allowed, and asked again. The end of the input ends the interview, not the command.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import click

from pathwaylang.cli.compiling import today
from pathwaylang.compiler.emit.doc_facts import fact_values
from pathwaylang.compiler.emit.text import counted, listed
from pathwaylang.compiler.emit.words import Words
from pathwaylang.diagnostics.paint import Paint
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible, wrapped
from pathwaylang.ir.facts import Fact, shown_value
from pathwaylang.runtime import Answer, Case, CaseError, Ending, Pathway, RequestItem

HELP = """\
  reply with a value, such as 2, yes, 2.5 cm, or the number or name of a choice
  Enter      not recorded yet: go on with what else matters
  unknown    it cannot be known (where the pathway allows that)
  why        what this question decides, value by value
  back       take the last reply back
  show       what is recorded so far
  stop       end the interview and print the answer so far"""

MOST_SHOWN = 3
"""So many outcomes are named beside a question; `why` tells all."""

Action = Literal["again", "asked", "stop"]


@dataclass(frozen=True, slots=True)
class _Step:
    """One reply: the fact, and a case of it alone; None where the question was put off."""

    fact: str
    case: Case | None


@dataclass(slots=True)
class Interview:
    """Asks until nothing can change the answer any more, or nobody replies."""

    pathway: Pathway
    stage: str | None
    style: TextStyle
    start: Case
    _steps: list[_Step] = field(default_factory=list)
    _settled: dict[str, str] = field(default_factory=dict)

    def run(self) -> Case:
        """Ask, and return the case as it is recorded at the end."""
        self._say(f"Interview for {self.pathway.info.title}. `?` lists what you can reply.")
        while True:
            case = self.recorded()
            answer = self.pathway.evaluate(case, self.stage)
            self._tell_settled(answer)
            if any(entry.status == "contradiction" for entry in answer.tracks):
                action = self._contradiction(answer)
            elif (found := self._next(answer, case)) is not None:
                action = self._ask(found[0], found[1], answer)
            else:
                put_off = any(step.case is None for step in self._steps)
                rest = "Only what you put off can" if put_off else "Nothing else can"
                self._say("", f"{rest} still change the answer.")
                action = "stop"
            if action == "stop":
                self._say("")
                return case

    # ------------------------------------------------------------ what is recorded

    def recorded(self) -> Case:
        """Return the case of what was given and replied."""
        cases = [self.start, *(step.case for step in self._steps if step.case)]
        values = {name: value for case in cases for name, value in case.values.items()}
        notes = tuple(note for case in cases for note in case.notes)
        return Case(values, notes, tuple(old for old in self.start.expired if old[0] not in values))

    def _next(self, answer: Answer, case: Case) -> tuple[RequestItem, Fact] | None:
        """Return what to ask now: the next question, or one that was not put off."""
        put_off = {step.fact for step in self._steps if step.case is None}
        first = self.pathway.next_question(case, self.stage)
        rest = [item for entry in answer.tracks for item in entry.requests]
        facts = {fact.name: fact for fact in self.pathway.facts}
        for item in (*([first] if first else []), *rest):
            for name in item.facts:
                if name not in put_off and name not in case.values:
                    return item, facts[name]
        return None

    # ------------------------------------------------------------ one question

    def _ask(self, item: RequestItem, fact: Fact, answer: Answer) -> Action:
        open_ = {name for entry in answer.tracks for it in entry.requests for name in it.facts}
        paint = Paint(self.style.colour)
        head = f"Question {len(self._steps) + 1}, of {counted(len(open_), 'fact')} that can matter"
        self._say("", paint.keyword(head))
        if item.action == "obtain":
            self._put(f"What did this show: {item.label}?")
        self._put(f"{fact.ask or fact.label} [{fact.name}]", paint.bold)
        self._say(*self._values(fact))
        if item.reason:
            self._put(item.reason)
        word = "between" if len(item.separates) > 1 else "whether it is"
        self._put(f"decides {word} {self._short(item.separates)}" if item.separates else "")
        while True:
            reply = self._reply()
            action = self._act(reply, fact, item, answer)
            if action != "again":
                return action

    def _act(self, reply: str | None, fact: Fact, item: RequestItem, answer: Answer) -> Action:
        """Do what a reply says; `again` where the question still stands."""
        match reply:
            case None | "stop":
                return "stop"
            case "?" | "help":
                self._say(HELP)
                return "again"
            case "why":
                self._say(*self._why(item, fact, answer))
                return "again"
            case "show":
                self._show()
                return "again"
            case "back":
                return self._back()
        problem = self._record(fact, reply)
        if problem:
            self._say(*wrapped(problem, self.style.width, "  "))
            return "again"
        return "asked"

    def _record(self, fact: Fact, reply: str) -> str:
        """Record a reply; return what is wrong with it."""
        text = reply
        if fact.fact_kind == "choice" and re.fullmatch(r"[0-9]{1,3}", reply):
            at = int(reply) - 1
            if not 0 <= at < len(fact.choices):
                return f"there are choices 1 to {len(fact.choices)}"
            text = fact.choices[at].name
        try:
            case = self.pathway.case({fact.name: text}, on=today()) if text else None
        except CaseError as error:
            return "; ".join(problem.message for problem in error.problems)
        self._steps.append(_Step(fact.name, case))
        return ""

    def _back(self) -> Action:
        if not self._steps:
            self._say("  there is no reply to take back")
            return "again"
        self._say(f"  taken back: {self._steps.pop().fact}")
        return "asked"

    def _contradiction(self, answer: Answer) -> Action:
        """Say which facts cannot go together; the last reply can be taken back."""
        entry = next(e for e in answer.tracks if e.status == "contradiction")
        facts = entry.breach.facts if entry.breach else ()
        words = Words(self.pathway.artifact.graph)
        told = listed(tuple(words.value(*fact) for fact in facts), "and")
        self._say("", "These facts contradict each other:")
        self._put("; ".join(filter(None, (told, entry.reason))))
        self._put("`back` takes the last reply back, `stop` ends.")
        while (reply := self._reply()) not in (None, "stop"):
            if reply == "back":
                return self._back() if self._steps else "stop"
        return "stop"

    # ------------------------------------------------------------ what is told

    def _values(self, fact: Fact) -> Iterator[str]:
        """Yield the values a fact may have; choices with their numbers."""
        if fact.fact_kind != "choice":
            yield from wrapped(fact_values(fact), self.style.width, "  ")
            return
        longest = max(len(choice.name) for choice in fact.choices)
        for at, choice in enumerate(fact.choices, 1):
            label = "" if choice.label == choice.name else f"  {choice.label}"
            yield visible(f"  {at:>3}  {choice.name:<{longest}}{label}".rstrip())
        if fact.may_be_unknown:
            yield "       unknown, if it cannot be known"

    def _why(self, item: RequestItem, fact: Fact, answer: Answer) -> Iterator[str]:
        """Yield what each value would change, and what the question decides."""
        for change in answer.sensitivity(fact.name):
            yield visible(f"  {change.text}:")
            for track in change.tracks:
                lead = f"    {self._place(track.track)}: "
                told = self._effect(track.before, track.after)
                yield from wrapped(told, self.style.width, "      ", visible(lead))
        if item.separates:
            yield "  decides between" if len(item.separates) > 1 else "  decides whether it is"
        for outcome in item.separates:
            yield from wrapped(self._outcome(outcome), self.style.width, "      ", "    - ")
        for note in fact.notes:
            yield from wrapped(note, self.style.width, "    ", "  ")

    def _effect(self, before: Ending | None, after: Ending | None) -> str:
        """Return what a value would do to a track, in words."""
        if after is None:
            return "is not asked then"
        if after.status == "outside":
            return "outside this pathway"
        if after.status == "recommendation":
            return f"certainly {self._outcome(after.outcomes[0])}"
        gone = set(before.outcomes if before else ()).difference(after.outcomes)
        if gone:
            return f"no longer {self._short(tuple(sorted(gone)))}"
        return f"open between {self._short(after.outcomes)}"

    def _tell_settled(self, answer: Answer) -> None:
        """Say which tracks have become certain, once."""
        paint = Paint(self.style.colour)
        now = {e.track: e.outcome for e in answer.tracks if e.status == "recommendation"}
        if self._steps:
            for track, outcome in now.items():
                if self._settled.get(track) != outcome:
                    told = f"{self._place(track)}: {self._outcome(outcome)}"
                    self._put(f"certain now  {told}", paint.good)
        self._settled = now

    def _show(self) -> None:
        facts = {fact.name: fact for fact in self.pathway.facts}
        words = Words(self.pathway.artifact.graph)
        values = self.recorded().values
        for name, value in values.items():
            self._put(words.value(name, shown_value(facts[name], value)))
        if not values:
            self._say("  nothing is recorded yet")

    def _place(self, name: str) -> str:
        graph = self.pathway.artifact.graph
        labels = {stage.name: stage.label for stage in graph.stages}
        labels |= {decision.name: decision.label for decision in graph.decisions}
        return labels.get(name, name)

    def _outcome(self, text: str) -> str:
        """Return an outcome by the labels of what it recommends."""
        if text.startswith("go to "):
            return f"continue at {self._place(text.removeprefix('go to '))}"
        labels = {r.name: r.label for r in self.pathway.artifact.graph.recommendations}
        return re.sub(r"\w+", lambda m: labels.get(m[0], m[0]), text)

    def _short(self, outcomes: tuple[str, ...]) -> str:
        more = len(outcomes) - MOST_SHOWN
        shown = "; ".join(self._outcome(text) for text in outcomes[:MOST_SHOWN])
        return f"{shown}; and {more} more (`why` tells all)" if more > 0 else shown

    # ------------------------------------------------------------ the terminal

    def _reply(self) -> str | None:
        """Read a line; None at the end of the input."""
        click.echo("> ", err=True, nl=False)
        line = sys.stdin.readline()
        return line.strip() if line else None

    def _put(self, text: str, paint: Callable[[str], str] = str) -> None:
        if text:
            self._say(*map(paint, wrapped(text, self.style.width, "    ", "  ")))

    def _say(self, *lines: str) -> None:
        for line in lines:
            click.echo(line, err=True, color=self.style.colour)
