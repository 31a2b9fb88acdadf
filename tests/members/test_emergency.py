"""Emergency access: a reason, an hour, a banner, a trail, a review by somebody else, and never an export."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from mexile.ground import clock, mail, queue, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import Conflict, Invalid, NotHere
from mexile.ground.queue import Job
from mexile.ground.trail import TrailRow
from mexile.members.assignment.actions import assign_member
from mexile.members.assignment.rights import lastingly_visible, visible
from mexile.members.emergency.actions import end_emergency, open_emergency, open_for, render_notice, review_emergency
from mexile.members.emergency.models import EmergencyAccess
from mexile.members.emergency.queries import open_emergencies
from mexile.members.emergency.rules import reason_problems
from mexile.members.listing.queries import Wanted, members_page
from mexile.members.name.queries import allowed_ids, find_members
from mexile.members.person.models import Member
from tests.clients import Client
from tests.make import Make

REASON = "She stands at the door of the court and I am alone here."


def _sees(viewer, member, where=visible) -> bool:
    return bool(db.session.scalar(select(Member.id).where(Member.id == member.id, where(viewer))))


def test_it_opens_one_person_for_an_hour_and_not_a_minute_longer(in_app: Flask, make: Make) -> None:
    viewer, member, other = make.viewer(), make.member(preferred_name="Quetzal"), make.member()
    assert not _sees(viewer, member) and find_members(viewer, "Quetzal") == []
    with writing():
        open_emergency(viewer=viewer, code=member.code, reason=REASON)
    assert _sees(viewer, member) and not _sees(viewer, other)
    assert [one.code for one in find_members(viewer, "Quetzal")] == [member.code]
    assert [line.code for line in members_page(viewer, Wanted()).lines] == [member.code]
    assert allowed_ids(viewer) == {member.id}
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert not _sees(viewer, member) and find_members(viewer, "Quetzal") == []
        assert members_page(viewer, Wanted()).lines == []


def test_it_never_opens_what_leaves_the_house_and_never_becomes_lasting(in_app: Flask, make: Make) -> None:
    viewer, member = make.viewer(), make.member()
    with writing():
        open_emergency(viewer=viewer, code=member.code, reason=REASON)
    assert not _sees(viewer, member, lastingly_visible)
    with pytest.raises(NotHere), writing():
        assign_member(viewer=viewer, code=member.code, user_id=viewer.user_id, reason="case")


def test_it_is_over_when_it_is_ended(in_app: Flask, make: Make) -> None:
    viewer, member = make.viewer(), make.member()
    with writing():
        code = open_emergency(viewer=viewer, code=member.code, reason=REASON).code
    with writing():
        end_emergency(viewer=viewer, code=code)
    assert not _sees(viewer, member)
    with pytest.raises(NotHere), writing():
        end_emergency(viewer=make.viewer(), code=code)


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "   ",
        "urgent",
        "   urgent                 ",
        "                       . ",
        "\u200b\u200c\u200d\u2060\ufeff" * 8,
        "\u00a0\u2003" * 20,
    ],
)
def test_without_a_reason_nothing_opens(in_app: Flask, make: Make, reason: str) -> None:
    viewer, member = make.viewer(), make.member()
    with pytest.raises(Invalid) as wrong, writing():
        open_emergency(viewer=viewer, code=member.code, reason=reason)
    assert [problem.place for problem in wrong.value.problems] == ["reason"]
    assert not _sees(viewer, member)


def test_twenty_characters_are_enough_and_nineteen_are_not() -> None:
    assert reason_problems("se llevaron a su ma") and not reason_problems("se llevaron a su mam")
    assert reason_problems(" " + "x" * 19 + "\n ") and not reason_problems(" " + "x" * 20 + "\n ")


def test_everything_that_is_wrong_is_said_at_once(in_app: Flask, make: Make) -> None:
    with pytest.raises(Invalid) as wrong, writing():
        open_emergency(viewer=make.viewer(), code="ME-9999", reason="")
    assert {problem.place for problem in wrong.value.problems} == {"code", "reason"}


def test_whom_one_sees_already_needs_no_breaking(in_app: Flask, make: Make) -> None:
    user = make.user()
    member = make.member(assigned=user)
    for viewer in (make.viewer(user=user), make.viewer("director")):
        with pytest.raises(Invalid), writing():
            open_emergency(viewer=viewer, code=member.code, reason=REASON)


def test_directors_and_who_walks_along_are_told_and_the_letter_says_nothing(in_app: Flask, make: Make) -> None:
    lead, director, formerly = make.user(), make.user("director", language="es"), make.user()
    member = make.member(assigned=lead, preferred_name="Quetzal")
    make.release(make.assign(member, formerly))
    viewer = make.viewer()
    with writing():
        access = open_emergency(viewer=viewer, code=member.code, reason=REASON)
    jobs = db.session.scalars(select(Job).where(Job.kind == "mail", Job.key.startswith("members.emergency:"))).all()
    bodies = [json.loads(job.body)["body"] for job in jobs]
    assert {body["user"] for body in bodies} == {lead.id, director.id}
    assert all(job.run_at <= clock.now() for job in jobs)
    for body in bodies:
        letter = render_notice(body)
        told = f"{letter.subject} {letter.text}"
        assert access.code in told
        for secret in ("Quetzal", member.code, "court", "detain", "deten", viewer.name):
            assert secret.lower() not in told.lower()
    assert mail.RENDERERS["members.emergency"] and queue.HANDLERS["mail"]


def test_the_attorney_of_the_case_is_told_though_she_isnt_assigned(in_app: Flask, make: Make) -> None:
    attorney, member = make.user("attorney"), make.member()
    make.case(member=member, attorney=attorney)
    viewer = make.viewer()
    with writing():
        access = open_emergency(viewer=viewer, code=member.code, reason=REASON)
    keys = db.session.scalars(select(Job.key).where(Job.kind == "mail")).all()
    assert f"members.emergency:{access.code}/{attorney.id}" in keys


def test_who_opened_it_cannot_close_it_and_nobody_closes_it_twice(in_app: Flask, make: Make) -> None:
    user = make.user(roles=["caseworker"])
    member = make.member()
    with writing():
        code = open_emergency(viewer=make.viewer(user=user), code=member.code, reason=REASON).code
    promoted = make.viewer("director", user=user)
    with pytest.raises(Invalid) as wrong, writing():
        review_emergency(viewer=promoted, code=code, verdict="justified", words="It was me, all well.")
    assert [problem.place for problem in wrong.value.problems] == ["verdict"]
    other = make.viewer("director")
    with pytest.raises(Invalid) as wrong, writing():
        review_emergency(viewer=other, code=code, verdict="fine", words="")
    assert {problem.place for problem in wrong.value.problems} == {"verdict", "words"}
    with writing():
        review_emergency(viewer=other, code=code, verdict="unjustified", words="The lead was two doors away.")
    with pytest.raises(Conflict), writing():
        review_emergency(viewer=make.viewer("attorney"), code=code, verdict="justified", words="I see it otherwise.")


def test_every_read_while_it_stands_carries_its_code_and_the_page_says_so(
    app: Flask, make: Make, client_as: Callable[..., Client]
) -> None:
    client = client_as("caseworker")
    member = make.member(preferred_name="Quetzal")
    assert client.get(f"/members/{member.code}").status_code == 404
    answer = client.post("/emergencies/new", data={"code": member.code.lower(), "reason": REASON})
    assert answer.headers["Location"].endswith(f"/members/{member.code}")
    page = client.get(f"/members/{member.code}?part=all").text
    assert "Quetzal" in page and "End it now" in page
    assert "End it now" in client.get("/today").text
    assert client.post("/emergencies/EA-0001/end").status_code == 302
    assert client.get(f"/members/{member.code}").status_code == 404
    assert "End it now" not in client.get("/today").text
    with app.app_context():
        rows = db.session.scalars(select(TrailRow).where(TrailRow.act == "read").order_by(TrailRow.seq)).all()
        held = [row for row in rows if member.rid in row.rids]
        assert held and all(json.loads(row.detail)["emergency"] == ["EA-0001"] for row in held)
        acts = db.session.scalars(
            select(TrailRow.act).where(TrailRow.subject.contains("EA-0001")).order_by(TrailRow.seq)
        ).all()
        assert list(acts) == ["emergency.open", "emergency.end"]


def test_a_read_of_whom_one_walks_with_carries_no_code_when_nothing_stands_open(
    app: Flask, make: Make, client_as: Callable[..., Client]
) -> None:
    client = client_as("caseworker")
    member = make.member(assigned=client.user, preferred_name="Quetzal")
    client.get(f"/members/{member.code}?part=all")
    with app.app_context():
        row = db.session.scalar(select(TrailRow).where(TrailRow.act == "read"))
        assert "emergency" not in json.loads(row.detail)


def test_an_empty_reason_comes_back_with_what_was_typed(make: Make, client_as: Callable[..., Client]) -> None:
    member = make.member()
    answer = client_as("intake").post("/emergencies/new", data={"code": member.code, "reason": ""})
    assert answer.status_code == 422
    assert member.code in answer.text and "Say why you need to see this person now" in answer.text


def test_the_password_is_asked_again(make: Make, client_as: Callable[..., Client]) -> None:
    client = client_as("caseworker", confirmed=timedelta(minutes=6))
    answer = client.post("/emergencies/new", data={"code": make.member().code, "reason": REASON})
    assert "/confirm" in answer.headers["Location"]


@pytest.mark.parametrize("role", ["volunteer", "administrator", "development", "auditor"])
def test_others_have_no_such_door(client_as: Callable[..., Client], role: str) -> None:
    assert client_as(role).get("/emergencies/new").status_code == 404
    assert client_as(role).get("/emergencies").status_code == 404


def test_the_list_of_reviews_says_what_waits(make: Make, client_as: Callable[..., Client]) -> None:
    user = make.user()
    access = make.emergency(make.member(), user, ago=timedelta(hours=3))
    client = client_as("director")
    assert "waits for you" in client.get("/emergencies").text
    answer = client.post(
        f"/emergencies/{access.code}/review", data={"verdict": "justified", "words": "I asked them both."}
    )
    assert answer.status_code == 302
    page = client.get("/emergencies").text
    assert "Justified" in page and "waits for you" not in page
    assert "I asked them both." in client.get(f"/emergencies/{access.code}/review").text


def test_a_search_while_it_stands_is_a_row_of_its_own_under_its_code(
    app: Flask, make: Make, client_as: Callable[..., Client]
) -> None:
    client = client_as("caseworker")
    member = make.member(assigned=client.user, preferred_name="Quetzal")
    access = make.emergency(make.member(), client.user)
    client.post("/members/search", data={"q": "Quetzal"}, headers={"X-Live-Search": "1"})
    with app.app_context():
        rows = db.session.scalars(select(TrailRow).where(TrailRow.act == "read")).all()
        assert [json.loads(row.detail)["emergency"] for row in rows if member.rid in row.rids] == [[access.code]]


def _open(viewer, member) -> str:
    with writing():
        return open_emergency(viewer=viewer, code=member.code, reason=REASON).code


def _end(viewer, code: str) -> None:
    with writing():
        end_emergency(viewer=viewer, code=code)


def test_there_is_one_at_a_time(in_app: Flask, make: Make) -> None:
    viewer, first, second = make.viewer(), make.member(), make.member()
    code = _open(viewer, first)
    with pytest.raises(Invalid) as wrong:
        _open(viewer, second)
    assert code in wrong.value.problems[0].en and wrong.value.problems[0].place == "code"
    assert not _sees(viewer, second)
    _end(viewer, code)
    _open(viewer, second)
    assert _sees(viewer, second)


def test_after_the_third_of_a_day_a_director_opens_and_the_letter_counts(in_app: Flask, make: Make) -> None:
    director, viewer = make.user("director"), make.viewer()
    for number in range(1, 4):
        _end(viewer, code := _open(viewer, make.member()))
        body = json.loads(
            db.session.scalar(select(Job.body).where(Job.key == f"members.emergency:{code}/{director.id}"))
        )["body"]
        assert f"number {number} today" in render_notice(body).text
    member = make.member()
    code = _open(viewer, member)
    assert not _sees(viewer, member)
    with pytest.raises(Invalid):
        _open(viewer, member)
    for other in (make.viewer("attorney"),):
        with pytest.raises(Invalid):
            _open(other, member)
    with writing():
        open_for(viewer=make.viewer("director", user=director), code=code)
    assert _sees(viewer, member)
    with pytest.raises(Conflict), writing():
        open_for(viewer=make.viewer("director", user=director), code=code)
    assert db.session.scalar(select(Job.id).where(Job.key == f"members.emergency:{code}/{viewer.user_id}"))
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert not _sees(viewer, member)
    with clock.at(clock.now() + timedelta(days=1)):
        assert not db.session.scalar(
            select(EmergencyAccess.waits).where(EmergencyAccess.code == _open(viewer, make.member()))
        )


def test_forty_people_are_not_opened_by_one_hand(make: Make, client_as: Callable[..., Client]) -> None:
    make.user("director")
    client, members = client_as("caseworker"), [make.member() for _ in range(8)]
    for member in members:
        client.post("/emergencies/new", data={"code": member.code, "reason": REASON})
        code = make.read(lambda: db.session.scalar(select(EmergencyAccess.code).order_by(EmergencyAccess.id.desc())))
        client.post(f"/emergencies/{code}/end")
    opened = make.read(lambda: db.session.scalars(select(EmergencyAccess.waits)).all())
    assert list(opened).count(0) == 3 and sum(opened) == 5
    assert all(client.get(f"/members/{member.code}").status_code == 404 for member in members)


def test_a_director_sees_what_waits_and_opens_it_with_a_press(make: Make, client_as: Callable[..., Client]) -> None:
    client, director = client_as("caseworker"), client_as("director")
    for _ in range(3):
        make.emergency(make.member(), client.user, ago=timedelta(minutes=61))
    member = make.member()
    answer = client.post("/emergencies/new", data={"code": member.code, "reason": REASON})
    assert answer.status_code == 302 and "three people today" in client.get("/today").text
    assert "waits for a director" in director.get("/today").text
    for page in ("/emergencies", "/emergencies/EA-0004/review"):
        text = director.get(page).text
        assert "waits for a director" in text and 'action="/emergencies/EA-0004/opening"' in text
    assert client_as("attorney").post("/emergencies/EA-0004/opening").status_code == 404
    assert director.post("/emergencies/EA-0004/opening").status_code == 302
    assert client.get(f"/members/{member.code}").status_code == 200


def test_without_a_director_the_page_says_so(in_app: Flask, make: Make) -> None:
    viewer = make.viewer()
    for _ in range(3):
        _end(viewer, _open(viewer, make.member()))
    with pytest.raises(Invalid) as wrong:
        _open(viewer, make.member())
    assert "no director" in wrong.value.problems[0].en


def test_an_hour_that_was_opened_does_not_begin_anew_when_the_clock_is_set_back(in_app: Flask, make: Make) -> None:
    viewer, member = make.viewer(), make.member()
    _open(viewer, member)
    with clock.at(clock.now() - timedelta(hours=1)):
        assert not _sees(viewer, member)
        assert len(open_emergencies(viewer)) == 0


def test_two_at_once_are_counted_one_after_the_other(app: Flask, make: Make, client_as: Callable[..., Client]) -> None:
    make.user("director")
    user, members = make.user(), [make.member() for _ in range(6)]
    clients = [client_as(user=user) for _ in members]
    with ThreadPoolExecutor(6) as threads:
        list(
            threads.map(
                lambda pair: (
                    pair[0].post("/emergencies/new", data={"code": pair[1].code, "reason": REASON}).status_code
                ),
                zip(clients, members, strict=True),
            )
        )
    assert make.read(lambda: list(db.session.scalars(select(EmergencyAccess.waits)))) == [0]


def test_the_button_after_the_third_of_a_day_says_that_it_asks(make: Make, client_as: Callable[..., Client]) -> None:
    lucia = client_as("caseworker")
    for _ in range(3):
        assert "Ask a director to open it" not in lucia.get("/emergencies/new").text
        make.emergency(make.member(), lucia.user)
    assert "nobody is here who could open the next" in lucia.get("/emergencies/new").text
    make.user(role="director")
    page = lucia.get("/emergencies/new").text
    assert "Ask a director to open it" in page and ">Open for 60 minutes<" not in page


def test_no_director_is_promised_who_made_the_account_and_so_may_not_open(
    make: Make, client_as: Callable[..., Client]
) -> None:
    lucia, director = client_as("caseworker"), make.user(role="director")
    for _ in range(3):
        make.emergency(make.member(), lucia.user, ago=timedelta(minutes=61))
    make.write(lambda: _made(lucia.user.code, by=director.id))
    page = lucia.get("/emergencies/new").text
    assert "nobody is here who could open the next" in page and "Ask a director to open it" not in page
    assert "The directors and those who accompany them are told" in page
    form = {"code": make.member().code, "reason": REASON}
    answer = lucia.post("/emergencies/new", data=form)
    assert answer.status_code == 422 and "there is no director here who could open another" in answer.text
    make.user(role="director")
    assert "Ask a director to open it" in lucia.get("/emergencies/new").text
    assert lucia.post("/emergencies/new", data=form).status_code == 302


def _made(code: str, *, by: int) -> None:
    actor = trail.actor.set(trail.Actor(by, "director"))
    trail.record("user.add", code)
    trail.actor.reset(actor)
