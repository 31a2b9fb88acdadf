"""Bonds, seen through their member."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, select

from mexile.access.policy import register_scope
from mexile.access.viewer import Viewer
from mexile.custody.bond.models import Bond
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.members.assignment.rights import rights_of, rights_values, rows_of_member, visible


def next_bond_code() -> str:
    return next_code("BD", Bond.code)


def bond_seen(viewer: Viewer) -> ColumnElement[bool]:
    """The WHERE on `Bond`: of somebody the viewer may know of."""
    return visible(viewer, Bond.member_id)


register_scope("bond", bond_seen)


def get_bond(viewer: Viewer, code: str) -> Bond:
    """The bond with this code, or NotHere."""
    bond = db.session.scalar(select(Bond).where(Bond.code == code, bond_seen(viewer)))
    if bond is None:
        raise NotHere(code)
    return bond


@cache
def _bonds(rights: str) -> Any:
    return select(Bond).where(rows_of_member(Bond.member_id, rights)).order_by(Bond.asked_on.desc(), Bond.id.desc())


def bonds_of(viewer: Viewer, member_id: int) -> Sequence[Bond]:
    """The requests for a bond, the newest first."""
    return db.session.scalars(_bonds(rights_of(viewer)), rights_values(viewer, member_id=member_id)).all()
