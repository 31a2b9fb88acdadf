"""The members' pages open for those who may, in both languages."""

import pytest

PAGES = ("", "/edit", "/assignments", "/household", "/closure", "/drawer/identity", "/drawer/contact", "/drawer/looked")


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_page_of_a_member_opens_for_the_attorney(make, client_as, lang):
    attorney = make.user(role="attorney", language=lang)
    one = make.member(legal_name="Ana María Reyes Luna", phone="+19155550123", birth_date="1986-03-12", birth_year=1986)
    other = make.member(legal_name="Beto Reyes Cruz")
    make.household(one, (other, "child"))
    make.consent(one)
    make.assign(one, make.user(role="caseworker"))
    client = client_as(user=attorney)
    for page in PAGES:
        answer = client.get(f"/members/{one.code}{page}")
        assert answer.status_code == 200, page
        assert f'<html lang="{lang}">' in answer.text
    for page in ("/members", "/members/new", "/members?sort=last_service", f"/members/{one.code}/household"):
        assert client.get(page).status_code == 200, page
