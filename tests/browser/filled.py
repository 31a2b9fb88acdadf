"""A home with a little of everything in it, so that no page is looked at empty."""

from __future__ import annotations

from datetime import time, timedelta

from mexile.access.models import UserAccount
from mexile.ground import clock
from tests.make import Make


def fill(make: Make, people: dict[str, UserAccount]) -> dict[str, str]:
    """People and what happened with them; returns the example values for paths (see places())."""
    lucia, elena = people["caseworker"], people["director"]
    today = clock.today()
    maria = make.member(
        alias="Colibrí",
        legal_name="María de los Ángeles Güemes Ñandú",
        surnames="Güemes Ñandú",
        preferred_name="María",
        profile="journalist",
        nationality="MX",
        origin_state="MX-GRO",
        language="spa",
        safe_contact="signal",
        consented_on=today - timedelta(days=300),
    )
    child = make.member(alias="Golondrina", birth_year=today.year - 7)
    make.household(maria, child)
    for member in (maria, child):
        make.assign(member, lucia)
    _days(make, maria, child, lucia, elena)
    service = make.service(people=[maria, child], by=elena, on=today)
    make.service(people=[maria], by=lucia, on=today - timedelta(days=20), type_code="food")
    make.service_void(make.service(people=[maria], by=lucia, on=today - timedelta(days=2)), by=lucia)
    return {"members.code": maria.code, "members.name": "contact", "services.code": service.code}


def _days(make: Make, maria, child, lucia: UserAccount, elena: UserAccount) -> None:
    """Something to close, a day by hours, two weeks ahead, a fatal date that passed."""
    today, driver = clock.today(), make.user(role="volunteer", name="Beto Ramos")
    for owner in (lucia, elena):
        make.event(kind="ice_checkin", on=today - timedelta(days=1), at=time(9), owner=owner, people=[maria])
        make.event(
            kind="hearing",
            on=today,
            at=time(8, 30),
            owner=owner,
            people=[maria, child],
            companions=[owner, (driver, "driver", False)],
            place="El Paso Immigration Court",
        )
        make.event(kind="biometrics", on=today, at=time(23, 30), owner=owner, people=[child])
        make.event(kind="hearing", on=today + timedelta(days=3), at=time(13), owner=owner, people=[maria])
        make.deadline(member=maria, due_on=today - timedelta(days=1), owner=owner, fatal=True)
        make.deadline(member=child, due_on=today + timedelta(days=9), owner=owner)
