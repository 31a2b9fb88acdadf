"""What a typed line would save, for the sentence that says so before it is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mexile.access.viewer import Viewer
from mexile.cases.event.queries import EventLine, event_line
from mexile.ground.errors import Problem
from mexile.services.quick_log.queries import (
    CodedPeople,
    LoggablePeople,
    hidden_at_home,
    households_of,
    recipients,
    short_names,
    with_households,
)
from mexile.services.quick_log.reading import Choice, Reading, accepted
from mexile.services.quick_log.rules import read
from mexile.services.service.queries import already_logged, open_date_of
from mexile.services.service.rules import QUESTIONS, Act, Kind, problems_of
from mexile.services.service.rules import quantity as counted
from mexile.services.service_type.queries import kinds, type_index


@dataclass(frozen=True)
class Proposal:
    """A line, how it reads, and the act it would become. `people` are (code, short name),
    the household's with them, and `hidden` how many of it the viewer may not know of; `doubts` are
    the questions that a tick answers; `closes` is the open date that is closed with it."""

    line: str
    reading: Reading
    kinds: Mapping[str, Kind]
    act: Act
    people: Sequence[tuple[str, str]]
    problems: Sequence[Problem]
    doubts: Sequence[Problem]
    households: int = 1
    hidden: int = 0
    counts_hidden: bool = False
    closes: EventLine | None = None

    @property
    def kind(self) -> Kind | None:
        return self.kinds.get(self.act.type_code or "")

    @property
    def is_ready(self) -> bool:
        return self.reading.ready and not self.problems and not self.doubts

    @property
    def minutes(self) -> int:
        if self.act.minutes is not None:
            return self.act.minutes
        return self.kind.minutes if self.kind else 0

    @property
    def quantity(self) -> int:
        rule = self.kind.counts if self.kind else "act"
        return counted(rule, self.act.quantity, len(self.people) + self.act.others, self.households)

    def type_name(self, choice: Choice, lang: str) -> str:
        kind = self.kinds.get(choice.value)
        return kind.name(lang) if kind else choice.value


def propose(
    viewer: Viewer,
    line: str,
    picks: Mapping[str, str],
    *,
    today: date,
    accept: bool = False,
    apply: Callable[[Act], Act] = lambda act: act,
    counts_hidden: bool = False,
) -> Proposal:
    """Read `line` for this viewer and say what it would save. `accept` takes what is
    proposed, as Enter does; `apply` adds what was said beside the line to the act."""
    known = kinds()
    index, people = type_index(known), LoggablePeople(viewer, today)
    reading = read(line, today=today, types=index, people=people, picks=picks)
    if accept and (more := accepted(reading)):
        reading = read(line, today=today, types=index, people=people, picks={**picks, **more})
    act, hidden = whole_act(viewer, reading, apply, counts_hidden, today=today)
    named = short_names(viewer, act.people)
    problems, doubts = list(reading.problems), list[Problem]()
    households, closes = 1, None
    if reading.ready:
        kind, who = known.get(act.type_code or ""), recipients(viewer, act.people)
        if kind and kind.counts == "household":
            households = households_of([person.id for person in who], act.on)
        already = already_logged(viewer, [person.id for person in who], kind.code, act.on) if kind else []
        for problem in problems_of(act, kind, who, today, already):
            (doubts if problem.place in QUESTIONS else problems).append(problem)
        code = open_date_of(viewer, act)
        closes = event_line(viewer, code) if code else None
    return Proposal(line, reading, known, act, named, problems, doubts, households, hidden, counts_hidden, closes)


def whole_act(
    viewer: Viewer, reading: Reading, apply: Callable[[Act], Act], counts_hidden: bool, *, today: date
) -> tuple[Act, int]:
    """The act of a reading with what was said beside the line, and how many of the household the viewer may
    not know of: counted among the others, without a name, where somebody said so."""
    act = apply(act_of(viewer, reading, today=today))
    hidden = hidden_at_home(viewer, reading.people, act.on) if reading.family else 0
    return (replace(act, others=act.others + hidden) if counts_hidden else act), hidden


def read_to_save(viewer: Viewer, line: str, picks: Mapping[str, str], *, today: date) -> Reading:
    """As `propose`, for saving: where everything was chosen before, no name is opened."""
    return read(
        line,
        today=today,
        types=type_index(kinds()),
        people=CodedPeople(viewer, today),
        picks=picks,
    )


def act_of(viewer: Viewer, reading: Reading, *, today: date) -> Act:
    """The act that a reading stands for, with the household's people where it was asked for."""
    on = reading.on or today
    people: Sequence[str] = reading.people
    if reading.family and people:
        people = with_households(viewer, people, on)
    return Act(
        people=people,
        type_code=reading.type_code,
        on=on,
        minutes=reading.minutes,
        quantity=reading.quantity,
        amount_cents=reading.cents,
        others=reading.others,
    )
