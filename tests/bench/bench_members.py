"""The figures of the members' house: a list of fifty, and a name among five thousand.

`run()` returns rows (what, measured, bar); times are the CPU of this process, in milliseconds,
the median of many. Names are drawn from short lists, the organization is invented.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import process_time

from flask import Flask

from mexile.access.account.models import UserAccount
from mexile.ground import clock, keyring, seal, trail
from mexile.ground.db import db, writing
from mexile.members.assignment.models import Assignment
from mexile.members.listing.queries import Wanted, members_page
from mexile.members.name.queries import find_members
from mexile.members.person.models import Member
from tests.building import build
from tests.clients import Client
from tests.databases import fill, make_keys, settings
from tests.make import Make

MEMBERS = 5_000
TIMES = 60
LIST_BAR = 5.0
PAGE_BAR = 10.0
MEMBER_BAR = 12.0
SEARCH_BAR = 8.0
GIVEN = "María José Juan Luis Ana Carmen Guadalupe Jesús Miguel Rosa Elena Fernando Ximena Héctor Beto".split()
SURNAMES = (
    "Hernández García Martínez López González Pérez Rodríguez Sánchez Ramírez Cruz Flores Gómez Vázquez "
    "Jiménez Reyes Díaz Torres Gutiérrez Ruiz Mendoza Aguilar Ortiz Castillo Moreno Romero"
).split()
SEARCHES = ("m", "ma", "mar her", "bazkes", "gimenez ana", "412", "ME-0412", "ana g", "hernandez garcia maria", "zz")


@contextmanager
def organization() -> Iterator[tuple[Flask, Make]]:
    """An app in a folder of its own, with five thousand members."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "keys").mkdir()
        make_keys(home / "keys")
        app = build(settings(home, f"sqlite:///{home / 'mexile.db'}"))
        app.test_client_class = Client
        fill(app)
        with app.app_context(), seal.silent(), writing():
            _people()
        yield app, Make(app)
        with app.app_context():
            db.engine.dispose()


def _people() -> None:
    chance = random.Random(5)
    for number, key_id in enumerate(keyring.current().new_keys(MEMBERS), 1):
        names = [chance.choice(GIVEN), chance.choice(GIVEN), chance.choice(SURNAMES), chance.choice(SURNAMES)]
        db.session.add(
            Member(
                key_id=key_id,
                code=f"ME-{number:04d}",
                alias=f"Alias {number}",
                legal_name=" ".join(names),
                phone=f"+1915555{number % 10_000:04d}",
                language=chance.choice(("spa", "mxv", "tar")),
                profile=chance.choice(("hrd", "journalist", "searcher")),
                origin_state=chance.choice(("MX-CHH", "MX-GRO", "MX-MIC")),
                joined_on=clock.today(),
            )
        )
    db.session.flush()


def _median_ms(act: Callable[[], object], times: int = TIMES) -> float:
    measured = []
    for _ in range(times):
        begun = process_time()
        act()
        measured.append((process_time() - begun) * 1000)
    return round(median(measured), 2)


def _worker(app: Flask, make: Make, role: str) -> UserAccount:
    """Somebody who sees everybody, or walks with four hundred."""
    worker = make.user(role=role)
    if role == "caseworker":
        with app.app_context(), writing():
            for member_id in range(1, 401):
                db.session.add(
                    Assignment(member_id=member_id, user_id=worker.id, from_at=clock.now(), reason_from="case")
                )
    return worker


def list_of_fifty(app: Flask, make: Make, role: str) -> float:
    """Rights, fifty sealed names opened, and the row of the trail, committed."""
    with app.app_context():
        viewer = make.viewer(role, user=_worker(app, make, role))

        def ask() -> None:
            reads = seal.begin_reads()
            assert len(members_page(viewer, Wanted()).lines) == 50
            with writing():
                trail.record_reads(reads, "members.members")

        ask()
        return _median_ms(ask)


def page_of_fifty(app: Flask, make: Make, role: str) -> float:
    """The whole request of the same list: the gate, the frame, the page as HTML."""
    worker = _worker(app, make, role)
    client = app.test_client().carry(app, make.session(worker), worker)

    def ask() -> None:
        assert client.get("/members").text.count('scope="row"') == 50

    ask()
    return _median_ms(ask)


def slowest_search(app: Flask, make: Make) -> float:
    """The slowest of ten questions: looking, rights, and opening the names that are shown."""
    with app.app_context():
        viewer = make.viewer("attorney")
        found = []
        for text in SEARCHES:
            seal.begin_reads()
            find_members(viewer, text)
            found.append(_median_ms(lambda text=text: find_members(viewer, text), 20))
            db.session.rollback()
    return max(found)


def member_page(app: Flask, make: Make) -> float:
    """One member's whole page: a family of five, two ways to call, thirty services, three dates, a plan."""
    worker = make.user(role="attorney")
    with app.app_context(), seal.silent():
        people = [db.session.get_one(Member, id) for id in range(601, 606)]
    make.service_types()
    make.household(*people)
    ana = people[0]
    make.assign(ana, worker)
    make.consent(ana)
    make.contact(ana, by=worker, code_name="Luna", no_voicemail=True)
    make.contact(ana, by=worker, kind="signal")
    make.persecutor(ana, by=worker, name="Los Tejones")
    make.entry(ana, by=worker)
    make.member_detail(ana, by=worker, languages=[("ngu", "Pueblo Ejemplo"), ("spa", None)])
    make.emergency_plan(ana, by=worker, attorney="Abogada")
    for number in range(30):
        make.service(people=[ana], by=worker, on=clock.today() - timedelta(days=number))
    for number in range(1, 4):
        make.event(on=clock.today() + timedelta(days=number), owner=worker, people=people)
    client = app.test_client().carry(app, make.session(worker), worker)

    def ask() -> None:
        assert ana.code in client.get(f"/members/{ana.code}").text

    ask()
    return _median_ms(ask)


def run() -> list[tuple[str, float, float]]:
    with organization() as (app, make):
        return [
            (
                "members: list of 50 of 5,000, attorney: rights, names, trail, CPU ms",
                list_of_fifty(app, make, "attorney"),
                LIST_BAR,
            ),
            (
                "members: list of 50 of her 400, caseworker: rights, names, trail, CPU ms",
                list_of_fifty(app, make, "caseworker"),
                LIST_BAR,
            ),
            (
                "members: the same list as a whole page, attorney, CPU ms",
                page_of_fifty(app, make, "attorney"),
                PAGE_BAR,
            ),
            (
                "members: the page of one, with family, contacts and services, CPU ms",
                member_page(app, make),
                MEMBER_BAR,
            ),
            ("members: slowest of ten name searches among 5,000, CPU ms", slowest_search(app, make), SEARCH_BAR),
        ]


if __name__ == "__main__":
    for what, measured, bar in run():
        print(f"{what}: {measured} (bar {bar})")
