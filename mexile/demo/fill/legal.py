"""Cases, proceedings, judges; what dates know of their case, their place and their source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from mexile.cases.case.models import Case, CaseClosure, CasePerson, CaseRelief
from mexile.cases.event.models import OFFICIAL, Event, EventPerson, OutcomeSheet
from mexile.cases.judge.models import Judge
from mexile.cases.place.models import Place
from mexile.cases.proceeding.models import Mpp, Proceeding, ProceedingDecision
from mexile.cases.theory.models import CaseTheory
from mexile.demo.fill.ground import Site, add, rid, sealed
from mexile.demo.organization.legal import JUDGES, CasePlan, cause_of, seen_days, source_of
from mexile.ground.db import db

PLACE_OF = {
    "hearing": "PL-0002",
    "ice_checkin": "PL-0010",
    "biometrics": "PL-0012",
    "interview": "PL-0011",
    "visit": "PL-0005",
}
ROOM_OF = {"hearing": "Piso 7, sala 4", "ice_checkin": "Piso 1, ventanilla 3"}
CLOSING = {
    "status_granted": "asylum_grant",
    "moved": "cov",
    "withdrew": "withdrawn",
    "lost_contact": "abandoned",
    "deported": "denied_removed",
}
ENDED = frozenset({"granted", "final_order"})


def seed_cases(site: Site) -> None:
    """The cases with their people; an attorney answers for each."""
    plans, ximena = site.plan.cases, site.users["ximena"]
    places = dict(db.session.execute(select(Place.code, Place.id)).all())
    add(Case, (_case(site, plan) for plan in plans))
    add(CasePerson, (row for plan in plans for row in _people(site, plan)))
    add(CaseRelief, ({"case_id": p.number, "relief": one} for p in plans for one in ("ASYL", "ASYW", "WCAT")))
    add(Judge, (_judge(n, judge, places) for n, judge in enumerate(JUDGES, start=1)))
    before = [plan for plan in plans if plan.court]
    add(Proceeding, (_proceeding(site, plan, places) for plan in before))
    add(
        ProceedingDecision,
        (
            {
                "proceeding_id": p.number,
                "outcome": p.decided,
                "on": p.decided_on,
                "by_user_id": ximena,
                "at": site.at(p.decided_on),
            }
            for p in before
            if p.decided and p.decided_on
        ),
    )
    reasons = {member.code: member.left_because for member in site.plan.members}
    add(
        CaseClosure,
        (
            {
                "case_id": p.number,
                "outcome": CLOSING.get(reasons[p.lead] or "", "other"),
                "by_user_id": ximena,
                "at": site.at(p.closed_on),
            }
            for p in plans
            if p.closed_on
        ),
    )
    _lay_mpp(site, [plan for plan in plans if plan.is_mpp])
    _lay_theory(site, plans)


def _case(site: Site, plan: CasePlan) -> dict[str, Any]:
    return {
        "id": plan.number,
        "rid": rid(),
        "key_id": site.member_keys[plan.lead],
        "code": f"C-{plan.number:04d}",
        "member_id": site.members[plan.lead],
        "kind": "asylum",
        "posture": plan.posture,
        "forum": plan.forum,
        "attorney_user_id": site.users["ximena"],
        "opened_on": plan.opened_on,
        "filed_on": plan.filed_on,
        "version": 1,
    }


def _people(site: Site, plan: CasePlan) -> list[dict[str, Any]]:
    return [
        {
            "case_id": plan.number,
            "member_id": site.members[code],
            "role": "derivative" if place else "lead",
            "from_on": plan.opened_on,
            "to_on": None,
        }
        for place, code in enumerate(plan.people)
    ]


def _judge(number: int, judge: Any, places: dict[str, int]) -> dict[str, Any]:
    return {
        "id": number,
        "code": f"J-{number:04d}",
        "name": judge.name,
        "place_id": places[judge.court],
        "appointed_on": judge.appointed_on,
        "administration": judge.administration,
        "background": judge.background,
        "source": "https://example.org/judges",
        "source_on": date(2026, 2, 2),
        "version": 1,
    }


def _proceeding(site: Site, plan: CasePlan, places: dict[str, int]) -> dict[str, Any]:
    kind = "withholding_only" if plan.posture == "withholding_only" else "removal"
    return {
        "id": plan.number,
        "code": f"P-{plan.number:04d}",
        "case_id": plan.number,
        "member_id": site.members[plan.lead],
        "kind": "other" if plan.forum == "uscis" else kind,
        "place_id": places[plan.court or ""],
        "judge_id": None if plan.judge is None else plan.judge + 1,
        "began_on": plan.filed_on or plan.opened_on,
        "version": 1,
    }


def _lay_mpp(site: Site, plans: Sequence[CasePlan]) -> None:
    """The whole family was sent back; for one child an exemption was asked, and refused."""
    rows = []
    for plan in plans:
        placed = plan.opened_on - timedelta(days=40)
        for place, code in enumerate(plan.people):
            asked = place == len(plan.people) - 1
            rows.append(
                {
                    "case_id": plan.number,
                    "member_id": site.members[code],
                    "placed_on": placed,
                    "asked_on": placed + timedelta(days=9) if asked else None,
                    "asked_of": "port_director" if asked else None,
                    "reason": "indigenous" if asked else None,
                    "answer": "granted" if asked else None,
                    "answered_on": placed + timedelta(days=23) if asked else None,
                    "by_user_id": site.users["ximena"],
                    "at": site.at(plan.opened_on),
                }
            )
    add(Mpp, rows)


def _lay_theory(site: Site, plans: Sequence[CasePlan]) -> None:
    """A theory for every fifth case that goes on, in words that fit anybody."""
    rows = []
    for plan in plans:
        if plan.number % 5 or plan.closed_on:
            continue
        row = {
            "case_id": plan.number,
            "member_id": site.members[plan.lead],
            "key_id": site.member_keys[plan.lead],
            "rid": rid(),
            "version": 1,
        }
        rows.append(
            sealed(
                "case_theory",
                row,
                grounds="political psg",
                social_group="Familiares de personas defensoras de la tierra de un ejido de ejemplo",
                nexus="Lo buscaron después de denunciar en público. Texto de ejemplo.",
                persecutors="Grupo armado de ejemplo, con apoyo de una policía municipal de ejemplo.",
                relocation="presence fled_found state_actor",
                relocation_words="Vivió cuatro meses en otro estado y lo encontraron: declaración, página 6 (ejemplo).",
            )
        )
    add(CaseTheory, rows)


class Legal:
    """What the dates know of their case, their place and who made sure of them."""

    def __init__(self, site: Site):
        self.site = site
        self.places = {place.code: place for place in db.session.scalars(select(Place))}
        self.of = {code: plan for plan in site.plan.cases for code in plan.people}

    def more(self, number: int, event: Any, is_ahead: bool) -> dict[str, Any]:
        """The further columns of one date."""
        plan = self._case_of(event)
        court = plan.court if plan and plan.forum != "uscis" and event.kind == "hearing" else None
        place = self.places.get(court or PLACE_OF.get(event.kind, ""))
        return {
            "place_id": place.id if place else None,
            **({"place": place.name, "room": ROOM_OF.get(event.kind)} if place else {}),
            "case_id": plan.number if plan else None,
            "proceeding_id": plan.number if plan and plan.court and event.kind == "hearing" else None,
            "hearing_type": ("II" if number % 4 == 0 else "MR") if event.kind == "hearing" else None,
            **(self._seen(number) if is_ahead and event.kind in OFFICIAL else UNSEEN),
        }

    def _case_of(self, event: Any) -> CasePlan | None:
        if event.kind not in OFFICIAL or not event.members:
            return None
        plan = self.of.get(event.members[0])
        fits = plan and plan.opened_on <= event.on and set(event.members) <= set(plan.people)
        return plan if fits else None

    def _seen(self, number: int) -> dict[str, Any]:
        days = seen_days(self.site.plan.seed, number)
        if days is None:
            return UNSEEN
        return {
            "source": source_of(self.site.plan.seed, number),
            "verified_at": self.site.at(self.site.plan.day - timedelta(days=days)),
            "verified_by_user_id": self.site.users["lucia" if number % 2 else "ximena"],
        }

    def next_of(self, events: Sequence[Any]) -> dict[int, int]:
        """Hearing that was moved -> the next hearing of the same case: numbers from 1."""
        hearings: dict[int, list[int]] = defaultdict(list)
        for number, event in enumerate(events, start=1):
            plan = self._case_of(event) if event.kind == "hearing" else None
            if plan:
                hearings[plan.number].append(number)
        found = {}
        for numbers in hearings.values():
            ordered = sorted(numbers, key=lambda n: (events[n - 1].on, n))
            for one, following in zip(ordered, ordered[1:], strict=False):
                if events[one - 1].on < events[following - 1].on:
                    found[one] = following
        return found


UNSEEN: dict[str, Any] = {"source": None, "verified_at": None, "verified_by_user_id": None}


def seed_sheets(site: Site, continued: Sequence[tuple[int, int]]) -> None:
    """Whose continuance each was. `continued`: (outcome id, number of the date)."""
    add(
        OutcomeSheet,
        (
            {
                "outcome_id": outcome_id,
                "result": "reset",
                "clock_cause": cause_of(site.plan.seed, number),
                "interpreter": "phone" if number % 3 else "in_room",
                "attorney": "ours",
                "enforcement_seen": number % 11 == 0,
            }
            for outcome_id, number in continued
        ),
    )


def seed_undated(site: Site, after: int) -> None:
    """Three dates whose day nobody knows: the office will set it, only the month, not known."""
    today = site.plan.day
    month = (today.replace(day=1) + timedelta(days=130)).replace(day=1)
    kinds = (("hearing", "to_be_set", None), ("interview", "month", month), ("interview", "unknown", None))
    plans = [plan for plan in site.plan.cases if not plan.closed_on and plan.filed_on][-3:]
    rows = []
    for n, (plan, (kind, precision, on)) in enumerate(zip(plans, kinds, strict=False), start=after + 1):
        rows.append(
            {
                "id": n,
                "rid": rid(),
                "code": f"E-{n:04d}",
                "kind": kind,
                "on": on,
                "at": None,
                "zone": "America/Denver",
                "precision": precision,
                "mode": "in_person",
                "case_id": plan.number,
                "owner_user_id": site.users["lucia"],
                "source": "notice",
                "verified_at": site.at(today - timedelta(days=19)),
                "verified_by_user_id": site.users["ximena"],
            }
        )
    add(Event, rows)
    people = [(row["id"], code) for row, plan in zip(rows, plans, strict=False) for code in plan.people]
    add(EventPerson, ({"event_id": id, "member_id": site.members[code]} for id, code in people))
