"""Bringing telephones that were written before to today's one form, so that every way of writing a number meets."""

from typing import Any

from sqlalchemy import bindparam, select, update

from mexile.ground import seal, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import KeyGone, Tampered
from mexile.ground.phone import normal_phone
from mexile.members.models.contact import MemberContact
from mexile.members.models.member import Member
from mexile.members.queries.telephones import phone_index


def renew_telephones() -> int:
    """Renew the numbers of members and of their ways, and say how many changed. It may be done again and again."""
    is_number = MemberContact.kind != "email"
    return renew(Member, "phone", "phone_bidx") + renew(MemberContact, "value", "value_bidx", is_number)


def renew(table: Any, name: str, index: str, *where: Any) -> int:
    """Renew one sealed column and its blind index. What can't be opened, or is no number, stays as it is; what is
    read here is shown to nobody, and one row of the trail says how many rows changed."""
    column = getattr(table, f"{name}_enc")
    columns = (table.id, table.rid, table.key_id, column.label("sealed"), getattr(table, index).label("held"))
    changes = []
    for row in db.session.execute(select(*columns).where(column.is_not(None), *where)).all():
        number = normal_phone(text) if (text := _opened(table, column.key, row)) else None
        if number is None or (number == text and phone_index(number) == row.held):
            continue
        blob = seal.seal(table.__tablename__, column.key, row.rid, row.key_id, number)
        changes.append({"row_id": row.id, column.key: blob, index: phone_index(number)})
    db.session.rollback()
    if changes:
        with writing():
            one = update(table.__table__).where(table.__table__.c.id == bindparam("row_id"))
            db.session.connection().execute(one, changes)
            trail.record("telephones.renew", table=table.__tablename__, rows=len(changes))
    return len(changes)


def _opened(table: Any, column: str, row: Any) -> str | None:
    try:
        with seal.silent():
            return seal.unseal(table.__tablename__, column, row.rid, row.key_id, row.sealed)
    except (KeyGone, Tampered):
        return None
