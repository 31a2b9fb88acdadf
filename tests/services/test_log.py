"""Logging a service from the bar: once, for everybody named, within one's rights, with words when it can't."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from mexile.access.trail.actions import settle_all
from mexile.ground import clock, seal
from mexile.ground.db import db
from mexile.ground.trail import TrailRow
from mexile.services.service.models import Service, ServicePerson, ServiceVoid

TOKEN = "a-form-token-of-the-tests"


def rows(app, *what):
    with app.app_context():
        return db.session.execute(select(*what)).all()


def logged(app):
    return rows(app, Service.code, Service.type_code, Service.on, Service.minutes, Service.others, Service.quantity)


def people_of(app):
    return {row.member_id for row in rows(app, ServicePerson.member_id)}


def log(client, line, **more):
    return client.post("/services/log", data={"line": line, "back": "/today", **more})


def test_one_line_logs_one_service_with_what_is_usual(app, house, lucia):
    answer = log(lucia, "ana ice")
    assert (answer.status_code, answer.location) == (302, "/today?logged=S-00001")
    assert logged(app) == [("S-00001", "acc_ice", clock.today(), 120, 0, 1)]
    assert people_of(app) == {house.ana.id}


def test_a_household_is_one_act_with_its_people_and_never_copies(app, house, lucia):
    assert log(lucia, "ana +fam comida ayer").status_code == 302
    ((_, type_code, on, _, others, quantity),) = logged(app)
    assert (type_code, on, others, quantity) == ("food", clock.today() - timedelta(days=1), 0, 3)
    assert people_of(app) == {house.ana.id, house.luis.id, house.rosa.id}


def test_the_people_of_an_act_carry_its_day_and_kind(app, house, lucia):
    log(lucia, "ana mario terapia ayer")
    found = rows(app, ServicePerson.on, ServicePerson.type_code)
    assert found == [(clock.today() - timedelta(days=1), "therapy")] * 2


def test_a_double_click_logs_once_and_leads_to_the_same_page(app, house, lucia):
    answers = [log(lucia, "ana ice", form_token=TOKEN) for _ in range(3)]
    assert {answer.location for answer in answers} == {"/today?logged=S-00001"}
    assert len(logged(app)) == 1


def test_somebody_elses_person_refuses_the_whole_with_words(app, house, lucia):
    answer = log(lucia, f"ana {house.berta.code} ice")
    assert answer.status_code == 422
    assert house.berta.code in answer.text
    assert "Canaria" not in answer.text
    assert logged(app) == []


def test_a_chosen_person_outside_ones_rights_refuses_the_whole(app, house, lucia):
    picks = {"pick-0": [f"ana=person:{house.ana.code}", f"berta=person:{house.berta.code}"]}
    answer = log(lucia, "ana berta ice", **picks)
    assert answer.status_code == 422
    assert "Canaria" not in answer.text
    assert logged(app) == []


def test_what_could_be_two_things_is_asked_and_nothing_saved(app, house, make, lucia):
    make.member(legal_name="Domingo Vela", assigned=house.lucia)
    answer = log(lucia, "domingo ice")
    assert answer.status_code == 422
    assert 'value="domingo=person:' in answer.text
    assert 'value="domingo=day:' in answer.text
    assert logged(app) == []


def test_a_choice_made_without_javascript_saves(app, house, make, lucia):
    domingo = make.member(legal_name="Domingo Vela", assigned=house.lucia)
    answer = log(lucia, "domingo ice", **{"pick-0": f"domingo=person:{domingo.code}"})
    assert answer.status_code == 302
    assert people_of(app) == {domingo.id}


def test_the_two_fields_without_javascript_are_read_as_one_line(app, house, lucia):
    assert log(lucia, "ana", what="ice 2h ayer").status_code == 302
    assert logged(app)[0][1:4] == ("acc_ice", clock.today() - timedelta(days=1), 120)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("ana ice 25h", "A day has 24 hours"),
        ("ana ice 2099-03-12", "has not come yet"),
        ("ana ice 31/02", "no day of the calendar"),
        ("ana", "What was done"),
        ("ice", "Who was it for"),
        ("ana emergency", "How many dollars"),
        ("", "Write who it was for"),
        ("ana ice " + "x" * 500, "characters long"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(app, house, lucia, line, words):
    answer = log(lucia, line)
    assert answer.status_code == 422
    assert words in answer.text
    assert logged(app) == []
    assert line[:20] in answer.text


def test_a_day_before_intake_is_asked_and_can_be_confirmed(app, house, lucia):
    line = "ana ice 2024-12-01"
    answer = log(lucia, line)
    assert answer.status_code == 422
    assert "Is the day right?" in answer.text
    assert logged(app) == []
    assert log(lucia, line, before_intake="yes").status_code == 302
    assert logged(app)[0].on == date(2024, 12, 1)


def test_a_closed_member_is_refused_with_words(app, house, make, lucia):
    make.closure(house.mario)
    answer = log(lucia, "mario consulta")
    assert answer.status_code == 422
    assert "is closed" in answer.text
    assert logged(app) == []


def test_the_fields_beside_the_line_go_before_it(app, house, lucia):
    log(lucia, "ana ice 2h", minutes="45", place="office", mode="phone", others="2", on="yesterday")
    (row,) = rows(app, Service.minutes, Service.place, Service.mode, Service.others, Service.on)
    assert row == (45, "office", "phone", 2, clock.today() - timedelta(days=1))


def test_a_note_is_sealed_under_the_persons_own_key(app, house, lucia):
    log(lucia, "ana ice", note="a word about the hearing")
    with app.app_context(), seal.silent():
        (service,) = db.session.scalars(select(Service)).all()
        assert service.key_id == house.ana.key_id
        assert b"hearing" not in service.note_enc
        assert service.note == "a word about the hearing"


def test_a_note_about_several_people_has_a_key_of_its_own(app, house, lucia):
    log(lucia, "ana mario ice", note="both came")
    with app.app_context(), seal.silent():
        (service,) = db.session.scalars(select(Service)).all()
        assert service.key_id not in (house.ana.key_id, house.mario.key_id)
        assert service.note == "both came"


def test_the_trail_names_the_act_and_its_people_by_code_only(app, house, lucia):
    log(lucia, "ana mario consulta")
    with app.app_context():
        (row,) = db.session.scalars(select(TrailRow).where(TrailRow.act == "service.log")).all()
        assert row.subject == f"S-00001 {house.ana.code} {house.mario.code}"
        assert row.actor_id == house.lucia.id
        assert "Ana" not in row.detail


def test_a_line_in_spanish_answers_in_spanish(app, house, make, client_as):
    who = make.user(role="caseworker", language="es")
    make.assign(house.ana, who)
    answer = log(client_as(user=who), "ana ice 25h")
    assert "Un día tiene 24 horas" in answer.text


@pytest.mark.parametrize("path", ["https://example.org/x", "//example.org", "/nowhere", "\\\\x", "javascript:1"])
def test_the_bar_never_leads_out_of_the_house(house, lucia, path):
    assert log(lucia, "ana ice", back=path).location == "/today?logged=S-00001"


def test_after_saving_the_page_offers_undo_same_again_and_the_next_date(house, lucia):
    page = lucia.get(log(lucia, "ana ice").location).text
    for words in ("Undo", "Same for…", "Again", "Next date given?"):
        assert words in page


def test_undo_leaves_the_entry_readable_and_counted_nowhere(app, house, lucia):
    log(lucia, "ana ice")
    assert lucia.post("/services/S-00001/undo", data={"back": "/today"}).status_code == 302
    (row,) = rows(app, ServiceVoid.service_id, ServiceVoid.reason, ServiceVoid.by_user_id)
    assert row == (1, "undo", house.lucia.id)
    assert "Taken back the same day" in lucia.get("/services/S-00001").text


def test_undo_ends_with_the_day(app, house, make, lucia):
    make.service(people=[house.ana], by=house.lucia, logged_at=clock.now() - timedelta(days=1, minutes=1))
    assert lucia.post("/services/S-00001/undo").status_code == 404
    assert rows(app, ServiceVoid.service_id) == []


def test_nobody_undoes_what_another_has_logged(app, house, make, client_as):
    make.service(people=[house.ana], by=house.lucia)
    assert client_as("director").post("/services/S-00001/undo").status_code == 404


def test_cancelling_asks_why_and_keeps_who_and_when(app, house, make, lucia):
    make.service(people=[house.ana], by=house.lucia)
    assert lucia.post("/services/S-00001/void", data={"reason": " "}).status_code == 422
    assert lucia.post("/services/S-00001/void", data={"reason": "logged twice"}).status_code == 302
    assert rows(app, ServiceVoid.reason) == [("logged twice",)]
    assert lucia.post("/services/S-00001/void", data={"reason": "again"}).status_code == 409


def test_a_reason_that_comes_too_late_stays_on_the_page(house, make, lucia):
    make.service_void(make.service(people=[house.ana], by=house.lucia))
    late = lucia.post("/services/S-00001/void", data={"reason": "wrong day"})
    assert late.status_code == 409
    assert "This entry was cancelled already." in late.text and 'value="wrong day"' in late.text


def test_again_logs_the_same_act_for_today(app, house, make, lucia):
    make.service(people=[house.ana, house.luis], by=house.lucia, type_code="transport", minutes=20, quantity=3)
    answer = lucia.post("/services/S-00001/again", data={"back": "/services", "form_token": TOKEN})
    assert answer.location == "/services?logged=S-00002"
    assert logged(app)[1] == ("S-00002", "transport", clock.today(), 20, 0, 3)
    lucia.post("/services/S-00001/again", data={"form_token": TOKEN})
    assert len(logged(app)) == 2


def test_again_leaves_out_whom_one_no_longer_accompanies(app, house, make, lucia):
    make.service(people=[house.ana, house.berta], by=house.lucia)
    lucia.post("/services/S-00001/again")
    with app.app_context():
        found = db.session.scalars(select(ServicePerson.member_id).where(ServicePerson.service_id == 2)).all()
    assert found == [house.ana.id]


def test_same_for_starts_a_line_with_what_was_done(house, make, lucia):
    make.service(people=[house.ana], by=house.lucia, type_code="therapy", minutes=50)
    page = lucia.get("/services/log?same=S-00001").text
    assert 'value="Counselling session 50m "' in page


def test_the_reading_shows_people_of_ones_own_and_no_list_of_members(house, lucia):
    answer = lucia.post("/services/reading", data={"line": "an ice"})
    assert answer.status_code == 200
    assert "Ana R." in answer.text
    assert "Canaria" not in answer.text
    assert lucia.post("/services/reading", data={"line": "ber ice"}).text.count("ME-") == 0


def test_the_sentence_names_everybody_it_will_be_saved_for(house, lucia):
    text = lucia.post("/services/reading", data={"line": "ana +fam ice ayer"}).text
    assert "data-ready" in text
    assert "Ana R., Luis P. and Rosa P." in text.replace("\u00a0", " ")
    assert "2 h" in text


def test_enter_settles_what_is_proposed(house, make, lucia):
    make.member(legal_name="Marta Vela", assigned=house.lucia)
    before = lucia.post("/services/reading", data={"line": "mar ice"}).text
    assert "data-ready" not in before
    assert "data-ready" in lucia.post("/services/reading", data={"line": "mar ice", "accept": "1"}).text


def test_the_people_of_today_are_proposed_first(house, make, lucia):
    marta = make.member(legal_name="Marta Zavala", assigned=house.lucia)
    make.event(kind="hearing", on=clock.today(), owner=house.lucia, people=[marta])
    text = lucia.post("/services/reading", data={"line": "mar ice"}).text
    assert text.index("Marta Z.") < text.index("Mario A.")


def test_a_save_from_the_page_itself_answers_with_what_was_saved(house, lucia):
    answer = lucia.post("/services/log", data={"line": "ana ice", "back": "/services"}, headers={"X-Fragment": "1"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "S-00001" in answer.text
    assert answer.headers["X-Form-Token"]


def test_reading_a_line_saves_nothing(app, house, lucia):
    lucia.post("/services/reading", data={"line": "ana ice", "accept": "1"})
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Service)) == 0


def test_who_was_shown_while_typing_is_noted_once_a_minute(app, house, lucia):
    for line in ("an", "ana", "ana i", "ana ice"):
        lucia.post("/services/reading", data={"line": line})
    with clock.at(clock.now() + timedelta(seconds=61)), app.app_context():
        settle_all()
        noted = db.session.scalars(select(TrailRow).where(TrailRow.act == "read")).all()
    assert len(noted) == 1
    assert noted[0].rids == house.ana.rid


def test_what_was_typed_comes_back_but_never_beside_another_persons_name(house, make, lucia):
    typed = {"draft_place": "/services/log", "line": "ana ice", "note": "about Ana alone"}
    assert lucia.post("/draft", data=typed).status_code == 204
    assert "about Ana alone" in lucia.get("/services/log").text
    make.service(people=[house.mario], by=house.lucia, type_code="therapy")
    assert "about Ana alone" not in lucia.get("/services/log?same=S-00001").text
    assert log(lucia, "ana ice", note="about Ana alone", draft_place="/services/log").status_code == 302
    assert "about Ana alone" not in lucia.get("/services/log").text


def test_a_name_that_only_sounds_alike_is_proposed_and_never_taken_unasked(app, house, make, lucia):
    make.member(legal_name="Ximena Vázquez", assigned=house.lucia)
    assert log(lucia, "bazkes ice").status_code == 422
    assert logged(app) == []
    text = lucia.post("/services/reading", data={"line": "bazkes ice", "accept": "1"}).text
    assert "data-ready" in text
    assert "Ximena V." in text
