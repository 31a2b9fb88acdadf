"""Makers of families, means and consents in full. All of it is invented."""

from datetime import date, timedelta

from mexile.ground import clock
from mexile.ground.db import db
from mexile.members.consent.models import Consent, ConsentRevocation, ConsentTerms
from mexile.members.consent.rules import a_year_later
from mexile.members.family.models import Relative
from mexile.members.family.queries import next_relative_code
from mexile.members.household.models import HouseholdPlace
from mexile.members.means.models import Means, MeansPromise
from mexile.members.relation.models import Relation


def relative(make, member, *, household=None, called="Luz", role="child", by=None, **values) -> Relative:
    """Somebody of the member's family without a record, in the household (a new one where none is given)."""
    household = household or make.household(member)
    by = by or make.user(role="intake")
    made = Relative(
        key_id=member.key_id,
        code=next_relative_code(),
        member_id=member.id,
        household_id=household.id,
        called=called,
        role=role,
        from_on=values.pop("from_on", date(2025, 1, 15)),
        by_user_id=by.id,
        at=clock.now(),
        **values,
    )
    db.session.add(made)
    db.session.flush()
    return made


def household_place(
    make, member, *, relative=None, place="in_juarez", since_on=date(2025, 1, 15), by=None, **values
) -> HouseholdPlace:
    """Where the member, or the relative, is from a day on."""
    by = by or make.user(role="intake")
    values.setdefault("in_danger", "unknown")
    values.setdefault("contact", "unknown")
    made = HouseholdPlace(
        key_id=member.key_id,
        member_id=member.id,
        relative_id=relative.id if relative else None,
        place=place,
        since_on=since_on,
        by_user_id=by.id,
        at=clock.now(),
        **values,
    )
    db.session.add(made)
    db.session.flush()
    return made


def relation(make, first, kind, second, *, by=None) -> Relation:
    """``first`` is ``kind`` ("parent") of ``second``; each a member or a relative."""
    by = by or make.user(role="intake")
    one, other = _sides(first), _sides(second)
    made = Relation(
        kind=kind,
        member_id=one[0],
        relative_id=one[1],
        other_member_id=other[0],
        other_relative_id=other[1],
        by_user_id=by.id,
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def _sides(person) -> tuple[int, int | None]:
    return (person.member_id, person.id) if isinstance(person, Relative) else (person.id, None)


def consent_in_full(
    make, member, *, purpose="media_name", audience="press", level="named", on=None, until=None, by=None, **values
) -> Consent:
    """A consent with its terms: of a month ago and for a year, unless said."""
    by = by or make.user(role="intake")
    given_on = on or clock.today() - timedelta(days=30)
    made = Consent(
        member_id=member.id, purpose=purpose, version="2026-1", given_on=given_on, by_user_id=by.id, at=clock.now()
    )
    db.session.add(made)
    db.session.flush()
    terms = {"channel": "any", "language": "spa", "evidence": "paper", **values}
    db.session.add(
        ConsentTerms(
            consent_id=made.id,
            key_id=member.key_id,
            member_id=member.id,
            audience=audience,
            level=level,
            obtained_by_user_id=by.id,
            expires_on=until or a_year_later(given_on),
            **terms,
        )
    )
    db.session.flush()
    return made


def consent_revocation(make, consent, *, on=None, by=None) -> ConsentRevocation:
    """The person took it back today, unless said."""
    by = by or make.user(role="intake")
    made = ConsentRevocation(
        consent_id=consent.id,
        member_id=consent.member_id,
        revoked_on=on or clock.today(),
        by_user_id=by.id,
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def means(make, member, *, household=None, asked_on=None, by=None, **values) -> Means:
    """What the member told of the household's means today, unless said."""
    by = by or make.user(role="intake")
    household = household or make.household(member)
    made = Means(
        key_id=member.key_id,
        household_id=household.id,
        member_id=member.id,
        asked_on=asked_on or clock.today(),
        by_user_id=by.id,
        at=clock.now(),
        **values,
    )
    db.session.add(made)
    db.session.flush()
    return made


def means_promise(make, member, *, household, kind="both", who="La tía", until=None, by=None, **values) -> MeansPromise:
    """Somebody promised support from today on, for four weeks unless said."""
    by = by or make.user(role="intake")
    today = clock.today()
    made = MeansPromise(
        key_id=member.key_id,
        household_id=household.id,
        member_id=member.id,
        kind=kind,
        who=who,
        from_on=values.pop("from_on", today),
        until_on=until or today + timedelta(days=27),
        by_user_id=by.id,
        at=clock.now(),
        **values,
    )
    db.session.add(made)
    db.session.flush()
    return made
