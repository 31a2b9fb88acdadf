"""Makers of emergency accesses."""

from datetime import timedelta

from mexile.ground import clock
from mexile.ground.db import db
from mexile.members.emergency.models import EmergencyAccess, EmergencyReview
from mexile.members.emergency.queries import next_emergency_code
from mexile.members.emergency.rules import LASTS


def emergency(make, member, user, *, ago=timedelta(0), reason="She stands at the door and I am the only one here."):
    """``user`` opened ``member`` so long ago."""
    at = clock.now() - ago
    made = EmergencyAccess(
        key_id=member.key_id,
        code=next_emergency_code(),
        user_id=user.id,
        member_id=member.id,
        at=at,
        until_at=at + LASTS,
        reason=reason,
    )
    db.session.add(made)
    db.session.flush()
    return made


def emergency_review(make, access, *, by=None, verdict="justified", words="I asked both of them."):
    """Somebody looked at it."""
    by = by or make.user(role="director")
    made = EmergencyReview(
        access_id=access.id,
        key_id=access.key_id,
        member_id=access.member_id,
        by_user_id=by.id,
        at=clock.now(),
        verdict=verdict,
        words=words,
    )
    db.session.add(made)
    db.session.flush()
    return made
