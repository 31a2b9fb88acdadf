"""Write the kinds of service into the database from the vocabulary."""

from __future__ import annotations

from sqlalchemy import insert, select

from mexile.ground.db import db
from mexile.ground.vocabulary import vocabulary
from mexile.services.service_type.models import ServiceType


def seed_service_types() -> int:
    """Add the kinds of the vocabulary that aren't there yet; those changed by people are
    left alone. Returns how many were added."""
    known = set(db.session.scalars(select(ServiceType.code)))
    rows = [
        {"code": term.code, "en": term.en, "es": term.es, "position": position, **term.more}
        for position, term in enumerate(vocabulary("service_type").values())
        if term.code not in known
    ]
    if rows:
        db.session.execute(insert(ServiceType), rows)
    return len(rows)
