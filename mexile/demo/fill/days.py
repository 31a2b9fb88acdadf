"""Services, the events they were done at, those still to come, and deadlines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time, timedelta
from typing import Any

from mexile.cases.event.models import Event, EventCompanion, EventOutcome, EventPerson
from mexile.cases.place.actions import seed_places
from mexile.demo.fill.ground import Site, add, rid, sealed
from mexile.demo.fill.legal import Legal, seed_cases, seed_sheets, seed_undated
from mexile.demo.fill.terms import seed_terms
from mexile.demo.organization.act import Act, Past
from mexile.demo.organization.coming import Coming
from mexile.ground.vocabulary import vocabulary
from mexile.services.service.models import Service, ServicePerson
from mexile.services.service.rules import quantity
from mexile.services.service_type.actions import seed_service_types

OUR_PLACES = {"food_table": "Salón Ejemplo", "group": "Salón Ejemplo", "other": "Plaza Ejemplo"}
NOTES = (
    "Llegamos con media hora de tiempo. Todo salió tranquilo.",
    "Pidió hablar con la abogada esta semana.",
    "Quedó pendiente una copia del acta de nacimiento.",
    "Came with her sister. We went over what to bring next time.",
)


def seed_days(site: Site) -> None:
    seed_service_types()
    seed_places()
    seed_cases(site)
    _lay_events(site)
    _lay_services(site)
    seed_terms(site)


def _lay_events(site: Site) -> None:
    """The past ones first, in the order of the acts, whose `event` counts from them."""
    pasts, ahead = site.plan.pasts, site.plan.coming
    every: tuple[Past | Coming, ...] = (*pasts, *ahead)
    legal = Legal(site)
    numbered = list(enumerate(every, start=1))
    add(Event, (_event(site, n, event) | legal.more(n, event, n > len(pasts)) for n, event in numbered))
    add(
        EventPerson,
        (
            {"event_id": n, "member_id": site.members[code]}
            for n, event in numbered
            for code in dict.fromkeys(event.members)
        ),
    )
    following = legal.next_of(every)
    add(
        EventOutcome,
        (
            {
                "id": n,
                "event_id": n,
                "outcome": past.outcome,
                "by_user_id": site.users[past.worker],
                "at": site.at(past.on, 18 * 60),
                "next_event_id": following.get(n) if past.outcome == "continued" else None,
            }
            for n, past in enumerate(pasts, start=1)
        ),
    )
    moved = [n for n, past in enumerate(pasts, start=1) if past.outcome == "continued" and past.kind == "hearing"]
    seed_sheets(site, [(n, n) for n in moved])
    add(EventCompanion, _companions(site, len(pasts)))
    seed_undated(site, len(every))


def _event(site: Site, number: int, event: Any) -> dict[str, Any]:
    return {
        "id": number,
        "rid": rid(),
        "code": f"E-{number:04d}",
        "kind": event.kind,
        "on": event.on,
        "at": time(event.minute // 60, event.minute % 60),
        "zone": "America/Denver",
        "precision": "exact",
        "place": OUR_PLACES.get(event.kind),
        "room": None,
        "mode": "in_person",
        "owner_user_id": site.users[event.worker],
    }


def _companions(site: Site, before: int) -> Iterator[dict[str, Any]]:
    for n, event in enumerate(site.plan.coming, start=before + 1):
        for company in event.company:
            yield {
                "event_id": n,
                "user_id": site.users[company.worker],
                "role": company.role,
                "confirmed_at": site.at(event.on - timedelta(days=2)) if company.confirmed else None,
            }


def _lay_services(site: Site) -> None:
    kinds = {code: term.more for code, term in vocabulary("service_type").items()}
    acts = list(enumerate(site.plan.acts, start=1))
    homes = {member.code: member.household for member in site.plan.members}
    add(
        Service,
        (_service(site, n, act, kinds[act.type], len({homes[code] for code in act.members})) for n, act in acts),
    )
    add(
        ServicePerson,
        (
            {"service_id": n, "member_id": site.members[code], "on": act.on, "type_code": act.type}
            for n, act in acts
            for code in act.members
        ),
    )


def _service(site: Site, number: int, act: Act, kind: Mapping[str, Any], households: int) -> dict[str, Any]:
    noted = act.note and len(act.members) == 1
    row = {
        "id": number,
        "rid": rid(),
        "key_id": site.member_keys[act.members[0]] if noted else None,
        "code": f"S-{number:05d}",
        "type_code": act.type,
        "unit": kind["unit"],
        "on": act.on,
        "minutes": act.minutes,
        "quantity": quantity(kind["counts"], act.quantity, len(act.members) + act.others, households),
        "amount_cents": act.cents,
        "place": act.place,
        "mode": act.mode,
        "event_id": None if act.event is None else act.event + 1,
        "by_user_id": site.users[act.worker],
        "logged_at": site.at(act.on + timedelta(days=act.logged_after), act.logged_at),
        "others": act.others,
        "version": 1,
    }
    return sealed("service", row, note=NOTES[number % len(NOTES)] if noted else None)
