"""Ways to reach a member: writing one down, changing it, taking it away, and the rules that hold for all of them.

``renew`` brings telephones that were kept in an older form to today's, so that every way of writing a number meets.
"""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, mail, organization, seal, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import Conflict, Invalid, KeyGone, NotHere, Problem, Tampered
from mexile.ground.phone import normal_phone
from mexile.members.contact.models import MemberContact, MemberContactRule
from mexile.members.contact.queries import may_contact, phone_index
from mexile.members.person.actions import STALE
from mexile.members.person.models import Member
from mexile.members.person.queries import consent_of, get_member
from mexile.members.person.rules import CONSENT_PURPOSE, needs_consent

name_act("contact.add", "Recorded how to reach a member", "Anotó cómo comunicarse con una persona")
name_act("contact.change", "Changed how to reach a member", "Cambió cómo comunicarse con una persona")
name_act("contact.remove", "Took away a way to reach a member", "Quitó una forma de comunicarse")
name_act("contact.rules", "Set what holds for every contact", "Fijó lo que vale para todo contacto")
name_act("contact.mail", "Mailed a member", "Mandó un correo a una persona")
name_act("telephones.renew", "Brought telephones to one form", "Llevó los teléfonos a una sola forma")


RULES_CHANGED = Problem(
    "safe",
    "Somebody changed these rules while you were choosing. Those that hold now are named below; save again to set yours.",
    "Alguien cambió estas reglas mientras usted elegía. Abajo están las que valen ahora; guarde otra vez para poner las suyas.",
)
SEALED = ("value", "through", "code_name", "note")
CLEAR = ("kind", "no_voicemail", "no_content", "is_shared", "via_attorney", "days", "from_at", "to_at", "zone")


def add_contact(*, viewer: Viewer, code: str, values: Mapping[str, Any]) -> MemberContact:
    """Write a way to a member down. Raises Invalid where the person hasn't consented yet."""
    member = _consented(viewer, code)
    contact = MemberContact(
        member_id=member.id,
        key_id=member.key_id,
        kind=values["kind"],
        days=values["days"],
        zone=values["zone"],
        by_user_id=viewer.user_id,
        at=clock.now(),
        no_voicemail=False,
        no_content=False,
        is_shared=False,
        via_attorney=False,
    )
    _set(contact, values)
    db.session.add(contact)
    db.session.flush()
    trail.record("contact.add", code, kind=contact.kind)
    return contact


def change_contact(
    *, viewer: Viewer, code: str, contact_id: int, version: int, values: Mapping[str, Any]
) -> MemberContact:
    """Change a way to a member. Raises Conflict when somebody else changed it since ``version`` was shown."""
    _consented(viewer, code)
    held = contact_of(viewer, code, contact_id)
    if held.version != version:
        raise Conflict(STALE)
    _set(held, values)
    held.by_user_id, held.at = viewer.user_id, clock.now()
    db.session.flush()
    trail.record("contact.change", code, kind=held.kind)
    return held


def remove_contact(*, viewer: Viewer, code: str, contact_id: int) -> None:
    """This way is no longer one. The row is really taken away: an old number is nobody's business."""
    held = contact_of(viewer, code, contact_id)
    kind = held.kind
    db.session.delete(held)
    db.session.flush()
    trail.record("contact.remove", code, kind=kind)


def set_contact_rules(*, viewer: Viewer, code: str, safe: Collection[str], shown: Collection[str]) -> None:
    """What holds for every way to a member, beside the one answer on the record. Raises Conflict when other rules hold
    than those that were `shown`."""
    member = get_member(viewer, code)
    held = db.session.scalars(select(MemberContactRule.rule).where(MemberContactRule.member_id == member.id))
    if set(held) != set(shown):
        raise Conflict(RULES_CHANGED)
    db.session.execute(delete(MemberContactRule).where(MemberContactRule.member_id == member.id))
    db.session.add_all(MemberContactRule(member_id=member.id, rule=rule) for rule in sorted(set(safe)))
    db.session.flush()
    trail.record("contact.rules", code, rules=sorted(set(safe)))


def contact_of(viewer: Viewer, code: str, contact_id: int) -> MemberContact:
    """The way with this number, or NotHere."""
    member = get_member(viewer, code)
    contact = db.session.scalar(
        select(MemberContact).where(MemberContact.id == contact_id, MemberContact.member_id == member.id)
    )
    if contact is None:
        raise NotHere(code)
    return contact


def _set(row: MemberContact, values: Mapping[str, Any]) -> None:
    for name in (*CLEAR, *SEALED):
        if name in values:
            setattr(row, name, values[name])
    value = values.get("value")
    if "value" in values:
        mail = seal.blind("member.email", value) if value else None
        row.value_bidx = mail if row.kind == "email" else phone_index(value)
    row.zone = row.zone or organization.zone()


def _consented(viewer: Viewer, code: str) -> Member:
    member = get_member(viewer, code)
    if consent_of(member.id, CONSENT_PURPOSE) is None:
        raise Invalid(needs_consent("value"))
    return member


def mail_to_member(*, viewer: Viewer, code: str, kind: str, key: str) -> None:
    """The only door by which a mail may leave for a member: put a letter of ``kind`` into the queue.

    Raises Invalid where the person's own rules don't allow a mail at this moment. Whoever writes the letter asks
    ``queries.contact.may_contact`` once more when it is sent, since hours end while a queue waits. No kind of
    letter to members exists today.
    """
    member = get_member(viewer, code)
    said = may_contact(member.id, "email")
    if not said.allowed:
        raise Invalid(Problem("", said.en, said.es))
    mail.put(kind, key, {"member": code})
    trail.record("contact.mail", code, kind=kind)


def renew_telephones() -> int:
    """Renew the numbers of members and of their ways, and say how many changed. It may be done again and again."""
    is_number = MemberContact.kind != "email"
    return renew(Member, "phone", "phone_bidx") + renew(MemberContact, "value", "value_bidx", is_number)


def renew(table: Any, name: str, index: str, *where: Any) -> int:
    """Renew one sealed column and its blind index. What can't be opened, or is no number, stays as it is; what is
    read here is shown to nobody, and one row of the trail says how many rows changed."""
    column = getattr(table, f"{name}_enc")
    columns = (table.id, table.rid, table.key_id, column.label("sealed"), getattr(table, index).label("held"))
    changes = []
    for row in db.session.execute(select(*columns).where(column.is_not(None), *where)).all():
        number = normal_phone(text) if (text := _opened(table, column.key, row)) else None
        if number is None or (number == text and phone_index(number) == row.held):
            continue
        blob = seal.seal(table.__tablename__, column.key, row.rid, row.key_id, number)
        changes.append({"row_id": row.id, column.key: blob, index: phone_index(number)})
    db.session.rollback()
    if changes:
        with writing():
            renewal = update(table.__table__).where(table.__table__.c.id == bindparam("row_id"))
            db.session.connection().execute(renewal, changes)
            trail.record("telephones.renew", table=table.__tablename__, rows=len(changes))
    return len(changes)


def _opened(table: Any, column: str, row: Any) -> str | None:
    try:
        with seal.silent():
            return seal.unseal(table.__tablename__, column, row.rid, row.key_id, row.sealed)
    except (KeyGone, Tampered):
        return None
