"""A case is opened for its lead, shared with derivatives, seen by need-to-know, closed and opened again."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from mexile.access.viewer import Viewer
from mexile.cases.case.models import Case, CasePerson, CaseRelief
from mexile.cases.case.queries import attorney_of, cases_of
from mexile.cases.event.models import EventPerson
from mexile.cases.listing.queries import WantedCases, cases_page
from mexile.cases.proceeding.models import Proceeding
from mexile.deadlines.rule.actions import seed_rules
from mexile.ground import clock
from mexile.ground.db import db
from tests.counting import counted

DAY = date(2026, 3, 2)


@pytest.fixture
def family(make):
    """Lucía walks with Ana and her daughter; nobody told her of the third."""
    lucia, ximena = (
        make.user(role="caseworker", name="Lucía Ejemplo"),
        make.user(role="attorney", name="Ximena Ejemplo"),
    )
    ana = make.member(legal_name="Ana Reyes", assigned=lucia)
    luz = make.member(legal_name="Luz Reyes", assigned=lucia)
    hidden = make.member(legal_name="Berta Canaria")
    make.household(ana, luz)
    return lucia, ximena, ana, luz, hidden


def read(app, *what):
    with app.app_context():
        return db.session.execute(select(*what)).all()


def test_a_case_is_opened_with_the_household_and_what_it_asks_for(app, family, client_as):
    lucia, ximena, ana, luz, _ = family
    answer = client_as(user=lucia).post(
        f"/members/{ana.code}/cases/new",
        data={
            "kind": "asylum",
            "posture": "removal",
            "attorney_user_id": ximena.id,
            "derivatives": [luz.code],
            "reliefs": ["ASYL", "WCAT"],
            "filed_on": "2026-02-02",
        },
    )
    assert answer.location == "/cases/C-0001"
    people = dict(read(app, CasePerson.member_id, CasePerson.role))
    assert people == {ana.id: "lead", luz.id: "derivative"}
    assert {row.relief for row in read(app, CaseRelief.relief)} == {"ASYL", "WCAT"}
    (row,) = read(app, Case.key_id, Case.member_id, Case.forum)
    assert tuple(row) == (ana.key_id, ana.id, "eoir")
    with app.app_context():
        assert attorney_of(luz.id) == ximena.id


def test_a_case_filed_tomorrow_is_refused_in_words(family, client_as):
    lucia, _, ana, *_ = family
    tomorrow = clock.today() + timedelta(days=1)
    answer = client_as(user=lucia).post(
        f"/members/{ana.code}/cases/new",
        data={"kind": "asylum", "posture": "removal", "filed_on": tomorrow.isoformat()},
    )
    assert answer.status_code == 422 and "has not come yet" in answer.text


def test_who_walks_with_a_derivative_sees_the_case_and_not_the_others(make, family, client_as):
    _, _, ana, luz, hidden = family
    nora = make.user(role="caseworker")
    make.assign(luz, nora)
    make.case(member=hidden, derivatives=[luz])
    page = client_as(user=nora).get("/cases/C-0001")
    assert page.status_code == 200
    assert "Luz Reyes" in page.text and "Canaria" not in page.text
    assert "one person you don't accompany" in page.text


def test_a_former_caseworkers_old_link_leads_nowhere(make, family, client_as):
    lucia, _, ana, *_ = family
    case = make.case(member=ana)
    event = make.event(people=[ana], case_id=case.id)
    make.proceeding(case)
    old = make.user(role="caseworker")
    make.release(make.assign(ana, old, since=clock.now() - timedelta(days=30)), at=clock.now() - timedelta(days=1))
    client = client_as(user=old)
    for address in ("/cases/C-0001", "/cases/C-0001/edit", "/proceedings/P-0001/edit", f"/events/{event.code}"):
        assert client.get(address).status_code == 404, address
    assert client_as(user=lucia).get("/cases/C-0001").status_code == 200


def test_two_people_editing_one_case_lose_nothing(app, make, family, client_as):
    lucia, ximena, ana, *_ = family
    make.case(member=ana, posture="removal", opened_on=DAY)
    hers, his = client_as(user=lucia), client_as(user=ximena)
    typed = {"kind": "asylum", "opened_on": DAY.isoformat(), "version": "1"}
    assert hers.post("/cases/C-0001/edit", data={**typed, "posture": "bia"}).status_code == 302
    late = his.post("/cases/C-0001/edit", data={**typed, "posture": "circuit"})
    assert late.status_code == 409
    assert "Appeal at BIA" in late.text and "Petition for review" in late.text
    assert read(app, Case.posture) == [("bia",)]
    again = his.post("/cases/C-0001/edit", data={**typed, "version": "2", "posture": "circuit", "theirs": ["posture"]})
    assert again.status_code == 302
    assert read(app, Case.posture) == [("bia",)]


def test_closing_is_a_record_that_opening_again_ends(app, make, family, client_as):
    _, ximena, ana, *_ = family
    make.case(member=ana, attorney=ximena)
    client = client_as(user=ximena)
    assert client.post("/cases/C-0001/closure", data={"outcome": "asylum_grant"}).status_code == 302
    assert "Closed on" in client.get("/cases/C-0001?part=all").text
    assert client.post("/cases/C-0001/closure", data={"outcome": "other"}).status_code == 409
    with app.app_context():
        assert attorney_of(ana.id) is None
    assert client.post("/cases/C-0001/reopening").status_code == 302
    with app.app_context():
        assert attorney_of(ana.id) == ximena.id


def test_who_leaves_a_case_stays_in_its_history_and_the_lead_stays(app, make, family, client_as):
    lucia, _, ana, luz, _ = family
    make.case(member=ana, derivatives=[luz])
    client = client_as(user=lucia)
    assert client.post("/cases/C-0001/departure", data={"member": luz.code}).status_code == 302
    assert "until" in client.get("/cases/C-0001?part=all").text
    assert client.post("/cases/C-0001/departure", data={"member": ana.code}).status_code == 422
    assert client.post("/cases/C-0001/people", data={"member": ana.code}).status_code == 422
    assert client.post("/cases/C-0001/people", data={"member": luz.code}).status_code == 302
    assert len(read(app, CasePerson.id)) == 3


def test_a_date_of_a_case_is_shared_by_all_in_it_seen_or_not(app, make, family, client_as):
    lucia, _, ana, luz, hidden = family
    make.case(member=ana, derivatives=[luz, hidden])
    day = clock.today() + timedelta(days=20)
    answer = client_as(user=lucia).post(
        "/events/new?case=C-0001",
        data={
            "kind": "hearing",
            "known": "day",
            "on": day.isoformat(),
            "mode": "in_person",
            "people": [ana.code, luz.code],
        },
    )
    assert answer.status_code == 302
    assert {row.member_id for row in read(app, EventPerson.member_id)} == {ana.id, luz.id, hidden.id}


def _first_sentence(page: str) -> str:
    hero = re.search(r'class="hero.*?</section>', page, re.DOTALL)
    return hero.group() if hero else ""


def test_the_page_begins_with_whose_it_is_and_what_comes_first_a_deadline_or_a_date(make, family, client_as):
    lucia, _, ana, luz, _ = family
    case = make.case(member=ana, derivatives=[luz])
    client = client_as(user=lucia)
    assert "No date and no deadline" in _first_sentence(client.get("/cases/C-0001").text)
    soon = [clock.today() + timedelta(days=days) for days in range(1, 6)]
    make.event(people=[ana, luz], case_id=case.id, on=soon[3])
    make.event(people=[ana, luz], case_id=case.id, on=soon[0], precision="month")
    page = client.get("/cases/C-0001").text
    assert "Ana Reyes: " in page.partition("</h1>")[0] and f"/members/{ana.code}" in page.partition("<h1")[0]
    assert "/events/E-0001" in _first_sentence(page), "a month is no day"
    make.deadline(member=luz, due_on=soon[4])
    make.deadline(member=make.member(), due_on=soon[0])
    page = client.get("/cases/C-0001").text
    assert "/events/E-0001" in _first_sentence(page) and "/deadlines/DL-0001" in page and "DL-0002" not in page
    make.deadline(member=luz, due_on=soon[4], internal_on=soon[1])
    assert "/deadlines/DL-0003" in _first_sentence(client.get("/cases/C-0001").text), "our own target comes first"


def test_each_part_of_a_case_has_its_address_and_all_of_them_one(make, family, client_as):
    client, case = client_as(user=family[0]), make.case(member=family[2])
    make.proceeding(case)
    heads = {"now": 'id="dates"', "people": 'id="people"', "courts": 'id="proceedings"', "papers": 'id="privileged"'}
    for part, head in heads.items():
        page = client.get(f"/cases/{case.code}?part={part}").text
        assert [name for name, other in heads.items() if other in page] == [part] and head in page
    whole, odd = client.get(f"/cases/{case.code}?part=all").text, client.get(f"/cases/{case.code}?part='x").text
    assert all(head in whole for head in heads.values())
    assert heads["now"] in odd and heads["people"] not in odd


@pytest.mark.parametrize("count", [3, 12])
def test_the_list_is_two_queries_whatever_its_length(app, make, family, count):
    lucia, ximena, *_ = family
    for _ in range(count):
        make.case(attorney=ximena)
    viewer = Viewer(ximena.id, ximena.code, ximena.name, "en", frozenset({"attorney"}))
    with app.app_context(), counted() as statements:
        page = cases_page(viewer, WantedCases(), DAY)
    assert len(page.rows) == count
    assert len(statements) == 2


def test_the_list_goes_on_behind_its_last_case(app, make, family):
    _, ximena, *_ = family
    viewer = Viewer(ximena.id, ximena.code, ximena.name, "en", frozenset({"attorney"}))
    member = make.member()
    for _ in range(53):
        make.case(member=member)
    with app.app_context():
        first = cases_page(viewer, WantedCases(), DAY)
        rest = cases_page(viewer, WantedCases(page=2), DAY)
        behind = cases_page(viewer, WantedCases(page=9), DAY)
    assert (len(first.rows), len(rest.rows), rest.total) == (50, 3, 53)
    assert behind.rows == rest.rows, "a page behind the last is the last"


@pytest.mark.parametrize("sort", ["next", "-next", "attorney", "-attorney", "code", "-code"])
def test_the_list_is_sorted_by_its_columns_and_who_has_nothing_there_comes_last(make, family, client_as, sort):
    _, ximena, ana, luz, _ = family
    for member, attorney, days in ((ana, ximena, 9), (luz, make.user(role="attorney", name="Abril Ejemplo"), 4)):
        case = make.case(member=member, attorney=attorney)
        make.event(people=[member], case_id=case.id, on=clock.today() + timedelta(days=days))
    make.case(member=make.member())
    page = client_as(user=ximena).get(f"/cases?sort={sort}").text
    order = {"next": "213", "-next": "123", "attorney": "213", "-attorney": "123", "code": "123", "-code": "321"}[sort]
    assert "".join(re.findall(r'<th scope="row"><a href="/cases/C-000(\d)"', page)) == order
    assert "3 in all" in page and 'aria-sort="' in page


def test_the_member_page_shows_the_cases_in_one_query(app, make, family, client_as):
    lucia, ximena, ana, luz, _ = family
    make.case(member=ana, derivatives=[luz])
    viewer = Viewer(lucia.id, lucia.code, lucia.name, "en", frozenset({"caseworker"}))
    with app.app_context(), counted() as statements:
        (line,) = cases_of(viewer, luz.id)
    assert (line.code, line.role, len(statements)) == ("C-0001", "derivative", 1)
    page = client_as(user=lucia).get(f"/members/{luz.code}?part=all").text
    assert "C-0001" in page and "included in the case" in page


def test_the_theory_is_the_attorneys_and_whom_they_delegated(app, make, family, client_as):
    lucia, ximena, ana, *_ = family
    make.case(member=ana)
    elena = make.user(role="director")
    attorney = client_as(user=ximena)
    words = {"version": "0", "nexus": "Porque denunció", "grounds": ["political"], "relocation": ["pursuit"]}
    assert attorney.post("/cases/C-0001/theory", data=words).status_code == 302
    for outsider in (lucia, elena):
        assert client_as(user=outsider).get("/cases/C-0001/theory").status_code == 404
        assert "Open the theory" not in client_as(user=outsider).get("/cases/C-0001?part=all").text
    assert client_as(user=lucia).post("/cases/C-0001/delegations", data={"user_id": lucia.id}).status_code == 404
    assert attorney.post("/cases/C-0001/delegations", data={"user_id": lucia.id}).status_code == 302
    page = client_as(user=lucia).get("/cases/C-0001/theory")
    assert "Porque denunció" in page.text
    assert "%" not in page.text.partition("<main")[2].partition("</main>")[0]
    assert client_as(user=lucia).post("/cases/C-0001/theory", data=words).status_code == 409
    assert attorney.post("/cases/C-0001/delegations/1/end").status_code == 302
    assert client_as(user=lucia).get("/cases/C-0001/theory").status_code == 404


def test_each_reading_of_the_theory_stands_in_the_trail(app, make, family, client_as):
    _, ximena, ana, *_ = family
    make.theory(make.case(member=ana), nexus="Porque denunció")
    client_as(user=ximena).get("/cases/C-0001/theory")
    with app.app_context():
        from mexile.ground.trail import TrailRow

        details = db.session.scalars(select(TrailRow.detail).where(TrailRow.act == "read")).all()
    assert any("case_theory.nexus" in detail for detail in details)


def test_mpp_is_offered_where_somebody_is_not_mexican_and_asked_about_otherwise(app, make, client_as):
    ximena = make.user(role="attorney")
    mexican, other = make.member(nationality="MX"), make.member(nationality="GT")
    make.case(member=mexican)
    make.case(member=other)
    client = client_as(user=ximena)
    assert "Remain in Mexico" not in client.get("/cases/C-0001?part=all").text
    assert "Remain in Mexico" in client.get("/cases/C-0002?part=all").text
    typed = {"placed_on": "2019-07-02", "asked_on": "2019-07-20", "asked_of": "port_director"}
    warned = client.post("/cases/C-0001/mpp/new", data={**typed, "member": mexican.code})
    assert warned.status_code == 422 and "MPP never covered Mexicans" in warned.text
    assert client.post("/cases/C-0001/mpp/new", data={**typed, "member": mexican.code, "sure": "y"}).status_code == 302
    assert client.post("/cases/C-0002/mpp/new", data={**typed, "member": other.code}).status_code == 302
    early = {**typed, "member": other.code, "answer": "refused", "answered_on": "2019-07-10", "version": "1"}
    assert client.post("/cases/C-0002/mpp/2", data=early).status_code == 422
    assert client.post("/cases/C-0002/mpp/2", data={**early, "answered_on": "2019-08-10"}).status_code == 302
    assert "Refused" in client.get("/cases/C-0002?part=all").text
    late = {**typed, "member": other.code, "reason": "health", "version": "1"}
    asked = client_as("attorney").post("/cases/C-0002/mpp/2", data=late)
    assert asked.status_code == 409 and "Stands now" in asked.text and "Refused" in asked.text
    kept = {**late, "version": "2", "theirs": ["answer", "answered_on"]}
    assert client_as("attorney").post("/cases/C-0002/mpp/2", data=kept).status_code == 302
    assert "Refused" in client.get("/cases/C-0002?part=all").text


def test_a_proceeding_has_court_and_judge_and_ends_with_a_decision(app, make, family, client_as):
    lucia, _, ana, *_ = family
    court, judge = make.place(name="Corte Ejemplo"), make.judge(name="Juzgador A")
    make.case(member=ana)
    client = client_as(user=lucia)
    typed = {"kind": "removal", "place_id": court.id, "judge_id": judge.id, "began_on": "2026-01-05"}
    assert client.post("/cases/C-0001/proceedings/new", data=typed).status_code == 302
    assert (
        client.post("/proceedings/P-0001/decision", data={"outcome": "denied_removed", "on": "2025-12-01"}).status_code
        == 422
    )
    assert (
        client.post("/proceedings/P-0001/decision", data={"outcome": "denied_removed", "on": "2026-03-01"}).status_code
        == 302
    )
    page = client.get("/cases/C-0001?part=all").text
    assert "Corte Ejemplo" in page and "Juzgador A" in page and "Denied, removal ordered" in page


def test_a_hearing_is_of_one_proceeding_and_stands_on_its_page(app, make, family, client_as):
    lucia, _, ana, *_ = family
    case = make.case(member=ana)
    removal, bond = make.proceeding(case), make.proceeding(case, kind="bond")
    strange = make.proceeding(make.case(member=make.member(assigned=lucia)))
    client = client_as(user=lucia)
    assert f'<option value="{bond.id}">Bond P-0002' in client.get("/events/new?case=C-0001").text
    on = (clock.today() + timedelta(days=9)).isoformat()
    typed = {"kind": "hearing", "known": "day", "on": on, "at": "9:00", "place": "Corte", "people": [ana.code]}
    refused = client.post("/events/new?case=C-0001", data={**typed, "proceeding_id": strange.id})
    assert refused.status_code == 422
    assert client.post("/events/new?case=C-0001", data={**typed, "proceeding_id": bond.id}).status_code == 302
    assert "/events/E-0001" in client.get("/proceedings/P-0002/edit").text
    assert "/proceedings/P-0002/edit" in client.get("/events/E-0001").text
    changed = client.post("/events/E-0001/edit", data={**typed, "proceeding_id": removal.id, "version": "1"})
    assert changed.status_code == 302
    assert "/events/E-0001" in client.get("/proceedings/P-0001/edit").text
    make.write(lambda: db.session.delete(db.session.get(Proceeding, bond.id)))
    assert f'<option selected value="{removal.id}">' in client.get("/events/new?case=C-0001").text, (
        "the only one that waits"
    )


def test_a_wrong_decision_is_taken_back_and_its_deadlines_are_named(app, make, family, client_as):
    lucia, _, ana, *_ = family
    make.write(seed_rules)
    case = make.case(member=ana)
    make.proceeding(case)
    client = client_as(user=lucia)
    said = {"outcome": "asylum_grant", "on": "2026-03-01"}
    assert client.post("/proceedings/P-0001/decision", data=said).status_code == 302
    page = client.get("/cases/C-0001?part=all").text
    assert f"/members/{ana.code}/happened?trigger=asylum_grant_date&amp;on=2026-03-01" in page
    follows = client.get(f"/members/{ana.code}/happened?trigger=asylum_grant_date&on=2026-03-01").text
    assert 'value="I730_FOLLOW_TO_JOIN" checked' in follows
    ticked = {
        "trigger": "asylum_grant_date",
        "on": "2026-03-01",
        "rule": "I730_FOLLOW_TO_JOIN",
        "owner_user_id": lucia.id,
    }
    assert client.post(f"/members/{ana.code}/deadlines", data=ticked).status_code == 302
    assert "happened?trigger" not in client.get("/cases/C-0001?part=all").text
    assert client.post("/proceedings/P-0001/decision/void", data={"decision": "7"}).status_code == 409
    assert "hang on it" in client.get("/proceedings/P-0001/edit").text
    for status in (302, 409):
        assert client.post("/proceedings/P-0001/decision/void", data={"decision": "1"}).status_code == status
    for address in ("/cases/C-0001", "/proceedings/P-0001/edit"):
        text = client.get(address).text
        assert "1 deadline came from a decision" in text and "/deadlines/DL-0001#close" in text
    assert "no decision yet" in client.get("/cases/C-0001?part=all").text
    assert "taken back: " in client.get("/proceedings/P-0001/edit").text
    client.post("/proceedings/P-0001/decision", data=said)
    assert "1 deadline came" not in client.get("/cases/C-0001?part=all").text, (
        "it stands again, and so does what hangs on it"
    )
    client.post("/proceedings/P-0001/decision", data={"outcome": "withholding", "on": "2026-03-01"})
    assert "1 deadline came" in client.get("/cases/C-0001?part=all").text


def test_places_are_pasted_all_or_none_with_every_line_that_is_wrong(app, make, client_as):
    from mexile.cases.place.models import Place

    client = client_as("caseworker")
    lines = "name\tkind\tzone\tstate\tcircuit\nCorte Uno\tcourt\tAmerica/Chicago\tTX\t5\nCorte Dos\ttribunal\tMars/Base\tTexas\t40"
    wrong = client.post("/places/import", data={"lines": lines})
    assert wrong.status_code == 422
    assert wrong.text.count("Line 3") >= 4 and read(app, Place.name) == []
    good = "\n".join(lines.splitlines()[:2])
    assert client.post("/places/import", data={"lines": good}).status_code == 302
    assert client.post("/places/import", data={"lines": good}).status_code == 302
    assert read(app, Place.name, Place.zone, Place.circuit) == [("Corte Uno", "America/Chicago", 5)]


def test_the_first_places_are_laid_once_and_juarez_has_its_own_zone(app, make):
    from mexile.cases.place.actions import seed_places
    from mexile.cases.place.models import Place

    assert make.write(seed_places) == 15
    assert make.write(seed_places) == 0
    zones = dict(read(app, Place.code, Place.zone))
    assert (zones["PL-0014"], zones["PL-0002"]) == ("America/Ciudad_Juarez", "America/Denver")
    with app.app_context():
        circuits = dict(db.session.execute(select(Place.office_code, Place.circuit)).all())
        assert (circuits["EPD"], circuits["OTO"]) == (5, 10)
        assert db.session.scalar(select(func.count()).select_from(Place)) == 15


def test_a_refused_decision_leaves_the_form_beside_it_as_it_stands(app, make, family, client_as):
    lucia, _, ana, *_ = family
    make.case(member=ana)
    client = client_as(user=lucia)
    typed = {"kind": "removal", "began_on": "2026-01-05"}
    assert client.post("/cases/C-0001/proceedings/new", data=typed).status_code == 302
    refused = client.post("/proceedings/P-0001/decision", data={"outcome": "asylum_grant", "on": "2025-01-01"})
    assert refused.status_code == 422
    assert re.search(r'name="began_on"[^>]*value="[^"]*2026', refused.text)
