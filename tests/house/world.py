"""A small world with one of everything, seen by every role.

Three members: one whom every user is assigned to, one whom nobody is, one whom everybody
was until yesterday. Around each of them lies one record of every kind that hangs on a
member; beside them one of every kind that doesn't.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from werkzeug.routing import Rule as Route

from mexile.access.roles import INTAKE, ROLES, SEES_ALL_MEMBERS, SEES_ASSIGNED_MEMBERS, VOLUNTEER
from mexile.grants.award.models import GrantAward
from mexile.ground import clock
from mexile.ground.db import db
from mexile.home.first_step.steps import STEPS
from mexile.members.export.models import SavedView
from tests.make import Make

RELATIONS = ("assigned", "not", "formerly")


class World:
    """`user[role]`, and `record[relation]["members"]`: the records by their word in the URL."""

    def __init__(self, make: Make, language: str = "en"):
        self.make = make
        make.service_types()
        make.funds()
        self.colleague = make.user(role="intake")
        self.user = {role: make.user(role=role, language=language) for role in ROLES}
        self.shared = {word: maker(make) for word, maker in ALONE.items()}
        self.around = {relation: self._member(relation) for relation in RELATIONS}
        for who in (*self.user.values(), self.colleague):
            for maker in OWN.values():
                maker(self, who)

    def _member(self, relation: str) -> dict[str, Any]:
        member = self.make.member(alias=f"Alias{relation}")
        found: dict[str, Any] = {"members": member}
        if relation != "not":
            for user in self.user.values():
                found["assignments"] = self.make.assign(member, user, since=clock.now() - timedelta(days=30))
                if relation == "formerly":
                    self.make.release(found["assignments"], at=clock.now() - timedelta(days=1))
        else:
            found["assignments"] = self.make.assign(member, self.colleague)
        for word, maker in OF_A_MEMBER.items():
            found[word] = maker(self, member, found)
        return found

    def records(self, relation: str, role: str) -> dict[str, Any]:
        """The word in the URL -> the record: around the member of `relation`; of what one
        sees because one made it, `role`'s own or a colleague's."""
        own = self.user[role] if relation == RELATIONS[0] else self.colleague
        return {**self.shared, **self.around[relation], **{word: OWN[word](self, own) for word in OWN}}

    def addresses(self, route: Route, relation: str, role: str = "director") -> list[str]:
        """The URLs of `route` for the records of `relation`; none where it needs no record
        of a member and `relation` is not the first."""
        if relation != RELATIONS[0] and not hangs_on_a_member(route):
            return []
        records = self.records(relation, role)
        names, choices = list(arguments(route)), []
        for argument, word in arguments(route).items():
            choices.append(CHOICES.get(word) or [ADDRESSES.get(f"{word}.{argument}", _code)(records[word])])
        return [_built(route, dict(zip(names, chosen, strict=True))) for chosen in itertools.product(*choices)]

    def address(self, route: Route) -> str:
        """One URL of `route`, around the member whom everybody is assigned to."""
        return self.addresses(route, RELATIONS[0])[0]


def _built(route: Route, values: dict[str, Any]) -> str:
    built = route.build({name: value for name, value in values.items()})
    assert built is not None, f"{route.rule} can't be built from {values}"
    return built[1]


def sees(role: str, relation: str, scope: str | None = None) -> bool:
    """Whether a member of this relation exists for somebody of this role; who takes inquiries in sees them all."""
    if scope == "inquiry" and role == INTAKE:
        return True
    return role in SEES_ALL_MEMBERS or (role in SEES_ASSIGNED_MEMBERS and relation == "assigned")


TWICE = {("members", "conflict"): "adverse", ("inquiries", "conflict"): "names", ("grants", "reports"): "due"}


def arguments(route: Route) -> dict[str, str]:
    """argument -> the word of the URL before it: {"code": "members"}; what two houses call the same, by its house."""
    found, parts = {}, route.rule.split("/")
    for before, part in zip(parts, parts[1:], strict=False):
        if part.startswith("<"):
            argument = part.strip("<>").rpartition(":")[2].partition(">")[0]
            found[argument] = TWICE.get((parts[1], before), before)
    return found


def hangs_on_a_member(route: Route) -> bool:
    return bool(HANGING & set(arguments(route).values()))


def _code(record: Any) -> Any:
    return record.code if hasattr(record, "code") else record


OF_A_MEMBER: dict[str, Callable[[World, Any, dict[str, Any]], Any]] = {
    "households": lambda world, member, _: world.make.household(member),
    "household": lambda world, member, found: found["households"],
    "relatives": lambda world, member, found: _relative(world, member, found["households"]),
    "consents": lambda world, member, _: world.make.consent_in_full(
        member, guardian="quiet", witness="quiet", withheld="quiet", by=world.colleague
    ),
    "media": lambda world, member, _: _media(world, member),
    "promises": lambda world, member, found: _means(world, member, found["households"]),
    "relations": lambda world, member, found: world.make.relation(member, "parent", found["relatives"]),
    "services": lambda world, member, _: world.make.service(
        people=[member], by=world.colleague, key_id=member.key_id, note="quiet"
    ),
    "documents": lambda world, member, _: world.make.document(member=member, by=world.colleague, note="quiet"),
    "cases": lambda world, member, _: world.make.case(member=member),
    "proceedings": lambda world, member, found: world.make.proceeding(found["cases"]),
    "mpp": lambda world, member, found: world.make.mpp(found["cases"], by=world.colleague),
    "delegations": lambda world, member, found: _delegation(world, found["cases"]),
    "events": lambda world, member, found: _event(world, member, found["cases"]),
    "deadlines": lambda world, member, _: _deadline(world, member),
    "segments": lambda world, member, _: world.make.clock_segment(member, by=world.colleague),
    "exceptions": lambda world, member, _: world.make.one_year_exception(member, by=world.colleague),
    "merges": lambda world, member, _: world.make.merge(member),
    "detentions": lambda world, member, _: world.make.detention(
        member, by=world.colleague, stays=[("PL-0005", date(2026, 3, 2)), ("PL-0006", date(2026, 4, 1))], note="quiet"
    ),
    "bonds": lambda world, member, _: world.make.bond(member, stated="quiet"),
    "supervisions": lambda world, member, _: world.make.supervision(member),
    "contacts": lambda world, member, _: world.make.contact(member, by=world.colleague, code_name="Luna", note="quiet"),
    "persecutors": lambda world, member, _: world.make.persecutor(
        member, by=world.colleague, name="Nadie", note="quiet"
    ),
    "adverse": lambda world, member, _: world.make.named(
        member, "Nadie Quieto", kind="adverse", phone="+526561234568", by=world.colleague
    ),
    "entries": lambda world, member, _: world.make.entry(member, by=world.colleague),
    "places-lived": lambda world, member, _: world.make.place_lived(
        member, by=world.colleague, town="Lugar", happened="quiet", found="quiet"
    ),
    "emergency-plan": lambda world, member, _: world.make.emergency_plan(
        member, by=world.colleague, attorney="Abogada", medicine="none", children=[("Niña", "Tía", "+19155550123")]
    ),
    "details": lambda world, member, _: world.make.member_detail(
        member,
        by=world.colleague,
        names=["Otro Nombre"],
        a_numbers=[f"000000{member.id:03d}"],
        languages=[("ngu", "Pueblo")],
        municipality="Municipio",
    ),
    "holds": lambda world, member, _: world.make.legal_hold(member),
}
"""The word in the URL -> the record of that kind around one member (beside the member
herself and an assignment)."""


def _relative(world: World, member: Any, household: Any) -> Any:
    """A child without a record, in Juárez, whom one must not call."""
    kin = world.make.relative(member, household=household, called="Luz", by=world.colleague)
    values = {"place": "in_juarez", "in_danger": "yes", "contact": "no", "note": "quiet", "by": world.colleague}
    world.make.household_place(member, relative=kin, **values)
    return kin


def _event(world: World, member: Any, case: Any) -> Any:
    """A date of today, at which the volunteer walks along with the member whom everybody is assigned to."""
    made = world.make.event(
        on=clock.today(),
        people=[member],
        owner=world.colleague,
        case_id=case.id,
        companions=[world.user[VOLUNTEER]] if member.alias == f"Alias{RELATIONS[0]}" else (),
    )
    world.make.event_note(made, key_id=member.key_id, meeting_point="quiet", note="quiet")
    return made


def _deadline(world: World, member: Any) -> Any:
    """A deadline that once said something else."""
    made = world.make.deadline(member=member, owner=world.colleague)
    world.make.deadline_past(made, by=world.colleague)
    return made


def _means(world: World, member: Any, household: Any) -> Any:
    """Means that end soon, with a promise."""
    world.make.means(member, household=household, weeks_covered=2, host="quiet", note="quiet", by=world.colleague)
    return world.make.means_promise(member, household=household, what="quiet", by=world.colleague)


def _media(world: World, member: Any) -> Any:
    """A request for which the member was chosen, with all that came of it."""
    make, by = world.make, world.colleague
    asked = make.media_request(asker="quiet", contact="quiet", by=by)
    make.media_choice(asked, member, by=by)
    make.media_publication(asked, by=by)
    make.media_consequence(asked, note="quiet", by=by)
    make.media_consequence(asked, member=member, note="quiet", by=by)
    return asked


def _delegation(world: World, case: Any) -> Any:
    """A theory, and a colleague who may read it."""
    world.make.theory(case, grounds="psg", nexus="quiet", persecutors="quiet", relocation="pursuit")
    return world.make.delegation(case, world.colleague, by=world.user["attorney"])


def _batch(world: World, user: Any) -> Any:
    """The import of one person of the staff, made once."""
    kept = world.__dict__.setdefault("batches", {})
    if user.id not in kept:
        kept[user.id] = world.make.import_batch(by=user, content=world.make.sheet(("2026-03-10", "3", "Cuba")))
    return kept[user.id]


def _emergency(world: World, user: Any) -> Any:
    """The emergency access of one person of the staff, made once; to a member whom she walks with, so that
    it changes nobody's rights."""
    kept = world.__dict__.setdefault("emergencies", {})
    if user.id not in kept:
        kept[user.id] = world.make.emergency(world.around["assigned"]["members"], user)
    return kept[user.id]


def _inquiry(world: World, user: Any) -> Any:
    """An inquiry that one person of the staff answers, made once, with a conversation, a name and an answer."""
    kept = world.__dict__.setdefault("inquiries", {})
    if user.id not in kept:
        found = world.make.inquiry(answers=user, consented=True, answer="por Signal", note="quiet", state="MX-GRO")
        talk = world.make.conversation(found, told=["risks"], interpreter="Quieta", note="quiet", likely_words="pocas")
        name = world.make.named(found, "Fulano Quieto", phone="+526561234567")
        decided = world.make.decision(found, "refer")
        world.make.answer(found, decided, elsewhere="otra casa")
        again = world.make.decision(found, "open_again", after=decided, reason=None)
        kept[user.id] = {"inquiries": found, "conversations": talk, "names": name, "again": again}
    return kept[user.id]


def _of_inquiry(word: str) -> Callable[[World, Any], Any]:
    return lambda world, user: _inquiry(world, user)[word]


def _alert(world: World, user: Any) -> Any:
    """The alert that one person of the staff raised, made once."""
    kept = world.__dict__.setdefault("alerts", {})
    if user.id not in kept:
        if not kept:
            world.make.in_line(world.colleague)
        kept[user.id] = world.make.alert(by=user, told=[world.colleague], who="Alguien", last_seen="Piso 7")
    return kept[user.id]


def _view(world: World, user: Any) -> Any:
    """A saved list of one person of the staff, shared with the team; a new one when it was deleted."""
    kept = world.__dict__.setdefault("views", {})
    if user.id not in kept or not world.make.read(lambda: db.session.get(SavedView, kept[user.id].id)):
        kept[user.id] = world.make.saved_view(by=user)
    return kept[user.id]


OWN: dict[str, Callable[[World, Any], Any]] = {
    "views": _view,
    "sheets": _batch,
    "emergencies": _emergency,
    "alerts": _alert,
    **{word: _of_inquiry(word) for word in ("inquiries", "conversations", "names")},
}
"""The word in the URL -> a record that exists for who made it and who sees everybody."""

ALONE: dict[str, Callable[[Make], Any]] = {
    "people": lambda make: make.user(roles=["administrator", "intake"]),
    "roles": lambda make: "intake",
    "rules": lambda make: make.reviewed_rule(),
    "closings": lambda make: make.closing(),
    "recomputes": lambda make: make.recompute(),
    "donors": lambda make: make.donor(name="Donante Quieta", email="quieta@example.org"),
    "gifts": lambda make: make.gift(),
    "receipts": lambda make: "R-000001",
    "unmatched": lambda make: make.unmatched(),
    "mine": lambda make: make.monthly(),
    "merged": lambda make: make.merged_donor(),
    "exports": lambda make: make.export(),
    "places": lambda make: make.place(),
    "judges": lambda make: make.judge(),
    "grants": lambda make: make.grant(),
    "types": lambda make: make.service_type(),
    "indicators": lambda make: make.indicator(make.grant(), target=10),
    "due": lambda make: make.due_report(
        make.read(lambda: db.session.scalars(select(GrantAward)).first()), on=date(2026, 6, 30)
    ),
    "editions": lambda make: make.edition(),
}
"""The word in the URL -> a record that hangs on no member."""

CHOICES: dict[str, list[str]] = {
    "versions": ["1"],
    "first-steps": [step.code for step in STEPS],
    "help": list(ROLES),
    "drawer": ["identity", "contact", "story", "plan", "looked"],
    # Words that only this program can have written: a forged one opens nothing.
    "back": ["forged"],
    "open": ["forged"],
    "password-reset": ["forged"],
    "thanks": ["forged"],
    "reports": sorted(path.stem for path in (Path(__file__).parents[2] / "reports").glob("*.toml")),
}
"""The word in the URL -> what may stand after it, where it is no record."""

ADDRESSES: dict[str, Callable[[Any], Any]] = {
    "segments.id": lambda segment: segment.id,
    "exceptions.id": lambda exception: exception.id,
    "closings.id": lambda closing: closing.id,
    "assignments.id": lambda assignment: assignment.id,
    "consents.id": lambda consent: consent.id,
    "contacts.id": lambda contact: contact.id,
    "persecutors.id": lambda persecutor: persecutor.id,
    "adverse.id": lambda name: name.id,
    "entries.id": lambda entry: entry.id,
    "places-lived.id": lambda place: place.id,
    "promises.id": lambda promise: promise.id,
    "relations.id": lambda relation: relation.id,
    "conversations.id": lambda conversation: conversation.id,
    "mpp.id": lambda mpp: mpp.id,
    "delegations.id": lambda delegation: delegation.id,
    "supervisions.id": lambda supervision: supervision.id,
    "due.id": lambda due: due.id,
    "indicators.id": lambda indicator: indicator.id,
    "merges.id": lambda merge: merge.id,
    "names.id": lambda name: name.id,
    "holds.id": lambda hold: hold.id,
    "views.id": lambda view: view.id,
    "unmatched.unmatched": lambda unmatched: unmatched.id,
}
"""word.argument -> how the record is written in a URL, where it isn't by its code."""

HANGING = {"members", "assignments", *OF_A_MEMBER, *OWN}
