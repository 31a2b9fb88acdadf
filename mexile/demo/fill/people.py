"""The organization itself, who works in it, its members and who walks with whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mexile.access import passwords
from mexile.access.account.models import UserAccount, UserRole
from mexile.demo import credentials
from mexile.demo.fill.ground import Site, add, rid, sealed
from mexile.demo.organization import calendar
from mexile.demo.organization.household import Member as Person
from mexile.demo.organization.recipe import recipe
from mexile.ground import seal
from mexile.ground.organization import Organization
from mexile.members.assignment.models import Assignment
from mexile.members.consent.models import Consent
from mexile.members.household.models import Household, HouseholdMembership
from mexile.members.person.models import Member
from mexile.members.status.models import MemberClosure

GENDERS = {"F": ("woman", "she"), "M": ("man", "he"), "X": ("nonbinary", "they")}
ALIASES = ("Colibrí", "Mezquite", "Cenzontle", "Encino", "Luna", "Río", "Ocotillo", "Calandria", "Nopal", "Gorrión")
CONSENT = ("org_internal", "2026-1")
SAFE_NOTE = "Never say to a relative that this person is here."


def seed_people(site: Site) -> None:
    add(Organization, [_organization()])
    _lay_workers(site)
    _lay_members(site)
    _lay_households(site)
    _lay_walking(site)


def _organization() -> dict[str, Any]:
    row = recipe()["organization"]
    return {
        "id": 1,
        "legal_name": row["legal_name"],
        "short_name": row["legal_name"].split(" (")[0],
        "ein": row["ein"],
        "address": row["address"],
        "sentence_en": "We walk beside people who had to leave Mexico for telling the truth.",
        "sentence_es": "Caminamos junto a quienes tuvieron que salir de México por decir la verdad.",
        "mail_from": f"{row['legal_name'].split(' (')[0]} <{row['email']}>",
        "zone": row["zone"],
        "fiscal_year_month": 1,
        "languages": "en es",
        "invented": 1,
    }


def _lay_workers(site: Site) -> None:
    since = site.at(calendar.beginning(site.plan.day))
    accounts, roles = [], []
    for number, worker in enumerate(site.plan.workers, start=1):
        site.users[worker.word] = number
        given = credentials.of(site.demo_key, worker.word)
        row = {
            "id": number,
            "rid": rid(),
            "key_id": site.key(),
            "code": worker.code,
            "name": worker.name,
            "email": worker.email,
            "language": worker.language,
            "password_hash": passwords.hash_password(given.password),
            "totp_last": 0,
            "version": 1,
        }
        accounts.append(sealed("user_account", row, totp=given.seed))
        roles += [{"user_id": number, "role": role, "from_at": since} for role in worker.roles]
    add(UserAccount, accounts)
    add(UserRole, roles)


def _lay_members(site: Site) -> None:
    rows, consents, closures = [], [], []
    for number, person in enumerate(site.plan.members, start=1):
        site.members[person.code] = number
        site.member_keys[person.code] = key_id = site.key()
        rows.append(_member(site, number, person, key_id))
        consents.append(
            {
                "member_id": number,
                "purpose": CONSENT[0],
                "version": CONSENT[1],
                "given_on": person.joined_on,
                "by_user_id": site.users["nora"],
                "at": site.at(person.joined_on),
            }
        )
        if person.left_on and person.left_on <= site.plan.day:
            closures.append(
                {
                    "member_id": number,
                    "by_user_id": site.users["ximena"],
                    "at": site.at(person.left_on),
                    "reason": person.left_because,
                }
            )
    add(Member, rows)
    add(Consent, consents)
    add(MemberClosure, closures)


def _member(site: Site, number: int, person: Person, key_id: bytes) -> dict[str, Any]:
    gender, pronoun = GENDERS[person.gender]
    has_age = "age_unknown" not in person.marks
    row = {
        "id": number,
        "rid": rid(),
        "key_id": key_id,
        "code": person.code,
        "birth_year": person.born_on.year if has_age else None,
        "pronoun": pronoun,
        "gender": gender,
        "nationality": person.nationality,
        "origin_state": f"MX-{person.state}" if person.state else None,
        "language": person.language,
        "profile": person.profile,
        "safe_contact": person.safe_contact,
        "arrived_on": person.arrived_on,
        "joined_on": person.joined_on,
        "phone_bidx": seal.blind("member.phone", person.phone) if person.phone else None,
        "name_seq": number,
        "version": 1,
    }
    return sealed(
        "member",
        row,
        alias=ALIASES[number % len(ALIASES)] if person.role == "head" else None,
        legal_name=str(person.name),
        surnames=person.name.surnames,
        preferred_name=person.called,
        birth_date=person.born_on.isoformat() if has_age else None,
        phone=person.phone,
        email=person.email,
        address=site.plan.households[int(person.household[2:]) - 1].address,
        safe_note=SAFE_NOTE if "vawa" in person.marks else None,
    )


def _lay_households(site: Site) -> None:
    homes = site.plan.households
    add(Household, ({"id": n, "rid": rid(), "code": home.code} for n, home in enumerate(homes, start=1)))
    add(
        HouseholdMembership,
        (
            {
                "household_id": n,
                "member_id": site.members[m.code],
                "role": m.role,
                "from_on": m.joined_on,
                "to_on": None,
            }
            for n, home in enumerate(homes, start=1)
            for m in home.members
        ),
    )


def _lay_walking(site: Site) -> None:
    add(Assignment, _assignments(site))


def _assignments(site: Site) -> Iterator[dict[str, Any]]:
    for row in site.plan.walking.assigned:
        yield {
            "member_id": site.members[row.member],
            "user_id": site.users[row.worker],
            "from_at": site.at(row.from_on),
            "to_at": site.at(max(row.to_on, row.from_on)) if row.to_on else None,
            "reason_from": row.because,
            "reason_to": row.ended_because if row.to_on else None,
        }
