"""While somebody is detained every page says it: a band until somebody has it, one line until it is closed, a mark at every date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import update

from mexile.custody.alert.queries import standing_alerts
from mexile.custody.alert.rules import family_words
from mexile.custody.detention.queries import held_now
from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.queue import Job
from mexile.ground.vocabulary import vocabulary
from tests.clients import Client
from tests.counting import counted
from tests.make import Make

EL_PASO = ZoneInfo("America/Denver")
NIGHT = datetime(2026, 3, 3, 3, 12, tzinfo=EL_PASO)
PAGES = {
    "director": (
        "/today",
        "/members",
        "/docket",
        "/cases",
        "/grants",
        "/inquiries",
        "/custody",
        "/alerts",
        "/sessions",
        "/people",
    ),
    "attorney": ("/today", "/members", "/docket", "/cases/new", "/alerts/line", "/members/media"),
    "caseworker": ("/today", "/members", "/docket", "/services", "/log"),
}


@pytest.fixture
def night():
    """The whole test happens in that night: who signs in then is there."""
    with clock.at(NIGHT):
        yield


@pytest.fixture
def rosa(make: Make):
    return make.member(preferred_name="Quetzal", legal_name="Rosa Luna Quiroz", surnames="Luna Quiroz")


@pytest.mark.parametrize("role", PAGES)
def test_while_nobody_has_answered_every_page_of_who_may_know_says_so(
    make: Make, client_as: Callable[..., Client], night, rosa, role: str
) -> None:
    client = client_as(role)
    make.assign(rosa, client.user)
    alert = make.alert(member=rosa, by=make.user("volunteer", name="Beto Salas"))
    make.detention(rosa, from_on=NIGHT.date(), alert_id=alert.id)
    for path in PAGES[role]:
        page = client.get(path)
        assert page.status_code in (200, 404), path
        if page.status_code == 404:
            continue
        band = page.text.partition('id="alarm"')[2].partition("<main")[0]
        assert "Q. L., since 3:12 a.m." in band and "I have it" in band and f"/alerts/{alert.code}/answer" in band, path
        assert "Luna" not in band and "Quetzal" not in band


def test_nobody_else_is_told_and_it_costs_them_nothing(
    app: Flask, make: Make, client_as: Callable[..., Client], rosa
) -> None:
    paths = {
        "caseworker": "/docket",
        "volunteer": "/today",
        "development": "/gifts",
        "auditor": "/trail",
        "administrator": "/people",
    }
    clients = {role: client_as(role) for role in paths}
    before = {}
    for role, path in paths.items():
        clients[role].get(path)
        with app.app_context(), counted() as statements:
            clients[role].get(path)
        before[role] = len(statements)
    make.alert(member=rosa)
    for role, path in paths.items():
        with app.app_context(), counted() as statements:
            page = clients[role].get(path).text
        assert 'id="alarm"' not in page and "I have it" not in page, role
        assert len(statements) == before[role], role
        asked = [one for one in statements if "alert_resolution" in one]
        assert len(asked) <= (0 if role in ("development", "auditor", "administrator") else 2), role


def test_i_have_it_comes_back_to_the_same_page_where_one_quiet_line_stays(
    make: Make, client_as: Callable[..., Client], rosa
) -> None:
    lucia = client_as(user=make.user("attorney", name="Lucía Rey"))
    other = client_as("director")
    alert = make.alert(member=rosa)
    answer = lucia.post(f"/alerts/{alert.code}/answer", data={"back": "/docket"})
    assert answer.status_code == 302 and answer.headers["Location"] == "/docket"
    for client, path in ((lucia, "/docket"), (other, "/members"), (other, "/today")):
        band = client.get(path).text.partition('id="alarm"')[2].partition("<main")[0]
        assert "Lucía has it" in band and "I have it" not in band and "Q. L." not in band
    assert other.post(f"/alerts/{alert.code}/answer", data={"back": "https://example.org/x"}).status_code == 409
    assert other.post(f"/alerts/{alert.code}/resolution", data={"kind": "found"}).status_code == 302
    assert 'id="alarm"' not in other.get("/docket").text


def test_the_button_takes_it_in_place_so_that_what_is_being_typed_stays(
    make: Make, client_as: Callable[..., Client], rosa
) -> None:
    lucia, other = client_as(user=make.user("attorney", name="Lucía Rey")), client_as("director")
    alert = make.alert(member=rosa)
    for client in (lucia, other):  # the second is told who was first
        part = client.post(f"/alerts/{alert.code}/answer", data={"back": "/docket"}, headers={"HX-Request": "true"})
        assert part.status_code == 200 and "<html" not in part.text and "Lucía has it" in part.text


def test_a_volunteer_reads_it_and_is_not_offered_to_take_it(make: Make, client_as: Callable[..., Client], rosa) -> None:
    beto = client_as("volunteer")
    make.event(on=clock.today(), at=time(23, 59), people=[rosa], companions=[beto.user])
    make.alert(member=rosa)
    band = beto.get("/today").text.partition('id="alarm"')[2].partition("<main")[0]
    assert "Q." in band and "L." not in band and "I have it" not in band


def test_somebody_nobody_knows_yet_has_a_band_too(make: Make, client_as: Callable[..., Client]) -> None:
    make.alert(who="la señora del piso 7")
    page = client_as("director").get("/docket").text
    assert "AL-0001" in page and "I have it" in page and "piso 7" not in page


def test_it_stands_on_no_page_of_strangers_behind_no_lock_in_no_part_and_never_on_paper(
    make: Make, client_as: Callable[..., Client], client: Client, rosa
) -> None:
    director = client_as("director")
    alert = make.alert(member=rosa)
    for path in ("/give", "/sign-in", f"/alerts/{alert.code}/told"):
        assert 'id="alarm"' not in director.get(path).text, path
    assert 'id="alarm"' not in client.get("/give").text
    locked = client_as("director", seen=timedelta(hours=1))
    assert 'id="alarm"' not in locked.get("/unlock").text
    paper = (Path(__file__).parents[2] / "mexile/static/css/print.css").read_text()
    assert ".alarm" in next(line for line in paper.splitlines() if "display: none !important" in line)


def test_a_denied_call_leaves_its_one_row_though_an_alert_stands(
    app: Flask, make: Make, client_as: Callable[..., Client], rosa
) -> None:
    from tests.house.recorder import writes

    director = client_as("director")
    make.alert(member=rosa)
    with writes(app) as written:
        assert director.get("/members/ME-9999").status_code == 404
    assert written == ["trail"]


def test_the_line_that_stays_opens_no_name(in_app: Flask, make: Make, rosa) -> None:
    make.alert(member=rosa, held_by=make.user("attorney", name="Lucía Rey"))
    (line,) = standing_alerts(make.viewer("director"), opens=lambda row: row.holder_name is None)
    assert line.name is None and line.holder_name == "Lucía Rey"


# ---- the person's page -----------------------------------------------------------------


def test_a_detained_persons_page_begins_with_it(make: Make, client_as: Callable[..., Client], night, rosa) -> None:
    attorney = client_as(user=make.user("attorney", name="Lucía Rey"))
    make.event(on=NIGHT.date(), at=time(8, 30), people=[rosa], owner=attorney.user)
    alert = make.alert(member=rosa)
    make.detention(rosa, from_on=NIGHT.date(), alert_id=alert.id)
    page = attorney.get(f"/members/{rosa.code}").text
    assert page.index("</h1>") < page.index("Detained since") < page.index("I have it") < page.index('id="next"')
    assert page.count("I have it") == 1  # not beside it once more
    date = page[page.index('id="next"') :].partition("</section>")[0]
    assert "detained" in date and "Nobody accompanies" not in date
    attorney.post(f"/alerts/{alert.code}/answer", data={"back": f"/members/{rosa.code}"})
    page = attorney.get(f"/members/{rosa.code}").text
    head = page[page.index("</h1>") : page.index('class="tabs"')]
    assert "Detained since" in head and "Lucía has it" in head and "I have it" not in head
    attorney.post(f"/alerts/{alert.code}/resolution", data={"kind": "found"})
    head = attorney.get(f"/members/{rosa.code}").text
    head = head[head.index("</h1>") : head.index('class="tabs"')]
    assert "Detained since" in head and "has it" not in head


def test_a_detention_without_an_alert_stands_under_the_name_too(
    make: Make, client_as: Callable[..., Client], rosa
) -> None:
    make.detention(rosa, stays=[("PL-0006", NIGHT.date())])
    page = client_as("attorney").get(f"/members/{rosa.code}").text
    head = page[page.index("</h1>") : page.index('class="tabs"')]
    assert "Detained since" in head and "Otero" in head
    make.detention(other := make.member(), ended=NIGHT.date())
    page = client_as("attorney").get(f"/members/{other.code}").text
    assert "Detained since" not in page


# ---- dates -----------------------------------------------------------------------------


def test_the_dates_of_a_detained_person_say_so_wherever_they_stand(
    make: Make, client_as: Callable[..., Client], night, rosa
) -> None:
    attorney = client_as("attorney")
    case = make.case(member=rosa, attorney=attorney.user)
    day = NIGHT.date()
    event = make.event(on=day + timedelta(days=2), at=time(9), people=[rosa], owner=attorney.user, case_id=case.id)
    make.deadline(member=rosa, due_on=day + timedelta(days=3), owner=attorney.user)
    paths = (
        "/today",
        "/docket",
        "/docket?names=no",
        f"/events/{event.code}",
        f"/cases/{case.code}",
        "/events/verification",
        "/members",
    )
    paths += (f"/services/{make.service(people=[rosa]).code}/next-date",)
    for path in paths:
        assert 'class="tag now"' not in attorney.get(path).text, path
    make.detention(rosa, from_on=day)
    for path in paths:
        assert 'class="tag now"' in attorney.get(path).text, path
    assert attorney.get("/docket").text.count('class="tag now"') >= 2
    assert attorney.get("/today").text.count('class="tag now"') >= 2


def test_nobodys_headline_walks_to_court_with_somebody_detained(
    make: Make, client_as: Callable[..., Client], night, rosa
) -> None:
    lucia = client_as("caseworker")
    make.assign(rosa, lucia.user)
    ana = make.member(legal_name="Ana Reyes", assigned=lucia.user)
    beto = make.user("volunteer", name="Beto Salas")
    make.event(on=NIGHT.date(), at=time(8, 30), people=[rosa], owner=lucia.user, companions=[(beto, "driver", True)])
    make.detention(rosa, from_on=NIGHT.date())
    page = lucia.get("/today").text
    sentence = page.partition('<p class="sentence">')[2].partition("</p>")[0]
    assert "with Quetzal" not in sentence and "Beto" not in sentence and "detained" in sentence
    assert "Quetzal" in sentence
    make.event(on=NIGHT.date(), at=time(7), people=[rosa, ana], owner=lucia.user)
    sentence = lucia.get("/today").text.partition('<p class="sentence">')[2].partition("</p>")[0]
    assert "with Ana" in sentence and "with Quetzal" not in sentence and "detained" in sentence


def test_nothing_today_never_stands_where_someone_is_detained(
    make: Make, client_as: Callable[..., Client], night, rosa
) -> None:
    nora = client_as("caseworker")
    make.assign(rosa, nora.user)
    assert "Nothing today." in nora.get("/today").text or "No dates today." in nora.get("/today").text
    make.alert(member=rosa)
    page = nora.get("/today").text
    for words in ("Nothing today", "Nothing more today", "No dates today", "No more dates today"):
        assert words not in page


# ---- what the page of the alert says is true now ----------------------------------------


def test_the_family_is_told_what_is_true_now(make: Make, client_as: Callable[..., Client], rosa) -> None:
    nora = client_as(user=make.user("caseworker", name="Nora Paz"))
    ximena = client_as(user=make.user("attorney", name="Ximena Ejemplo"))
    make.assign(rosa, nora.user)
    alert = make.alert(member=rosa)
    url = f"/alerts/{alert.code}"

    def words(client: Client) -> str:
        return client.get(url).text.partition('id="family-words"')[2].partition("</section>")[0]

    said = words(nora)
    assert "attorney knows" not in said and "abogado también" not in said and "again today" not in said
    assert "telling them right now" in said and "Don't promise a call yet" in said
    nora.post(f"{url}/answer")
    said = words(ximena)
    assert (
        "Nora is working on it" in said
        and "Nora will call you again today" in said
        and "Nora les vuelve a llamar hoy" in said
    )
    assert "attorney knows" not in said and "promise a call" not in said
    nora.post(f"{url}/checks", data={"item": "attorney", "answer-done": "1"})
    assert "the attorney knows" in words(nora) and "Nora will call you again today" in words(nora)
    nora.post(f"{url}/handover")
    assert "again today" not in words(nora)
    ximena.post(f"{url}/answer")
    assert "the attorney knows" in words(nora) and "Ximena will call you again today" in words(nora)
    ximena.post(f"{url}/resolution", data={"kind": "released"})
    assert 'id="family-words"' not in ximena.get(url).text


@pytest.mark.once
@pytest.mark.parametrize("holder", [None, "Nora"])
@pytest.mark.parametrize("attorney_knows", [True, False])
def test_no_call_is_promised_that_nobody_owns(holder: str | None, attorney_knows: bool) -> None:
    words = family_words(holder, attorney_knows)
    assert ("call_again" in words) == (holder is not None)
    assert ("attorney_knows" in words) == attorney_knows
    terms = vocabulary("family_words")
    for code in words:
        for lang in ("en", "es"):
            assert holder or "%(name)s" not in terms[code].name(lang)


def test_the_page_says_which_number_to_call_first(make: Make, client_as: Callable[..., Client], rosa) -> None:
    ximena, own = make.user("attorney", name="Ximena Ejemplo"), make.user("attorney", name="Lucía Rey")
    make.in_line(ximena, phone="+19155550122")
    make.in_line(own, phone="+19155550111")
    make.case(member=rosa, attorney=own)
    alert = make.alert(member=rosa)
    page = client_as("director").get(f"/alerts/{alert.code}").text
    assert page.index("Call first: Lucía Rey") < page.index("tel:+19155550111") < page.index("Then Ximena Ejemplo")
    assert page.index("Then Ximena Ejemplo") < page.index("tel:+19155550122")


def test_a_thing_nobody_has_said_is_no_statement(make: Make, client_as: Callable[..., Client], rosa) -> None:
    alert = make.alert(member=rosa)
    page = client_as("director").get(f"/alerts/{alert.code}").text
    items = page[page.index('id="check-list"') :].partition("</section>")[0]
    assert items.count("<li id=") == items.count("nobody has said") == len(vocabulary("detention_check"))


def test_who_is_told_is_said_of_the_line_that_stands(make: Make, client_as: Callable[..., Client]) -> None:
    lucia = client_as("caseworker")

    def reads(path: str = "/alerts") -> str:
        return client_as("caseworker").get(path).text if path == "/alerts" else director.get(path).text

    assert "there is no attorney and no director" in lucia.get("/alerts").text
    director = client_as(user=make.user("director", name="Paz Directora"))
    for page in (reads(), reads("/alerts/line")):
        assert "Paz Directora alone is told by mail" in page
        assert "attorney is told" not in page and "five minutes later" not in page and "attorneys" not in page
    make.user("director")
    for page in (reads(), reads("/alerts/line")):
        assert "there is no attorney: a director is told by mail at once, the next one five minutes later" in page
    user = make.user("attorney", name="Ximena Abogada")
    assert "Nobody stands in the line: an attorney is told by mail at once, the next attorney or director" in reads()
    make.in_line(user)
    for page in (reads(), reads("/alerts/line")):
        assert "Ximena Abogada alone stands in the line" in page
        assert "five minutes later" not in page and "Nobody stands" not in page
    make.in_line(make.user("attorney"))
    for page in (reads(), reads("/alerts/line")):
        assert "The first in line is told by mail at once, the next one five minutes later" in page
        assert "alone" not in page and "Nobody stands" not in page


def test_a_letter_that_waits_has_told_nobody_yet(make: Make, client_as: Callable[..., Client]) -> None:
    make.in_line(make.user("attorney", name="Ximena Abogada"))
    lucia = client_as("caseworker")
    url = lucia.post("/alerts", data={"who": "Rosa"}).location
    page = lucia.get(url).text
    assert "the mail goes out since" in page and "told at" not in page
    make.write(lambda: db.session.execute(update(Job).where(Job.key.startswith("cases.alert:")).values(state="done")))
    page = lucia.get(url).text
    assert "told at" in page and "the mail goes out" not in page


def test_people_told_are_counted_once(in_app: Flask, make: Make) -> None:
    one, two = make.user("attorney"), make.user("director")
    make.alert(who="alguien", told=[one, two, one, two, one])
    assert standing_alerts(make.viewer("director"))[0].told == 2


def test_nothing_says_not_in_custody_where_only_no_detention_is_written(
    make: Make, client_as: Callable[..., Client], rosa
) -> None:
    make.alert(member=rosa)
    page = client_as("attorney").get(f"/members/{rosa.code}?part=all").text
    assert "Not in custody" not in page and "No detention is recorded." in page


def test_in_custody_whose_place_nobody_knows_comes_first(in_app: Flask, make: Make) -> None:
    day = NIGHT.date()
    old = make.detention(stays=[("PL-0006", day)], from_on=day - timedelta(days=90))
    lost = make.detention(from_on=day)
    assert [line.code for line in held_now(make.viewer("director"))] == [lost.code, old.code]
