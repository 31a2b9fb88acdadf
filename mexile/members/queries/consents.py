"""Consents: what stands for a member, and what binds wherever data leaves the house."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Select, bindparam, select

from mexile.access.models import UserAccount
from mexile.access.viewer import Viewer
from mexile.ground import organization
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.members.models.consent import Consent, ConsentRevocation, ConsentTerms
from mexile.members.models.member import Member
from mexile.members.queries.visible import visible
from mexile.members.rules.consents import INSIDE, Held, governing

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
        one.member_id: one.level for one in governing_consents(wanted, purpose, audience, on)
    }


def governing_consents(member_ids: Iterable[int], purpose: str, audience: str, on: date) -> list[Held]:
    """The live consent of each member who has one for this purpose and audience."""
    found, ids = [], sorted(set(member_ids))
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        rows = db.session.execute(
            _consents().where(Consent.member_id.in_(some), Consent.purpose == purpose).order_by(Consent.member_id)
        )
        for _, own in groupby(rows, key=lambda row: row.member_id):
            if one := governing([held(row) for row in own], purpose, audience, on):
                found.append(one)
    return found


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
    rows = db.session.execute(_consents_of(), {"member_id": member.id}).all()
    all_held = [held(row) for row in rows]
    found = [_seen(row, one, all_held, today) for row, one in zip(rows, all_held, strict=True)]
    return sorted(found, key=lambda one: (one.state != "live", one.is_replaced))


@cache
def _consents_of() -> Any:
    """Made once: every page of a member asks."""
    return (
        _consents()
        .add_columns(ConsentTerms, UserAccount.name.label("obtained_by"))
        .outerjoin(UserAccount, UserAccount.id == ConsentTerms.obtained_by_user_id)
        .where(Consent.member_id == bindparam("member_id"))
        .order_by(Consent.given_on.desc(), Consent.id.desc())
    )


def _seen(row: Any, one: Held, all_held: Sequence[Held], today: date) -> SeenConsent:
    newest = governing(all_held, one.purpose, one.audience, today)
    is_live = one.state(today) == "live"
    terms = row.ConsentTerms
    return SeenConsent(
        one,
        row.version,
        terms.language if terms else None,
        terms.evidence if terms else None,
        row.obtained_by,
        terms.renews_consent_id if terms else None,
        terms,
        one.state(today),
        one.ends_soon(today),
        is_live and (newest is None or newest.id != one.id),
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
