"""A form is taken once: sent again (a double click, the back button, a replay) it
answers with the first result and changes nothing."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import LargeBinary, Text, bindparam, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground import clock
from mexile.ground.db import Base, Moment, db
from mexile.ground.privacy import STAFF

KEPT = timedelta(days=2)


class FormTaken(Base):
    """The result (a URL path) of one form token."""

    __tablename__ = "form_taken"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True, info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, index=True, info=STAFF)
    result: Mapped[str] = mapped_column(Text, info=STAFF)


# Plain statements on the table: every form passes here.
_table = FormTaken.__table__
_result = select(_table.c.result).where(_table.c.token_hash == bindparam("hash"))
_insert = insert(_table)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def result(token: str) -> str | None:
    """Where this form went the first time, or None when it is new."""
    return db.session.connection().scalar(_result, {"hash": _hash(token)})


def remember(token: str, url: str) -> None:
    """Keep the result inside the write transaction that made it."""
    db.session.connection().execute(_insert, {"token_hash": _hash(token), "at": clock.now(), "result": url})


def forget_old() -> None:
    db.session.execute(delete(FormTaken).where(FormTaken.at < clock.now() - KEPT))
