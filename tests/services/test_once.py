"""One encounter counts once: the line, "Done", the sheet, a colleague, and two at the same moment."""

from datetime import time, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, update

from mexile.cases.event.models import Event, EventOutcome, EventOutcomeVoid
from mexile.ground import clock
from mexile.ground.db import db
from mexile.services.service.models import Service, ServicePerson, ServiceVoid

DONE = {"outcome": "done", "back": "/today"}


@pytest.fixture
def nora(make, house):
    """A colleague of Lucía's who walks with Ana too."""
    nora = make.user(role="caseworker", name="Nora Ríos")
    make.assign(house.ana, nora)
    return nora


@pytest.fixture
def hearing(make, house):
    """Today's hearing of Ana and Luis, of which Lucía takes care."""
    return make.event(on=clock.today(), at=time(0, 30), owner=house.lucia, people=[house.ana, house.luis])


def log(client, line, **more):
    return client.post("/services/log", data={"line": line, "back": "/today", **more})


def standing(app):
    """(service, member) of all that counts."""
    with app.app_context():
        voids = select(ServiceVoid.service_id)
        where = (ServicePerson.service_id == Service.id) & Service.id.not_in(voids)
        return sorted(db.session.execute(select(Service.id, ServicePerson.member_id).join(ServicePerson, where)).all())


def outcomes(app):
    with app.app_context():
        voids = select(EventOutcomeVoid.outcome_id)
        return list(db.session.scalars(select(EventOutcome.outcome).where(EventOutcome.id.not_in(voids))))


def closed(app):
    """The dates that have their outcome."""
    with app.app_context():
        voids = select(EventOutcomeVoid.outcome_id)
        have = select(EventOutcome.event_id).where(EventOutcome.id.not_in(voids))
        return list(db.session.scalars(select(Event.code).where(Event.id.in_(have)).order_by(Event.code)))


def test_a_line_closes_the_open_date_of_its_kind_and_day_and_says_so(app, house, lucia, hearing):
    read = lucia.post("/services/reading", data={"line": "ana corte"}).text
    assert "It closes the open date: Hearing" in read and "1 person of that date is not in this line." in read
    answer = log(lucia, "ana corte")
    assert "Its date is closed." in lucia.get(answer.location).text
    assert outcomes(app) == ["done"] and standing(app) == [(1, house.ana.id)]
    assert lucia.post("/events/E-0001/outcome", data=DONE).status_code == 409
    assert "To close" not in lucia.get("/today").text


PLAIN = {"version": "1", "minutes": "20", "place": "court", "mode": "in_person"}
WRITES = {
    "the line of any page": ("/services/log", {"line": "ana corte"}),
    "the line with a note": ("/services/log", {"line": "ana corte", "note": "went well", "minutes": "20"}),
    "done on the date": ("/events/E-0001/outcome", DONE),
    "the sheet of the date": ("/events/E-0001/outcome", {**DONE, "step": "save", "logs": "y"}),
    "continued": (
        "/events/E-0001/outcome",
        {"outcome": "continued", "clock_cause": "court", "step": "save", "logs": "y"},
    ),
    "again": ("/services/S-00001/again", {}),
    "again, although it asked": ("/services/S-00001/again", {"again": "yes"}),
    "a correction of the day": ("/services/S-00001/correction", {**PLAIN, "on": "{today}"}),
}


@pytest.mark.parametrize("way", WRITES)
def test_each_way_to_write_a_service_closes_the_open_date_it_is_the_encounter_of(app, make, house, lucia, hearing, way):
    yesterday = clock.today() - timedelta(days=1)
    make.service(people=[house.ana], by=house.lucia, type_code="acc_court", on=yesterday)
    url, typed = WRITES[way]
    typed = {name: value.format(today=clock.today()) for name, value in typed.items()}
    answer = lucia.post(url, data={"back": "/today", **typed})
    assert answer.status_code == 302, answer.text
    assert len(outcomes(app)) == 1
    today = [member for service, member in standing(app) if service != 1 or "correction" in way]
    assert today.count(house.ana.id) == 1
    again = lucia.post("/events/E-0001/outcome", data=DONE)
    assert again.status_code == 409


@pytest.mark.parametrize("url", ["/events/E-0001/outcome/void", "/services/S-00001/undo"])
def test_undo_of_the_line_opens_its_date_again(app, house, lucia, hearing, url):
    log(lucia, "ana corte")
    assert lucia.post(url, data={"back": "/today"}).status_code == 302
    assert outcomes(app) == [] and standing(app) == []
    assert lucia.post("/events/E-0001/outcome", data=DONE).status_code == 302
    assert {member for _, member in standing(app)} == {house.ana.id, house.luis.id}


def test_an_entry_that_moves_to_another_day_opens_the_date_it_closed_and_closes_its_own(
    app, make, house, lucia, hearing
):
    make.event(on=clock.today() - timedelta(days=1), at=time(0, 30), owner=house.lucia, people=[house.ana])
    log(lucia, "ana corte ayer")
    assert closed(app) == ["E-0002"]
    lucia.post("/services/S-00001/correction", data={**PLAIN, "on": f"{clock.today()}"})
    assert closed(app) == ["E-0001"] and standing(app) == [(1, house.ana.id)]


def test_a_cancelled_entry_opens_the_date_it_closed(app, house, lucia, hearing):
    log(lucia, "ana corte")
    lucia.post("/services/S-00001/void", data={"reason": "the wrong person"})
    assert outcomes(app) == [] and standing(app) == []


def test_a_cancelled_entry_leaves_a_date_closed_of_which_more_was_said(app, house, lucia, hearing):
    lucia.post(
        "/events/E-0001/outcome", data={"outcome": "continued", "clock_cause": "court", "step": "save", "logs": "y"}
    )
    lucia.post("/services/S-00001/void", data={"reason": "nobody was there"})
    assert outcomes(app) == ["continued"] and standing(app) == []


@pytest.mark.parametrize("line", ["ana ice", "ana corte ayer", "mario corte"])
def test_a_line_of_another_kind_day_or_person_closes_nothing(app, house, lucia, hearing, line):
    log(lucia, line)
    assert outcomes(app) == []


def test_a_date_closed_by_again_opens_again_with_undo(app, make, house, lucia, hearing):
    make.service(people=[house.ana], by=house.lucia, type_code="acc_court", on=clock.today() - timedelta(days=1))
    answer = lucia.post("/services/S-00001/again", data={"back": "/today"})
    assert "Its date is closed." in lucia.get(answer.location).text
    lucia.post("/services/S-00002/undo", data={"back": "/today"})
    assert outcomes(app) == [] and standing(app) == [(1, house.ana.id)]


def test_of_two_open_dates_a_line_closes_neither_and_done_asks(app, make, house, lucia, hearing):
    make.event(on=clock.today(), at=time(0, 45), owner=house.lucia, people=[house.ana])
    log(lucia, "ana corte")
    assert outcomes(app) == []
    answer = lucia.post("/events/E-0002/outcome", data=DONE)
    assert answer.status_code == 422 and "logged today already" in answer.text and "S-00001" in answer.text
    assert (
        lucia.post("/events/E-0002/outcome", data={**DONE, "step": "save", "logs": "y", "again": "no"}).status_code
        == 302
    )
    assert standing(app) == [(1, house.ana.id)] and outcomes(app) == ["done"]


def test_a_colleague_is_asked_before_it_is_logged_again(app, house, lucia, nora, client_as):
    log(lucia, "ana terapia")
    her = client_as(user=nora)
    read = her.post("/services/reading", data={"line": "ana terapia"}).text
    assert (
        "logged today already" in read
        and "Lucía Ortega" in read
        and 'name="again"' in read
        and "data-ready" not in read
    )
    answer = log(her, "ana terapia")
    assert answer.status_code == 422 and answer.text.partition('class="reading"')[2].count("Log it again?") == 1
    assert len(standing(app)) == 1
    assert log(her, "ana terapia", again="yes").status_code == 302
    assert len(standing(app)) == 2


@pytest.mark.parametrize(("line", "status"), [("ana terapia ayer", 302), ("ana consulta", 302), ("mario terapia", 302),
                                              ("ana mario terapia", 422), ("ana +fam terapia", 422)])  # fmt: skip
def test_another_day_kind_or_person_is_not_asked(app, house, lucia, line, status):
    log(lucia, "ana terapia")
    assert log(lucia, line).status_code == status


def test_what_was_taken_back_is_no_reason_to_ask(app, house, lucia):
    log(lucia, "ana terapia")
    lucia.post("/services/S-00001/undo", data={"back": "/today"})
    assert log(lucia, "ana terapia").status_code == 302


def test_done_leaves_out_who_has_it_already_unless_one_says_so(app, make, house, lucia, nora, client_as):
    yesterday = clock.today() - timedelta(days=1)
    log(client_as(user=nora), "ana ice ayer")
    for code in ("E-0001", "E-0002"):
        make.event(code=code, kind="ice_checkin", on=yesterday, owner=house.lucia, people=[house.ana, house.luis])
    asked = lucia.post("/events/E-0001/outcome", data=DONE)
    assert asked.status_code == 422 and "Nora Ríos" in asked.text and 'name="again" value="no" checked' in asked.text
    assert "Nora Ríos" in lucia.post("/events/E-0001/outcome", data={**DONE, "step": "look"}).text
    save = {**DONE, "step": "save", "logs": "y"}
    lucia.post("/events/E-0001/outcome", data={**save, "again": "no"})
    assert standing(app) == [(1, house.ana.id), (2, house.luis.id)]
    lucia.post("/events/E-0002/outcome", data={**save, "again": "yes"})
    assert len(standing(app)) == 4


def test_again_today_asks_and_the_other_day_does_not(app, house, make, lucia):
    log(lucia, "ana terapia")
    asked = lucia.post("/services/S-00001/again", data={"back": "/today"})
    assert asked.status_code == 422 and "Log it again?" in asked.text and len(standing(app)) == 1
    assert lucia.post("/services/S-00001/again", data={"back": "/today", "again": "yes"}).status_code == 302
    assert len(standing(app)) == 2


@pytest.mark.parametrize("way", ["line", "done"])
def test_two_at_once_count_once(app, make, house, nora, client_as, way):
    """The check is made inside the write: of two at the same moment the second is asked."""
    if way == "done":
        for owner in (house.lucia, nora):
            make.event(kind="group", on=clock.today() - timedelta(days=1), owner=owner, people=[house.ana])
    clients, gate, answers = [client_as(user=house.lucia), client_as(user=nora)], Barrier(2), []

    def press(n):
        gate.wait()
        answers.append(
            log(clients[n], "ana terapia")
            if way == "line"
            else clients[n].post(f"/events/E-000{n + 1}/outcome", data=DONE)
        )

    threads = [Thread(target=press, args=(n,)) for n in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert [member for _, member in standing(app)] == [house.ana.id]


# ---- the household outside one's caseload ---------------------------------------------


def test_the_household_one_may_not_see_is_said_and_counted_if_one_says_so(app, make, house, lucia):
    make.household((house.mario, "head"), (make.member(legal_name="Eva Canaria"), "partner"), (make.member(), "child"))
    read = lucia.post("/services/reading", data={"line": "mario +fam comida"}).text
    assert (
        "And 2 of the household whom you may not see." in read and "Canaria" not in read and "Counts 1 person." in read
    )
    log(lucia, "mario +fam comida")
    counted = lucia.post("/services/reading", data={"line": "mario +fam comida ayer", "count_hidden": "yes"}).text
    assert "Counts 3 people." in counted
    log(lucia, "mario +fam comida ayer", count_hidden="yes")
    with app.app_context():
        rows = db.session.execute(select(Service.others, Service.quantity).order_by(Service.id)).all()
    assert rows == [(0, 1), (2, 3)] and {member for _, member in standing(app)} == {house.mario.id}


def test_nobody_hidden_is_no_question(house, lucia):
    assert "whom you may not see" not in lucia.post("/services/reading", data={"line": "ana +fam comida"}).text


# ---- how an act is counted, and how it is corrected -------------------------------------


@pytest.mark.parametrize(
    ("line", "quantity", "words"),
    [
        ("ana +fam comida", 3, "Counts 3 people."),
        ("ana mario safety plan", 2, "Counts 2 households."),
        ("ana +fam safety plan", 1, "Counts 1 household."),
        ("ana traducción 12 páginas", 12, "Counts 12 pages."),
        ("ana albergue 1 noche", 1, "Counts 1 night."),
        ("ana +fam ice", 1, None),
        ("ana transporte 3", 3, None),
        ("ana +39 comida", 40, "Counts 40 people."),
    ],
)
def test_a_quantity_follows_the_rule_of_its_kind_and_is_said_before_saving(app, house, lucia, line, quantity, words):
    read = lucia.post("/services/reading", data={"line": line}).text
    assert words is None or words in read
    assert log(lucia, line).status_code == 302
    with app.app_context():
        assert db.session.scalar(select(Service.quantity)) == quantity


@pytest.mark.parametrize(
    ("line", "more"), [("ana comida 12 pages", {}), ("ana comida", {"quantity": "12", "note": ""})]
)
def test_food_has_no_pages_and_no_number_beside_its_people(app, house, lucia, line, more):
    assert log(lucia, line, **more).status_code == 422
    assert standing(app) == []


def correct(client, **more):
    values = {"version": "1", "on": clock.today().isoformat(), "minutes": "50", "place": "office", "mode": "in_person"}
    return client.post("/services/S-00001/correction", data={**values, **more})


def test_a_correction_passes_the_checks_of_a_new_entry(app, make, house, lucia):
    log(lucia, "ana terapia")
    log(lucia, "ana terapia ayer")
    before = (house.ana.joined_on - timedelta(days=1)).isoformat()
    for values, words in [
        ({"on": before}, "Is the day right?"),
        ({"on": (clock.today() - timedelta(days=1)).isoformat()}, "Log it again?"),
        ({"on": (clock.today() + timedelta(days=1)).isoformat()}, "has not come yet"),
    ]:
        answer = correct(lucia, **values)
        assert answer.status_code == 422 and words in answer.text
    assert 'name="before_intake" value="yes"' in correct(lucia, on=before).text
    assert correct(lucia, on=before, before_intake="yes").status_code == 302
    make.closure(house.ana)
    answer = correct(lucia, version="2")
    assert answer.status_code == 422 and f"{house.ana.code} is closed" in answer.text


def test_a_correction_of_the_minutes_asks_as_a_new_entry_would_where_somebody_has_it_already(app, make, house, lucia):
    log(lucia, "ana terapia")
    make.service(people=[house.ana], by=house.lucia, type_code="therapy", on=clock.today())
    asked = correct(lucia, minutes="20")
    assert asked.status_code == 422 and "Log it again?" in asked.text and 'name="again" value="yes"' in asked.text
    assert correct(lucia, minutes="20", again="yes").status_code == 302


def test_a_correction_refuses_a_quantity_that_its_kind_counts_itself(app, house, lucia):
    log(lucia, "ana +fam comida")
    answer = correct(lucia, quantity="12")
    assert answer.status_code == 422 and "Leave the quantity empty." in answer.text and 'value="12"' in answer.text
    with app.app_context():
        assert db.session.execute(select(Service.quantity, Service.version)).one() == (3, 1)


def test_a_correction_keeps_what_it_leaves_empty_and_is_needed_and_takes_away_what_is_not(app, make, house, lucia):
    make.service(people=[house.ana], by=house.lucia, type_code="translate", on=clock.today(), quantity=7, minutes=33)
    make.write(lambda: db.session.execute(update(Service).values(amount_cents=900)))
    assert correct(lucia, minutes="", quantity="", amount="").status_code == 302
    with app.app_context():
        row = db.session.execute(select(Service.quantity, Service.minutes, Service.amount_cents)).one()
    assert row == (7, 33, None)


def test_a_stale_correction_shows_both_and_loses_nothing(app, house, lucia):
    log(lucia, "ana terapia")
    assert correct(lucia, minutes="75").status_code == 302
    stale = correct(lucia, minutes="20", place="court")
    assert stale.status_code == 409
    assert "What stands there now" in stale.text and "1 h 15 min" in stale.text and 'value="20"' in stale.text
    assert correct(lucia, version="2", minutes="20").status_code == 302


def test_what_was_written_before_a_rule_keeps_its_quantity(app, make, house, lucia):
    make.service(people=[house.ana, house.luis], by=house.lucia, type_code="food", on=clock.today(), quantity=1)
    assert correct(lucia, minutes="20").status_code == 302
    with app.app_context():
        assert db.session.execute(select(Service.quantity, Service.minutes)).one() == (1, 20)
