"""Which members are closed, as SQL."""

from sqlalchemy import ColumnElement, exists, select

from mexile.members.models.closure import MemberClosure, MemberReopening
from mexile.members.models.member import Member


def is_closed() -> ColumnElement[bool]:
    """The WHERE on ``Member``: closed, and not opened again since."""
    return exists().where(
        MemberClosure.member_id == Member.id,
        MemberClosure.id.not_in(select(MemberReopening.closure_id)),
    )
