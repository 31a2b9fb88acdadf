"""What others are to a person, said from their side, and the relations against which a new one is held."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from mexile.access.viewer import Viewer
from mexile.ground.db import db
from mexile.members.assignment.rights import visible
from mexile.members.family.models import Relative
from mexile.members.name.queries import NAME_COLUMNS, name_of
from mexile.members.person.models import Member
from mexile.members.relation.models import Relation
from mexile.members.relation.rules import OLDER_FIRST, Edge, Person, side


@dataclass(frozen=True)
class Kin:
    """Somebody who is ``side`` ("child", "parent") of the person on whose page it stands. ``name`` is None
    where the viewer may not know of them."""

    relation_id: int
    side: str
    person: Person
    name: str | None
    code: str | None


def kin_among(
    viewer: Viewer, people: Iterable[Person], known: Mapping[Person, tuple[str, str]] | None = None
) -> dict[Person, list[Kin]]:
    """What others are to each of these people, said from their side. ``known``: (name, code) of those whose
    names are open already."""
    asked = set(people)
    rows = _relations({person.member_id for person in asked})
    edges = [(row.id, edge_of(row)) for row in rows]
    edges = [(id, edge) for id, edge in edges if edge.first != edge.second and asked & {edge.first, edge.second}]
    named = {person for _, edge in edges for person in (edge.first, edge.second)}
    names = {**(known or {}), **_names(viewer, named - set(known or ()))}
    kin: dict[Person, list[Kin]] = {}
    for id, edge in edges:
        for this, other in ((edge.first, edge.second), (edge.second, edge.first)):
            name, code = names.get(other, (None, None))
            said = kin.setdefault(this, [])
            # Two merged records may both have said it.
            if not any((entry.side, entry.person) == (side(edge, this), other) for entry in said):
                said.append(Kin(id, side(edge, this), other, name, code))
    return kin


def _relations(member_ids: Iterable[int]) -> Sequence[Relation]:
    return db.session.scalars(_relations_of(list(member_ids))).all()


def _relations_of(ids: list[int]) -> Any:
    of_these = Relation.member_id.in_(ids) | Relation.other_member_id.in_(ids)
    return select(Relation).where(Relation.stands(), of_these).order_by(Relation.id)


def edge_of(row: Relation) -> Edge:
    return Edge(Person(row.member_id, row.relative_id), row.kind, Person(row.other_member_id, row.other_relative_id))


def standing_edges(edge: Edge) -> list[Edge]:
    """The relations against which a new one is held: all that make forebears, and those of its two members."""
    ids = [edge.first.member_id, edge.second.member_id]
    rows = db.session.scalars(
        select(Relation).where(
            Relation.stands(),
            Relation.kind.in_(OLDER_FIRST) | Relation.member_id.in_(ids) | Relation.other_member_id.in_(ids),
        )
    )
    return [edge_of(row) for row in rows]


def relations_of_relative(person: Person) -> list[Relation]:
    """The relations in which this relative stands."""
    return list(
        db.session.scalars(
            select(Relation).where(
                Relation.stands(),
                or_(Relation.relative_id == person.relative_id, Relation.other_relative_id == person.relative_id),
            )
        )
    )


def standing_between(row: Relation) -> list[Relation]:
    """The relations that stand between the members of this one, itself among them."""
    ids = [row.member_id, row.other_member_id]
    between = Relation.member_id.in_(ids), Relation.other_member_id.in_(ids)
    return list(db.session.scalars(select(Relation).where(Relation.stands(), *between)))


def birth_years(people: Iterable[Person]) -> dict[Person, int | None]:
    """The years of birth as they are kept."""
    people = list(people)
    members = dict(
        db.session.execute(
            select(Member.id, Member.birth_year).where(
                Member.id.in_([person.member_id for person in people if person.relative_id is None])
            )
        ).all()
    )
    relatives = dict(
        db.session.execute(
            select(Relative.id, Relative.birth_year).where(
                Relative.id.in_([person.relative_id for person in people if person.relative_id is not None])
            )
        ).all()
    )
    return {
        person: members.get(person.member_id) if person.relative_id is None else relatives.get(person.relative_id)
        for person in people
    }


def _names(viewer: Viewer, people: set[Person]) -> dict[Person, tuple[str, str]]:
    """(name, code) of those whom the viewer may know of: relatives through their member."""
    names: dict[Person, tuple[str, str]] = {}
    ids = [person.member_id for person in people if person.relative_id is None]
    if ids:
        members = db.session.execute(
            select(Member.id, Member.code, *NAME_COLUMNS).where(Member.id.in_(ids), visible(viewer))
        )
        for row in members:
            names[Person(row.id)] = (name_of(row, viewer).full, row.code)
    ids = [person.relative_id for person in people if person.relative_id is not None]
    if ids:
        relatives = db.session.execute(
            select(Relative, Member.code)
            .join(Member, Member.id == Relative.member_id)
            .where(Relative.id.in_(ids), visible(viewer))
        )
        for relative, code in relatives:
            names[Person(relative.member_id, relative.id)] = (relative.called or "", code)
    return names


def kin_of(viewer: Viewer, member: Member) -> list[Kin]:
    """What others are to this member, in or out of the household."""
    person = Person(member.id)
    return kin_among(viewer, [person]).get(person, [])
