"""Makers of places, cases, events and deadlines."""

from datetime import date

from sqlalchemy import func, select

from mexile.cases.case.models import Case, CasePerson
from mexile.cases.case.queries import next_case_code
from mexile.cases.companion.models import EventNeed, EventNote
from mexile.cases.event.models import Event, EventCompanion, EventOutcome, EventPerson
from mexile.cases.judge.models import Judge
from mexile.cases.judge.queries import next_judge_code
from mexile.cases.place.models import Place
from mexile.cases.place.queries import next_place_code
from mexile.cases.proceeding.models import Mpp, Proceeding
from mexile.cases.proceeding.queries import next_proceeding_code
from mexile.cases.theory.models import CaseDelegation, CaseTheory
from mexile.deadlines.clock.models import ClockSegment
from mexile.deadlines.deadline.actions import keep_past
from mexile.deadlines.deadline.models import Deadline, DeadlineClosure, DeadlinePast
from mexile.deadlines.rule.actions import seed_rules
from mexile.deadlines.rule.models import DeadlineRuleReview
from mexile.deadlines.rule.queries import rule_in_force
from mexile.ground import clock
from mexile.ground.db import db
from mexile.members.person.models import Member


def event(
    make, *, kind="hearing", on=date(2026, 3, 2), at=None, owner=None, people=(), companions=(), **values
) -> Event:
    """A date in the book; `companions`: users, or (user, role, confirmed) of them."""
    values.setdefault("code", f"E-{(db.session.scalar(select(func.max(Event.id))) or 0) + 1:04d}")
    values.setdefault("precision", "unknown" if on is None else "exact")
    made = Event(
        kind=kind,
        on=on,
        at=at,
        zone=values.pop("zone", "America/Denver"),
        mode=values.pop("mode", "in_person"),
        owner_user_id=owner.id if owner else None,
        **values,
    )
    db.session.add(made)
    db.session.flush()
    for member in people:
        db.session.add(EventPerson(event_id=made.id, member_id=member.id))
    for one in companions:
        user, role, confirmed = one if isinstance(one, tuple) else (one, "accompanier", True)
        at_moment = clock.now() if confirmed else None
        db.session.add(EventCompanion(event_id=made.id, user_id=user.id, role=role, confirmed_at=at_moment))
    db.session.flush()
    return made


def companion(make, event, user, *, role="accompanier", confirmed=True) -> EventCompanion:
    """Somebody who was asked to walk along, and said yes unless `confirmed` is false."""
    at = clock.now() if confirmed else None
    made = EventCompanion(event_id=event.id, user_id=user.id, role=role, confirmed_at=at)
    db.session.add(made)
    db.session.flush()
    return made


def need(make, event, role="accompanier", seats=1) -> EventNeed:
    """How many of a role the date needs."""
    made = EventNeed(event_id=event.id, role=role, seats=seats)
    db.session.add(made)
    db.session.flush()
    return made


def event_note(make, event, *, key_id, meeting_point="Puerta norte", note="Traer agua") -> EventNote:
    """What those who walk along are told."""
    made = EventNote(event_id=event.id, key_id=key_id, meeting_point=meeting_point, note=note)
    db.session.add(made)
    db.session.flush()
    return made


def event_outcome(make, event, *, outcome="done", by=None, at=None) -> EventOutcome:
    """What came of it."""
    by = by or make.user(role="caseworker")
    made = EventOutcome(event_id=event.id, outcome=outcome, by_user_id=by.id, at=at or clock.now())
    db.session.add(made)
    db.session.flush()
    return made


def deadline(make, *, member=None, due_on=date(2026, 3, 9), owner=None, fatal=False, **values) -> Deadline:
    """A deadline of `member`, answered for by `owner`."""
    values.setdefault("code", f"DL-{(db.session.scalar(select(func.max(Deadline.id))) or 0) + 1:04d}")
    member = member or make.member(assigned=owner or ())
    made = Deadline(
        member_id=member.id,
        rule_code=values.pop("rule_code", "ASYLUM_ONE_YEAR"),
        due_on=due_on,
        fatal=fatal,
        owner_user_id=owner.id if owner else None,
        why_en=values.pop("why_en", "entry 9 Mar 2025 + 1 year"),
        why_es=values.pop("why_es", "entrada 9 mar 2025 + 1 año"),
        **values,
    )
    db.session.add(made)
    db.session.flush()
    return made


def deadline_closure(make, deadline, *, by=None, reason="done", note="Stamp of the court.") -> DeadlineClosure:
    """It was met."""
    by = by or make.user(role="attorney")
    member = db.session.get(Member, deadline.member_id)
    made = DeadlineClosure(
        key_id=member.key_id,
        deadline_id=deadline.id,
        member_id=member.id,
        by_user_id=by.id,
        at=clock.now(),
        reason=reason,
        note=note,
    )
    db.session.add(made)
    db.session.flush()
    return made


def deadline_rules(make) -> None:
    """The rules that come with the program."""
    seed_rules()


def clock_segment(make, member, *, cause="filing", from_on=date(2026, 3, 2), to_on=None, by=None) -> ClockSegment:
    """A stretch of the member's work-permit clock."""
    by = by or make.user(role="attorney")
    made = ClockSegment(
        member_id=member.id, cause=cause, from_on=from_on, to_on=to_on, by_user_id=by.id, at=clock.now()
    )
    db.session.add(made)
    db.session.flush()
    return made


def place(make, *, kind="court", zone="America/Denver", **values) -> Place:
    """A court, an office, a place of detention."""
    values.setdefault("code", next_place_code())
    values.setdefault("name", f"Place {values['code']}")
    made = Place(kind=kind, zone=zone, **values)
    db.session.add(made)
    db.session.flush()
    return made


def case(make, *, member=None, derivatives=(), attorney=None, **values) -> Case:
    """A case of `member`, in which `derivatives` are included."""
    member = member or make.member()
    values.setdefault("code", next_case_code())
    values.setdefault("posture", "removal")
    values.setdefault("opened_on", date(2025, 2, 1))
    made = Case(
        member_id=member.id,
        key_id=member.key_id,
        attorney_user_id=attorney.id if attorney else None,
        **values,
    )
    db.session.add(made)
    db.session.flush()
    for who, role in ((member, "lead"), *((one, "derivative") for one in derivatives)):
        db.session.add(CasePerson(case_id=made.id, member_id=who.id, role=role, from_on=made.opened_on))
    db.session.flush()
    return made


def reviewed_rule(make, code="BIA_APPEAL", *, by=None) -> str:
    """A rule of the program for which an attorney stands; its code."""
    by = by or make.user(role="attorney")
    seed_rules()
    rule = rule_in_force(code, date(2026, 6, 1))
    if db.session.get(DeadlineRuleReview, rule.id) is None:
        db.session.add(DeadlineRuleReview(rule_id=rule.id, by_user_id=by.id, at=clock.now()))
        db.session.flush()
    return code


def deadline_past(make, deadline, *, by=None) -> DeadlinePast:
    """What the deadline said before somebody changed it."""
    by = by or make.user(role="attorney")
    keep_past(deadline, cause="owner", by_user_id=by.id)
    db.session.flush()
    return deadline


def judge(make, *, name="Juzgador A", **values) -> Judge:
    """A judge, called by a label."""
    made = Judge(code=values.pop("code", None) or next_judge_code(), name=name, **values)
    db.session.add(made)
    db.session.flush()
    return made


def proceeding(make, case, *, kind="removal", court=None, judge=None, **values) -> Proceeding:
    """A run of `case` before a court."""
    made = Proceeding(
        code=next_proceeding_code(),
        case_id=case.id,
        member_id=case.member_id,
        kind=kind,
        place_id=court.id if court else None,
        judge_id=judge.id if judge else None,
        **values,
    )
    db.session.add(made)
    db.session.flush()
    return made


def theory(make, case, **values) -> CaseTheory:
    """The privileged part of `case`."""
    made = CaseTheory(key_id=case.key_id, case_id=case.id, member_id=case.member_id, **values)
    db.session.add(made)
    db.session.flush()
    return made


def delegation(make, case, user, *, by=None) -> CaseDelegation:
    """`user` may read the theory of `case`."""
    by = by or make.user(role="attorney")
    made = CaseDelegation(case_id=case.id, user_id=user.id, by_user_id=by.id, from_at=clock.now())
    db.session.add(made)
    db.session.flush()
    return made


def mpp(make, case, *, by=None, **values) -> Mpp:
    """The lead of `case` was sent back."""
    by = by or make.user(role="attorney")
    made = Mpp(case_id=case.id, member_id=case.member_id, by_user_id=by.id, at=clock.now(), **values)
    db.session.add(made)
    db.session.flush()
    return made
