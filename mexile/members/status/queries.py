"""The status of a member by the newest of the records that say it, for one person and as SQL for a list."""

from typing import Any

from sqlalchemy import ColumnElement, case, exists, literal, select, union_all
from sqlalchemy.sql.expression import null

from mexile.ground.db import db
from mexile.members.person.models import Member
from mexile.members.removal.models import MemberErasure
from mexile.members.status.models import MemberClosure, MemberPause
from mexile.members.status.rules import Status


def status_of(member: Member) -> Status:
    """The status of a member by one statement. "inquiry" and "consulted" are said in the house of
    inquiries: whoever has a row here is a member at least."""
    records = db.session.connection().execute(_records(member.id))
    rows = {row.word: row for row in records}
    for word in ("erased", "closed", "paused"):
        if word in rows:
            row = rows[word]
            return Status(word, row.at, row.reason, row.until_on)
    return Status("member")


def _records(member_id: int) -> Any:
    """The record of each kind that stands; the columns have the type of their tables."""
    closed = select(literal("closed").label("word"), MemberClosure.at, MemberClosure.reason, _no_day()).where(
        MemberClosure.member_id == member_id, MemberClosure.stands()
    )
    paused = select(literal("paused"), MemberPause.at, MemberPause.reason, MemberPause.until_on).where(
        MemberPause.member_id == member_id, MemberPause.stands()
    )
    erased = select(literal("erased"), MemberErasure.at, null(), _no_day()).where(MemberErasure.member_id == member_id)
    return union_all(closed, paused, erased)


def _no_day() -> Any:
    return literal(None, MemberPause.until_on.type).label("until_on")


def is_paused() -> ColumnElement[bool]:
    """The WHERE on ``Member``: paused, and not resumed since."""
    return exists().where(MemberPause.member_id == Member.id, MemberPause.stands())


def status_word() -> ColumnElement[str]:
    """The status of each member of a list, as SQL on ``Member``."""
    erased = exists().where(MemberErasure.member_id == Member.id)
    return case((erased, "erased"), (is_closed(), "closed"), (is_paused(), "paused"), else_="member")


def pause_of(member_id: int) -> MemberPause | None:
    """The pause that stands, if the member is paused."""
    return db.session.scalar(
        select(MemberPause)
        .where(MemberPause.member_id == member_id, MemberPause.stands())
        .order_by(MemberPause.id.desc())
        .limit(1)
    )


def is_closed() -> ColumnElement[bool]:
    """The WHERE on ``Member``: closed, and not opened again since."""
    return exists().where(MemberClosure.member_id == Member.id, MemberClosure.stands())
