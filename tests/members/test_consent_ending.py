"""Consents that end soon as a list, and the pages of requests behind the first fifty."""

import re
from datetime import timedelta

import pytest

from mexile.ground import clock
from tests.media.test_media import queries_of


def _ends(make, member, days, **values):
    return make.consent_in_full(
        member, until=clock.today() + timedelta(days=days), on=clock.today() - timedelta(days=90), **values
    )


@pytest.mark.parametrize(
    ("days", "is_there"), [(-31, False), (-30, True), (-1, True), (0, True), (30, True), (31, False)]
)
def test_thirty_days_before_and_after_the_end(make, client_as, days, is_there):
    ana = make.member(legal_name="Ana Reyes")
    _ends(make, ana, days)
    assert (ana.code in client_as("director").get("/consents/ending").text) is is_there


def test_what_was_renewed_taken_back_or_belongs_to_a_closed_member_is_not_asked_again(make, client_as):
    renewed, back, closed = make.member(), make.member(), make.member()
    _ends(make, renewed, 5)
    _ends(make, renewed, 300)
    make.consent_revocation(_ends(make, back, 5))
    _ends(make, closed, 5)
    make.closure(closed)
    page = client_as("attorney").get("/consents/ending").text
    assert "No consent ends soon." in page


def test_a_later_consent_that_was_taken_back_renews_nothing(make, client_as):
    ana = make.member()
    _ends(make, ana, 5)
    make.consent_revocation(_ends(make, ana, 300))
    assert ana.code in client_as("attorney").get("/consents/ending").text


def test_within_ones_rights_in_both_languages_and_from_the_members(make, client_as):
    client = client_as(user=make.user(role="caseworker", language="es"))
    mine, hidden = make.member(legal_name="Ana Reyes", assigned=client.user), make.member()
    for one in (mine, hidden):
        _ends(make, one, 5)
    page = client.get("/consents/ending").text
    assert "Consentimientos por vencer" in page and mine.code in page and hidden.code not in page
    assert "/consents/ending" in client.get("/members").text
    assert client_as("volunteer").get("/consents/ending").status_code == 404


def test_fifty_at_a_time_and_a_fixed_number_of_queries(app, make, client_as):
    client = client_as("director")
    _ends(make, make.member(), 3)
    few = queries_of(app, client, "/consents/ending")
    for _ in range(52):
        _ends(make, make.member(), 3)
    assert queries_of(app, client, "/consents/ending") == few
    first = client.get("/consents/ending").text
    further = re.search(r'href="(/consents/ending\?after=\d+)"', first)[1]
    second = client.get(further).text
    codes = [set(re.findall(r'code small">(ME-\d+)', page)) for page in (first, second)]
    assert (len(codes[0]), len(codes[1])) == (50, 3) and not codes[0] & codes[1]


def test_the_next_page_does_not_tell_when_a_consent_of_somebody_else_ends(make, client_as):
    client = client_as("caseworker")
    mine, hidden = make.member(assigned=client.user), make.member()
    first, last = _ends(make, mine, 3), _ends(make, mine, 20, purpose="donor_report")
    behind = [client.get(f"/consents/ending?after={id}").text for id in (first.id, last.id, 999_999)]
    assert [mine.code in page for page in behind] == [True, False, False]
    elsewhere = _ends(make, hidden, 10)
    assert mine.code not in client.get(f"/consents/ending?after={elsewhere.id}").text


def test_requests_behind_the_first_fifty_come_on_the_next_page(make, client_as):
    client, today = client_as("director"), clock.today()
    for number in range(53):
        asked = make.media_request(by_on=(None, today, today + timedelta(days=4))[number % 3])
        if number % 5 == 0:
            make.media_closure(asked)
    seen, url = [], "/media"
    while url:
        page = client.get(url).text
        seen += re.findall(r'code small">([A-Z]+-\d+)', page)
        found = re.search(r'href="(/media\?after=[A-Z]+-\d+)"', page)
        url = found and found[1]
    assert len(seen) == len(set(seen)) == 53


def test_today_says_it_to_who_walks_with_them_without_a_name(make, client_as):
    lucia, ximena, beto = client_as("caseworker"), client_as("attorney"), client_as("volunteer")
    mine, other = make.member(legal_name="Ana Reyes", assigned=[lucia.user, beto.user]), make.member()
    _ends(make, other, 5)
    assert "/consents/ending" not in lucia.get("/today").text
    _ends(make, mine, 5)
    page = lucia.get("/today").text
    assert "/consents/ending" in page and "1 consent of somebody you accompany ends soon" in page and "Ana" not in page
    assert "/consents/ending" not in ximena.get("/today").text + beto.get("/today").text
