"""Families, means, consents in full and media requests of the invented organization."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from mexile.demo.fill.ground import Site, add, rid, sealed
from mexile.demo.organization.agreeing import Asked
from mexile.demo.organization.kin import Behind, Living
from mexile.ground.db import db
from mexile.media.models import MediaAnswer, MediaChoice, MediaClosure, MediaConsequence, MediaPublication, MediaRequest
from mexile.members.consent.models import Consent, ConsentRevocation, ConsentTerms
from mexile.members.family.models import Relation, Relative
from mexile.members.family.rules import Person, kept
from mexile.members.household.models import HouseholdPlace
from mexile.members.means.models import Means, MeansPromise


def seed_families(site: Site) -> None:
    _lay_kin(site)
    _lay_means(site)
    _lay_consents(site)
    _lay_requests(site)


def _household_of(site: Site) -> dict[str, int]:
    homes = site.plan.households
    return {one.code: number for number, home in enumerate(homes, start=1) for one in home.members}


def _lay_kin(site: Site) -> None:
    home_of, kin = _household_of(site), site.plan.kin
    relatives, places, relations = [], [], []
    numbers: dict[str, list[tuple[int, Behind]]] = {}
    for number, one in enumerate(kin.behind, start=1):
        relatives.append(_relative(site, number, one, home_of[one.member]))
        places.append(_place(site, one.member, number, one))
        edge = kept(Person(site.members[one.member], number), one.side, Person(site.members[one.member]))
        relations.append(_relation(site, one.member, edge))
        numbers.setdefault(one.member, []).append((number, one))
    for member in kin.here:
        places.append(_here(site, member, "with_us"))
    for member, since in kin.detained:
        places.append({**_here(site, member, "detained"), "since_on": since, "at": site.at(since)})
    (mother, _), (child, _) = numbers[kin.alone][:2]
    both = site.members[kin.alone]
    relations.append(_relation(site, kin.alone, kept(Person(both, mother), "parent", Person(both, child))))
    for tie in kin.ties:
        edge = kept(Person(site.members[tie.first]), tie.kind, Person(site.members[tie.second]))
        relations.append(_relation(site, tie.first, edge))
    add(Relative, relatives)
    add(HouseholdPlace, places)
    add(Relation, relations)


def _joined(site: Site, code: str) -> Any:
    return site.plan.members[site.members[code] - 1].joined_on


def _relative(site: Site, number: int, one: Behind, household: int) -> dict[str, Any]:
    row = {
        "id": number,
        "rid": rid(),
        "key_id": site.member_keys[one.member],
        "code": f"RE-{number:04d}",
        "member_id": site.members[one.member],
        "household_id": household,
        "role": one.role,
        "birth_year": one.born,
        "from_on": one.since_on,
        "to_on": None,
        "by_user_id": site.users["nora"],
        "at": site.at(one.since_on),
    }
    return sealed("relative", row, called=one.called)


def _place(site: Site, member: str, relative: int, one: Behind) -> dict[str, Any]:
    row = {
        **_here(site, member, one.place),
        "relative_id": relative,
        "state": one.state,
        "in_danger": one.in_danger,
        "contact": one.contact,
    }
    return sealed("household_place", row, note=one.note)


def _here(site: Site, member: str, place: str) -> dict[str, Any]:
    since = _joined(site, member)
    return {
        "rid": rid(),
        "key_id": site.member_keys[member],
        "member_id": site.members[member],
        "relative_id": None,
        "place": place,
        "state": None,
        "since_on": since,
        "in_danger": "unknown",
        "contact": "unknown",
        "note_enc": None,
        "by_user_id": site.users["nora"],
        "at": site.at(since),
    }


def _relation(site: Site, member: str, edge: Any) -> dict[str, Any]:
    return {
        "kind": edge.kind,
        "member_id": edge.first.member_id,
        "relative_id": edge.first.relative_id,
        "other_member_id": edge.second.member_id,
        "other_relative_id": edge.second.relative_id,
        "by_user_id": site.users["nora"],
        "at": site.at(_joined(site, member)),
    }


def _lay_means(site: Site) -> None:
    home_of = _household_of(site)
    told = site.plan.kin.living
    add(Means, (_means(site, one, home_of[one.member]) for one in told))
    add(MeansPromise, (_promise(site, one, home_of[one.member]) for one in told if one.promise))


def _of_household(site: Site, one: Living, household: int) -> dict[str, Any]:
    return {
        "rid": rid(),
        "key_id": site.member_keys[one.member],
        "household_id": household,
        "member_id": site.members[one.member],
        "by_user_id": site.users["lucia"],
        "at": site.at(one.asked_on),
    }


def _means(site: Site, one: Living, household: int) -> dict[str, Any]:
    row = {
        **_of_household(site, one, household),
        "asked_on": one.asked_on,
        "host_kind": one.host_kind,
        "roof_until": one.roof_until,
        "eaters": one.eaters,
        "weeks_covered": one.weeks,
        "permit_on": one.permit_on,
        "permit_source": "estimate",
        "note_enc": None,
    }
    return sealed("means", row, host=one.host)


def _promise(site: Site, one: Living, household: int) -> dict[str, Any]:
    assert one.promise is not None
    kind, who, what, until = one.promise
    row = {**_of_household(site, one, household), "kind": kind, "from_on": one.asked_on, "until_on": until}
    return sealed("means_promise", row, who=who, what=what)


def _lay_consents(site: Site) -> None:
    first = (db.session.scalar(select(func.max(Consent.id))) or 0) + 1
    consents, terms, revocations = [], [], []
    for number, one in enumerate(site.plan.agreeing.consents, start=first):
        member = {"member_id": site.members[one.member]}
        by = {"by_user_id": site.users["lucia"], "at": site.at(one.given_on)}
        consents.append(
            {"id": number, **member, "purpose": one.purpose, "version": "2026-1", "given_on": one.given_on, **by}
        )
        row = {
            **member,
            "consent_id": number,
            "rid": rid(),
            "key_id": site.member_keys[one.member],
            "audience": one.audience,
            "level": one.level,
            "channel": "any",
            "language": "spa",
            "obtained_by_user_id": site.users["lucia"],
            "expires_on": one.expires_on,
            "evidence": "paper",
            "renews_consent_id": None,
            "guardian_enc": None,
            "witness_enc": None,
        }
        terms.append(sealed("consent_terms", row, withheld=one.withheld))
        if one.revoked_on:
            revocations.append(
                {**member, "consent_id": number, "revoked_on": one.revoked_on, **by, "at": site.at(one.revoked_on)}
            )
    add(Consent, consents)
    add(ConsentTerms, terms)
    add(ConsentRevocation, revocations)


def _lay_requests(site: Site) -> None:
    for number, one in enumerate(site.plan.agreeing.requests, start=1):
        key_id = site.key()
        row = {
            "id": number,
            "rid": rid(),
            "key_id": key_id,
            "code": f"MR-{number:04d}",
            "outlet_kind": one.outlet_kind,
            "purpose": one.purpose,
            "audience": one.audience,
            "level": one.level,
            "asked_on": one.asked_on,
            "by_on": one.by_on,
            "by_user_id": site.users["elena"],
            "at": site.at(one.asked_on),
        }
        texts = {"outlet": one.outlet, "asker": one.asker, "contact": one.contact, "wanted": one.wanted}
        add(MediaRequest, [sealed("media_request", row, **texts)])
        _lay_after(site, number, key_id, one)


def _lay_after(site: Site, number: int, key_id: bytes, one: Asked) -> None:
    """Who was chosen, what was published, what followed, and that it is finished."""
    by = {"by_user_id": site.users["elena"], "at": site.at(one.asked_on)}
    for member, answer in one.chosen:
        consent = db.session.scalar(
            select(Consent.id).where(Consent.member_id == site.members[member], Consent.purpose == one.purpose)
        )
        choice = number
        add(
            MediaChoice,
            [{"id": choice, "request_id": number, "member_id": site.members[member], "consent_id": consent, **by}],
        )
        if answer:
            add(MediaAnswer, [{"choice_id": choice, "answer": answer, **by, "by_user_id": site.users["ximena"]}])
    if one.published:
        place, on = one.published
        row = {"rid": rid(), "key_id": key_id, "request_id": number, "published_on": on, **by, "at": site.at(on)}
        add(MediaPublication, [sealed("media_publication", row, place=place)])
    for kind, on, note in one.followed:
        row = {
            "rid": rid(),
            "key_id": key_id,
            "request_id": number,
            "member_id": None,
            "kind": kind,
            "followed_on": on,
            **by,
        }
        add(MediaConsequence, [sealed("media_consequence", {**row, "at": site.at(on)}, note=note)])
    if one.closed:
        add(MediaClosure, [{"request_id": number, "reason": one.closed, **by}])
