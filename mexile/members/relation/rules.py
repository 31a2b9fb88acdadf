"""What people can be to one another: no one is their own parent, nobody's child is older, no circle of parents."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mexile.ground.errors import Problem
from mexile.ground.vocabulary import vocabulary

SAME_BOTH_WAYS = ("partner", "sibling", "other")
OLDER_FIRST = ("parent", "grandparent")
BACK = {"parent": "child", "grandparent": "grandchild", "guardian": "ward"}


class Person(NamedTuple):
    """A member, or the relative of a member whom ``relative_id`` names."""

    member_id: int
    relative_id: int | None = None


class Edge(NamedTuple):
    """``first`` is ``kind`` of ``second``, as it is kept."""

    first: Person
    kind: str
    second: Person


def kept(this: Person, side: str, other: Person) -> Edge:
    """What is kept where ``this`` is said to be ``side`` ("child", "parent", "ward") of ``other``.

    Each relation has one form only: the elder or the guardian first; people who are the same to each
    other in a fixed order.
    """
    term = vocabulary("relation_side")[side]
    kind = str(term.more["kind"])
    first, second = (other, this) if term.more.get("turned") else (this, other)
    if kind in SAME_BOTH_WAYS and _order(second) < _order(first):
        first, second = second, first
    return Edge(first, kind, second)


def _order(person: Person) -> tuple[int, int]:
    return (person.member_id, person.relative_id or 0)


def side(edge: Edge, person: Person) -> str:
    """What the other of the two is to ``person``: a child's page says "parent", the parent's says "child"."""
    return edge.kind if edge.second == person else BACK.get(edge.kind, edge.kind)


def other_side(word: str) -> str:
    """The same relation said by the other: who has a child here is a parent there."""
    turned = {**BACK, **{back: kind for kind, back in BACK.items()}}
    return turned.get(word, word)


def relation_problems(
    edge: Edge, standing: Iterable[Edge], birth_years: Mapping[Person, int | None], place: str = "side"
) -> list[Problem]:
    """Why a relation can't be written down beside those that stand; all at once."""
    if edge.first == edge.second:
        return [
            Problem(
                place,
                "Nobody is related to themselves. Choose another person.",
                "Nadie es pariente de sí mismo. Elija a otra persona.",
            )
        ]
    problems, standing = [], list(standing)
    if any(_pair(other) == _pair(edge) and _says_the_same(other, edge) for other in standing):
        problems.append(
            Problem(
                place,
                "What these two are to each other is written down already. End that first.",
                "Ya está anotado qué son estas dos personas. Primero termine esa relación.",
            )
        )
    elder, younger = birth_years.get(edge.first), birth_years.get(edge.second)
    if edge.kind in OLDER_FIRST and elder and younger and younger <= elder:
        problems.append(
            Problem(
                place,
                f"The child would be older than the parent: born in {younger}, and the elder in {elder}. "
                "Turn the relation round, or check the years of birth.",
                f"La hija o el hijo sería mayor que su madre o padre: nació en {younger}, y la persona mayor en {elder}. "
                "Invierta la relación o revise los años de nacimiento.",
            )
        )
    if edge.kind in OLDER_FIRST and _descends(edge.first, edge.second, standing):
        problems.append(
            Problem(
                place,
                "This would make somebody their own forebear. One of the relations is the wrong way round.",
                "Así alguien sería su propio antepasado. Una de las relaciones está al revés.",
            )
        )
    return problems


def _pair(edge: Edge) -> frozenset[Person]:
    return frozenset((edge.first, edge.second))


def _says_the_same(edge: Edge, other: Edge) -> bool:
    """Guardianship stands beside kinship; of kinship two people have one."""
    return (edge.kind == "guardian") == (other.kind == "guardian")


def _descends(person: Person, from_: Person, standing: Iterable[Edge]) -> bool:
    """Whether ``person`` descends from ``from_`` by the relations that stand."""
    children: dict[Person, list[Person]] = {}
    for edge in standing:
        if edge.kind in OLDER_FIRST:
            children.setdefault(edge.first, []).append(edge.second)
    seen, ahead = set(), [from_]
    while ahead:
        here = ahead.pop()
        for child in children.get(here, ()):
            if child == person:
                return True
            if child not in seen:
                seen.add(child)
                ahead.append(child)
    return False
