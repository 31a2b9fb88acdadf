"""The members' target of a sheet: a row becomes a person, or changes one; and taking it back."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from mexile.ground import clock, keyring, organization, seal
from mexile.ground.both import Both
from mexile.ground.db import db
from mexile.ground.errors import Conflict
from mexile.members.assignment.models import Assignment
from mexile.members.consent.models import Consent
from mexile.members.contact.models import MemberContact
from mexile.members.contact.queries import phone_index
from mexile.members.contact.rules import EVERY_DAY
from mexile.members.household.models import HouseholdMembership
from mexile.members.person.actions import stored_values
from mexile.members.person.models import Member
from mexile.members.person.queries import next_member_code
from mexile.members.person.rules import CONSENT_PURPOSE
from mexile.members.sheet.models import ImportedMember
from mexile.members.sheet.queries import judge_people
from mexile.members.sheet.rules import MEMBERS, other_phones, person_values
from mexile.sheets.batch.models import ImportBatch, ImportCommit
from mexile.sheets.batch.rules import CHANGED
from mexile.sheets.commit.actions import keep_before
from mexile.sheets.reading.rules import ReadRow
from mexile.sheets.target.rules import TakenBack, Target, offer

PAPER = "paper"
"""The version of a consent whose words a sheet does not tell."""


class SealedPeople(NamedTuple):
    """New people with their ways to be reached, and changes: member id -> version, values."""

    people: list[tuple[ReadRow, Member, list[MemberContact]]]
    changes: dict[int, tuple[int, dict[str, Any]]]


def seal_people(batch: ImportBatch, rows: list[ReadRow], changes: list[tuple[ReadRow, Any]]) -> SealedPeople:
    keys = keyring.current().new_keys(len(rows)) if rows else []
    with seal.silent():
        people = [(row, _person(row, key), _contacts(row, key)) for row, key in zip(rows, keys, strict=True)]
        changed = {
            id: (version, {**person_values(row), "joined_on": row.values.get("joined_on")})
            for row, (id, version) in changes
        }
    return SealedPeople(people, changed)


def _person(row: ReadRow, key_id: bytes) -> Member:
    person = Member(key_id=key_id, joined_on=row.values.get("joined_on"))
    values = person_values(row)
    for name, value in stored_values(values).items():
        setattr(person, name, value)
    person.phone_bidx = phone_index(values.get("phone"))
    return person


def _contacts(row: ReadRow, key_id: bytes) -> list[MemberContact]:
    """The further telephones of a cell, each a way to reach the person with the words beside it."""
    ways = []
    for heard in other_phones(row):
        way = MemberContact(key_id=key_id, kind="phone", days=EVERY_DAY, zone=organization.zone())
        way.no_voicemail = way.no_content = way.is_shared = way.via_attorney = False
        way.value, way.value_bidx = heard.numbers[0], phone_index(heard.numbers[0])
        way.note = heard.note or None
        ways.append(way)
    return ways


def write_people(batch: ImportBatch, sealed: SealedPeople, by: int | None, at: datetime, assigns: bool) -> None:
    assert by is not None  # members are taken in by somebody: the command line asks by whom
    today = organization.today()
    number = int(next_member_code().rpartition("-")[2])
    for place, (_row, member, _ways) in enumerate(sealed.people):
        member.code = f"ME-{number + place:04d}"
        member.joined_on = member.joined_on or today
        db.session.add(member)
    db.session.flush()
    for row, member, ways in sealed.people:
        for way in ways:
            way.member_id, way.by_user_id, way.at = member.id, by, at
            db.session.add(way)
        db.session.add(
            ImportedMember(
                batch_id=batch.id,
                file_id=batch.file_id,
                row_number=row.number,
                member_id=member.id,
                version=member.version,
            )
        )
        if (on := row.values.get("consented_on")) is not None:
            db.session.add(
                Consent(
                    member_id=member.id,
                    purpose=CONSENT_PURPOSE,
                    version=PAPER,
                    given_on=on,
                    by_user_id=by,
                    at=at,
                )
            )
        if assigns:
            db.session.add(Assignment(member_id=member.id, user_id=by, from_at=clock.now(), reason_from="intake"))
    for member_id, (version, values) in sealed.changes.items():
        _change_person(batch, member_id, version, values)
    db.session.flush()


def _change_person(batch: ImportBatch, member_id: int, version: int, values: dict[str, Any]) -> None:
    """Only what the sheet says and what differs is changed; a blank cell leaves what stands there."""
    member = db.session.get(Member, member_id)
    if member is None or member.version != version:
        raise Conflict(CHANGED)
    values = {name: value for name, value in values.items() if value is not None}
    if values.get("birth_year") == member.birth_year:
        values.pop("birth_year", None)  # the year alone doesn't take the day away that we know
    new = {**stored_values(values), **({"joined_on": values["joined_on"]} if "joined_on" in values else {})}
    before: dict[str, Any] = {}
    with seal.silent():
        for name, value in new.items():
            if seal.differs(member, name, value):
                column = name if name in Member.__table__.columns else f"{name}_enc"
                before[column] = getattr(member, column)
                setattr(member, name, value)
    if "phone_enc" in before:
        before["phone_bidx"] = member.phone_bidx
        member.phone_bidx = phone_index(values["phone"])
    if before:
        db.session.flush()
        keep_before(batch, "members", [(member.id, member.version, before)])


def remove_people(batch: ImportBatch) -> TakenBack:
    """Remove the members that the batch made and nobody touched. A member that anybody has edited, assigned,
    housed or served since stays."""
    keys, stayed = [], 0
    rows = db.session.execute(
        select(ImportedMember, Member)
        .join(Member, Member.id == ImportedMember.member_id)
        .where(ImportedMember.batch_id == batch.id)
    ).all()
    for imported, member in rows:
        if imported.version == member.version and _is_alone(batch, member) and _remove(imported, member):
            keys.append(member.key_id)
        else:
            stayed += 1
    return TakenBack(len(keys), stayed, tuple(keys))


def _is_alone(batch: ImportBatch, member: Member) -> bool:
    """Nobody but the import itself gave this member a companion or a household."""
    others = db.session.scalar(
        select(func.count())
        .select_from(Assignment)
        .where(
            Assignment.member_id == member.id,
            (Assignment.user_id != batch.by_user_id) | Assignment.to_at.is_not(None),
        )
    )
    homes = db.session.scalar(
        select(func.count()).select_from(HouseholdMembership).where(HouseholdMembership.member_id == member.id)
    )
    return not others and not homes


def _remove(imported: ImportedMember, member: Member) -> bool:
    """Remove one member, unless another house holds on to it: the database knows all of them."""
    try:
        with db.session.begin_nested():
            db.session.execute(delete(ImportedMember).where(ImportedMember.id == imported.id))
            written = ImportCommit.batch_id == imported.batch_id
            own = MemberContact.at == select(ImportCommit.at).where(written).scalar_subquery()
            db.session.execute(delete(MemberContact).where(MemberContact.member_id == member.id, own))
            for table in (Consent, Assignment):
                db.session.execute(delete(table).where(table.member_id == member.id))
            db.session.execute(delete(Member).where(Member.id == member.id))
    except IntegrityError:
        return False
    db.session.expunge(imported)
    db.session.expunge(member)
    return True


offer(
    Target(
        name="members",
        fields=MEMBERS,
        title=Both("Members", "Integrantes"),
        row=Both("a person we accompany", "una persona a quien acompañamos"),
        page="members.members",
        seen=Both("See the members", "Ver a integrantes"),
        table=Member,
        judge=judge_people,
        seal=seal_people,
        write=write_people,
        remove=remove_people,
        is_of_people=True,
    )
)
