"""Supervisions, seen through their member."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.custody.supervision.models import Supervision
from mexile.ground.db import db
from mexile.members.assignment.rights import rights_of, rights_values, rows_of_member


@cache
def _supervisions(rights: str) -> Any:
    return (
        select(Supervision)
        .where(rows_of_member(Supervision.member_id, rights))
        .order_by(Supervision.to_on.desc().nulls_first(), Supervision.from_on.desc())
    )


def supervisions_of(viewer: Viewer, member_id: int) -> Sequence[Supervision]:
    """The supervision that stands first, then what was."""
    return db.session.scalars(_supervisions(rights_of(viewer)), rights_values(viewer, member_id=member_id)).all()
