"""What a typed line would save, for the sentence that says so before it is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mexile.access.viewer import Viewer
from mexile.ground.errors import Problem
from mexile.services.queries.people import (
    CodedPeople,
    LoggablePeople,
    recipients,
    short_names,
    with_households,
)
from mexile.services.queries.types import Kind, kinds, type_index
from mexile.services.rules.act import BEFORE_INTAKE, Act, problems_of
from mexile.services.rules.choice import Choice
from mexile.services.rules.counting import quantity as counted
from mexile.services.rules.quick_log import read
from mexile.services.rules.reading import Reading, accepted


@dataclass(frozen=True)
class Proposal:
    """A line, how it reads, and the act it would become. `people` are (code, short name),
    the household's with them; `doubt` is the one question that a tick can answer."""

    line: str
    reading: Reading
    kinds: Mapping[str, Kind]
    act: Act
    people: Sequence[tuple[str, str]]
    problems: Sequence[Problem]
    doubt: Problem | None

    @property
    def kind(self) -> Kind | None:
        return self.kinds.get(self.act.type_code or "")

    @property
    def is_ready(self) -> bool:
        return self.reading.ready and not self.problems and self.doubt is None

    @property
    def minutes(self) -> int:
        if self.act.minutes is not None:
            return self.act.minutes
        return self.kind.minutes if self.kind else 0

    @property
    def quantity(self) -> int:
        unit = self.kind.unit if self.kind else "units"
        return counted(unit, self.act.quantity, len(self.people) + self.act.others)

    def type_name(self, choice: Choice, lang: str) -> str:
        found = self.kinds.get(choice.value)
        return found.name(lang) if found else choice.value


def propose(
    viewer: Viewer,
    line: str,
    picks: Mapping[str, str],
    *,
    today: date,
    accept: bool = False,
    over: Callable[[Act], Act] = lambda act: act,
) -> Proposal:
    """Read `line` for this viewer and say what it would save. `accept` takes what is
    proposed, as Enter does; `over` lays what was said beside the line over the act."""
    found = kinds()
    index, people = type_index(found), LoggablePeople(viewer, today)
    reading = read(line, today=today, types=index, people=people, picks=picks)
    if accept and (more := accepted(reading)):
        reading = read(line, today=today, types=index, people=people, picks={**picks, **more})
    act = over(act_of(viewer, reading, today=today))
    named = short_names(viewer, act.people)
    problems = list(reading.problems)
    doubt = None
    if reading.ready:
        of = found.get(act.type_code or "")
        for problem in problems_of(act, of, recipients(viewer, act.people), today):
            if problem.place == BEFORE_INTAKE:
                doubt = problem
            else:
                problems.append(problem)
    return Proposal(line, reading, found, act, named, problems, doubt)


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
