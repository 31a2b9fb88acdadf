"""What needs two people can't be played by one: other accounts of one's own making don't count as somebody else."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from mexile.access import second_factor
from mexile.access.account.models import UserRole
from mexile.access.invitation.actions import accept, invite
from mexile.access.letter.actions import render_new
from mexile.access.role.actions import confirm_role, give_role
from mexile.ground import clock, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import Conflict
from mexile.ground.queue import Job
from mexile.members.emergency.actions import open_emergency, review_emergency
from mexile.members.removal.actions import ask_to_erase, confirm_erase
from tests.access.arriving import NEW, account, arrive, come_in, now_code

DAYS = timedelta(days=4)


def longstanding(make, *roles, **more):
    """Somebody who has held these roles for four days."""
    with clock.at(clock.now() - DAYS):
        return make.user(roles=list(roles), **more)


def made_by(make, maker, user, ago=DAYS):
    """The trail of who added an account."""

    def write():
        who = trail.actor.set(trail.Actor(maker.id, "administrator"))
        trail.record("user.add", user.code)
        trail.actor.reset(who)

    with clock.at(clock.now() - ago):
        make.write(write)
    return user


def told(make):
    def look():
        rows = db.session.execute(select(Job.body).where(Job.key.startswith("access.new:")).order_by(Job.id)).scalars()
        return [json.loads(body)["body"] for body in rows]

    return make.read(look)


def held(make, user, role):
    return make.read(
        lambda: db.session.scalars(
            select(UserRole).where(UserRole.user_id == user.id, UserRole.role == role, UserRole.to_at.is_(None))
        ).first()
    )


def test_an_administrator_does_not_become_everybody_by_a_second_account(app, client_as, make):
    administrator, director = client_as("administrator"), longstanding(make, "director")
    code = administrator.user.code
    administrator.post(f"/people/{code}/roles", data={"role": "director"})
    administrator.post(
        "/people/new", data={"name": "B", "email": "b@example.org", "roles": ["director", "attorney"], "language": "en"}
    )
    seed = arrive(app, make, "b@example.org")[1]
    second = come_in(app, "b@example.org", seed)[1]
    assert second.get("/members").status_code == 404
    assert second.post(f"/people/{code}/roles/director/confirmation").status_code == 404
    assert administrator.get("/members").status_code == 404
    assert {body["user"] for body in told(make)} == {director.id}
    assert [(body["what"], body["roles"]) for body in told(make)] == [
        ("role", ["director"]),
        ("account", ["attorney", "director"]),
    ]
    letter = make.read(lambda: render_new(told(make)[1]))
    assert (
        letter.to == director.email and account(make, "b@example.org").code in letter.text and "B," not in letter.text
    )


def test_not_even_after_days_when_the_second_account_is_a_director(client_as, make):
    administrator = client_as("administrator")
    longstanding(make, "director")
    puppet = made_by(make, administrator.user, longstanding(make, "director"))
    deeper = made_by(make, puppet, longstanding(make, "director"))
    administrator.post(f"/people/{administrator.user.code}/roles", data={"role": "director"})
    for user in (puppet, deeper):
        answer = client_as(user=user).post(f"/people/{administrator.user.code}/roles/director/confirmation")
        assert answer.status_code == 409 and "aren&#39;t two" in answer.text
    assert administrator.get("/members").status_code == 404


def test_who_was_invited_anew_by_the_asker_counts_as_made_by_them(client_as, make):
    administrator = client_as("administrator")
    first, other = longstanding(make, "director"), longstanding(make, "director")
    administrator.post(f"/people/{first.code}/recovery")
    administrator.post(f"/people/{administrator.user.code}/roles", data={"role": "attorney"})
    path = f"/people/{administrator.user.code}/roles/attorney/confirmation"
    assert client_as(user=first).post(path).status_code == 409
    assert client_as(user=other).post(path).status_code == 302
    assert administrator.get("/members").status_code == 200


@pytest.mark.parametrize(("hours", "status"), [(71, 409), (73, 302)])
def test_who_confirms_has_been_a_director_for_72_hours(client_as, make, hours, status):
    administrator = client_as("administrator")
    with clock.at(clock.now() - timedelta(hours=hours)):
        director = make.user(role="director")
    administrator.post(f"/people/{administrator.user.code}/roles", data={"role": "attorney"})
    assert (
        client_as(user=director).post(f"/people/{administrator.user.code}/roles/attorney/confirmation").status_code
        == status
    )


def test_the_first_director_confirms_from_the_first_day(in_app, make):
    with writing():
        address = invite(user=None, is_mailed=False)
    seed, first = second_factor.new_seed(), make.user(role="administrator")
    who = {"name": "D", "email": "d@example.org", "language": "es"}
    accept(token=address.rpartition("/")[2], password=NEW, seed=seed, code=now_code(seed), **who)
    director = account(make, "d@example.org")
    assert director.language == "es"
    with writing():
        give_role(user_id=first.id, role="attorney", by=first.id)
    with writing():
        assert confirm_role(user_id=first.id, role="attorney", by=director.id) <= clock.now()


def test_nobody_confirms_what_they_gave(client_as, make):
    both = longstanding(make, "administrator", "director", confirmed_by=None)
    make.write(lambda: setattr(held(make, both, "director"), "confirmed_by", None))
    longstanding(make, "director")
    make.write(
        lambda: db.session.execute(
            UserRole.__table__.update().where(UserRole.user_id == both.id).values(confirmed_by=both.id)
        )
    )
    new = make.user("caseworker")
    browser = client_as(user=both)
    browser.post(f"/people/{new.code}/roles", data={"role": "director"})
    assert browser.post(f"/people/{new.code}/roles/director/confirmation").status_code == 409
    assert held(make, new, "director").due_at is None


def test_with_one_director_a_new_one_begins_after_72_hours_and_can_be_ended_until_then(client_as, make):
    both = longstanding(make, "administrator", "director")
    make.write(
        lambda: db.session.execute(
            UserRole.__table__.update().where(UserRole.user_id == both.id).values(confirmed_by=both.id)
        )
    )
    new, stopped = client_as("caseworker"), client_as("caseworker")
    browser = client_as(user=both)
    for person in (new, stopped):
        browser.post(f"/people/{person.user.code}/roles", data={"role": "director"})
    assert "unless it is ended before" in browser.get(f"/people/{new.user.code}").text
    assert new.get("/people").status_code == 404
    assert browser.post(f"/people/{stopped.user.code}/roles/director/end").status_code == 302
    with clock.at(clock.now() + timedelta(hours=73)):
        assert client_as(user=new.user).get("/people").status_code == 200
        assert client_as(user=stopped.user).get("/people").status_code == 404
    assert {body["user"] for body in told(make)} == {both.id}


def test_where_every_director_is_the_askers_making_a_confirmation_waits_72_hours(in_app, make):
    administrator = longstanding(make, "administrator")
    director = made_by(make, administrator, longstanding(make, "director"))
    with writing():
        give_role(user_id=administrator.id, role="attorney", by=administrator.id)
    with writing():
        due = confirm_role(user_id=administrator.id, role="attorney", by=director.id)
    assert due - clock.now() > timedelta(hours=71)


def test_a_director_gives_what_sees_members_alone_but_no_directorship(client_as, make):
    both = longstanding(make, "administrator", "director")
    make.write(
        lambda: db.session.execute(
            UserRole.__table__.update().where(UserRole.user_id == both.id).values(confirmed_by=both.id)
        )
    )
    longstanding(make, "director")
    browser, person = client_as(user=both), client_as("auditor")
    browser.post(f"/people/{person.user.code}/roles", data={"role": "attorney"})
    assert person.get("/members").status_code == 200
    browser.post(f"/people/{person.user.code}/roles", data={"role": "director"})
    assert person.get("/people").status_code == 404


def test_ending_the_administrators_role_frees_no_role_that_waits(client_as, make):
    administrator, other = client_as("administrator"), client_as("administrator")
    administrator.post(f"/people/{administrator.user.code}/roles", data={"role": "caseworker"})
    other.post(f"/people/{administrator.user.code}/roles/administrator/end")
    assert administrator.get("/members").status_code == 404


def test_a_role_that_waits_is_in_no_list_of_who_holds_it(in_app, make):
    from mexile.access.account.queries import with_roles

    administrator = make.user(role="administrator")
    with writing():
        give_role(user_id=administrator.id, role="director", by=administrator.id)
    unconfirmed = make.user(roles=["administrator", "attorney"])
    assert with_roles("director", "attorney") == [] and unconfirmed


def test_a_removal_is_not_asked_and_confirmed_by_one_person_with_two_accounts(in_app, make):
    asker, member, other = longstanding(make, "caseworker", "attorney"), make.member(), longstanding(make, "attorney")
    puppet = made_by(make, asker, longstanding(make, "attorney"))
    with writing():
        ask_to_erase(viewer=make.viewer("attorney", user=asker), code=member.code, reason="by letter")
    for user in (asker, puppet):
        with pytest.raises(Conflict), writing():
            confirm_erase(viewer=make.viewer("attorney", user=user), code=member.code)
    with writing():
        confirm_erase(viewer=make.viewer("attorney", user=other), code=member.code)


def test_a_confirmers_account_of_yesterday_does_not_ask_for_them(in_app, make):
    director, member = longstanding(make, "director"), make.member()
    longstanding(make, "attorney")
    puppet = made_by(make, director, make.user("intake"), ago=timedelta(hours=1))
    make.assign(member, puppet)
    with writing():
        ask_to_erase(viewer=make.viewer("intake", user=puppet), code=member.code, reason="by letter")
    with pytest.raises(Conflict), writing():
        confirm_erase(viewer=make.viewer("director", user=director), code=member.code)


def test_who_is_alone_confirms_a_removal_after_72_hours_and_the_words_say_so(in_app, make):
    director, member = longstanding(make, "director"), make.member()
    viewer = make.viewer("director", user=director)
    with writing():
        ask_to_erase(viewer=viewer, code=member.code, reason="by letter")
    with pytest.raises(Conflict) as wrong, writing():
        confirm_erase(viewer=viewer, code=member.code)
    assert "72 hours" in wrong.value.problem.en
    with clock.at(clock.now() + timedelta(hours=73)), writing():
        assert confirm_erase(viewer=viewer, code=member.code).due_at > clock.now() + timedelta(hours=71)


def test_an_emergency_is_not_reviewed_by_an_account_of_who_opened_it(in_app, make):
    user, member = longstanding(make, "caseworker"), make.member()
    with writing():
        code = open_emergency(
            viewer=make.viewer(user=user), code=member.code, reason="She stands at the door of the court."
        ).code
    puppet, other = made_by(make, user, longstanding(make, "attorney")), longstanding(make, "attorney")
    from mexile.ground.errors import Invalid

    with pytest.raises(Invalid), writing():
        review_emergency(
            viewer=make.viewer("attorney", user=puppet), code=code, verdict="justified", words="All was well."
        )
    with writing():
        review_emergency(
            viewer=make.viewer("attorney", user=other), code=code, verdict="justified", words="All was well."
        )
