"""Custody: days in their order, a circuit that changes with the place, bonds, supervision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from mexile.custody.detention.actions import add_stay, end_detention, start_detention, void_detention
from mexile.custody.detention.queries import custody_of, held_now, open_detention
from mexile.custody.detention.rules import changes, circuit_word, transfer_problems
from mexile.ground import clock
from mexile.ground.db import db, writing
from mexile.ground.errors import Conflict, Invalid
from mexile.members.family.actions import set_place
from mexile.members.family.queries import places_of
from mexile.members.person.models import Member
from mexile.members.relation.rules import Person
from tests.clients import Client
from tests.make import Make

DAY = date(2026, 3, 2)
days = st.integers(-30, 30).map(lambda days: DAY + timedelta(days=days))


@given(on=days, last=st.one_of(st.none(), days), ended=st.one_of(st.none(), days))
def test_a_transfer_lies_between_the_arrest_and_the_release_and_after_the_last(on, last, ended) -> None:
    today = DAY + timedelta(days=10)
    found = transfer_problems(on=on, started=DAY, last=last, ended=ended, today=today)
    can_be = on >= DAY and (last is None or on > last) and (ended is None or on <= ended) and on <= today
    assert bool(found) == (not can_be)
    assert all(problem.place == "on" for problem in found)


def test_a_transfer_before_the_arrest_is_refused_in_words() -> None:
    found = transfer_problems(on=DAY - timedelta(days=1), started=DAY, last=None, ended=None, today=DAY)
    assert "before being detained" in found[0].en and "antes de ser detenido" in found[0].es
    assert transfer_problems(on=DAY, started=DAY, last=None, ended=None, today=DAY) == []


def test_circuits_read_as_lawyers_say_them() -> None:
    assert [circuit_word(n, "en") for n in (1, 2, 3, 5, 10, 11, 12, None)] == [
        "1st Circuit", "2nd Circuit", "3rd Circuit", "5th Circuit", "10th Circuit", "11th Circuit", "D.C. Circuit", "",
    ]  # fmt: skip
    assert circuit_word(5, "es") == "5.º Circuito" and circuit_word(3, "es") == "3.er Circuito"


@given(st.lists(st.one_of(st.none(), st.sampled_from([5, 10])), max_size=8))
def test_a_change_of_circuit_is_said_exactly_where_it_changes(circuits) -> None:
    stays = [SimpleNamespace(place=SimpleNamespace(circuit=circuit)) for circuit in circuits]
    known, expected = None, []
    for circuit in circuits:
        expected.append(known if known and circuit and circuit != known else None)
        known = circuit or known
    assert [before for _, before in changes(stays)] == expected


def test_a_detention_with_its_transfers_and_its_end(in_app: Flask, make: Make) -> None:
    viewer, member = make.viewer("attorney"), make.member()
    el_paso, otero = make.place_called("PL-0005"), make.place_called("PL-0006")
    with writing():
        held = start_detention(viewer=viewer, member=member, from_on=DAY, held_by="ice", place_id=el_paso.id)
    with pytest.raises(Conflict), writing():
        start_detention(viewer=viewer, member=member, from_on=DAY)
    with pytest.raises(Invalid, match="before being detained"), writing():
        add_stay(viewer=viewer, detention=held, place_id=otero.id, on=DAY - timedelta(days=1))
    with writing():
        add_stay(viewer=viewer, detention=held, place_id=otero.id, on=DAY + timedelta(days=42))
    with pytest.raises(Invalid), writing():
        end_detention(viewer=viewer, detention=held, on=DAY + timedelta(days=41), how="bond")
    line = held_now(viewer)[0]
    assert [stay.place.circuit for stay in line.custody.stays] == [5, 10]
    assert line.custody.days(DAY + timedelta(days=60)) == 61
    with writing():
        end_detention(viewer=viewer, detention=held, on=DAY + timedelta(days=50), how="bond")
    assert held_now(viewer) == [] and open_detention(member.id) is None
    one = custody_of(viewer, member.id)[0]
    assert one.end.how == "bond" and one.days(date(2030, 1, 1)) == 51
    with pytest.raises(Conflict), writing():
        end_detention(viewer=viewer, detention=held, on=DAY + timedelta(days=50), how="bond")


def test_nobody_is_detained_tomorrow(in_app: Flask, make: Make) -> None:
    with pytest.raises(Invalid), writing():
        start_detention(viewer=make.viewer("director"), member=make.member(), from_on=clock.today() + timedelta(days=2))


def test_a_mistake_leaves_every_list(in_app: Flask, make: Make) -> None:
    viewer, member = make.viewer("director"), make.member()
    held = make.detention(member)
    with writing():
        void_detention(viewer=viewer, detention=held)
    assert held_now(viewer) == [] and custody_of(viewer, member.id) == []


def _place_now(member: Member) -> str:
    return places_of([Person(member.id)])[Person(member.id)].place


@pytest.mark.parametrize(("how", "place"), [("bond", "with_us"), ("atd", "with_us"), ("removed", "unknown")])
def test_the_household_shows_what_custody_says(in_app: Flask, make: Make, how: str, place: str) -> None:
    viewer, member = make.viewer("director"), make.member()
    with writing():
        set_place(viewer=viewer, code=member.code, values={"place": "elsewhere", "since_on": DAY + timedelta(days=1)})
        held = start_detention(viewer=viewer, member=member, from_on=DAY)
    assert _place_now(member) == "detained"
    with writing():
        end_detention(viewer=viewer, detention=held, on=clock.today(), how=how)
    assert _place_now(member) == place


def test_after_a_mistake_the_person_is_where_she_was(in_app: Flask, make: Make) -> None:
    viewer, member = make.viewer("director"), make.member()
    with writing():
        set_place(viewer=viewer, code=member.code, values={"place": "with_us", "since_on": DAY - timedelta(days=1)})
        held = start_detention(viewer=viewer, member=member, from_on=DAY)
        void_detention(viewer=viewer, detention=held)
    assert _place_now(member) == "with_us"


def test_who_is_held_is_shown_by_rights_with_two_queries(in_app: Flask, make: Make) -> None:
    user = make.user()
    for number in range(4):
        make.detention(make.member(assigned=user if number % 2 else ()), stays=[("PL-0005", DAY)], from_on=DAY)
    director, lead = make.viewer("director"), make.viewer(user=user)
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _k, statement, *_more: asked.append(statement))
    assert len(held_now(director)) == 4
    assert len([one for one in asked if one.startswith("SELECT")]) == 2
    assert len(held_now(lead)) == 2 and held_now(make.viewer()) == []
    assert held_now(make.viewer("development")) == []


# ---- the pages ------------------------------------------------------------------------


def test_the_page_takes_a_whole_custody_and_says_where_the_law_changed(
    make: Make, client_as: Callable[..., Client]
) -> None:
    client = client_as("attorney")
    member = make.member(preferred_name="Quetzal")
    el_paso, otero = make.place_called("PL-0005"), make.place_called("PL-0006")
    page, base = f"/members/{member.code}/custody", f"/members/{member.code}"
    assert (
        client.post(
            f"{base}/detentions", data={"from_on": "2026-03-02", "held_by": "ice", "place_id": str(el_paso.id)}
        ).status_code
        == 302
    )
    bad = client.post("/detentions/DT-0001/transfers", data={"on": "2026-03-01", "place_id": str(otero.id)})
    assert bad.status_code == 422 and "before being detained" in bad.text and "2026-03-01" in bad.text
    assert (
        client.post("/detentions/DT-0001/transfers", data={"on": "2026-04-13", "place_id": str(otero.id)}).status_code
        == 302
    )
    assert "5th Circuit → 10th Circuit" in client.get(page).text
    assert "5th Circuit → 10th Circuit" in client.get(f"{base}?part=legal").text
    assert "5th Circuit → 10th Circuit" in client.get("/custody").text
    bad = client.post(f"{base}/bonds", data={"asked_on": "2026-03-20", "returned_on": "2026-03-25"})
    assert bad.status_code == 422 and "comes back after it was posted" in bad.text and "2026-03-25" in bad.text
    good = {"asked_on": "2026-03-20", "decided_on": "2026-03-25", "decision": "granted", "amount_cents": "5,000"}
    assert client.post(f"{base}/bonds", data=good).status_code == 302
    stale = client.post("/bonds/BD-0001", data={**good, "version": "9"})
    assert stale.status_code == 409
    assert (
        client.post(
            "/bonds/BD-0001", data={**good, "version": "1", "posted_on": "2026-03-27", "payer": "family"}
        ).status_code
        == 302
    )
    assert (
        client.post(
            f"{base}/supervisions", data={"kind": "isap", "every": "month", "monitor": "ankle", "from_on": "2026-05-01"}
        ).status_code
        == 302
    )
    assert client.post(f"{base}/supervisions/1/end", data={"to_on": "2026-06-01"}).status_code == 302
    assert client.post(f"{base}/locator", data={"result-found": "1"}).status_code == 302
    assert client.post("/detentions/DT-0001/end", data={"how": "bond", "on": "2026-05-01"}).status_code == 302
    text = client.get(page).text
    assert "Released on bond" in text and "$5,000" in text and "Ankle monitor" in text
    assert "No one in custody." in client.get("/custody").text


def test_the_list_is_empty_in_both_languages(make: Make, client_as: Callable[..., Client]) -> None:
    assert "No one in custody." in client_as("caseworker").get("/custody").text
    assert "Nadie en detención." in client_as(user=make.user("director", language="es")).get("/custody").text


def test_a_volunteer_learns_nothing_of_custody(make: Make, client_as: Callable[..., Client]) -> None:
    beto = client_as("volunteer")
    member = make.member(assigned=beto.user)
    make.detention(member, stays=[("PL-0005", DAY)])
    assert "Custody" not in beto.get(f"/members/{member.code}?part=all").text
    assert beto.get("/custody").status_code == 404
    assert beto.get(f"/members/{member.code}/custody").status_code == 404
