"""Whom a person flees from: names that are the same one, and who named one."""

import pytest
from flask import Flask

from mexile.ground.vocabulary import vocabulary
from mexile.members.persecutor.queries import members_who_fled, name_index, persecutors_of
from mexile.members.persecutor.rules import name_key
from tests.make import Make


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Los Ardillos", "el cártel de los Ardillos"),
        ("Juan Pérez", "PEREZ, Juan"),
        ("Comandante Vázquez", "bazques"),
        ("La Línea", "la linea"),
    ],
)
def test_a_name_said_in_two_ways_is_one(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


def test_names_of_titles_alone_are_still_told_apart() -> None:
    assert name_key("El Comandante") != name_key("Los Señores") and name_key("El") == "el"
    assert name_key("") == name_key(None) == name_key("—") == ""


def test_the_vocabulary_says_of_each_kind_whether_it_is_the_state_and_how_far_it_reaches() -> None:
    kinds = vocabulary("persecutor")
    assert len(kinds) == 27
    for term in kinds.values():
        assert term.more["state_actor"] in (True, False) and term.more["reach"] in vocabulary("persecutor_reach")


def test_who_named_the_same_one_is_found_by_the_index_alone(app: Flask, make: Make, in_app: None) -> None:
    one, other, third = make.member(), make.member(), make.member()
    make.persecutor(one, name="Los Ardillos")
    make.persecutor(other, name="Cártel de los Ardillos")
    make.persecutor(third)
    assert members_who_fled([name_index("ardillos")]) == {one.id, other.id}
    assert members_who_fled([name_index("ardillos")], but=[one.id]) == {other.id}
    assert members_who_fled([]) == set() and name_index(" ") is None


def test_persecutors_are_seen_through_the_member(app: Flask, make: Make, in_app: None) -> None:
    lucia = make.user()
    mine, hers = make.member(assigned=lucia), make.member()
    made = make.persecutor(mine, name="Los Ardillos", note="said twice")
    make.persecutor(hers)
    viewer = make.viewer(user=lucia)
    assert [row.id for row in persecutors_of(viewer, mine.id)] == [made.id]
    assert persecutors_of(viewer, hers.id) == []
    assert persecutors_of(viewer, mine.id)[0].name == "Los Ardillos"
