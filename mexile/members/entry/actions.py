"""Entries into the United States: writing one down, taking one away."""

from sqlalchemy import select

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, organization, seal, trail
from mexile.ground.dates import day_of
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere
from mexile.ground.rough import Rough, parts
from mexile.members.entry.models import MemberEntry
from mexile.members.entry.queries import entries_of
from mexile.members.entry.rules import entry_problems, last_arrival
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member

name_act("entry.add", "Recorded an entry", "Anotó una entrada al país")
name_act("entry.remove", "Took away an entry", "Quitó una entrada al país")


def add_entry(*, viewer: Viewer, code: str, manner: str, known: Rough | None) -> MemberEntry:
    """Write down an entry that has happened. Raises Invalid for a day that can't be.

    The last arrival that is known to the day becomes the day of arrival on the member's own record.
    """
    member = get_member(viewer, code)
    born = day_of(seal.looked_at(member, "birth_date"))
    if problems := entry_problems(known, organization.today(), born):
        raise Invalid(problems)
    on, precision = parts(known)
    entry = MemberEntry(
        member_id=member.id, manner=manner, on=on, precision=precision, by_user_id=viewer.user_id, at=clock.now()
    )
    db.session.add(entry)
    db.session.flush()
    _follow(member)
    trail.record("entry.add", code, manner=manner)
    return entry


def remove_entry(*, viewer: Viewer, code: str, entry_id: int) -> None:
    """Take away what was written by mistake."""
    member = get_member(viewer, code)
    held = db.session.scalar(select(MemberEntry).where(MemberEntry.id == entry_id, MemberEntry.member_id == member.id))
    if held is None:
        raise NotHere(code)
    manner = held.manner
    db.session.delete(held)
    db.session.flush()
    _follow(member)
    trail.record("entry.remove", code, manner=manner)


def _follow(member: Member) -> None:
    """The record's own day of arrival is that of the last entry, where that one is known to the day."""
    last = last_arrival(entries_of(member))
    if last and last.precision == "day" and member.arrived_on != last.on:
        member.arrived_on = last.on
        db.session.flush()
