"""Laying the whole organization, and knowing from which day it is and whether it was touched."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mexile.access.rules import name_act
from mexile.demo.fill.account import Account
from mexile.demo.fill.custody import seed_custody
from mexile.demo.fill.days import seed_days
from mexile.demo.fill.families import seed_families
from mexile.demo.fill.ground import Site
from mexile.demo.fill.inquiries import seed_inquiries
from mexile.demo.fill.knowing import seed_knowing
from mexile.demo.fill.lists import seed_lists
from mexile.demo.fill.money import seed_grants, seed_money
from mexile.demo.fill.papers import seed_papers
from mexile.demo.fill.people import seed_people
from mexile.demo.organization.whole import organization
from mexile.demo.standin.world import World
from mexile.ground import clock, keyring, trail
from mexile.ground.db import db, writing
from mexile.ground.organization import Organization
from mexile.ground.trail import TrailRow

ACT = "demo.fill"
name_act(ACT, "Laid out the invented organization", "Preparó la organización inventada")
LOOKING = ("read", "denied", "sign_in", "sign_in.refused", "session.")


@dataclass(frozen=True)
class Laid:
    """The organization that stands in the database: of which day, and whether somebody worked in it."""

    day: date
    seed: int
    is_touched: bool


def fill(day: date, demo_key: str, world: World, seed: int | None = None) -> None:
    """Write the organization of `day` into the empty database, and what Stripe would know of it
    into the stand-in's world. Inside an app context."""
    plan = organization(day, seed)
    count = len(plan.workers) + len(plan.members) + len(plan.giving.donors)
    count += len(plan.agreeing.requests)
    count += sum(1 for row in plan.asked if row.head is None and not row.is_forgotten(day))
    count += 2  # somebody written down twice, and somebody who was removed
    site = Site(
        plan=plan,
        now=clock.now(),
        demo_key=demo_key,
        account=Account(plan.giving, world),
        keys=keyring.current().new_keys(count),
    )
    with writing():
        seed_people(site)
        seed_families(site)
        seed_knowing(site)
        seed_days(site)
        seed_custody(site)
        seed_papers(site)
        seed_money(site)
        seed_grants(site)
        seed_inquiries(site)
        seed_lists(site)
        trail.record(ACT, day=day.isoformat(), seed=plan.seed)


def standing() -> Laid | None:
    """What was laid here, None when nothing was. Raises Real when another organization lives here."""
    found = db.session.get(Organization, 1)
    if found is None:
        return None
    row = db.session.scalar(select(TrailRow).where(TrailRow.act == ACT).order_by(TrailRow.seq).limit(1))
    if row is None or not found.invented:
        raise Real
    later = db.session.scalars(select(TrailRow.act).where(TrailRow.seq > row.seq).distinct())
    detail = json.loads(row.detail)
    return Laid(
        day=date.fromisoformat(detail["day"]),
        seed=detail["seed"],
        is_touched=any(not act.startswith(LOOKING) for act in later),
    )


class Real(Exception):
    """This home belongs to an organization that was not laid by the demo."""
