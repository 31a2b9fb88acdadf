"""After the clock was set back nothing that runs out lives longer, and nobody is shut out meanwhile."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mexile.access import second_factor
from mexile.access.account.models import UserAccount
from mexile.access.session.models import UserSession
from mexile.custody.alert.actions import raise_alert
from mexile.custody.alert.models import AlertNotice
from mexile.custody.presence.actions import expect_later, go_in
from mexile.custody.presence.models import PresenceNotice
from mexile.ground import clock, keyring, queue
from mexile.ground.db import db, writing
from mexile.ground.trail import TrailRow
from tests.makers.access import PASSWORD

BACK = [timedelta(minutes=2), timedelta(hours=1), timedelta(days=40)]


@pytest.mark.parametrize("back", BACK)
def test_a_session_seen_in_the_future_locks_and_the_password_opens_it(client_as, back):
    browser = client_as("auditor")
    with clock.at(clock.now() - back):
        assert "/unlock" in browser.get("/trail").location
        assert browser.post("/unlock", data={"password": PASSWORD, "next": "/trail"}).location == "/trail"
        assert browser.get("/trail").status_code == 200


def test_its_ten_hours_count_from_then(client_as, make):
    browser = client_as("auditor")
    then = clock.now() - timedelta(hours=5)
    with clock.at(then):
        browser.post("/unlock", data={"password": PASSWORD})
    started = make.read(
        lambda: db.session.scalar(select(UserSession.started_at).where(UserSession.user_id == browser.user.id))
    )
    assert started - then < timedelta(minutes=1)


@pytest.mark.parametrize("back", BACK)
def test_a_fresh_password_and_a_fresh_code_of_the_future_are_not_fresh(client_as, back):
    browser = client_as("administrator")
    with clock.at(clock.now() - back):
        browser.post("/unlock", data={"password": PASSWORD})
        answer = browser.post(
            "/people/new", data={"name": "A", "email": "a@example.org", "roles": ["auditor"], "language": "en"}
        )
        assert "/confirm" in answer.location
        assert 'name="code"' in browser.get(answer.location).text


@pytest.mark.parametrize("back", BACK)
def test_the_second_factor_works_meanwhile_and_still_only_once(app, make, back):
    user = make.user(roles=["auditor"])

    def come_in():
        seed = make.read(lambda: db.session.get(UserAccount, user.id).totp)
        code = second_factor.code_at(seed, int(clock.now().timestamp()) // second_factor.STEP)
        form = {"email": user.email, "password": PASSWORD, "code": code}
        return app.test_client().carry(app, None, None).post("/sign-in", data=form).status_code

    assert come_in() == 302
    with clock.at(clock.now() - back):
        assert come_in() == 302
        assert come_in() == 422


def test_what_a_search_showed_reaches_the_trail_though_the_clock_was_set_back(client_as, make):
    from mexile.access.trail.actions import settle_all

    browser = client_as("caseworker")
    make.member(assigned=browser.user, preferred_name="Quetzal")
    assert browser.post("/members/search", data={"q": "Quetzal"}, headers={"X-Live-Search": "1"}).status_code == 200
    with clock.at(clock.now() - timedelta(hours=1)):
        make.read(settle_all)
        assert make.read(lambda: "read" in set(db.session.scalars(select(TrailRow.act))))


@pytest.mark.parametrize(("back", "said"), [(timedelta(hours=1), ""), (timedelta(days=4), "was set back")])
def test_a_fresh_invitation_is_never_called_older_than_72_hours(client, make, back, said):
    path = f"/invitations/open/{make.invitation(make.user(password_hash=''))}"
    with clock.at(clock.now() - back):
        page = client.get(path).text
        assert "older than 72 hours" not in page and said in page
        assert ("no longer opens" in page or "opens nothing" in page) is (said != "")
    with clock.at(clock.now() + timedelta(hours=73)):
        assert "older than 72 hours" in client.get(path).text


def test_the_next_in_line_and_who_waits_outside_are_told_though_the_clock_was_set_back(in_app, make):
    first, second, owner = make.user(role="attorney"), make.user(role="attorney"), make.user(role="caseworker")
    make.in_line(first), make.in_line(second)
    event = make.event(owner=owner, people=[make.member()])
    with writing():
        raise_alert(viewer=make.viewer(user=owner), member_code=None, who="Rosa", key_id=keyring.new_key())
        go_in(viewer=make.viewer(user=owner), code=event.code, minutes=30)
    with clock.at(clock.now() - timedelta(hours=1)):
        queue.work_all()
        with clock.at(clock.now() + timedelta(minutes=5, seconds=5)):
            queue.work_all()
            assert list(db.session.scalars(select(AlertNotice.user_id).order_by(AlertNotice.step))) == [
                first.id,
                second.id,
            ]
        with clock.at(clock.now() + timedelta(minutes=45, seconds=10)):
            queue.work_all()
            assert db.session.scalars(select(PresenceNotice.user_id)).first() == owner.id


def _work_on(minutes, back):
    """The worker on a clock that was set `back` and runs on from there."""
    for passed in range(0, minutes, 5):
        with clock.at(back + timedelta(minutes=passed)):
            queue.work_all()
    return list(db.session.scalars(select(PresenceNotice.user_id).order_by(PresenceNotice.step)))


def test_who_said_still_in_is_looked_for_though_the_clock_was_set_back_to_after_they_went_in(in_app, make):
    owner = make.user(role="caseworker")
    event, viewer, start = make.event(owner=owner, people=[make.member()]), make.viewer(user=owner), clock.now()
    with writing():
        go_in(viewer=viewer, code=event.code, minutes=60)
    with clock.at(start + timedelta(minutes=60)), writing():
        expect_later(viewer=viewer, code=event.code, minutes=60)
    assert _work_on(70, start + timedelta(minutes=30)) == []
    assert _work_on(10, start + timedelta(minutes=106)) == [owner.id]


def test_the_next_is_told_of_who_is_not_out_though_the_clock_was_set_back_between(in_app, make):
    owner, director = make.user(role="caseworker"), make.user(role="director")
    event, start = make.event(owner=owner, people=[make.member()]), clock.now()
    with writing():
        go_in(viewer=make.viewer(user=owner), code=event.code, minutes=30)
    assert _work_on(1, start + timedelta(minutes=46)) == [owner.id]
    assert _work_on(20, start + timedelta(minutes=16)) == [owner.id, director.id]
