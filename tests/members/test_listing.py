"""The list: fifty a page, in order, only whom one may know of, with a fixed number of queries."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from mexile.ground import clock, dates, seal
from mexile.ground.db import db
from mexile.ground.trail import TrailRow
from mexile.ground.vocabulary import vocabulary
from mexile.members.listing.queries import COLUMNS, Wanted, members_page
from mexile.members.name.queries import NAME_COLUMNS, listed_name, name_of


def _codes(viewer, **wanted):
    with seal.silent():
        return [line.code for line in members_page(viewer, Wanted(**wanted)).lines]


def _many(make, count):
    """People whose surnames are in the order of their codes."""
    return [make.member(legal_name=f"Ana {chr(97 + n // 26)}{chr(97 + n % 26)}ez Luna").code for n in range(count)]


@pytest.mark.once
@pytest.mark.parametrize("sort", ["name", "code"])
def test_pages_follow_one_another_without_a_gap_or_a_repeat(in_app, make, sort):
    codes = _many(make, 120)
    viewer, found = make.viewer("attorney"), []
    seal.begin_reads()
    for page in (1, 2, 3):
        one = members_page(viewer, Wanted(sort=sort, page=page))
        assert one.total == 120 and len(one.lines) == (50 if page < 3 else 20)
        found.extend(line.code for line in one.lines)
    assert found == codes
    assert members_page(viewer, Wanted(sort=sort, page=9)).lines == one.lines, "behind the last page is the last"


def test_the_list_is_sorted_by_surname_as_in_mexico(in_app, make):
    names = ["Ana Zúñiga", "Beto Ñandú", "Óscar Nava", "Eva Álvarez Cruz", "Luz Alvarez Baca"]
    made = {name: make.member(legal_name=name).code for name in names}
    order = ["Luz Alvarez Baca", "Eva Álvarez Cruz", "Óscar Nava", "Beto Ñandú", "Ana Zúñiga"]
    assert _codes(make.viewer("attorney")) == [made[name] for name in order]


def test_each_role_lists_whom_it_may_know_of(in_app, make):
    worker = make.user()
    one, two = make.member(assigned=worker), make.member()
    assert _codes(make.viewer(user=worker)) == [one.code]
    for role in ("attorney", "director"):
        assert set(_codes(make.viewer(role))) == {one.code, two.code}
        for column in COLUMNS:
            assert set(_codes(make.viewer(role), sort=column)) == {one.code, two.code}
    for role in ("administrator", "development", "auditor", "caseworker", "intake", "volunteer"):
        for column in COLUMNS:
            page = members_page(make.viewer(role), Wanted(sort=column))
            assert (page.lines, page.total) == ([], 0)


def test_the_closed_leave_the_list_and_are_found_when_asked_for(in_app, make):
    one, two = make.member(legal_name="Ana Reyes"), make.member(legal_name="Beto Cruz")
    viewer = make.viewer("attorney")
    assert _codes(viewer) == [two.code, one.code]
    make.closure(two)
    for sort in ("name", "last_service"):
        db.session.rollback()
        assert _codes(viewer, sort=sort) == [one.code]
        assert _codes(viewer, sort=sort, show="closed") == [two.code]
        assert set(_codes(viewer, sort=sort, show="all")) == {one.code, two.code}


def test_filters_narrow_the_list(in_app, make):
    one = make.member(profile="searcher", language="mxv", origin_state="MX-GRO")
    make.member(profile="journalist", language="spa", origin_state="MX-CHH")
    viewer = make.viewer("attorney")
    for wanted in ({"profile": "searcher"}, {"language": "mxv"}, {"origin_state": "MX-GRO"}):
        assert _codes(viewer, **wanted) == [one.code] == _codes(viewer, sort="last_service", **wanted)


def test_only_those_i_walk_with(in_app, make):
    attorney = make.user(role="attorney")
    one = make.member(assigned=attorney)
    make.member()
    assert _codes(make.viewer(user=attorney, role="attorney"), mine=True) == [one.code]


def test_by_a_column_those_with_nothing_in_it_come_last_both_ways(in_app, make):
    soon, later, never = (make.member(legal_name=f"Ana {n}") for n in "abc")
    on, owner = clock.today(), make.user()
    make.event(on=on + timedelta(days=2), owner=owner, people=[soon, later])
    make.event(on=on - timedelta(days=1), owner=owner, people=[soon, never])
    make.event(on=on + timedelta(days=1), owner=owner, people=[soon])
    viewer = make.viewer("attorney")
    assert _codes(viewer, sort="next") == [soon.code, later.code, never.code]
    assert _codes(viewer, sort="next", is_down=True) == [later.code, soon.code, never.code]
    with seal.silent():
        days = {line.code: line.next_on for line in members_page(viewer, Wanted()).lines}
    assert days == {soon.code: on + timedelta(days=1), later.code: on + timedelta(days=2), never.code: None}


def test_a_column_of_words_stands_in_the_order_of_the_words_one_reads(in_app, make):
    made = {state: make.member(origin_state=state).code for state in ("MX-MEX", "MX-CHH", "MX-ZAC", "MX-GRO")}
    viewer = make.viewer("attorney")
    for language in ("en", "es"):
        with seal.silent():
            page = members_page(viewer, Wanted(sort="origin_state"), language)
        read = sorted(made, key=lambda state: vocabulary("mx_state").label(state, language))
        assert [line.code for line in page.lines] == [made[state] for state in read]


def test_who_is_in_custody_has_no_next_date_on_the_list(make, client_as):
    held, on = make.member(legal_name="Ana Reyes"), clock.today() + timedelta(days=40)
    make.event(on=on, owner=make.user(), people=[held])
    day = dates.format_short_day(on, "en")
    client = client_as("attorney")
    assert day in client.get("/members").text
    make.detention(held)
    text = client.get("/members").text
    assert held.code in text and "detained" in text and day not in text


def test_an_address_that_means_nothing_shows_the_list(make, client_as):
    one = make.member()
    client = client_as("attorney")
    for query in ("sort=secret", "show=x&profile=%00", "page=9999", "page=%F0%9F%92%A9", "page=-1", "language='--"):
        answer = client.get(f"/members?{query}")
        assert answer.status_code == 200 and one.code in answer.text


def test_no_name_stands_in_an_address_of_the_list(make, client_as):
    for n in range(52):
        make.member(legal_name=f"Golondrina Reyes{n}")
    text = client_as("attorney").get("/members").text
    addresses = " ".join(re.findall(r'(?:href|action)="([^"]*)"', text))
    assert "page=2" in addresses and "reyes" not in addresses.lower()


def test_a_list_is_one_trail_row_with_the_people_shown(app, make, client_as):
    made = {make.member().rid for _ in range(3)}
    client_as("attorney").get("/members")
    with app.app_context():
        rows = db.session.execute(select(TrailRow.rids, TrailRow.subject).where(TrailRow.act == "read")).all()
    assert len(rows) == 1 and rows[0].subject == "members.members"
    assert {rows[0].rids[at : at + 16] for at in range(0, len(rows[0].rids), 16)} == made


def _statements(app: Flask, client, url: str) -> int:
    seen = []
    with app.app_context():
        engine = db.engine
    listener = lambda *words: seen.append(words[2])
    event.listen(engine, "before_cursor_execute", listener)
    try:
        assert client.get(url).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", listener)
    return len([one for one in seen if one.lstrip().upper().startswith("SELECT")])


@pytest.mark.once
@pytest.mark.parametrize("role", ["attorney", "caseworker"])
@pytest.mark.parametrize("sort", ["name", "next", "last_service"])
def test_the_number_of_queries_does_not_grow_with_the_list(app, make, client_as, role, sort):
    worker = make.user(role=role)
    client = client_as(user=worker)
    make.member(assigned=worker)
    client.get("/members")
    few = _statements(app, client, f"/members?sort={sort}")
    for n in range(60):
        make.member(legal_name=f"Ana {n} Reyes", assigned=worker)
    client.get("/members")
    many = _statements(app, client, f"/members?sort={sort}")
    assert many == few <= 13  # two of them for the bands: who is detained, and whom nobody has answered for


def test_a_volunteer_has_no_list_of_members(make, client_as):
    volunteer = make.user(role="volunteer")
    make.member(legal_name="Ana María Reyes Luna", alias="Golondrina", assigned=volunteer)
    answer = client_as(user=volunteer).get("/members")
    assert answer.status_code == 404
    for hidden in ("Ana", "Reyes", "Luna", "Golondrina"):
        assert hidden not in answer.text


def test_the_list_calls_people_as_their_page_does(in_app, make):
    made = [
        make.member(alias="Golondrina"),
        make.member(preferred_name="Nena Linda"),
        make.member(legal_name="Ana María Reyes Luna"),
        make.member(legal_name="Ana Reyes Luna Cruz", surnames="Cruz", preferred_name="Nita"),
        make.member(legal_name="Sola"),
    ]
    seal.begin_reads()
    viewer = make.viewer("attorney")
    for one in made:
        sealed = [getattr(one, column.key) for column in NAME_COLUMNS]
        assert listed_name(sealed) == name_of(one, viewer).listed


def test_a_day_of_birth_never_stands_on_the_list(make, client_as):
    make.member(legal_name="Ana Reyes", birth_date="1986-03-12", birth_year=1986, joined_on=date(2020, 2, 29))
    text = client_as("attorney").get("/members").text
    assert "1986" not in text
