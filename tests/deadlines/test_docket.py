"""The docket: what stands where, for whom, and what it never says."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import event as sql

from mexile.deadlines.deadline.actions import set_deadline
from mexile.ground import clock
from mexile.ground.db import db

NOON = datetime(2026, 11, 24, 19, tzinfo=UTC)
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOON):
        yield


def main_of(page) -> str:
    return page.text[page.text.index("<main") : page.text.index("</main>")]


def test_past_due_comes_first_with_its_owner_and_its_reason(client_as, make):
    client = client_as("attorney")
    ana = make.member(legal_name="Ana Prueba Ruiz")
    make.deadline(member=ana, due_on=TODAY - timedelta(days=40), owner=client.user, fatal=True)
    make.deadline(member=ana, due_on=TODAY + timedelta(days=9), owner=client.user)
    text = main_of(client.get("/docket"))
    assert text.index("Past due") < text.index("This week") < text.index("Next week")
    assert 'class="tag now"' in text and client.user.name.split(" ")[0] in text
    assert text.count("Why this date?") == 2 and "entry 9 Mar 2025 + 1 year" in text


def test_events_stand_beside_deadlines_with_how_long_ago_they_were_seen(client_as, make):
    client = client_as("attorney")
    ana = make.member(legal_name="Ana Prueba Ruiz")
    seen_at = NOON - timedelta(days=19)
    make.event(on=TODAY + timedelta(days=2), at=time(9), people=[ana], owner=client.user, verified_at=seen_at)
    make.event(on=TODAY + timedelta(days=3), people=[ana], kind="biometrics", verified_at=NOON)
    text = main_of(client.get("/docket"))
    assert "Thu 26 Nov 2026, 9:00 a.m." in text and "checked 19 days ago" in text
    assert "Dates to make sure of" in text and text.count("Biometrics") == 1


@pytest.mark.parametrize("names", ["", "?names=no"])
def test_a_line_names_the_place_and_who_goes_along_on_screen_and_on_paper(client_as, make, names):
    client = client_as("attorney")
    ana, beto = make.member(legal_name="Ana Prueba Ruiz"), make.user(role="volunteer", name="Beto Ejemplo")
    hector = make.user(role="volunteer", name="Héctor Ejemplo")
    along = [(beto, "interpreter", True), (hector, "driver", False)]
    make.event(on=TODAY + timedelta(days=2), people=[ana], place="Court, El Paso", room="Room 4", companions=along)
    text = main_of(client.get(f"/docket{names}"))
    assert "Court, El Paso, Room 4" in text and "with Beto" in text and "Héctor has not confirmed" in text


def test_the_strip_leads_from_each_day_to_what_stands_under_it(client_as, make):
    client = client_as("attorney")
    make.event(on=TODAY + timedelta(days=2), people=[make.member()], owner=client.user)
    make.event(on=TODAY + timedelta(days=2), at=time(9), people=[make.member()])
    make.deadline(due_on=TODAY + timedelta(days=9), internal_on=TODAY + timedelta(days=5), owner=client.user)
    text = main_of(client.get("/docket"))
    days = ["2026-11-26", "2026-11-29"]
    assert re.findall(r'href="#day-(.*?)"', text) == days == re.findall(r'id="day-(.*?)"', text)
    strip = text[text.index('class="fortnight"') : text.index("</ol>")]
    assert strip.count("<li") == 14 and re.findall(r'<i class="(.*?)"', strip) == ["alone", "walked", "limit"]


def test_an_empty_docket_says_how_many_dates_are_missing(client_as, make):
    client = client_as("attorney")
    for _ in range(3):
        make.event(on=None, people=[make.member()])
    text = main_of(client.get("/docket"))
    assert "No dates in 14 days. 3 have no date yet." in text
    make.session(client.user)
    assert not re.search(r"\bin \d+ days?\b(?!\.)", text), "a count of days without its date"


def test_nothing_is_ever_green(client_as, make):
    client = client_as("attorney")
    make.deadline_rules()
    for days in (-300, -1, 0, 3, 10):
        make.deadline(due_on=TODAY + timedelta(days=days), owner=client.user)
    assert 'class="tag done"' not in main_of(client.get("/docket"))


def test_an_unreviewed_rule_says_so_and_a_reviewed_one_doesn_t(client_as, make, app):
    client = client_as("attorney")
    second = make.user(role="attorney")
    ana = make.member()
    make.reviewed_rule("BIA_APPEAL")
    viewer = make.viewer(role="attorney", user=client.user)
    for code in ("BIA_APPEAL", "EOIR_33_IC"):
        make.write(
            lambda code=code: set_deadline(
                viewer=viewer,
                member_id=ana.id,
                rule_code=code,
                trigger_on=date(2026, 11, 20),
                second_owner_user_id=second.id,
            )
        )
    text = main_of(client.get(f"/members/{ana.code}"))
    assert text.count("rule not reviewed") == 1
    assert "move 20 Nov 2026 + 5 working days" in text


def test_without_names_no_name_is_read_and_none_is_on_paper(client_as, make):
    client = client_as("attorney")
    ana = make.member(legal_name="Ana Prueba Ruiz")
    make.deadline(member=ana, due_on=TODAY, owner=client.user)
    text = main_of(client.get("/docket?names=no"))
    assert "Ana" not in text and ana.code in text
    assert f'<span class="on-paper">{ana.code}</span>' in main_of(client.get("/docket"))


def test_a_filter_shows_what_one_person_answers_for(client_as, make):
    client = client_as("attorney")
    other = make.user(role="caseworker")
    ana, bea = make.member(), make.member()
    make.deadline(member=ana, due_on=TODAY, owner=client.user)
    make.deadline(member=bea, due_on=TODAY, owner=other)
    text = main_of(client.get(f"/docket?of={other.id}"))
    assert bea.code in text and ana.code not in text


def test_a_caseworker_sees_only_those_she_walks_with(client_as, make):
    client = client_as("caseworker")
    mine, hers = make.member(assigned=client.user), make.member()
    make.deadline(member=mine, due_on=TODAY, owner=client.user)
    make.deadline(member=hers, due_on=TODAY, owner=client.user)
    text = main_of(client.get("/docket"))
    assert mine.code in text and hers.code not in text


def test_a_first_day_is_never_past_due(client_as, make):
    client = client_as("attorney")
    make.deadline(due_on=TODAY - timedelta(days=3), owner=client.user, rule_code="EAD_C8_FILE", side="first_day")
    text = main_of(client.get("/docket"))
    assert "Past due" not in text and "from Sat 21 Nov 2026" in text


def test_the_year_speaks_up_at_300_days_though_its_day_is_far(client_as, make):
    client = client_as("attorney")
    arrival = TODAY - timedelta(days=301)
    make.deadline(due_on=arrival + timedelta(days=365), owner=client.user, trigger_on=arrival)
    assert "day 300 since arrival has passed" in main_of(client.get("/docket"))


def test_the_docket_is_a_fixed_number_of_queries(client_as, make, app):
    client = client_as("attorney")

    def count() -> int:
        found = []
        note = lambda *args: found.append(args[2])
        with app.app_context():
            engine = db.engine
        sql.listen(engine, "before_cursor_execute", note)
        client.get("/docket")
        sql.remove(engine, "before_cursor_execute", note)
        return len(found)

    for _ in range(2):
        make.deadline(due_on=TODAY, owner=client.user)
        make.event(on=TODAY + timedelta(days=1), people=[make.member()], owner=client.user)
    count()
    few = count()
    for n in range(12):
        make.deadline(due_on=TODAY + timedelta(days=n), owner=client.user)
        make.event(on=TODAY + timedelta(days=n), people=[make.member()], owner=client.user)
    assert count() == few


def test_spanish_has_its_own_words(client_as, make):
    client = client_as(user=make.user(role="attorney", language="es"))
    make.deadline(due_on=TODAY - timedelta(days=1), owner=client.user)
    text = main_of(client.get("/docket"))
    assert "Vencidos" in text and "¿Por qué esta fecha?" in text and "entrada 9 mar 2025" in text
