"""Writing down a request for a bond, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.custody.bond.models import Bond
from mexile.custody.bond.queries import get_bond, next_bond_code
from mexile.custody.bond.rules import bond_problems
from mexile.ground import organization, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, Problem
from mexile.members.person.actions import STALE
from mexile.members.person.queries import get_member

name_act("bond.ask", "Recorded a request for bond", "Registró una solicitud de fianza")
name_act("bond.edit", "Changed a bond", "Cambió una fianza")


FIELDS = ("asked_on", "decided_on", "decision", "reason", "amount_cents", "payer", "posted_on", "returned_on", "stated")


def ask_bond(*, viewer: Viewer, code: str, values: Mapping[str, Any]) -> Bond:
    """A bond was asked for, and what came of it as far as it is known. Raises Invalid, with all that can't be."""
    member = get_member(viewer, code)
    refuse(bond_problems(values, organization.today()))
    bond = Bond(key_id=member.key_id, code=next_bond_code(), member_id=member.id, **_stored(values))
    db.session.add(bond)
    db.session.flush()
    trail.record("bond.ask", [bond.code, member.code], decision=bond.decision)
    return bond


def edit_bond(*, viewer: Viewer, code: str, version: int, values: Mapping[str, Any]) -> Bond:
    """What came of it. Raises Conflict when somebody wrote in it meanwhile."""
    bond = get_bond(viewer, code)
    if bond.version != version:
        raise Conflict(STALE)
    refuse(bond_problems(values, organization.today()))
    for name, value in _stored(values).items():
        setattr(bond, name, value)
    db.session.flush()
    trail.record("bond.edit", code, decision=bond.decision)
    return bond


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values.get(name) or None for name in FIELDS}


def refuse(problems: list[Problem]) -> None:
    if problems:
        raise Invalid(problems)
