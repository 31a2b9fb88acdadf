"""What to mend in the records before a report goes out."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from mexile.cases.event.models import Event, EventOutcome, EventOutcomeVoid
from mexile.grants.population.queries import Population
from mexile.ground import organization
from mexile.ground.both import Both
from mexile.ground.db import db
from mexile.reports.numbers import UNKNOWN, Fix, Table

UNSAID = {
    "age": (("person", "people"), "year of birth", ("persona", "personas"), "año de nacimiento"),
    "gender": (("person", "people"), "gender", ("persona", "personas"), "género"),
    "nationality": (("person", "people"), "nationality", ("persona", "personas"), "nacionalidad"),
    "state": (("person", "people"), "state of origin", ("persona", "personas"), "estado de origen"),
    "profile": (("person", "people"), "profile", ("persona", "personas"), "perfil"),
    "country": (("party", "parties"), "country", ("grupo", "grupos"), "país"),
    "destination": (("party", "parties"), "destination", ("grupo", "grupos"), "destino"),
}


def fixes(tables: Sequence[Table], population: Population | None) -> tuple[Fix, ...]:
    """How many events of the period nobody closed, and who lacks what the tables ask for."""
    fixes = [_open_events(population)] if population else []
    fixes += [fix for table in tables if (fix := _unknown(table, population is None))]
    return tuple(fix for fix in fixes if fix.count)


def _open_events(population: Population) -> Fix:
    today = organization.today()
    taken_back = select(EventOutcomeVoid.outcome_id).where(EventOutcomeVoid.outcome_id == EventOutcome.id)
    closed = select(EventOutcome.id).where(EventOutcome.event_id == Event.id, ~taken_back.exists())
    count = db.session.scalar(
        select(func.count(Event.id)).where(
            Event.on.between(population.from_on, min(population.to_on, today)), ~closed.exists()
        )
    )
    is_one = count == 1
    return Fix(
        "events",
        count or 0,
        Both(
            "event not closed" if is_one else "events not closed",
            "evento sin cerrar" if is_one else "eventos sin cerrar",
        ),
    )


def _unknown(table: Table, arrived: bool) -> Fix | None:
    by = table.spec.by
    words = UNSAID.get(by)
    if by == "language":
        words = (*UNSAID["country" if arrived else "gender"][:1], "language",
                UNSAID["country" if arrived else "gender"][2], "idioma")  # fmt: skip
    row = next((row for row in table.rows if row.code == UNKNOWN), None)
    if words is None or row is None:
        return None
    count = row.guard
    noun_en, noun_es = words[0][count != 1], words[2][count != 1]
    return Fix(by, count, Both(f"{noun_en} without {words[1]}", f"{noun_es} sin {words[3]}"))
