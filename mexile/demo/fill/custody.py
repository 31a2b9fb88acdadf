"""Custody, bonds and supervision; who is told when someone was detained; what stands before the next hearing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from mexile.access.account.models import UserAccount
from mexile.cases.place.models import Place
from mexile.custody.alert.models import CallLine
from mexile.custody.bond.models import Bond
from mexile.custody.detention.models import Detention, DetentionEnd, DetentionStay
from mexile.custody.presence.models import Readiness
from mexile.custody.supervision.models import Supervision
from mexile.demo.fill.ground import Site, add, rid, sealed
from mexile.demo.organization.bonds import Held, held
from mexile.demo.organization.coming import LEGAL
from mexile.ground.db import db

PLACES = {"El Paso SPC": "PL-0005", "Otero": "PL-0006", "Torrance": "PL-0007"}
LINE = (("ximena", "+19155550142"), ("elena", "+19155550117"), ("lucia", "+19155550163"), ("nora", "+19155550128"))
HALF_READY = (("attorney", "yes", None), ("interpreter", "not_needed", "speaks"), ("ride", "not_yet", None))


def seed_custody(site: Site) -> None:
    """After the events: what stands before the next hearing hangs on one."""
    plan = site.plan
    people = {member.code: member for member in plan.members}
    _lay_held(site, held(plan.seed, plan.day, plan.stays, people))
    _lay_line(site)
    _lay_readiness(site)


def _lay_held(site: Site, found: tuple[Held, ...]) -> None:
    places = dict(db.session.execute(select(Place.code, Place.id)).all())
    by = site.users["ximena"]
    times = list(enumerate(found, start=1))
    add(Detention, (_detention(site, n, one) for n, one in times))
    add(
        DetentionStay,
        (
            {"detention_id": n, "place_id": places[PLACES[place]], "from_on": on, "by_user_id": by, "at": site.at(on)}
            for n, one in times
            for place, on in one.places
        ),
    )
    add(
        DetentionEnd,
        (
            {"detention_id": n, "on": one.to_on, "how": one.how, "by_user_id": by, "at": site.at(one.to_on)}
            for n, one in times
            if one.to_on
        ),
    )
    add(Bond, (_bond(site, n, one) for n, one in enumerate((one for one in found if one.bond), start=1)))
    add(
        Supervision,
        (
            {
                "member_id": site.members[one.member],
                "kind": one.watched.kind,
                "every": one.watched.every,
                "monitor": one.watched.monitor,
                "from_on": one.watched.from_on,
                "to_on": one.watched.to_on,
            }
            for one in found
            if one.watched
        ),
    )


def _detention(site: Site, number: int, one: Held) -> dict[str, Any]:
    return {
        "id": number,
        "rid": rid(),
        "key_id": site.member_keys[one.member],
        "code": f"DT-{number:04d}",
        "member_id": site.members[one.member],
        "alert_id": None,
        "from_on": one.from_on,
        "held_by": "ice",
        "by_user_id": site.users["ximena"],
        "at": site.at(one.from_on),
        "note_enc": None,
    }


def _bond(site: Site, number: int, one: Held) -> dict[str, Any]:
    bond = one.bond
    assert bond is not None
    row = {
        "rid": rid(),
        "key_id": site.member_keys[one.member],
        "code": f"BD-{number:04d}",
        "member_id": site.members[one.member],
        "asked_on": bond.on,
        "decided_on": bond.decided_on,
        "decision": bond.decision,
        "reason": bond.reason,
        "amount_cents": bond.cents,
        "payer": bond.payer,
        "posted_on": bond.posted_on,
        "returned_on": bond.returned_on,
        "version": 1,
    }
    return sealed("bond", row, stated=bond.stated)


def _lay_line(site: Site) -> None:
    keys = dict(db.session.execute(select(UserAccount.id, UserAccount.key_id)).all())
    add(
        CallLine,
        (
            sealed(
                "call_line",
                {
                    "rid": rid(),
                    "key_id": keys[site.users[word]],
                    "user_id": site.users[word],
                    "position": place,
                    "from_at": site.now,
                    "to_at": None,
                },
                phone=phone,
            )
            for place, (word, phone) in enumerate(LINE, start=1)
        ),
    )


def _lay_readiness(site: Site) -> None:
    """The next appearance of whoever has one is half answered."""
    before = len(site.plan.pasts)
    ahead = [
        (n, event)
        for n, event in enumerate(site.plan.coming, start=before + 1)
        if event.kind in LEGAL and event.on >= site.plan.day
    ]
    next_of: dict[str, tuple[int, Any]] = {}
    for n, event in sorted(ahead, key=lambda pair: (pair[1].on, pair[1].minute)):
        next_of.setdefault(event.worker, (n, event))
    add(
        Readiness,
        (
            {
                "event_id": n,
                "item": item,
                "answer": answer,
                "reason": reason,
                "by_user_id": site.users[event.worker],
                "at": site.now,
            }
            for n, event in next_of.values()
            for item, answer, reason in HALF_READY
        ),
    )
