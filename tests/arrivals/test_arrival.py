"""Arrivals: listed by day, counted and filtered, and never members."""

import re

from mexile.members.person.models import Member
from tests.sheets.test_batch import checked, commit, counted, sheet


def test_arrivals_are_listed_by_day_counted_and_filtered(app, client_as):
    client = client_as("intake")
    rows = [(f"2026-03-{day:02d}", "2", "Cuba" if day % 2 else "Mexico") for day in range(1, 31)] * 2
    commit(app, client, checked(app, client, sheet(None, *rows, ("", "1", ""))))
    page = client.get("/arrivals").text
    assert ">61<" in page and ">121<" in page
    assert page.index("Mon 30 Mar 2026") < page.index("Sun 29 Mar 2026")
    second = client.get(re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")).text
    assert "day unknown" in second and "Sun 1 Mar 2026" in second
    assert len(re.findall('<th scope="row">', page + second)) == 61
    assert ">30<" in client.get("/arrivals?country=MX").text
    assert ">1<" in client.get("/arrivals?country=-").text
    assert client.get("/arrivals?from_on=40+Mar").status_code == 422


def test_arrivals_are_no_members(app, client_as):
    client = client_as("director")
    commit(app, client, checked(app, client, sheet(None)))
    assert counted(app, Member) == 0
    assert client.get("/arrivals?lang=es").status_code == 200
