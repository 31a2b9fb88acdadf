"""How a member may be reached: the ways that were written down, and whether one may be used now.

Telephones are compared by their blind indexes. Numbers that differ in their extension alone are colleagues; one
written without its extension may be any of them. So the index of a number with an extension begins with the index
of the number without it, and two numbers meet where the index of one begins that of the other.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select

from mexile.ground import clock, organization, seal
from mexile.ground.db import db
from mexile.ground.errors import KeyGone, Tampered
from mexile.ground.phone import without_extension
from mexile.members.contact import rules
from mexile.members.contact.models import MemberContact, MemberContactRule
from mexile.members.contact.rules import KIND_OF, NOTHING_KNOWN, Answer, Way
from mexile.members.person.models import Member


@dataclass(frozen=True)
class Reached:
    """One way to a member with its row; a number that stands on the member's own record has none."""

    way: Way
    row: MemberContact | None
    member: Member

    @property
    def value(self) -> str | None:
        """The number or address. Opens it, and that is noted."""
        if self.row:
            return self.row.value
        return self.member.email if self.way.kind == "email" else self.member.phone


@dataclass(frozen=True)
class Ways:
    """Every way to one member, and what holds for all of them."""

    safe: frozenset[str]
    all: Sequence[Reached]

    def answer(self, channel: str, moment: datetime | None = None) -> Answer:
        """Whether this may be done by any of the ways now, or at ``moment``."""
        at = moment or clock.now()
        kind = KIND_OF.get(channel)
        answers = [
            rules.answer(reached.way, channel, at, self.safe) for reached in self.all if reached.way.kind == kind
        ]
        return rules.best(answers)

    def of(self, reached: Reached, channel: str, moment: datetime | None = None) -> Answer:
        """Whether this may be done by this way."""
        return rules.answer(reached.way, channel, moment or clock.now(), self.safe)


def may_contact(member_id: int, channel: str, moment: datetime | None = None) -> Answer:
    """Whether a member may be reached by ``channel`` ("call", "text", "signal", "whatsapp", "email",
    "through") at a moment, now unless said: asked by whatever sends something or shows a link.

    The rights of whoever asks are not looked at; nothing that is sealed is in the answer.
    """
    member = db.session.get(Member, member_id)
    return ways_to(member).answer(channel, moment) if member else NOTHING_KNOWN


def ways_to(member: Member) -> Ways:
    """The ways to a member whom the viewer may know of, those written with rules first. Two statements."""
    rows = db.session.scalars(
        select(MemberContact).where(MemberContact.member_id == member.id).order_by(MemberContact.id)
    ).all()
    held = db.session.connection().execute(
        select(MemberContactRule.rule).where(MemberContactRule.member_id == member.id)
    )
    safe = frozenset([*(row.rule for row in held), *([member.safe_contact] if member.safe_contact else [])])
    written = [Reached(_way(row), row, member) for row in rows]
    return Ways(safe, written + _own(member, rows))


def _way(row: MemberContact) -> Way:
    return Way(
        kind=row.kind,
        zone=row.zone,
        is_mexican=row.kind != "email" and is_mexican(_quietly(row, "value")),
        has_code_name=row.code_name_enc is not None,
        no_voicemail=row.no_voicemail,
        no_content=row.no_content,
        is_shared=row.is_shared,
        via_attorney=row.via_attorney,
        days=row.days,
        from_at=row.from_at,
        to_at=row.to_at,
    )


def _own(member: Member, rows: Sequence[MemberContact]) -> list[Reached]:
    """The telephone and the mail address on the member's own record, unless they are among the rows too.
    A number there is also one for Signal or WhatsApp where the person said that this is the safe way."""
    own = []
    zone = organization.zone()
    held = {row.value_bidx for row in rows}
    if member.phone_enc is not None and member.phone_bidx not in held:
        mexican = is_mexican(_quietly(member, "phone"))
        kinds = ["phone", *([member.safe_contact] if member.safe_contact in ("signal", "whatsapp") else [])]
        own += [Reached(Way(kind, zone, is_mexican=mexican), None, member) for kind in kinds]
    if member.email_enc is not None and not any(row.kind == "email" for row in rows):
        own.append(Reached(Way("email", zone), None, member))
    return own


def is_mexican(number: str | None) -> bool:
    return bool(number and number.startswith("+52"))


def _quietly(row: Member | MemberContact, name: str) -> str | None:
    """A value that is looked at and shown to nobody; one that can't be opened is none."""
    try:
        with seal.silent():
            return getattr(row, name)
    except (KeyGone, Tampered):
        return None


_WHOLE, _EXTENSION = 32, 8


def phone_index(phone: str | None) -> bytes | None:
    """The blind index of a telephone number in its normal form."""
    if not phone:
        return None
    main = without_extension(phone)
    return _blind(main) if main == phone else _blind(main) + _blind(phone)[:_EXTENSION]


def _blind(number: str) -> bytes:
    return seal.blind("member.phone", number)


def has_phone(column: Any, indexes: Collection[bytes]) -> ColumnElement[bool]:
    """The WHERE on a column of indexes: one of these numbers, with or without its extension. Never NULL."""
    asked = [
        column.between(index, index + b"\xff" * _EXTENSION)
        if len(index) == _WHOLE
        else column.in_((index, index[:_WHOLE]))
        for index in indexes
    ]
    return and_(column.is_not(None), or_(false(), *asked))


def any_meet(indexes: Collection[bytes], others: Collection[bytes]) -> bool:
    """Whether a number of the one is a number of the others."""
    return any(index.startswith(other) or other.startswith(index) for index, other in product(indexes, others))
