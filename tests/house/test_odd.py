"""What nobody means to send is answered in words, never by a fault."""

from __future__ import annotations

from datetime import date

import pytest

from mexile.ground.date_reading import parse_day
from mexile.ground.errors import Invalid
from mexile.ground.rough import parse_rough

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("text", ["9999-12-31", "31 dic 9999", "0001-01-01", "1200-05-05", "31/12/2300", "2201-01-01"])
def test_a_year_that_nobody_means_is_asked_about(text: str) -> None:
    for parse in (parse_day, parse_rough):
        with pytest.raises(Invalid) as wrong:
            parse(text, TODAY)
        assert "can't be right" in wrong.value.problems[0].en and "no puede ser" in wrong.value.problems[0].es


def test_a_hearing_in_2034_and_a_grandmother_of_1921_are_days() -> None:
    assert parse_day("2034-03-02", TODAY).year == 2034
    assert parse_day("3 may 1921", TODAY).year == 1921


ODD = [
    ("/events/new", {"known": "day", "on": "2027-03-02", "kind": "hearing", "at": "2147483648"}),
    ("/events/new", {"known": "day", "on": "2027-03-02", "kind": "hearing", "at": "9" * 40}),
    ("/events/new", {"known": "day", "on": "2027-03-02", "kind": "hearing", "at": "8:30", "place_id": "9" * 40}),
    ("/events/new", {"known": "day", "on": "9999-12-31", "kind": "hearing", "at": "23:30", "sure": "y"}),
    ("/events/new", {"known": "day", "on": "0001-01-01", "kind": "hearing", "at": "0:30", "sure": "y"}),
    ("/inquiries/new", {"alias": "Luz", "safe_contact": "Signal", "asked_on": "9999-12-31"}),
]


@pytest.mark.once
@pytest.mark.parametrize(("address", "typed"), ODD)
def test_a_form_with_an_odd_day_hour_or_number_comes_back_with_what_was_typed(client_as, address, typed) -> None:
    answer = client_as("attorney", "intake").post(address, data=typed)
    assert answer.status_code == 422
    for value in (typed.get("on"), typed.get("asked_on"), typed.get("at")):
        assert value is None or value in answer.text


@pytest.mark.once
def test_an_odd_day_in_an_address_finds_nothing_and_is_no_fault(make, client_as) -> None:
    client = client_as("attorney", "director")
    member = make.member(assigned=client.user)
    for on in ("9999-12-31", "0001-01-01", "x", "9" * 40):
        assert client.get(f"/members/{member.code}/looked", query_string={"on": on}).status_code == 200


@pytest.mark.once
def test_a_case_whose_first_day_was_emptied_comes_back(make, client_as) -> None:
    client = client_as("attorney")
    case = make.case(member=make.member(assigned=client.user))
    typed = {"version": "1", "kind": "asylum", "posture": "removal", "forum": "", "opened_on": "", "reliefs": "ASYL"}
    assert client.post(f"/cases/{case.code}/edit", data=typed).status_code == 422
