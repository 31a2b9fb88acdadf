"""Who works here: begun, changed and ended on a page, with nobody locking everybody out."""

import re
from datetime import timedelta

from sqlalchemy import func, select

from mexile.access.account.models import UserAccount, UserRole
from mexile.access.invitation.models import Invitation
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.organization import Organization


def test_a_form_sent_twice_adds_one_person_and_invites_once(client_as, make):
    browser = client_as("administrator")
    form = {
        "name": "Ana Ejemplo",
        "email": "ana@example.org",
        "roles": ["auditor"],
        "language": "es",
        "form_token": "t" * 20,
    }
    first, again = (browser.post("/people/new", data=form).location for _ in range(2))
    assert first == again
    assert make.read(lambda: db.session.scalar(select(func.count()).select_from(Invitation))) == 1
    assert "invited" in browser.get(first).text


def test_everything_wrong_with_a_new_person_is_told_at_once_and_kept(client_as):
    browser = client_as("administrator")
    answer = browser.post("/people/new", data={"name": "", "email": "no mail", "language": "en"})
    assert answer.status_code == 422
    assert answer.text.count('class="error"') == 2 and 'value="no mail"' in answer.text
    answer = browser.post(
        "/people/new", data={"name": "A", "email": browser.user.email, "roles": ["intake"], "language": "en"}
    )
    assert "Somebody has this mail address already" in answer.text


def test_an_administrators_second_role_waits_for_a_director_who_is_not_herself(client_as, make):
    with clock.at(clock.now() - timedelta(days=4)):
        longstanding = make.user(role="director")
    administrator, director = client_as("administrator"), client_as(user=longstanding)
    code = administrator.user.code
    administrator.post(f"/people/{code}/roles", data={"role": "attorney"})
    assert administrator.get("/members").status_code == 404
    assert administrator.post(f"/people/{code}/roles/attorney/confirmation").status_code == 404
    assert director.post(f"/people/{code}/roles/attorney/confirmation").status_code == 302
    assert administrator.get("/members").status_code == 200
    assert director.post(f"/people/{code}/roles/attorney/end").status_code == 302
    assert administrator.get("/members").status_code == 404


def test_a_director_does_not_confirm_herself(client_as, make):
    user = make.user(roles=["administrator", "director", "attorney"])
    make.write(
        lambda: [
            setattr(row, "confirmed_by", user.id)
            for row in db.session.scalars(
                select(UserRole).where(UserRole.user_id == user.id, UserRole.role == "director")
            )
        ]
    )
    browser = client_as(user=user)
    assert browser.post(f"/people/{user.code}/roles/attorney/confirmation").status_code == 409


def test_the_last_administrator_and_oneself_stay(client_as, make):
    administrator = client_as("administrator")
    code = administrator.user.code
    assert administrator.post(f"/people/{code}/roles/administrator/end").status_code == 409
    assert administrator.post(f"/people/{code}/revocation", data={"reason": "leaves"}).status_code == 409
    assert client_as("director").post(f"/people/{code}/revocation", data={"reason": "leaves"}).status_code == 409
    assert administrator.get("/people").status_code == 200


def test_ending_an_access_needs_a_reason_and_works_at_the_next_request(client_as, make):
    administrator, leaver = client_as("administrator"), client_as("auditor")
    address = f"/people/{leaver.user.code}/revocation"
    assert administrator.post(address, data={"reason": ""}).status_code == 422
    assert leaver.get("/trail").status_code == 200
    assert administrator.post(address, data={"reason": "moved away"}).status_code == 302
    assert leaver.get("/trail").status_code == 302
    assert make.read(lambda: "user.end" in set(db.session.scalars(select(trail.TrailRow.act))))
    assert make.read(lambda: db.session.get(UserAccount, leaver.user.id)) is not None


def test_the_organizations_settings_are_changed_on_a_page(client_as, make):
    browser = client_as("administrator")
    page = browser.get("/organization").text
    form = {
        name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
        for name in ("version", "legal_name", "short_name", "sentence_en", "sentence_es")
    }
    form = {name: found[1] for name, found in form.items()}
    form |= {
        "ein": "",
        "address": "1 New Street, El Paso, TX 79901",
        "mail_from": "a@example.org",
        "zone": "denver",
        "languages": "es",
        "is_exempt": "y",
        "fiscal_year_month": "7",
    }
    wrong = {**form, "ein": "1234", "address": "1 New Street", "zone": "argentina", "mail_from": "office"}
    answer = browser.post("/organization", data=wrong)
    assert answer.status_code == 422 and answer.text.count('class="error"') == 4, "all that is wrong, at once"
    assert all(f'value="{typed}"' in answer.text for typed in ("1234", "argentina", "office")) and ">1 New Street<" in (
        answer.text.replace("\r\n", "").replace("\n", "")
    )
    assert "Argentina/Cordoba" in answer.text and browser.post("/organization", data=form).status_code == 422
    assert browser.post("/organization", data={**form, "ein": "000000001"}).status_code == 302
    row = make.read(lambda: db.session.get(Organization, 1))
    assert (row.ein, row.fiscal_year_month, row.zone, row.is_exempt) == ("00-0000001", 7, "America/Denver", 1)
    stranger = browser.application.test_client()
    assert 'lang="en">English' not in stranger.get("/give?lang=es").text, "one language is offered"


def test_the_settings_are_found_under_their_address_of_before(client_as):
    moved = client_as("director").get("/organisation")
    assert (moved.status_code, moved.location) == (308, "/organization")
