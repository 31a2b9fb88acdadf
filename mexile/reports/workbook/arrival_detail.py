"""The detail of a report of arrivals: one row a party."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from mexile.arrivals.models import ArrivalParty
from mexile.ground.db import db
from mexile.reports.numbers import UNKNOWN, Numbers
from mexile.reports.workbook.detail import Column, Detail, code_for

ARRIVAL_COLUMNS = [
    Column("party", "party", "grupo"),
    Column("day", "day", "día", "day"),
    Column("week", "week (Monday)", "semana (lunes)", "day"),
    Column("country", "country", "país"),
    Column("language", "language", "idioma"),
    Column("destination", "destination", "destino"),
    Column("size", "people", "personas", "count"),
]


def arrivals(numbers: Numbers, edition: bytes) -> Detail:
    """One row a party of the period."""
    parties = db.session.execute(
        select(
            ArrivalParty.rid,
            ArrivalParty.arrival_date,
            ArrivalParty.country,
            ArrivalParty.language,
            ArrivalParty.destination,
            ArrivalParty.people,
        )
        .where(ArrivalParty.arrival_date.between(numbers.from_on, numbers.to_on))
        .order_by(ArrivalParty.arrival_date, ArrivalParty.id)
    )
    rows = [
        (
            code_for(edition, "party", rid),
            day,
            day - timedelta(days=day.weekday()),
            country or UNKNOWN,
            language or UNKNOWN,
            destination or UNKNOWN,
            people,
        )
        for rid, day, country, language, destination, people in parties
        if day is not None  # the query says so too, its type doesn't
    ]
    return Detail(list(ARRIVAL_COLUMNS), rows)
