"""Families: who stayed behind, what people are to one another, where each is, what they live on."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from mexile.deadlines.deadline.rules import months_later
from mexile.demo.organization.household import Household, Member
from mexile.demo.organization.plan import Plan
from mexile.demo.organization.recipe import recipe
from mexile.members.relation.rules import Person, kept

ASKED_WITHIN = 600
"""Days since they came within which a household was asked for its means."""


def add_families(plan: Plan) -> None:
    alone = _alone(plan)
    _add_family_of(plan, alone)
    for home in plan.households:
        if home is not alone and home.head.is_here(plan.day):
            _add_behind(plan, home)
    told = dict.fromkeys(relative.member_id for relative in plan.rows["relative"])
    for home in plan.households:
        if len(home.members) > 1 and (home.head.is_shown or plan.chance("asked", home.code).happens(0.7)):
            told |= dict.fromkeys(home.codes)
    for member in plan.members:
        if member.code in told:
            _add_place(plan, member.code, member.joined_on, place="with_us")
    for stay in plan.held:
        _add_place(plan, stay.member, stay.from_on, place="detained")
    for home in plan.households:
        for member, kind, other in _ties(home):
            _relate(plan, home.head, Person(_number(member)), kind, Person(_number(other)))
        _add_means(plan, home, is_told=home is alone)


def _number(member: Member) -> int:
    return int(member.code[3:])


def _add_place(plan: Plan, member: str, since: date, **columns: Any) -> None:
    plan.add("household_place", member_id=member, since_on=since, at=since, **columns)


def _alone(plan: Plan) -> Household:
    """A man who came alone some time ago, whom Lucía walks with where there is one: his family is in Juárez and in
    Guerrero."""

    def fitness(home: Household) -> tuple[object, ...]:
        man = home.head
        return plan.first.get(home.code) == "lucia", not man.marks, man.state == "GRO", man.code

    alone = (home for home in plan.households if len(home.members) == 1 and home.head.is_here(plan.day))
    return max((home for home in alone if home.head.gender == "M" and home.head.state), key=fitness)


def _add_family_of(plan: Plan, home: Household) -> None:
    man, relatives = home.head, []
    for told in recipe()["families"]["alone"]:
        place = {name: told.get(name) for name in ("place", "state", "in_danger", "contact", "note")}
        year = man.born_on.year + told["years"]
        born = max(year, plan.day.year - 8) if told["role"] == "child" else year
        relatives.append(_add_relative(plan, man, home.code, told["called"], told["role"], born, place))
    mother, child = relatives[:2]
    _relate(plan, man, mother, "parent", child)


def _add_behind(plan: Plan, home: Household) -> None:
    """For some, somebody who stayed behind."""
    words, head, chance = recipe()["families"], home.head, plan.chance("behind", home.code)
    if chance.happens(0.3):
        who, where = chance.columns(words["behind"]), chance.columns(words["where"])
        if where["place"] == "in_mexico" and head.state:
            where["state"] = f"MX-{head.state}"
        born = min(head.born_on.year + words["years"][who["role"]], plan.day.year - 1)
        _add_relative(plan, head, home.code, who["called"], who["role"], born, where)


def _add_relative(
    plan: Plan, head: Member, home: str, called: str, role: str, born: int, place: dict[str, Any]
) -> Person:
    """A relative without a record, of the head who told of them."""
    about = {"member_id": head.code, "household_id": home, "from_on": head.joined_on, "at": head.joined_on}
    relative = plan.add("relative", called=called, role=role, birth_year=born, **about)
    _add_place(plan, head.code, head.joined_on, relative_id=relative.id, **place)
    person = Person(_number(head), relative.id)
    _relate(plan, head, person, role, Person(_number(head)))
    return person


def _relate(plan: Plan, told_by: Member, first: Person, kind: str, second: Person) -> None:
    """The first is `kind` of the second."""
    edge = kept(first, kind, second)
    (member, relative), (other, other_relative) = edge.first, edge.second
    people = {"member_id": member, "relative_id": relative}
    people |= {"other_member_id": other, "other_relative_id": other_relative}
    plan.add("relation", kind=edge.kind, at=told_by.joined_on, **people)


def _ties(home: Household) -> Iterator[tuple[Member, str, Member]]:
    """Head and partner are partners and, as far as their ages say so, parents of the children."""
    head = home.head
    partner = next((member for member in home.members if member.role == "partner"), None)
    if partner:
        yield head, "partner", partner
    for member in home.members[1:]:
        if member.role == "child":
            parents = [elder for elder in (head, partner) if elder and elder.born_on.year < member.born_on.year]
            yield from ((elder, "parent", member) for elder in parents)
        elif member.role == "parent" and member.born_on.year < head.born_on.year:
            yield member, "parent", head
        elif member.role == "sibling":
            yield head, "sibling", member


def _add_means(plan: Plan, home: Household, is_told: bool) -> None:
    """Means of the households that came within twenty months and can't work yet; three in four were asked."""
    words, head, chance = recipe()["families"], home.head, plan.chance("means", home.code)
    came = (plan.day - head.joined_on).days
    if not head.is_here(plan.day) or came > ASKED_WITHIN or not (is_told or chance.happens(0.75)):
        return
    asked_on = plan.ago(chance.randrange(min(came, 35) + 1))
    told = {"household_id": home.code, "member_id": head.code, "by_user_id": "lucia", "at": asked_on}
    kind, permit_on = chance.weighted(words["host"]), head.arrived_on + timedelta(days=chance.randint(300, 560))
    plan.add(
        "means",
        **told,
        asked_on=asked_on,
        host_kind=kind,
        host="A cousin of the mother" if kind == "relative" else None,
        roof_until=None if kind in ("nobody", "relative") else asked_on + timedelta(weeks=chance.randint(4, 26)),
        eaters=len(home.members) + chance.randrange(3),
        weeks_covered=chance.randint(2, 18),
        permit_on=max(permit_on, months_later(plan.day, 1)),
        permit_source="estimate",
    )
    if chance.happens(0.3):
        span = {"from_on": asked_on, "until_on": plan.day + timedelta(weeks=chance.randint(3, 12))}
        plan.add("means_promise", **told, **span, **chance.columns(words["promised"]))
