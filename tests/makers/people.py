"""Makers of what is known of a person. All of it is invented."""

from mexile.ground import clock
from mexile.ground.db import db
from mexile.members.models.persecutor import MemberPersecutor
from mexile.members.queries.persecutors import name_index


def persecutor(make, member, *, kind="c_unknown", state_actor=False, reach="regional", name=None, by=None, **values):
    """Whom the member flees from."""
    by = by or make.user(role="caseworker")
    made = MemberPersecutor(
        key_id=member.key_id,
        member_id=member.id,
        kind=kind,
        state_actor=state_actor,
        reach=reach,
        by_user_id=by.id,
        at=clock.now(),
        **values,
    )
    made.name, made.name_bidx = name, name_index(name)
    db.session.add(made)
    db.session.flush()
    return made
