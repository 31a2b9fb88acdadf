"""The request and the legal holds that stand for a person, and every file that left the house with them in it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import Table, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from mexile.access.account.models import UserAccount
from mexile.ground.db import db
from mexile.ground.hook import Hook
from mexile.members.export.queries import exports_with
from mexile.members.person.models import Member, keyed, sealed, ties
from mexile.members.removal.models import EraseConfirmation, EraseRequest, LegalHold
from mexile.members.removal.rights import same_person


@dataclass(frozen=True)
class Request:
    """A request that stands; ``due_at`` is None until a second person confirmed it."""

    id: int
    member_id: int
    by_user_id: int
    by: str
    at: datetime
    reason: str
    confirmed_by: str | None
    due_at: datetime | None


@dataclass(frozen=True)
class Hold:
    """A legal hold that stands."""

    id: int
    by: str
    at: datetime
    reason: str


def standing_request(member_id: int) -> Request | None:
    """The request of this person that was neither called off nor done."""
    row = db.session.connection().execute(_standing_request(), {"member_id": member_id}).one_or_none()
    return Request(*row) if row else None


@cache
def _standing_request() -> Any:
    """Made once: every page of a member asks."""
    confirmer = aliased(UserAccount)
    return (
        select(
            EraseRequest.id,
            EraseRequest.member_id,
            EraseRequest.by_user_id,
            UserAccount.name,
            EraseRequest.at,
            EraseRequest.reason,
            confirmer.name.label("confirmed_by"),
            EraseConfirmation.due_at,
        )
        .join(UserAccount, UserAccount.id == EraseRequest.by_user_id)
        .outerjoin(EraseConfirmation, EraseConfirmation.request_id == EraseRequest.id)
        .outerjoin(confirmer, confirmer.id == EraseConfirmation.by_user_id)
        .where(EraseRequest.member_id == bindparam("member_id"), EraseRequest.stands())
        .order_by(EraseRequest.id.desc())
        .limit(1)
    )


def standing_holds(member_id: int) -> list[Hold]:
    """The legal holds on this person, also on a record that was merged into theirs."""
    rows = db.session.execute(
        select(LegalHold.id, UserAccount.name, LegalHold.at, LegalHold.reason)
        .join(UserAccount, UserAccount.id == LegalHold.by_user_id)
        .where(LegalHold.member_id.in_(same_person(member_id)), LegalHold.stands())
        .order_by(LegalHold.id)
    )
    return [Hold(*row) for row in rows]


def shared_notes(member_id: int) -> int:
    """How many sealed notes are about this person and somebody else at once, under a key of their own: they
    outlive the removal, so somebody should look through them first."""
    count = 0
    ids = same_person(member_id)
    for link, owner, column in _links():
        with_others = (
            select(func.count())
            .select_from(owner)
            .where(
                or_(*(cell.is_not(None) for cell in sealed(owner))),
                owner.c.key_id.not_in(select(Member.key_id).where(Member.id.in_(ids))),
                owner.c.id.in_(select(link.c[column]).where(link.c.member_id.in_(ids))),
            )
        )
        count += db.session.scalar(with_others) or 0
    return count


def _links() -> list[tuple[Table, Table, str]]:
    """(link, owner, column): tables that name a member beside a row that is sealed under a key and names none."""
    named = {tie.table.name for tie in ties()}
    owners = {table.name: table for table in keyed() if table.name not in named and "id" in table.columns}
    return [
        (tie.table, owners[key.column.table.name], key.parent.name)
        for tie in ties()
        if tie.column.name == "member_id"
        for key in tie.table.foreign_keys
        if key.column.name == "id" and key.column.table.name in owners
    ]


@dataclass(frozen=True)
class PastFile:
    """One file that held a person: "export" or "report", who took it, and for whom it was made."""

    kind: str
    code: str
    at: datetime
    who: str
    audience: str


other_past_files: Hook[[list[int]], list[PastFile]] = Hook("files that held a person")
"""``other_past_files(member_ids)``: the files of another house that held any of these records, which are one person."""


def past_files(member_id: int) -> list[PastFile]:
    """Every file that held this person, the newest first. Whoever asks has the right to the member already."""
    files = [
        PastFile("export", export.code, export.at, export.who, export.audience) for export in exports_with(member_id)
    ]
    files += chain.from_iterable(other_past_files.each(same_person(member_id)))
    return sorted(files, key=lambda file: file.at, reverse=True)
