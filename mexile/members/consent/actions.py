"""Giving a consent, and taking it back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, organization, trail
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere, Problem
from mexile.members.consent.models import Consent, ConsentRevocation, ConsentTerms
from mexile.members.consent.queries import get_consent, revocation_of
from mexile.members.consent.rules import (
    a_year_later,
    consent_terms_problems,
    is_minor,
    newest_words,
    revocation_problems,
)
from mexile.members.household.queries import born_of
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member

name_act("consent.revoke", "Recorded that a consent was taken back", "Registró que se retiró un consentimiento")


name_act("consent.give", "Recorded a consent", "Registró un consentimiento")


def give_consent(*, viewer: Viewer, code: str, values: Mapping[str, Any]) -> Consent:
    """The person said yes, to the newest words of one purpose. ``values``: purpose, audience, level, channel,
    language, given_on, expires_on, obtained_by, evidence, guardian, witness, withheld, renews.

    Without ``expires_on`` it ends after twelve months. Raises Invalid with everything that can't be.
    """
    member = get_member(viewer, code)
    today = organization.today()
    given_on = values.get("given_on") or today
    terms = {**values, "given_on": given_on, "expires_on": values.get("expires_on") or a_year_later(given_on)}
    problems = consent_terms_problems(terms, today, is_minor=minor(member, given_on))
    if problems:
        raise Invalid(problems)
    if renews := values.get("renews"):
        _, before = get_consent(viewer, code, renews)
        if before.purpose != values["purpose"]:
            raise NotHere(code)
    consent = Consent(
        member_id=member.id,
        purpose=values["purpose"],
        version=newest_words(values["purpose"]),
        given_on=given_on,
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    db.session.add(consent)
    db.session.flush()
    db.session.add(
        ConsentTerms(
            consent_id=consent.id,
            key_id=member.key_id,
            member_id=member.id,
            obtained_by_user_id=values.get("obtained_by") or viewer.user_id,
            renews_consent_id=renews or None,
            **{name: terms[name] for name in ("audience", "level", "channel", "language", "expires_on", "evidence")},
            **{name: values.get(name) or None for name in ("guardian", "witness", "withheld")},
        )
    )
    db.session.flush()
    trail.record(
        "consent.give",
        code,
        purpose=consent.purpose,
        version=consent.version,
        audience=terms["audience"],
        level=terms["level"],
    )
    return consent


def minor(member: Member, on: date) -> bool:
    """Whether somebody else has to consent for the member. Opens the date of birth where it is kept and known to the day."""
    born = born_of(member)
    return is_minor(born.year, on, born.on)


def revoke_consent(*, viewer: Viewer, code: str, consent_id: int, revoked_on: date | None = None) -> ConsentRevocation:
    """The person took it back. The consent stays written; from this day on nothing leaves under it."""
    _, consent = get_consent(viewer, code, consent_id)
    if revocation_of(consent_id):
        raise Invalid(Problem("", "This consent was taken back already.", "Este consentimiento ya se había retirado."))
    today = organization.today()
    on = revoked_on or today
    if problems := revocation_problems(on, consent.given_on, today):
        raise Invalid(problems)
    revocation = ConsentRevocation(
        consent_id=consent_id,
        member_id=consent.member_id,
        revoked_on=on,
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    db.session.add(revocation)
    db.session.flush()
    trail.record("consent.revoke", code, purpose=consent.purpose)
    return revocation
