"""Put the funds of the vocabulary into the database."""

from sqlalchemy import insert, select

from mexile.gifts.fund.models import Fund
from mexile.ground.db import db
from mexile.ground.vocabulary import vocabulary


def seed_funds() -> int:
    """Add the funds that aren't there yet; those changed by people are left alone. Returns how many were added."""
    known = set(db.session.scalars(select(Fund.code)))
    rows = [
        {"code": term.code, "en": term.en, "es": term.es, "position": position}
        for position, term in enumerate(vocabulary("fund").values(), 1)
        if term.code not in known
    ]
    if rows:
        db.session.execute(insert(Fund), rows)
    return len(rows)
