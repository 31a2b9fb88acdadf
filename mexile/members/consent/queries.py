"""The consents of a member, which of them governs where something leaves, and which end soon and were not renewed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from mexile.access.account.models import UserAccount
from mexile.access.viewer import Viewer
from mexile.ground import organization
from mexile.ground.db import Moment, db
from mexile.ground.errors import NotHere
from mexile.members.assignment.rights import assigned_ids, rights_of, rights_values, visible
from mexile.members.consent.models import Consent, ConsentRevocation, ConsentTerms
from mexile.members.consent.rules import INSIDE, SOON, Held, governing
from mexile.members.name.queries import NAME_COLUMNS, name_of
from mexile.members.person.models import Member
from mexile.members.status.queries import is_closed

AT_ONCE = 5000


def may_leave(member_ids: Iterable[int], purpose: str, audience: str, on: date) -> dict[int, str | None]:
    """How each member may be known where something leaves for ``audience`` on a day: "named", "first_name",
    "initials", "anonymous", or None where nothing may.

    Whoever makes a file, an export or a print with people in it asks here and shows no more than the answer.
    For what stays with the people who work here, ``purpose`` is "org_internal" and ``audience`` "staff".
    One query for five thousand members.
    """
    wanted = set(member_ids)
    return {id: None for id in wanted} | {
        consent.member_id: consent.level for consent in governing_consents(wanted, purpose, audience, on)
    }


def governing_consents(member_ids: Iterable[int], purpose: str, audience: str, on: date) -> list[Held]:
    """The live consent of each member who has one for this purpose and audience."""
    consents, ids = [], sorted(set(member_ids))
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        rows = db.session.execute(
            _consents().where(Consent.member_id.in_(some), Consent.purpose == purpose).order_by(Consent.member_id)
        )
        for _, own in groupby(rows, key=lambda row: row.member_id):
            if newest := governing([held(row) for row in own], purpose, audience, on):
                consents.append(newest)
    return consents


def _consents() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Consent.id,
            Consent.member_id,
            Consent.purpose,
            Consent.version,
            Consent.given_on,
            ConsentTerms.audience,
            ConsentTerms.level,
            ConsentTerms.channel,
            ConsentTerms.expires_on,
            ConsentRevocation.revoked_on,
        )
        .outerjoin(ConsentTerms, ConsentTerms.consent_id == Consent.id)
        .outerjoin(ConsentRevocation, ConsentRevocation.consent_id == Consent.id)
    )


def held(row: Any) -> Held:
    """A row of ``_consents`` as the rules see it: one without terms is for the people who work here."""
    return Held(
        row.id,
        row.member_id,
        row.purpose,
        row.audience or INSIDE,
        row.level or "named",
        row.given_on,
        row.expires_on,
        row.revoked_on,
        row.channel or "any",
    )


@dataclass(frozen=True)
class SeenConsent:
    """One consent of a member as the page shows it; sealed parts only where they were asked for."""

    held: Held
    version: str
    language: str | None
    evidence: str | None
    obtained_by: str | None
    renews: int | None
    terms: ConsentTerms | None
    state: str
    ends_soon: bool
    is_replaced: bool


def consents_of(viewer: Viewer, member: Member) -> list[SeenConsent]:
    """Every consent of a member, live ones first. ``member`` comes from a query with rights."""
    today = organization.today()
    rows = db.session.execute(_consents_of(member.id)).all()
    all_held = [held(row) for row in rows]
    consents = [_seen(row, consent, all_held, today) for row, consent in zip(rows, all_held, strict=True)]
    return sorted(consents, key=lambda seen: (seen.state != "live", seen.is_replaced))


def _consents_of(member_id: int) -> Any:
    return (
        _consents()
        .add_columns(ConsentTerms, UserAccount.name.label("obtained_by"))
        .outerjoin(UserAccount, UserAccount.id == ConsentTerms.obtained_by_user_id)
        .where(Consent.member_id == member_id)
        .order_by(Consent.given_on.desc(), Consent.id.desc())
    )


def _seen(row: Any, consent: Held, all_held: Sequence[Held], today: date) -> SeenConsent:
    newest = governing(all_held, consent.purpose, consent.audience, today)
    is_live = consent.state(today) == "live"
    terms = row.ConsentTerms
    return SeenConsent(
        consent,
        row.version,
        terms.language if terms else None,
        terms.evidence if terms else None,
        row.obtained_by,
        terms.renews_consent_id if terms else None,
        terms,
        consent.state(today),
        consent.ends_soon(today),
        is_live and (newest is None or newest.id != consent.id),
    )


def get_consent(viewer: Viewer, code: str, consent_id: int) -> tuple[Member, Consent]:
    """A consent of a member whom the viewer may know of, or NotHere."""
    row = db.session.execute(
        select(Member, Consent)
        .join(Consent, Consent.member_id == Member.id)
        .where(Member.code == code, Consent.id == consent_id, visible(viewer))
    ).one_or_none()
    if row is None:
        raise NotHere(code)
    return row.Member, row.Consent


def revocation_of(consent_id: int) -> ConsentRevocation | None:
    return db.session.get(ConsentRevocation, consent_id)


def terms_of(consent_id: int) -> ConsentTerms | None:
    """How far a consent goes; None for one of the first conversation."""
    return db.session.get(ConsentTerms, consent_id)


PAGE = 50
PAST = timedelta(days=30)
"""So long an ended consent stays in the list; whoever hasn't asked by then decided not to."""


@dataclass(frozen=True)
class Ending:
    """One consent of the list."""

    id: int
    code: str
    name: str
    purpose: str
    audience: str
    level: str
    expires_on: date
    has_ended: bool


def ending_consents(viewer: Viewer, today: date, after: int | None = None) -> tuple[Sequence[Ending], int | None]:
    """Fifty of those whom the viewer may know of, the first to end first, and the id after which the next page
    begins. One query, one more where a page before is given."""
    where = [*_ending(viewer, today - PAST, today + SOON)]
    if after is not None:
        where.append(_behind(viewer, after))
    rows = db.session.execute(
        select(
            Consent.id,
            Consent.purpose,
            ConsentTerms.audience,
            ConsentTerms.level,
            ConsentTerms.expires_on,
            Member.code,
            *NAME_COLUMNS,
        )
        .join(ConsentTerms, ConsentTerms.consent_id == Consent.id)
        .join(Member, Member.id == Consent.member_id)
        .where(*where)
        .order_by(ConsentTerms.expires_on, Consent.id)
        .limit(PAGE + 1)
    ).all()
    lines = [_line(row, viewer, today) for row in rows[:PAGE]]
    return lines, lines[-1].id if len(rows) > PAGE else None


def ending_of_mine(viewer: Viewer, today: date) -> int:
    """How many of the list are of people to whom the viewer is assigned: those she asks. One query."""
    asked = rights_values(viewer, ended=today - PAST, soon=today + SOON)
    return db.session.connection().scalar(_ending_of_mine(rights_of(viewer)), asked) or 0


@cache
def _ending_of_mine(rights: str) -> Any:
    """Made once for each kind of rights: every Today asks."""
    days = (bindparam("ended", type_=Date()), bindparam("soon", type_=Date()))
    mine = Member.id.in_(assigned_ids(bindparam("user_id"), bindparam("moment", type_=Moment())))
    return (
        select(func.count())
        .select_from(Consent)
        .join(ConsentTerms, ConsentTerms.consent_id == Consent.id)
        .join(Member, Member.id == Consent.member_id)
        .where(*_ending(rights, *days), mine)
    )


def _ending(asker: Viewer | str, ended: Any, soon: Any) -> list[ColumnElement[bool]]:
    return [
        visible(asker),
        ~is_closed(),
        ConsentTerms.expires_on.between(ended, soon),
        Consent.stands(),
        ~_followed(),
    ]


def _followed() -> Any:
    """A later consent for the same purpose and audience lasts longer and was not taken back."""
    later, terms = aliased(Consent), aliased(ConsentTerms)
    return exists().where(
        later.id == terms.consent_id,
        later.member_id == Consent.member_id,
        later.purpose == Consent.purpose,
        terms.audience == ConsentTerms.audience,
        terms.expires_on > ConsentTerms.expires_on,
        later.stands(),
    )


def _behind(viewer: Viewer, after: int) -> Any:
    """Behind nothing stands nothing: also where the consent is of somebody whom the viewer may not know of."""
    seen = select(Consent.id).where(visible(viewer, Consent.member_id))
    on = (
        select(ConsentTerms.expires_on)
        .where(ConsentTerms.consent_id == after, ConsentTerms.consent_id.in_(seen))
        .scalar_subquery()
    )
    return or_(ConsentTerms.expires_on > on, and_(ConsentTerms.expires_on == on, Consent.id > after))


def _line(row: Any, viewer: Viewer, today: date) -> Ending:
    name = name_of(row, viewer).full
    return Ending(row.id, row.code, name, row.purpose, row.audience, row.level, row.expires_on, row.expires_on < today)
