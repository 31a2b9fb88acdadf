"""The pages that people open every day, as whole requests in process, in a world of 5,000 members, 100,000 services
and 1,200 donors.

`run()` returns rows (what, measured, bar): the CPU of this process for a request with its trail, in milliseconds, the
median of many.
"""

from __future__ import annotations

import gc
import random
from collections.abc import Callable
from datetime import datetime, time, timedelta
from statistics import median
from time import process_time
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import insert, select

from mexile.access.account.models import UserAccount
from mexile.donors.models import Donor
from mexile.ground import clock, keyring, seal
from mexile.ground.db import db, writing
from mexile.members.assignment.models import Assignment
from mexile.members.person.models import Member
from mexile.services.service.models import Service, ServicePerson
from tests.bench.bench_members import GIVEN, SURNAMES, organization
from tests.make import Make

SERVICES, DONORS, MINE, TIMES = 100_000, 1_200, 400, 40
TYPES = ("acc_ice", "acc_court", "food", "consult", "therapy")
BARS = {"today": 12.0, "services": 7.0, "members": 5.0, "member": 12.0, "docket": 10.0, "search": 15.0}


def _world(make: Make, caseworker: UserAccount) -> None:
    """Six years of services, a quarter of them with two people; donors; dates and assignments of one caseworker."""
    chance, today, members = random.Random(3), clock.today(), list(db.session.scalars(select(Member.id)))
    make.service_types()
    services, people = [], []
    for number in range(1, SERVICES + 1):
        on, kind = today - timedelta(days=chance.randrange(2190)), chance.choice(TYPES)
        at = datetime.combine(on, time(17), ZoneInfo("UTC"))
        services.append(
            {"id": number, "rid": number.to_bytes(16), "code": f"S-{number:05d}", "type_code": kind, "unit": "units",
             "on": on, "minutes": 60, "quantity": 1, "mode": "in_person", "by_user_id": caseworker.id,
             "logged_at": at, "others": 0, "version": 1}
        )  # fmt: skip
        for member in chance.sample(members, 1 + (number % 4 == 0)):
            people.append({"service_id": number, "member_id": member, "on": on, "type_code": kind})
    for rows, table in ((services, Service), (people, ServicePerson)):
        for first in range(0, len(rows), 5_000):
            db.session.execute(insert(table), rows[first : first + 5_000])
    for number, key_id in enumerate(keyring.current().new_keys(DONORS), 1):
        donor = Donor(key_id=key_id, code=f"D-{number:04d}", language="en", made_at=clock.now())
        donor.name = f"{chance.choice(GIVEN)} {chance.choice(SURNAMES)} {chance.choice(SURNAMES)}"
        db.session.add(donor)
    for member_id in members[:MINE]:
        db.session.add(Assignment(member_id=member_id, user_id=caseworker.id, from_at=clock.now(), reason_from="case"))


def _cost(ask: Callable[[], str], holds: str) -> float:
    measured = []
    for _ in range(3):
        assert holds in ask(), holds
    # As the web server does once it has started: what stands in memory is never searched for rubbish.
    gc.collect()
    gc.freeze()
    for _ in range(TIMES):
        begun = process_time()
        ask()
        measured.append((process_time() - begun) * 1000)
    return round(median(measured), 2)


def _costs(app: Flask, make: Make) -> dict[str, float]:
    caseworker, director = make.user(role="caseworker"), make.user(role="director")
    with app.app_context(), seal.silent(), writing():
        _world(make, caseworker)
    member = make.member(legal_name="Ana Prueba Luna", assigned=caseworker)
    for days in range(-1, 12):
        make.event(on=clock.today() + timedelta(days=days), owner=caseworker, people=[member])
    works = app.test_client().carry(app, make.session(caseworker), caseworker)
    leads = app.test_client().carry(app, make.session(director), director)
    live = {"X-Live-Search": "1"}
    return {
        "today": _cost(lambda: works.get("/today").text, "/events/E-"),
        "services": _cost(lambda: leads.get("/services").text, "/services/S-"),
        "members": _cost(lambda: leads.get("/members").text, "/members/ME-"),
        "member": _cost(lambda: works.get(f"/members/{member.code}").text, "Ana Prueba Luna"),
        "docket": _cost(lambda: works.get("/docket").text, "/events/E-"),
        "search": _cost(lambda: leads.post("/search", data={"q": "mar her"}, headers=live).text, "/donors/D-"),
    }


def run() -> list[tuple[str, float, float]]:
    with organization() as (app, make):
        costs = _costs(app, make)
    where = "5,000 members, 100,000 services"
    return [(f"{name}: the whole page, {where}, CPU ms", cost, BARS[name]) for name, cost in costs.items()]


if __name__ == "__main__":
    for what, measured, bar in run():
        print(f"{what}: {measured} (bar {bar})")
