"""Bonds and supervision: asked, decided, paid, given back; reporting to an office from a day to a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mexile.access.viewer import Viewer
from mexile.cases.models.bond import Bond
from mexile.cases.models.supervision import Supervision
from mexile.cases.queries.codes import next_bond_code
from mexile.cases.queries.detentions import get_bond
from mexile.cases.rules.custody import bond_problems, supervision_problems
from mexile.ground import organization, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem
from mexile.members.actions.member import STALE
from mexile.members.models.member import Member
from mexile.members.queries.member import get_member

FIELDS = ("asked_on", "decided_on", "decision", "reason", "amount_cents", "payer", "posted_on", "returned_on", "stated")


def ask_bond(*, viewer: Viewer, code: str, values: Mapping[str, Any]) -> Bond:
    """A bond was asked for, and what came of it as far as it is known. Raises Invalid, with all that can't be."""
    member = get_member(viewer, code)
    _raise(bond_problems(values, organization.today()))
    made = Bond(key_id=member.key_id, code=next_bond_code(), member_id=member.id, **_stored(values))
    db.session.add(made)
    db.session.flush()
    trail.record("bond.ask", [made.code, member.code], decision=made.decision)
    return made


def edit_bond(*, viewer: Viewer, code: str, version: int, values: Mapping[str, Any]) -> Bond:
    """What came of it. Raises Conflict when somebody wrote in it meanwhile."""
    bond = get_bond(viewer, code)
    if bond.version != version:
        raise Conflict(STALE)
    _raise(bond_problems(values, organization.today()))
    for name, value in _stored(values).items():
        setattr(bond, name, value)
    db.session.flush()
    trail.record("bond.edit", code, decision=bond.decision)
    return bond


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values.get(name) or None for name in FIELDS}


def start_supervision(
    *, viewer: Viewer, code: str, kind: str, every: str, monitor: str, from_on: date | None, to_on: date | None = None
) -> Supervision:
    """A member reports to an office from a day on."""
    member = get_member(viewer, code)
    _raise(supervision_problems(from_on, to_on))
    made = Supervision(member_id=member.id, kind=kind, every=every, monitor=monitor, from_on=from_on, to_on=to_on)
    db.session.add(made)
    db.session.flush()
    trail.record("supervision.start", member.code, kind=kind, monitor=monitor)
    return made


def end_supervision(*, viewer: Viewer, code: str, id: int, on: date | None) -> Supervision:
    """It is over since a day."""
    member: Member = get_member(viewer, code)
    held = db.session.get(Supervision, id)
    if held is None or held.member_id != member.id:
        raise NotHere(code)
    if held.to_on is not None:
        raise Conflict(Problem("", "This ended already.", "Esto ya había terminado."))
    if on is None:
        raise Invalid(Problem("to_on", "Say on which day.", "Diga en qué día."))
    _raise(supervision_problems(held.from_on, on))
    held.to_on = on
    db.session.flush()
    trail.record("supervision.end", member.code)
    return held


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise Invalid(problems)
