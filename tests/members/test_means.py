"""What a household lives on, asked kindly, and the list of those without, worst first."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mexile.ground import clock
from mexile.ground.db import db
from mexile.members.means import queries as permit
from mexile.members.means.models import Means, MeansPromise
from tests.sheets.test_batch import queries_of


def _count(app, model):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def _in(days):
    return (clock.today() + timedelta(days=days)).isoformat()


def test_the_gap_is_said_in_weeks_on_the_household(app, make, client_as):
    member = make.member(legal_name="Ana Reyes")
    client = client_as("attorney")
    values = {
        "host_kind": "relative",
        "host": "Su tía",
        "weeks_covered": "4",
        "eaters": "5",
        "permit_on": _in(91),
        "permit_source": "attorney",
    }
    assert client.post(f"/members/{member.code}/means", data=values).status_code == 302
    page = client.get(f"/members/{member.code}/means").text
    assert "9 weeks without means" in page and "Su tía" in page and "never" not in page
    assert "9 weeks without means" in client.get(f"/members/{member.code}/household").text
    spanish = client_as(user=make.user(role="attorney", language="es")).get(f"/members/{member.code}/means").text
    assert "9 semanas sin sustento" in spanish and "Nada de esto es obligatorio" in spanish


def test_nothing_is_required_and_an_empty_answer_is_no_gap(app, make, client_as):
    member = make.member()
    client = client_as("attorney")
    assert client.post(f"/members/{member.code}/means", data={}).status_code == 302
    assert _count(app, Means) == 1
    assert "That is all right" in client.get(f"/members/{member.code}/means").text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"permit_on": "2027-03-01"}, "needs its source"),
        ({"permit_source": "attorney"}, "needs its source"),
        ({"asked_on": "2099-01-01"}, "not come yet"),
        ({"eaters": "0"}, "whole number"),
    ],
)
def test_what_cannot_be_is_said_in_words(app, make, client_as, values, words):
    member = make.member()
    answer = client_as("attorney").post(f"/members/{member.code}/means", data={"host": "Su tía", **values})
    assert answer.status_code == 422 and words in answer.text and "Su tía" in answer.text and _count(app, Means) == 0


def test_a_promise_counts_until_it_no_longer_holds(app, make, client_as):
    member = make.member()
    house = make.household(member)
    make.means(
        member, household=house, weeks_covered=0, permit_on=clock.today() + timedelta(days=70), permit_source="notice"
    )
    client = client_as("attorney")
    url = f"/members/{member.code}/means"
    assert "10 weeks without means" in client.get(url).text
    assert (
        client.post(url + "/promises", data={"who": "La iglesia", "kind": "living", "until_on": _in(34)}).status_code
        == 302
    )
    assert "5 weeks without means" in client.get(url).text
    with app.app_context():
        promise = db.session.scalar(select(MeansPromise.id))
    assert client.post(f"/members/{member.code}/promises/{promise}/end").status_code == 302
    assert "10 weeks without means" in client.get(url).text
    assert client.post(f"/members/{member.code}/promises/{promise}/end").status_code == 404


def test_a_promise_that_ends_before_it_begins_is_refused_and_kept_on_the_page(app, make, client_as):
    member = make.member()
    make.household(member)
    answer = client_as("attorney").post(
        f"/members/{member.code}/means/promises", data={"who": "La iglesia", "kind": "roof", "until_on": _in(-1)}
    )
    assert answer.status_code == 422 and "end before it begins" in answer.text and "La iglesia" in answer.text
    assert _count(app, MeansPromise) == 0


def test_the_list_is_worst_first_and_counts_who_was_not_asked(app, make, client_as):
    people = {name: make.member(legal_name=f"{name} Ejemplo") for name in ("Ana", "Beto", "Carla", "Dora", "Eva")}
    permit_on = clock.today() + timedelta(days=70)
    for name, weeks in (("Ana", 8), ("Beto", 1), ("Carla", 30)):
        make.means(people[name], weeks_covered=weeks, permit_on=permit_on, permit_source="estimate")
    make.means(people["Dora"], host_kind="nobody")
    make.household(people["Eva"])
    page = client_as("director").get("/members/without-means").text
    assert page.index("Dora") < page.index("Beto") < page.index("Ana") and "Carla" not in page and "Eva" not in page
    assert "One household hasn" in page


def test_only_households_of_whom_one_walks_with_are_listed(make, client_as):
    worker = make.user()
    hidden, mine = make.member(legal_name="Secreta Persona"), make.member(assigned=worker, legal_name="Ana Reyes")
    for one in (hidden, mine):
        make.means(one, weeks_covered=0)
    page = client_as(user=worker).get("/members/without-means").text
    assert "Ana" in page and "Secreta" not in page


def test_words_told_by_somebody_unknown_to_the_viewer_are_not_opened(make, client_as):
    worker = make.user()
    mine, hidden = make.member(assigned=worker), make.member()
    house = make.household(mine, (hidden, "partner"))
    make.means(hidden, household=house, weeks_covered=2, host="Secreta tía")
    make.means_promise(hidden, household=house, who="Secreta iglesia")
    page = client_as(user=worker).get(f"/members/{mine.code}/means").text
    assert "Secreta" not in page and "Promises of support" in page


def test_the_clock_of_the_case_goes_before_a_typed_day(make, client_as, monkeypatch):
    member = make.member()
    make.means(member, weeks_covered=0, permit_on=clock.today() + timedelta(days=700), permit_source="estimate")
    monkeypatch.setattr(
        permit.earliest_permits, "functions", [lambda ids: {member.id: clock.today() + timedelta(days=21)}]
    )
    page = client_as("attorney").get(f"/members/{member.code}/means").text
    assert "3 weeks without means" in page and "by the clock of the case" in page


def test_the_list_takes_a_fixed_number_of_queries(app, make, client_as):
    client = client_as("director")
    counts = []
    for rows in (1, 6):
        for _ in range(rows):
            one = make.member()
            house = make.household(one)
            make.means(one, household=house, weeks_covered=1)
            make.means_promise(one, household=house)
        counts.append(queries_of(app, client, "/members/without-means"))
    assert counts[0] == counts[1] <= 16
