"""Relations: kept once, said from both sides, and never a circle."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mexile.ground.vocabulary import vocabulary
from mexile.members.relation.rules import Edge, Person, kept, relation_problems, side

ANA, BETO, LUZ = Person(1), Person(2), Person(1, 5)
PEOPLE = [Person(1), Person(2), Person(3), Person(1, 5), Person(2, 6)]
SIDES = sorted(vocabulary("relation_side"))
TURNED = {"parent": "child", "grandparent": "grandchild", "guardian": "ward"}
BACK = {**TURNED, **{back: kind for kind, back in TURNED.items()}}


@given(st.sampled_from(SIDES), st.permutations(PEOPLE))
def test_what_is_said_from_either_side_is_kept_alike(word, people):
    one, other = people[:2]
    edge = kept(one, word, other)
    assert kept(other, BACK.get(word, word), one) == edge
    assert side(edge, other) == word and side(edge, one) == BACK.get(word, word)


def test_nobody_is_their_own_parent():
    assert "themselves" in relation_problems(kept(ANA, "parent", ANA), [], {})[0].en


def test_a_member_and_her_relative_are_two_people():
    assert relation_problems(kept(ANA, "parent", LUZ), [], {}) == []


@pytest.mark.parametrize(
    ("elder", "younger", "is_right"), [(1980, 2005, True), (2005, 1980, False), (1980, 1980, False), (None, 2005, True)]
)
def test_a_child_is_not_older_than_the_parent(elder, younger, is_right):
    found = relation_problems(kept(ANA, "parent", BETO), [], {ANA: elder, BETO: younger})
    assert (found == []) == is_right


def test_the_same_pair_is_not_kin_twice_but_may_be_guardian_as_well():
    standing = [kept(ANA, "grandparent", BETO)]
    assert relation_problems(kept(BETO, "child", ANA), standing, {})
    assert relation_problems(kept(ANA, "guardian", BETO), standing, {}) == []


def test_a_child_is_not_made_the_parent_of_a_grandparent():
    standing = [kept(ANA, "parent", BETO), kept(BETO, "parent", LUZ)]
    assert "forebear" in relation_problems(kept(LUZ, "parent", ANA), standing, {})[0].en


@given(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(SIDES), st.sampled_from(PEOPLE)), max_size=14))
@settings(max_examples=200, deadline=None)
def test_no_order_of_saying_things_makes_a_circle(said):
    standing: list[Edge] = []
    for one, word, other in said:
        edge = kept(one, word, other)
        if not relation_problems(edge, standing, {}):
            standing.append(edge)
    below: dict[Person, set[Person]] = {}
    for edge in standing:
        if edge.kind in ("parent", "grandparent"):
            below.setdefault(edge.first, set()).add(edge.second)
    for start in PEOPLE:
        reached, ahead = set(), list(below.get(start, ()))
        while ahead:
            here = ahead.pop()
            if here not in reached:
                reached.add(here)
                ahead += below.get(here, ())
        assert start not in reached
