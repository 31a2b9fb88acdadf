"""Writing down what two people are to each other, and ending it."""

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere
from mexile.members.family.queries import get_relative
from mexile.members.person.queries import get_member
from mexile.members.relation.models import Relation, RelationEnd
from mexile.members.relation.queries import birth_years, edge_of, standing_between, standing_edges
from mexile.members.relation.rules import SAME_BOTH_WAYS, Edge, Person, kept, relation_problems

name_act("relation.add", "Recorded a relation", "Anotó un parentesco")
name_act("relation.end", "Ended a relation", "Terminó un parentesco")


def hand_over(viewer: Viewer, row: Relation, was: Person, now: Person) -> None:
    """The same relation, said of the record, unless it stands already; what was said of the relative has ended."""
    edge = edge_of(row)
    first, second = (now if person == was else person for person in (edge.first, edge.second))
    if edge.kind in SAME_BOTH_WAYS and second < first:
        first, second = second, first
    db.session.add(RelationEnd(relation_id=row.id, by_user_id=viewer.user_id, at=clock.now()))
    db.session.flush()
    edge = Edge(first, edge.kind, second)
    standing = standing_edges(edge)
    if edge in standing:
        return
    if problems := relation_problems(edge, standing, birth_years([first, second]), place=""):
        raise Invalid(problems)
    db.session.add(_relation(viewer, edge))
    db.session.flush()


def relate(*, viewer: Viewer, code: str, side: str, other: str) -> Relation:
    """The other person is ``side`` ("child", "parent") of this member. ``other``: the code of a member
    ("ME-0412"), or of a relative with their member's ("ME-0412/RE-0003"). Both must exist for the viewer.

    Raises Invalid with words: nobody is related to themselves, no child is older, no circle of parents.
    """
    member = get_member(viewer, code)
    owner, _, relative_code = other.partition("/")
    if relative_code:
        held, relative = get_relative(viewer, owner, relative_code)
        person = Person(held.id, relative.id)
    else:
        person = Person(get_member(viewer, owner).id)
    return relate_people(viewer, person, side, Person(member.id), [code, relative_code or owner])


def relate_people(viewer: Viewer, this: Person, side: str, other: Person, subject: list[str]) -> Relation:
    edge = kept(this, side, other)
    problems = relation_problems(edge, standing_edges(edge), birth_years([edge.first, edge.second]))
    if problems:
        raise Invalid(problems)
    relation = _relation(viewer, edge)
    db.session.add(relation)
    db.session.flush()
    trail.record("relation.add", subject, kind=edge.kind)
    return relation


def _relation(viewer: Viewer, edge: Edge) -> Relation:
    return Relation(
        kind=edge.kind,
        member_id=edge.first.member_id,
        relative_id=edge.first.relative_id,
        other_member_id=edge.second.member_id,
        other_relative_id=edge.second.relative_id,
        by_user_id=viewer.user_id,
        at=clock.now(),
    )


def end_relation(*, viewer: Viewer, code: str, relation_id: int) -> None:
    """The relation is over, or was a mistake. It must be one of this member, or of a relative of theirs. Where
    two merged records both said it, both end."""
    member = get_member(viewer, code)
    relation = db.session.get(Relation, relation_id)
    is_theirs = relation is not None and member.id in (relation.member_id, relation.other_member_id)
    if relation is None or not is_theirs or db.session.get(RelationEnd, relation_id) is not None:
        raise NotHere(code)
    alike = [row for row in standing_between(relation) if edge_of(row) == edge_of(relation)]
    db.session.add_all(RelationEnd(relation_id=row.id, by_user_id=viewer.user_id, at=clock.now()) for row in alike)
    db.session.flush()
    trail.record("relation.end", code, kind=edge_of(relation).kind)
