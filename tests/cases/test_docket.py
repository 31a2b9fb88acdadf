"""The docket page and one deadline's page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mexile.ground import clock


def test_docket_opens(client_as, make):
    make.deadline_rules()
    client = client_as("attorney")
    member = make.member(legal_name="Ana Prueba Ruiz")
    make.deadline(member=member, due_on=clock.today() - timedelta(days=1), owner=client.user, fatal=True)
    make.deadline(member=member, due_on=clock.today() + timedelta(days=3), owner=client.user)
    make.event(on=clock.today() + timedelta(days=2), people=[member], owner=client.user)
    page = client.get("/docket")
    assert page.status_code == 200
    print(page.text[page.text.index("<h1"):])
    page = client.get(f"/members/{member.code}/happened")
    assert page.status_code == 200
    page = client.get("/deadlines/DL-0001"); assert page.status_code == 200, page.text
