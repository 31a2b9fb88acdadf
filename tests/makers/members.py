"""Makers of the members' house: people, households, who walks with them. All of it is invented."""

from datetime import date, timedelta

from mexile.access.account.models import UserAccount
from mexile.ground import clock, keyring
from mexile.ground.db import db
from mexile.members.assignment.models import Assignment
from mexile.members.consent.models import Consent
from mexile.members.household.models import Household, HouseholdMembership
from mexile.members.household.queries import next_household_code
from mexile.members.person.models import Member
from mexile.members.person.queries import next_member_code
from mexile.members.status.models import MemberClosure


def member(make, *, assigned=(), consented_on=None, **values) -> Member:
    """A member; ``assigned``: one user or several who walk with the person."""
    values.setdefault("key_id", keyring.new_key())
    values.setdefault("code", next_member_code())
    values.setdefault("alias", "Colibrí")
    values.setdefault("joined_on", date(2025, 1, 15))
    made = Member(**values)
    db.session.add(made)
    db.session.flush()
    for user in [assigned] if isinstance(assigned, UserAccount) else assigned:
        assign(make, made, user)
    if consented_on:
        consent(make, made, on=consented_on)
    return made


def consent(make, member, *, on=date(2025, 1, 15), by=None, purpose="org_internal") -> Consent:
    """The person's consent to being written down."""
    by = by or make.user(role="intake")
    made = Consent(
        member_id=member.id, purpose=purpose, version="2026-1", given_on=on, by_user_id=by.id, at=clock.now()
    )
    db.session.add(made)
    db.session.flush()
    return made


def household(make, *people, on=date(2025, 1, 15), code=None) -> Household:
    """A household of these members; the first is its head, or give (member, role) pairs."""
    made = Household(code=code or next_household_code())
    db.session.add(made)
    db.session.flush()
    for place, one in enumerate(people):
        who, role = one if isinstance(one, tuple) else (one, "other" if place else "head")
        row = HouseholdMembership(household_id=made.id, member_id=who.id, role=role, from_on=on)
        db.session.add(row)
    db.session.flush()
    return made


def assign(make, member, user, *, since=None, reason="case") -> Assignment:
    """``user`` walks with ``member`` from ``since`` on (a minute ago, unless said)."""
    made = Assignment(
        member_id=member.id,
        user_id=user.id,
        from_at=since or clock.now() - timedelta(minutes=1),
        reason_from=reason,
    )
    db.session.add(made)
    db.session.flush()
    return made


def release(make, assignment, *, at=None, reason="done") -> Assignment:
    """The assignment ends now, or at the moment ``at``."""
    held = db.session.get(Assignment, assignment.id)
    held.to_at, held.reason_to = at or clock.now(), reason
    db.session.flush()
    return held


def closure(make, member, *, by=None, reason="moved") -> MemberClosure:
    """The member is closed."""
    by = by or make.user(role="attorney")
    made = MemberClosure(member_id=member.id, by_user_id=by.id, at=clock.now(), reason=reason)
    db.session.add(made)
    db.session.flush()
    return made
