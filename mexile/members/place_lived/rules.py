"""Places lived after the first threat: periods that can't be, and the time of which nothing is written.

Also how a list of municipalities is read as INEGI's catalogue has it: code, state, name. None comes with the program.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mexile.ground.dates import not_in_the_future
from mexile.ground.errors import Invalid, Problem
from mexile.ground.rough import Rough
from mexile.ground.vocabulary import vocabulary

GAP = timedelta(days=31)


@dataclass(frozen=True)
class Period:
    """A state and the days from which to which a person lived there, as well as they are known."""

    state: str
    begin: Rough | None
    end: Rough | None

    def words(self, lang: str) -> str:
        """ "Guerrero, March 2020 to 5 May 2021"."""
        joint = " a " if lang == "es" else " to "
        days = joint.join(known.text(lang) if known else "?" for known in (self.begin, self.end))
        return f"{vocabulary('mx_state').label(self.state, lang)}, {days}"


def period_problems(period: Period, others: Iterable[Period], today: date, born: date | None) -> list[Problem]:
    """All that can't be true of a period beside the others: ended before it began, in the future, before the
    birth, or at the same time somewhere else. What is only roughly known never overlaps by a guess."""
    problems = []
    for place, known in (("from_on", period.begin), ("to_on", period.end)):
        ahead = not_in_the_future(place, known.first if known else None, today)
        problems += ahead
        if not ahead and known and born and known.last < born:
            problems.append(Problem(place, "This is before the birth.", "Es anterior al nacimiento."))
    if period.begin and period.end and period.end.last < period.begin.first:
        problems.append(Problem("to_on", "The stay ends before it begins.", "La estancia termina antes de empezar."))
        return problems
    for other in others:
        if overlap(period, other):
            problems.append(
                Problem(
                    "from_on",
                    f"At that time another place is written: {other.words('en')}. Nobody lives in two places at "
                    "once: mend one of them, or write the month alone.",
                    f"En ese tiempo ya hay otro lugar: {other.words('es')}. Nadie vive en dos lugares a la vez: "
                    "corrija uno de ellos o escriba solo el mes.",
                )
            )
    return problems


def overlap(period: Period, other: Period) -> bool:
    """Whether two periods must share a day inside both, however the rough ends fall."""
    if not (period.begin and period.end and other.begin and other.end):
        return False
    if "about" in {known.precision for known in (period.begin, period.end, other.begin, other.end)}:
        return False
    return max(period.begin.last, other.begin.last) < min(period.end.first, other.end.first)


def gaps(periods: Sequence[Period]) -> list[tuple[date, date]]:
    """More than a month between two places of which nothing is written, in the order of time."""
    known = sorted(
        (period for period in periods if period.begin and period.end),
        key=lambda period: period.begin.first if period.begin else date.min,
    )
    spans = []
    until: date | None = None
    for period in known:
        assert period.begin and period.end
        if until and period.begin.first - until > GAP:
            spans.append((until, period.begin.first))
        until = max(until or period.end.last, period.end.last)
    return spans


COLUMNS = ("inegi5", "iso_3166_2", "municipio")
_CODE = re.compile(r"\d{5}")


def read_municipalities(text: str) -> list[tuple[str, str, str]]:
    """(code, state, name) of every row. Raises Invalid with all that is wrong, each with its line."""
    rows = csv.DictReader(io.StringIO(text))
    if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
        raise Invalid(Problem("1", f"The column {missing[0]} is missing.", f"Falta la columna {missing[0]}."))
    municipalities: list[tuple[str, str, str]] = []
    problems: list[Problem] = []
    for line, row in enumerate(rows, start=2):
        code, state, name = ((row[column] or "").strip() for column in COLUMNS)
        problems += _problems(str(line), code, state, name, municipalities)
        municipalities.append((code, state, name))
    if problems:
        raise Invalid(problems)
    return municipalities


def _problems(line: str, code: str, state: str, name: str, before: Sequence[tuple[str, str, str]]) -> list[Problem]:
    known = vocabulary("mx_state")
    if not _CODE.fullmatch(code) or not name:
        return [Problem(line, "No code of five digits and a name.", "Sin clave de cinco cifras y nombre.")]
    if state not in known or known[state].more["inegi"] != code[:2]:
        return [Problem(line, "The state is not the one of the code.", "El estado no es el de la clave.")]
    if before and any(code == other for other, _, _ in before[-1:]):
        return [Problem(line, "This code stands twice.", "Esta clave está dos veces.")]
    return []
