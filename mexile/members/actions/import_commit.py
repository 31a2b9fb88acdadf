"""Writing a batch. Everything is read, judged and sealed before; the transaction only writes, for seconds at most."""

import secrets
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from mexile.ground import clock, keyring, organization, seal, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Problem
from mexile.members.actions.member import stored_values
from mexile.members.models.arrival import ArrivalParty
from mexile.members.models.assignment import Assignment
from mexile.members.models.consent import Consent
from mexile.members.models.contact import MemberContact
from mexile.members.models.import_batch import (
    ImportBatch,
    ImportChange,
    ImportCommit,
    ImportedMember,
    ImportUpload,
    seal_json,
)
from mexile.members.models.member import Member
from mexile.members.queries.codes import next_member_code
from mexile.members.queries.import_verdicts import PARTY, party_values
from mexile.members.queries.telephones import phone_index
from mexile.members.rules.contact import EVERY_DAY
from mexile.members.rules.people import other_phones, person_values
from mexile.members.rules.person import CONSENT_PURPOSE
from mexile.members.rules.reading import Row
from mexile.members.rules.verdicts import CREATE, DOUBTFUL, UPDATE, Judgement

PAPER = "paper"
"""The version of a consent whose words a sheet does not tell."""


@dataclass
class Sealed:
    """A judged batch, sealed and ready: rows to insert, and changes by the id of what they change."""

    into: str
    parties: list[dict[str, Any]] = field(default_factory=list)
    party_changes: dict[int, dict[str, Any]] = field(default_factory=dict)
    people: list[tuple[Row, Member, list[MemberContact]]] = field(default_factory=list)
    people_changes: dict[int, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    left_out: int = 0


def seal_batch(batch: ImportBatch, judgement: Judgement, *, take_doubtful: bool = False) -> Sealed:
    """Seal what the batch will write, outside any transaction.

    `take_doubtful`: rows that may be somebody we know come in as new people.
    """
    letters = (CREATE, DOUBTFUL) if take_doubtful else (CREATE,)
    made, changed = judgement.rows(*letters), judgement.rows(UPDATE)
    left_out = len(judgement.verdicts) - len(made) - len(changed) - judgement.count("s")
    sealed = Sealed(judgement.into, left_out=left_out)
    if judgement.into == "arrivals":
        sealed.parties = [_party(batch, row) for row in made]
        sealed.party_changes = {judgement.targets[row.number]: _changed(row) for row in changed}
        return sealed
    keys = keyring.current().new_keys(len(made)) if made else []
    with seal.silent():
        sealed.people = [(row, _person(row, key), _contacts(row, key)) for row, key in zip(made, keys, strict=True)]
        for row in changed:
            member_id, version = judgement.targets[row.number]
            sealed.people_changes[member_id] = (
                version,
                {**person_values(row), "joined_on": row.values.get("joined_on")},
            )
    return sealed


def _party(batch: ImportBatch, row: Row) -> dict[str, Any]:
    rid = secrets.token_bytes(16)
    said = seal_json(batch, "arrival_party", "said_enc", rid, row.said) if row.said else None
    return {"rid": rid, "row_number": row.number, "said_enc": said, **party_values(row)}


def _changed(row: Row) -> dict[str, Any]:
    """What a row says now; words that were kept because nobody understood them go when all is understood."""
    return party_values(row) | ({} if row.said else {"said_enc": None})


def _person(row: Row, key_id: bytes) -> Member:
    made = Member(key_id=key_id, joined_on=row.values.get("joined_on"))
    values = person_values(row)
    for name, value in stored_values(values).items():
        setattr(made, name, value)
    made.phone_bidx = phone_index(values.get("phone"))
    return made


def _contacts(row: Row, key_id: bytes) -> list[MemberContact]:
    """The further telephones of a cell, each a way to reach the person with the words beside it."""
    ways = []
    for heard in other_phones(row):
        way = MemberContact(key_id=key_id, kind="phone", days=EVERY_DAY, zone=organization.zone())
        way.no_voicemail = way.no_content = way.is_shared = way.via_attorney = False
        way.value, way.value_bidx = heard.numbers[0], phone_index(heard.numbers[0])
        way.note = heard.note or None
        ways.append(way)
    return ways


def commit_batch(*, batch: ImportBatch, sealed: Sealed, by: int | None, walks_along: bool = False) -> ImportCommit:
    """Write a sealed batch: one row of the trail, one row that says it was committed.

    `walks_along`: who imports doesn't see everybody, and walks with the people of this sheet from now on.
    Raises Conflict when something it relied on was changed since it was judged.
    """
    if db.session.get(ImportCommit, batch.id) is not None:
        raise Conflict(ALREADY)
    at = clock.now()
    if sealed.into == "arrivals":
        _write_parties(batch, sealed)
    else:
        assert by is not None  # members are taken in by somebody: the command line asks by whom
        _write_people(batch, sealed, by, at, walks_along)
    created = len(sealed.parties) + len(sealed.people)
    updated = len(sealed.party_changes) + len(sealed.people_changes)
    made = ImportCommit(
        batch_id=batch.id, by_user_id=by, at=at, created=created, updated=updated, left_out=sealed.left_out
    )
    db.session.add(made)
    db.session.execute(delete(ImportUpload).where(ImportUpload.batch_id == batch.id))
    db.session.flush()
    trail.record(
        "import.commit", batch.code, into=sealed.into, created=created, updated=updated, left_out=sealed.left_out
    )
    return made


ALREADY = Problem("", "This sheet was imported already.", "Esta hoja ya se importó.")
CHANGED = Problem(
    "",
    "Something changed since the dry run. Nothing was written: check the sheet again.",
    "Algo cambió desde la revisión. No se escribió nada: revise la hoja otra vez.",
)


def _write_parties(batch: ImportBatch, sealed: Sealed) -> None:
    taken = set(db.session.scalars(select(ArrivalParty.row_number).where(ArrivalParty.file_id == batch.file_id)))
    if any(party["row_number"] in taken for party in sealed.parties):
        raise Conflict(CHANGED)
    if sealed.parties:
        ids = {"batch_id": batch.id, "file_id": batch.file_id}
        db.session.execute(insert(ArrivalParty), [{**party, **ids} for party in sealed.parties])
    if not sealed.party_changes:
        return
    names = (*PARTY, "said_enc")
    columns = [getattr(ArrivalParty, name) for name in names]
    held = db.session.execute(select(ArrivalParty.id, *columns).where(ArrivalParty.file_id == batch.file_id)).all()
    before = [
        (row.id, {name: _kept(value) for name, value in zip(names, row[1:], strict=True)})
        for row in held
        if row.id in sealed.party_changes
    ]
    db.session.execute(insert(ImportChange), [_change(batch, "arrivals", id, 0, was) for id, was in before])
    for understood in (True, False):
        changes = [
            {"id": id, **values} for id, values in sealed.party_changes.items() if ("said_enc" in values) is understood
        ]
        if changes:
            db.session.execute(update(ArrivalParty), changes)


def _write_people(batch: ImportBatch, sealed: Sealed, by: int, at: datetime, walks_along: bool) -> None:
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
        if walks_along:
            db.session.add(Assignment(member_id=member.id, user_id=by, from_at=clock.now(), reason_from="intake"))
    for member_id, (version, values) in sealed.people_changes.items():
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
                before[column] = _kept(getattr(member, column))
                setattr(member, name, value)
    if "phone_enc" in before:
        before["phone_bidx"] = _kept(member.phone_bidx)
        member.phone_bidx = phone_index(values["phone"])
    if before:
        db.session.flush()
        db.session.execute(insert(ImportChange), [_change(batch, "members", member.id, member.version, before)])


def _kept(value: Any) -> Any:
    """A column's value as JSON keeps it; bytes are already sealed under the person's own key."""
    if isinstance(value, bytes):
        return {"bytes": b64encode(value).decode()}
    return value.isoformat() if hasattr(value, "isoformat") else value


def _change(batch: ImportBatch, into: str, row_id: int, version: int, before: dict[str, Any]) -> dict[str, Any]:
    """The row that keeps what a row held before, for the undo."""
    rid = secrets.token_bytes(16)
    sealed = seal_json(batch, "import_change", "before_enc", rid, before)
    return {
        "rid": rid,
        "batch_id": batch.id,
        "into": into,
        "row_id": row_id,
        "version": version,
        "before_enc": sealed,
    }
