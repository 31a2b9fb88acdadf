"""Someone was detained: told in turn until somebody has it, by a letter that says nothing, to whom it concerns."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from mexile.custody.alert.actions import (
    answer_alert,
    destroy_spent_key,
    hand_on,
    identify,
    raise_alert,
    render_notice,
    resolve_alert,
    tell_next,
)
from mexile.custody.alert.models import Alert, AlertAnswer, AlertNotice
from mexile.custody.alert.queries import alert_seen, last_step, standing_alerts
from mexile.custody.alert.rules import LATER, WAIT, in_order, next_at, told_at
from mexile.custody.detention.queries import held_now, open_detention
from mexile.ground import clock, keyring, queue
from mexile.ground.db import db, writing
from mexile.ground.errors import Conflict, Invalid, KeyGone, NotHere
from mexile.ground.queue import Job
from tests.clients import Client
from tests.make import Make

FORBIDDEN = ("detain", "deten", "custod", "arrest", "ice ", "alert")


def _raise(viewer, **said) -> Alert:
    values = {"member_code": None, "who": "la señora del piso 7", "last_seen": "Piso 7", **said}
    key_id = keyring.new_key()
    with writing():
        return raise_alert(viewer=viewer, key_id=key_id, **values)


def _told(alert: Alert) -> list[int]:
    rows = db.session.scalars(
        select(AlertNotice.user_id).where(AlertNotice.alert_id == alert.id).order_by(AlertNotice.step)
    )
    return list(rows)


@given(
    st.lists(st.integers(1, 9), unique=True, max_size=6), st.one_of(st.none(), st.integers(1, 9)), st.integers(0, 60)
)
def test_everybody_in_line_is_told_before_anybody_twice(line: list[int], first: int | None, step: int) -> None:
    order = in_order(line, first)
    assert sorted(order) == sorted(line)
    if first in line:
        assert order[0] == first
    told = [told_at(order, one) for one in range(step)]
    assert all(told.count(one) <= step // len(line) + 1 for one in line)
    if line and step >= len(line):
        assert set(told) == set(line)
    pause = next_at(order, step, clock.now()) - clock.now()
    assert pause <= LATER and (step >= 3 * max(len(line), 1) - 1 or pause <= WAIT)


def test_the_first_in_line_is_told_at_once_and_the_others_in_turn(in_app: Flask, make: Make) -> None:
    people = [make.user("attorney"), make.user("director"), make.user("caseworker")]
    for user in people:
        make.in_line(user)
    alert = _raise(make.viewer("volunteer"))
    assert _told(alert) == [people[0].id]
    start = clock.now()
    for minutes, expected in ((4, 1), (6, 2), (9, 2), (12, 3), (18, 4)):
        with clock.at(start + timedelta(minutes=minutes)):
            _work_alerts()
            assert len(_told(alert)) == expected
    assert _told(alert) == [people[0].id, people[1].id, people[2].id, people[0].id]


def _work_alerts() -> None:
    """What the worker does with the jobs of alerts that are due; letters are left alone."""
    for job in db.session.scalars(
        select(Job).where(Job.kind == "cases.alert_next", Job.state == "waiting", Job.run_at <= clock.now())
    ).all():
        tell_next(json.loads(job.body))
        with writing():
            db.session.get(Job, job.id).state = "done"
    db.session.rollback()


def test_a_step_that_is_worked_twice_or_after_a_kill_tells_nobody_twice(in_app: Flask, make: Make) -> None:
    for role in ("attorney", "director"):
        make.in_line(make.user(role))
    alert = _raise(make.viewer())
    for _ in range(3):
        tell_next({"code": alert.code, "step": 1})
    assert len(_told(alert)) == 2
    tell_next({"code": alert.code, "step": 0})
    tell_next({"code": alert.code, "step": 5})
    assert len(_told(alert)) == 2
    with pytest.raises(RuntimeError), writing():  # killed before the commit: nothing happened, nothing is lost
        tell_in_a_transaction_that_breaks(alert)
    tell_next({"code": alert.code, "step": 2})
    assert len(_told(alert)) == 3


def tell_in_a_transaction_that_breaks(alert: Alert) -> None:
    db.session.add(AlertNotice(alert_id=alert.id, step=2, user_id=alert.by_user_id, at=clock.now()))
    db.session.flush()
    raise RuntimeError


def test_nobody_is_told_once_somebody_has_it_and_again_when_it_is_handed_on(in_app: Flask, make: Make) -> None:
    ximena, elena = make.user("attorney"), make.user("director")
    make.in_line(ximena), make.in_line(elena)
    alert = _raise(make.viewer("intake"))
    with writing():
        answer_alert(viewer=make.viewer("attorney", user=ximena), code=alert.code)
    tell_next({"code": alert.code, "step": 1})
    assert _told(alert) == [ximena.id]
    with writing():
        hand_on(viewer=make.viewer("attorney", user=ximena), code=alert.code)
    assert _told(alert) == [ximena.id, elena.id]
    tell_next({"code": alert.code, "step": 1})
    assert last_step(alert.id) == 1
    tell_next({"code": alert.code, "step": 2})
    assert last_step(alert.id) == 2


def test_of_two_who_press_one_has_it_and_the_other_is_told_who(in_app: Flask, make: Make) -> None:
    alert = _raise(make.viewer())
    first, second = make.user("attorney", name="Ximena Ejemplo"), make.user("director")
    with writing():
        answer_alert(viewer=make.viewer("attorney", user=first), code=alert.code)
    with pytest.raises(Conflict, match="Ximena Ejemplo"), writing():
        answer_alert(viewer=make.viewer("director", user=second), code=alert.code)
    with pytest.raises(Exception, match=r"(?i)unique"), writing():  # the database itself refuses a second
        db.session.add(AlertAnswer(alert_id=alert.id, user_id=second.id, at=clock.now()))
        db.session.flush()
    assert db.session.scalar(select(func.count()).select_from(AlertAnswer)) == 1


def test_the_letter_says_to_open_mexile_and_nothing_else(in_app: Flask, make: Make) -> None:
    make.in_line(make.user("attorney", language="es")), make.in_line(make.user("director"))
    user = make.user()
    member = make.member(assigned=user, preferred_name="Quetzal")
    alert = _raise(make.viewer(user=user), member_code=member.code, who=None, last_seen="Piso 7")
    tell_next({"code": alert.code, "step": 1})
    letters = [
        render_notice(json.loads(job.body)["body"])
        for job in db.session.scalars(select(Job).where(Job.kind == "mail", Job.key.startswith("cases.alert:")))
    ]
    assert {letter.subject for letter in letters} == {"Please open mexile now", "Abra mexile ahora, por favor"}
    for letter in letters:
        said = f"{letter.subject} {letter.text}".lower().replace("/alerts", "")
        assert alert.code.lower() in said and not letter.html and not letter.attachments
        for word in (*FORBIDDEN, "quetzal", member.code.lower(), "piso"):
            assert word not in said, word


def test_the_persons_own_attorney_comes_first(in_app: Flask, make: Make) -> None:
    ximena, own = make.user("attorney"), make.user("attorney")
    make.in_line(ximena), make.in_line(own)
    user = make.user()
    member = make.member(assigned=user)
    make.case(member=member, attorney=own)
    alert = _raise(make.viewer(user=user), member_code=member.code, who=None)
    assert _told(alert) == [own.id]


def test_an_empty_line_tells_attorneys_and_directors(in_app: Flask, make: Make) -> None:
    attorney, director = make.user("attorney"), make.user("director")
    alert = _raise(make.viewer())
    tell_next({"code": alert.code, "step": 1})
    assert _told(alert) == [attorney.id, director.id]


def test_an_alert_about_nobody_is_refused(in_app: Flask, make: Make) -> None:
    with pytest.raises(Invalid) as wrong:
        _raise(make.viewer(), who="  ")
    assert [problem.place for problem in wrong.value.problems] == ["who"]


def test_it_begins_custody_once_and_a_second_alert_is_the_first(in_app: Flask, make: Make) -> None:
    user = make.user()
    member = make.member(assigned=user)
    one = _raise(make.viewer(user=user), member_code=member.code)
    two = _raise(make.viewer("director"), member_code=member.code)
    assert one.code == two.code and open_detention(member.id).alert_id == one.id
    assert db.session.scalar(select(func.count()).select_from(Alert)) == 1


def test_nobody_raises_it_for_whom_they_may_not_know_of(in_app: Flask, make: Make) -> None:
    with pytest.raises(NotHere):
        _raise(make.viewer(), member_code=make.member().code)


@pytest.mark.parametrize(("kind", "held"), [("mistake", False), ("released", False), ("found", True)])
def test_how_it_ends_is_how_custody_goes_on(in_app: Flask, make: Make, kind: str, held: bool) -> None:
    viewer = make.viewer("director")
    member, place = make.member(), make.place_called("PL-0006")
    alert = _raise(viewer, member_code=member.code)
    with pytest.raises(Conflict, match="Nobody has it yet"), writing():
        resolve_alert(viewer=viewer, code=alert.code, kind=kind)
    with writing():
        answer_alert(viewer=viewer, code=alert.code)
    with writing():
        resolve_alert(viewer=viewer, code=alert.code, kind=kind, place_id=place.id)
    assert (open_detention(member.id) is not None) == held
    assert standing_alerts(viewer) == []
    if held:
        assert [line.custody.now.place.circuit for line in held_now(viewer)] == [10]
    with pytest.raises(Conflict), writing():
        answer_alert(viewer=viewer, code=alert.code)


def test_once_we_know_who_it_is_the_words_lie_under_her_key_and_the_old_one_is_gone(in_app: Flask, make: Make) -> None:
    user = make.user()
    member = make.member(assigned=user)
    viewer = make.viewer(user=user)
    alert = _raise(viewer)
    old = alert.key_id
    with writing():
        identify(viewer=viewer, code=alert.code, member_code=member.code)
    held = db.session.scalars(select(Alert)).one()
    assert held.key_id == member.key_id and held.last_seen == "Piso 7" and held.who == "la señora del piso 7"
    assert open_detention(member.id).alert_id == held.id
    job = db.session.scalars(select(Job).where(Job.kind == "cases.key_spent")).one()
    destroy_spent_key(json.loads(job.body))
    with pytest.raises(KeyGone):
        keyring.current().cipher(old)
    assert queue.HANDLERS["cases.key_spent"]


def test_an_alert_is_seen_by_who_raised_it_who_was_told_and_who_may_know_the_person(in_app: Flask, make: Make) -> None:
    ximena, told, beside, stranger = (make.user(role) for role in ("attorney", "intake", "caseworker", "caseworker"))
    raiser = make.user("volunteer")
    member = make.member(assigned=beside)
    alert = make.alert(member=member, by=raiser, told=[told])

    def sees(user, role) -> bool:
        viewer = make.viewer(role, user=user)
        return bool(db.session.scalar(select(Alert.id).where(Alert.id == alert.id, alert_seen(viewer))))

    assert (
        sees(raiser, "volunteer") and sees(told, "intake") and sees(beside, "caseworker") and sees(ximena, "attorney")
    )
    assert not sees(stranger, "caseworker")


# ---- the page -------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["volunteer", "caseworker", "administrator", "development", "auditor", "director"])
def test_anybody_of_the_staff_raises_it_in_two_fields(make: Make, client_as: Callable[..., Client], role: str) -> None:
    make.in_line(make.user("attorney", name="Ximena Ejemplo"), phone="+19155550123")
    client = client_as(role)
    page = client.get("/alerts").text
    assert 'href="tel:+19155550123"' in page and "Call now" in page and "No alert stands." in page
    answer = client.post("/alerts", data={"who": "Rosa, la del piso 7", "last_seen": "Piso 7"})
    assert answer.status_code == 302
    page = client.get(answer.headers["Location"]).text
    assert "AL-0001" in page and "Call now" in page
    assert "Nobody has answered yet." in page or "nobody has answered" in page
    assert "No alert stands." not in page


def test_who_does_not_wait_for_the_answer_raises_it_for_the_words_and_is_asked_afterwards(
    make: Make, client_as: Callable[..., Client]
) -> None:
    lucia = client_as("caseworker")
    member = make.member(assigned=lucia.user, preferred_name="Quetzal", legal_name="Rosa Quetzal Luna")
    other = make.member(assigned=lucia.user, preferred_name="Quirino", legal_name="Quirino Sol")
    said = {"who": "Quetzal", "asked": "Qui", "member": other.code, "last_seen": "Piso 7"}
    url = lucia.post("/alerts", data=said).headers["Location"]
    page = lucia.get(url).text
    assert "Is it one of these people?" in page and member.code in page and other.code not in page
    assert lucia.post(f"{url}/member", data={"member": member.code}).status_code == 302
    assert "Is it one of these people?" not in lucia.get(url).text and "Quetzal Luna" in lucia.get(url).text
    said = {"who": " Quirino ", "asked": "Quirino", "member": other.code}
    assert "Quirino Sol" in lucia.get(lucia.post("/alerts", data=said).headers["Location"]).text


def test_every_page_of_the_staff_leads_there_in_one_tap(client_as: Callable[..., Client]) -> None:
    for role, path in (
        ("caseworker", "/today"),
        ("development", "/gifts"),
        ("volunteer", "/today"),
        ("auditor", "/trail"),
    ):
        assert 'href="/alerts" data-key="d"' in client_as(role).get(path).text


def test_a_page_that_nobody_answered_says_so_until_somebody_does(make: Make, client_as: Callable[..., Client]) -> None:
    told = make.user("attorney", name="Ximena Ejemplo")
    make.in_line(told)
    lucia, ximena = client_as("caseworker"), client_as(user=told)
    member = make.member(assigned=lucia.user, preferred_name="Quetzal")
    url = lucia.post("/alerts", data={"member": member.code, "last_seen": "Piso 7"}).headers["Location"]
    page = lucia.get(url).text
    assert "Nobody has answered yet." in page and "Ximena Ejemplo" in page and "Quetzal" in page and "Piso 7" in page
    fragment = lucia.get(f"{url}/told").text
    assert "<html" not in fragment and 'hx-trigger="every 5s"' in fragment
    assert ximena.post(f"{url}/answer").status_code == 302
    second = lucia.post(f"{url}/answer")
    assert second.status_code == 409 and "Ximena Ejemplo has it already" in second.text
    assert "Ximena Ejemplo has it since" in lucia.get(f"{url}/told").text
    assert "Quetzal" in lucia.get("/today").text and "Ximena Ejemplo has it" in lucia.get("/today").text


def test_the_part_that_refreshes_reads_nothing_sealed_and_is_no_being_there(
    app: Flask, make: Make, client_as: Callable[..., Client]
) -> None:
    from tests.house.recorder import writes

    client = client_as("director", seen=timedelta(minutes=5))
    alert = make.alert(member=make.member(), who=None, last_seen="Piso 7")
    with writes(app) as written:
        assert client.get(f"/alerts/{alert.code}/told").status_code == 200
    assert written == []


def test_what_a_volunteer_sees_is_limited_by_her_rights(make: Make, client_as: Callable[..., Client]) -> None:
    beto = client_as("volunteer")
    member = make.member(preferred_name="Quetzal", legal_name="Rosa Quetzal Luna")
    make.event(on=clock.today(), people=[member], companions=[beto.user])
    page = beto.get(beto.post("/alerts", data={"member": member.code, "last_seen": "Piso 7"}).headers["Location"]).text
    assert "Quetzal" in page and "Luna" not in page and "I have it" not in page and "Piso 7" not in page
    other = make.alert(member=make.member(), last_seen="Otra parte")
    assert beto.get(f"/alerts/{other.code}").status_code == 404


def test_who_was_told_and_does_not_walk_with_the_person_finds_the_emergency_door(
    make: Make, client_as: Callable[..., Client]
) -> None:
    nora = client_as("intake")
    member = make.member(preferred_name="Quetzal")
    alert = make.alert(member=member, told=[nora.user], last_seen="Piso 7")
    page = nora.get(f"/alerts/{alert.code}").text
    assert "Quetzal" not in page and "Piso 7" not in page and f"/emergencies/new?code={member.code}" in page


def test_the_list_is_kept_with_who_and_when(make: Make, client_as: Callable[..., Client]) -> None:
    client = client_as("caseworker")
    alert = make.alert(by=client.user)
    for answer in ("not_yet", "done"):
        url = f"/alerts/{alert.code}/checks"
        assert client.post(url, data={"item": "children", f"answer-{answer}": "1"}).status_code == 302
    page = client.get(f"/alerts/{alert.code}").text
    assert client.user.name in page and "Done" in page
    assert client.post(f"/alerts/{alert.code}/checks", data={"item": "nonsense", "answer-done": "1"}).status_code == 422
    assert client.post(f"/alerts/{alert.code}/locator", data={"result-not_found": "1"}).status_code == 302
    assert "Not found yet" in client.get(f"/alerts/{alert.code}").text


def test_the_line_is_put_in_order_by_director_and_attorney_alone(make: Make, client_as: Callable[..., Client]) -> None:
    elena, ximena = client_as("director"), make.user("attorney", name="Ximena Ejemplo")
    assert client_as("caseworker").get("/alerts/line").status_code == 404
    bad = elena.post("/alerts/line", data={"user_id": "", "phone": "12"})
    assert bad.status_code == 422 and "no telephone number" in bad.text and "Choose somebody" in bad.text
    for user, phone in ((elena.user, "915-555-0111"), (ximena, "915 555 0122")):
        assert elena.post("/alerts/line", data={"user_id": str(user.id), "phone": phone}).status_code == 302
    assert 'href="tel:+19155550111"' in elena.get("/alerts").text
    page = elena.get("/alerts/line").text
    last = page.rpartition('name="id" value="')[2].partition('"')[0]
    for odd in ("²", "9" * 20, "9" * 5000):
        assert elena.post("/alerts/line/place", data={"id": odd, "way-up": "1"}).status_code in (404, 422)
    assert elena.post("/alerts/line/place", data={"id": last, "way-up": "1"}).status_code == 302
    assert 'href="tel:+19155550122"' in elena.get("/alerts").text
    assert elena.post("/alerts/line/place", data={"id": last, "way-out": "1"}).status_code == 302
    assert 'href="tel:+19155550111"' in elena.get("/alerts").text


def test_the_page_speaks_spanish(make: Make, client_as: Callable[..., Client]) -> None:
    client = client_as(user=make.user("director", language="es"))
    alert = make.alert(by=client.user)
    assert "Detuvieron a alguien" in client.get("/alerts").text
    page = client.get(f"/alerts/{alert.code}").text
    assert "Yo me encargo" in page and "Aún nadie ha respondido." in page


def test_who_can_make_the_line_reads_on_today_that_nobody_stands_in_it(
    make: Make, client_as: Callable[..., Client]
) -> None:
    said = "If someone is detained, no telephone is on the page yet."
    assert said in client_as("attorney").get("/today").text
    assert said not in client_as("caseworker").get("/today").text
    make.in_line(make.user("attorney"))
    assert said not in client_as("attorney").get("/today").text
