"""Lists saved under a name, one's own and those that were shared, and the register of what was taken out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, or_, select

from mexile.access.account.models import UserAccount
from mexile.access.policy import register_scope
from mexile.access.viewer import Viewer
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.members.export.models import Export, ExportMember, SavedView
from mexile.members.person.models import Member
from mexile.members.removal.rights import same_person


def next_export_code() -> str:
    return next_code("EX", Export.code)


def saved_views(viewer: Viewer) -> list[SavedView]:
    """Her own and the shared ones, by name."""
    return list(db.session.scalars(_saved_views(viewer.user_id)))


def _saved_views(user_id: int) -> Select[SavedView]:
    mine_or_shared = or_(SavedView.user_id == user_id, SavedView.shared == 1)
    return select(SavedView).where(mine_or_shared).order_by(SavedView.title, SavedView.id)


def deletable(viewer: Viewer) -> ColumnElement[bool]:
    """The WHERE on ``SavedView`` for what she may delete: her own; a shared one also who sees everybody."""
    own = SavedView.user_id == viewer.user_id
    return or_(own, SavedView.shared == 1) if viewer.sees_all_members else own


def view_to_delete(viewer: Viewer, id: int) -> SavedView:
    view = db.session.scalar(select(SavedView).where(SavedView.id == id, deletable(viewer)))
    if view is None:
        raise NotHere(str(id))
    return view


register_scope("saved_view", deletable)


PAGE = 50


@dataclass(frozen=True)
class PastExport:
    """One file that left the house, in codes."""

    code: str
    at: datetime
    who: str
    purpose: str
    audience: str
    reason: str
    filters: str
    columns: tuple[str, ...]
    rows: int
    left_out: int


_columns = (
    Export.id,
    Export.code,
    Export.at,
    UserAccount.name,
    Export.purpose,
    Export.audience,
    Export.reason,
    Export.filters,
    Export.columns,
    Export.rows,
    Export.left_out,
)


def exports_with(member_id: int) -> list[PastExport]:
    """Every file that spoke of this person, the newest first, also under the code of a record that was
    merged into theirs. Whoever asks has the right to the member already."""
    spoke = select(ExportMember.export_id).where(ExportMember.member_id.in_(same_person(member_id)))
    rows = db.session.execute(
        select(*_columns)
        .join(UserAccount, UserAccount.id == Export.by_user_id)
        .where(Export.id.in_(spoke))
        .order_by(Export.id.desc())
    )
    return [_past(row) for row in rows]


def exports_page(viewer: Viewer, before: str | None = None) -> tuple[Sequence[PastExport], str | None]:
    """Fifty files of the register, the newest first, before the one with the code ``before``;
    and the code after which the next page goes on."""
    query = (
        select(*_columns)
        .join(UserAccount, UserAccount.id == Export.by_user_id)
        .order_by(Export.id.desc())
        .limit(PAGE + 1)
    )
    if before:
        query = query.where(Export.id < select(Export.id).where(Export.code == before).scalar_subquery())
    exports = [_past(row) for row in db.session.execute(query)]
    return exports[:PAGE], exports[PAGE - 1].code if len(exports) > PAGE else None


def export_by_code(viewer: Viewer, code: str) -> PastExport | None:
    """One file of the register."""
    row = db.session.execute(
        select(*_columns).join(UserAccount, UserAccount.id == Export.by_user_id).where(Export.code == code)
    ).one_or_none()
    return _past(row) if row else None


def people_of(code: str) -> list[str]:
    """The codes of the people of whom one file spoke, as they stood in it."""
    return list(
        db.session.scalars(
            select(Member.code)
            .join(ExportMember, ExportMember.member_id == Member.id)
            .join(Export, Export.id == ExportMember.export_id)
            .where(Export.code == code)
            .order_by(Member.id)
        )
    )


def _past(row: Row[*tuple[Any, ...]]) -> PastExport:
    return PastExport(
        row.code,
        row.at,
        row.name,
        row.purpose,
        row.audience,
        row.reason,
        row.filters,
        tuple(row.columns.split()),
        row.rows,
        row.left_out,
    )
