"""The organization's days begin and end in its own zone, on every page."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.organization import Organization
from mexile.services.service.models import Service

LATE = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day"), [("America/Denver", "Tue 24 Nov 2026"), ("America/New_York", "Wed 25 Nov 2026")]
)
def test_today_is_the_day_where_the_organization_works(client_as, make, zone, day):
    make.write(lambda: setattr(db.session.get(Organization, 1), "zone", zone))
    with clock.at(LATE):
        assert day in client_as("caseworker").get("/today").text


def test_a_service_logged_without_a_day_is_of_the_organizations_day(client_as, make):
    make.service_types()
    make.write(lambda: setattr(db.session.get(Organization, 1), "zone", "America/New_York"))
    with clock.at(LATE):
        browser = client_as("caseworker")
        member = make.member(legal_name="Ana Reyes Luna")
        make.assign(member, browser.user)
        line = {"line": f"{member.code} comida", "back": "/today", "form_token": "z" * 20}
        assert browser.post("/services/log", data=line).status_code == 302
    assert make.read(lambda: db.session.scalar(select(Service.on))) == date(2026, 11, 25)
