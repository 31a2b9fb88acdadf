"""A child is not older than the parent who heads the household."""

from datetime import date

import pytest

from mexile.members.person.rules import Born, age_problems

HEAD = ("head", Born(date(1987, 5, 17)))


@pytest.mark.parametrize(
    ("role", "born", "is_wrong"),
    [
        ("child", Born(date(1987, 5, 16)), True),
        ("child", Born(date(1987, 5, 17)), False),
        ("child", Born(None, 1986), True),
        ("child", Born(None, 1987), False),
        ("child", Born(), False),
        ("parent", Born(date(1987, 5, 18)), True),
        ("parent", Born(None, 1960), False),
        ("sibling", Born(None, 1960), False),
    ],
)
def test_a_birth_fits_the_place_in_the_household(role: str, born: Born, is_wrong: bool) -> None:
    found = age_problems([HEAD, (role, born)])
    assert bool(found) == is_wrong
    assert all(problem.en and problem.es for problem in found)


def test_a_household_without_a_head_says_nothing() -> None:
    assert age_problems([("child", Born(None, 1950)), ("parent", Born(None, 2001))]) == []


def _family(make):
    mother = make.member(alias="Luna", birth_year=1990)
    child = make.member(alias="Sol", birth_year=2012)
    make.household(mother, (child, "child"))
    for one in (mother, child):
        make.consent(one)
    return mother, child


def test_a_child_older_than_the_parent_is_refused_with_everything_typed_kept(make, client_as):
    _mother, child = _family(make)
    data = {"alias": "Sol", "birth_year": "1989", "version": "1", "address": "Calle Ejemplo 7"}
    answer = client_as("attorney").post(f"/members/{child.code}/edit", data=data)
    assert answer.status_code == 422
    assert "A child would be older than the head of the household." in answer.text
    assert "Calle Ejemplo 7" in answer.text


def test_a_parent_made_younger_than_the_child_is_refused_too(make, client_as):
    mother, _child = _family(make)
    data = {"alias": "Luna", "birth_date": "3 mar 2013", "version": "1"}
    answer = client_as("attorney").post(f"/members/{mother.code}/edit", data={**data, "birth_year": ""})
    assert answer.status_code == 422 and "A child would be older" in answer.text


def test_joining_as_a_child_needs_a_fitting_age(make, client_as):
    mother, _child = _family(make)
    old = make.member(alias="Encino", birth_year=1950)
    client = client_as(user=make.user(role="attorney", language="es"))
    answer = client.post(f"/members/{mother.code}/household", data={"who": old.code, "role": "child"})
    assert answer.status_code in (409, 422) and "sería mayor que la cabeza de familia" in answer.text
    assert client.post(f"/members/{mother.code}/household", data={"who": old.code, "role": "parent"}).status_code == 302
