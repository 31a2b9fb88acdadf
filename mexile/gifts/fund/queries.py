"""The funds that the giving page offers."""

from sqlalchemy import select

from mexile.gifts.fund.models import Fund
from mexile.ground.db import db


def funds_offered() -> list[Fund]:
    return list(db.session.scalars(select(Fund).where(Fund.position > 0).order_by(Fund.position, Fund.code)))
