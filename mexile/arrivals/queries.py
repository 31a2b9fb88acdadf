"""The arrivals list: parties that came through a shelter's door, by day, and how many they are."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true

from mexile.access.policy import TAKES_IN
from mexile.access.viewer import Viewer
from mexile.arrivals.models import ArrivalParty
from mexile.ground.db import db
from mexile.ground.text import number_sent

PAGE = 50


def party_seen(viewer: Viewer) -> ColumnElement[bool]:
    """The WHERE on ``ArrivalParty``: all for who brings sheets in, none for everybody else."""
    return true() if viewer.is_any(*TAKES_IN) else false()


@dataclass(frozen=True)
class Filter:
    """Which parties: from a day, to a day, of a country, a language, a destination ("-": unknown)."""

    from_on: date | None = None
    to_on: date | None = None
    country: str | None = None
    language: str | None = None
    destination: str | None = None

    def where(self) -> list[ColumnElement[bool]]:
        conditions = []
        if self.from_on:
            conditions.append(ArrivalParty.arrival_date >= self.from_on)
        if self.to_on:
            conditions.append(ArrivalParty.arrival_date <= self.to_on)
        for name in ("country", "language", "destination"):
            column, wanted = getattr(ArrivalParty, name), getattr(self, name)
            if wanted:
                conditions.append(column.is_(None) if wanted == "-" else column == wanted)
        return conditions


@dataclass(frozen=True)
class Counts:
    """How many parties and people, and the first and the last day."""

    parties: int
    people: int
    first: date | None
    last: date | None


def counts(viewer: Viewer, chosen: Filter) -> Counts:
    """The parties of a filter, counted in SQL."""
    row = db.session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(ArrivalParty.people), 0),
            func.min(ArrivalParty.arrival_date),
            func.max(ArrivalParty.arrival_date),
        ).where(*chosen.where())
    ).one()
    return Counts(*row)


def parties(
    viewer: Viewer, chosen: Filter, after: tuple[date | None, int] | None = None
) -> tuple[list[Any], str | None]:
    """A page of parties, the latest day first, those without a day at the end, and where the next page begins."""
    query = select(
        ArrivalParty.id,
        ArrivalParty.arrival_date,
        ArrivalParty.people,
        ArrivalParty.country,
        ArrivalParty.language,
        ArrivalParty.destination,
    ).where(*chosen.where())
    if after is not None:
        query = query.where(_beyond(*after))
    rows = db.session.execute(
        query.order_by(ArrivalParty.arrival_date.desc().nulls_last(), ArrivalParty.id.desc()).limit(PAGE + 1)
    ).all()
    shown = list(rows[:PAGE])
    return shown, _mark(shown[-1]) if len(rows) > PAGE else None


def _beyond(on: date | None, id: int) -> ColumnElement[bool]:
    undated = ArrivalParty.arrival_date.is_(None)
    if on is None:
        return and_(undated, ArrivalParty.id < id)
    same_day = and_(ArrivalParty.arrival_date == on, ArrivalParty.id < id)
    return or_(ArrivalParty.arrival_date < on, same_day, undated)


def _mark(row: Any) -> str:
    """The place of a row as an address carries it: "2022-01-03.1234"."""
    return f"{row.arrival_date.isoformat() if row.arrival_date else ''}.{row.id}"


def read_mark(text: str) -> tuple[date | None, int] | None:
    """The place that an address names, or None where it names none."""
    day, _, row = text.partition(".")
    id = number_sent(row)
    try:
        return None if id is None else (date.fromisoformat(day) if day else None, id)
    except ValueError:
        return None


def codes(column: str) -> list[tuple[str, int]]:
    """The codes that stand in a column with how many parties each, the commonest first."""
    values = getattr(ArrivalParty, column)
    rows = db.session.execute(
        select(values, func.count()).where(values.is_not(None)).group_by(values).order_by(func.count().desc(), values)
    )
    return [(code, times) for code, times in rows]
