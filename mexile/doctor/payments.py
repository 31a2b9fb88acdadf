"""What is wrong at Stripe, as it was seen last, and payouts that the books don't explain."""

from __future__ import annotations

from sqlalchemy import inspect

from mexile.config import Config
from mexile.gifts.payout.models import Payout
from mexile.gifts.payout.queries import payouts_off
from mexile.gifts.stripe import setup
from mexile.ground import money
from mexile.ground.db import db
from mexile.ground.errors import Problem


def problems(settings: Config, *, is_whole: bool = True) -> list[Problem]:
    """All of it is told quickly: `is_whole` changes nothing."""
    if not settings.stripe_key or not inspect(db.session.connection()).has_table(Payout.__tablename__):
        return []
    found, _notes = setup.known(settings.home)
    for payout in payouts_off():
        apart = money.format_cents(payout.off_cents, "en", payout.currency)
        en = f"Payout {payout.stripe_payout} and the books are {apart} apart. Look it up at Stripe, and match what is unmatched."
        es = (
            f"El depósito {payout.stripe_payout} y los libros difieren por {apart}. Búsquelo en Stripe y asigne lo que "
            "está sin donativo."
        )
        found.append(Problem("stripe", en, es))
    return found


def notes(settings: Config) -> list[Problem]:
    return setup.known(settings.home)[1] if settings.stripe_key else []
