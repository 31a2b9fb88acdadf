"""Events that nobody closed: a report that counts them leads to where they are closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from flask import Flask

from mexile.ground import clock
from tests.clients import Client
from tests.make import Make

FROM, TO = date(2026, 1, 1), date(2026, 6, 30)
PAGE = f"/today/unclosed?from={FROM}&to={TO}"


def test_a_report_leads_to_the_events_and_one_is_closed_there(
    app: Flask, make: Make, client_as: Callable[..., Client]
) -> None:
    director = client_as("director")
    ana = make.member()
    make.service_types()
    event = make.event(people=[ana], on=date(2026, 3, 2), owner=director.user)
    closed = make.event(people=[ana], on=date(2026, 3, 3), owner=director.user)
    make.event_outcome(closed)
    report = director.get(f"/reports/foundation-semiannual?from={FROM}&to={TO}").text
    assert "/today/unclosed?from=2026-01-01&amp;to=2026-06-30" in report
    page = director.get(PAGE).text
    assert event.code in page and closed.code not in page
    assert (
        director.post(f"/events/{event.code}/outcome", data={"outcome": "done", "back": "/today/unclosed"}).status_code
        == 302
    )
    assert event.code not in director.get(PAGE).text
    assert "/today/unclosed" not in director.get(f"/reports/foundation-semiannual?from={FROM}&to={TO}").text


def test_one_finds_only_ones_own_and_only_of_those_days(make: Make, client_as: Callable[..., Client]) -> None:
    lucia, other = client_as("caseworker"), make.user()
    mine = make.event(people=[make.member(assigned=lucia.user)], on=date(2026, 3, 2), owner=lucia.user)
    theirs = make.event(people=[make.member(assigned=other)], on=date(2026, 3, 2), owner=other)
    late = make.event(people=[], on=date(2026, 7, 1), owner=lucia.user)
    ahead = make.event(people=[], on=clock.today() + timedelta(days=9), owner=lucia.user)
    page = lucia.get(PAGE).text
    assert mine.code in page
    assert not any(one.code in page for one in (theirs, late, ahead))
    assert ahead.code not in lucia.get("/today/unclosed?to=2099-01-01").text
    assert lucia.get("/today/unclosed?from=31/02/2026&to=junk").status_code == 200


def test_the_sentence_of_a_report_has_its_button_and_stands_there_without_it(client_as: Callable[..., Client]) -> None:
    text = client_as("director").get(f"/reports/foundation-semiannual?from={FROM}&to={TO}").text
    assert text.count("<copy-text") == 2
    assert 'label="Copy the sentence" done="Copied"' in text
