"""Deciding on an inquiry, taking a decision back, and telling the person.

Saying how many open cases an attorney can answer for.
"""

from datetime import date

from sqlalchemy import func, select

from mexile.access.account.queries import with_roles
from mexile.access.policy import ATTORNEY
from mexile.access.viewer import Viewer
from mexile.ground import clock, organization, trail
from mexile.ground.dates import not_in_the_future
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem
from mexile.inquiries.conflict.models import NamedPerson
from mexile.inquiries.decision.models import Answer, AttorneyCapacity, Decision
from mexile.inquiries.decision.rules import (
    NEEDS_CHECK,
    NEEDS_LOOK,
    OPEN_AGAIN,
    OURS,
    THEIRS,
    check_holds,
    reason_problems,
)
from mexile.inquiries.inquiry.models import Inquiry
from mexile.inquiries.inquiry.queries import get_inquiry, last_check, last_decision, standing_decision

DECIDED_MEANWHILE = Problem(
    "",
    "Somebody else decided on this inquiry while you were reading. Look at it once more.",
    "Otra persona decidió sobre esta solicitud de ayuda mientras usted la leía. Revísela de nuevo.",
)
IS_MEMBER = Problem(
    "",
    "This person is a member now. Close the member instead.",
    "Esta persona ya es integrante. Cierre su registro de integrante.",
)


def decide(
    *, viewer: Viewer, code: str, after: int | None, decision: str, reason: str | None, looked: bool = False
) -> Decision:
    """An attorney's decision, with its reason. ``after``: the last decision that the page showed.

    "We represent" needs a conflict check that still holds, and where that found a possible conflict, the
    attorney's word that she looked into it. Raises Invalid for these, Conflict when somebody decided meanwhile,
    NotHere for everybody who is no attorney.
    """
    if not viewer.is_any(ATTORNEY) or decision not in OURS:
        raise NotHere(code)
    inquiry = get_inquiry(viewer, code)
    problems, check_id = _check_problems(inquiry, decision, looked)
    problems = reason_problems(decision, reason) + problems
    if problems:
        raise Invalid(problems)
    return _keep(viewer, inquiry, after, decision, reason, check_id)


def end(*, viewer: Viewer, code: str, after: int | None, decision: str) -> Decision:
    """The person decided to stay or for another country, or can't be reached any more."""
    if decision not in THEIRS:
        raise NotHere(code)
    return _keep(viewer, get_inquiry(viewer, code), after, decision, None, None)


def open_again(*, viewer: Viewer, code: str, after: int | None) -> Decision:
    """Take the decision back that stands: an attorney's only by an attorney. The inquiry waits again."""
    inquiry = get_inquiry(viewer, code)
    stands = standing_decision(inquiry.id)
    if stands is None or (stands.decision in OURS and not viewer.is_any(ATTORNEY)):
        raise NotHere(code)
    return _keep(viewer, inquiry, after, OPEN_AGAIN, None, None)


def _check_problems(inquiry: Inquiry, decision: str, looked: bool) -> tuple[list[Problem], int | None]:
    check = last_check(inquiry.id)
    if decision != "represent":
        return [], check.id if check else None
    named_at = db.session.scalar(select(func.max(NamedPerson.at)).where(NamedPerson.inquiry_id == inquiry.id))
    if check is None or not check_holds(check.at, named_at, clock.now()):
        return [NEEDS_CHECK], None
    return ([NEEDS_LOOK] if check.is_possible and not looked else []), check.id


def _keep(
    viewer: Viewer, inquiry: Inquiry, after: int | None, decision: str, reason: str | None, check_id: int | None
) -> Decision:
    if inquiry.member_id is not None:
        raise Conflict(IS_MEMBER)
    last = last_decision(inquiry.id)
    if (last.id if last else None) != after:
        raise Conflict(DECIDED_MEANWHILE)
    row = Decision(
        inquiry_id=inquiry.id,
        corrects_id=after,
        check_id=check_id,
        decision=decision,
        reason=reason,
        decided_on=organization.today(),
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    if decision == OPEN_AGAIN:
        trail.record("inquiry.reopen", inquiry.code, took_back=last.decision if last else None)
    else:
        trail.record("inquiry.decide", inquiry.code, decision=decision, reason=reason, corrects=after is not None)
    return row


def tell(*, viewer: Viewer, code: str, told_on: date, words: str | None, elsewhere: str | None) -> Answer:
    """The person was told the decision that stands: when, in which words, and where else to turn.

    Raises Invalid for a day that can't be, and when somebody whom we don't take is sent nowhere.
    """
    inquiry = get_inquiry(viewer, code)
    stands = standing_decision(inquiry.id)
    if stands is None:
        raise NotHere(code)
    problems = not_in_the_future("told_on", told_on, organization.today())
    if told_on < inquiry.asked_on:
        problems.append(
            Problem(
                "told_on",
                "This is before the person asked.",
                "Es anterior al día en que la persona preguntó.",
            )
        )
    if stands.decision in ("refer", "cannot") and not elsewhere:
        problems.append(
            Problem(
                "elsewhere",
                "Write where else they can turn: nobody is sent away with nothing.",
                "Escriba a dónde más puede acudir: nadie se va sin nada.",
            )
        )
    if problems:
        raise Invalid(problems)
    answer = Answer(
        key_id=inquiry.key_id,
        inquiry_id=inquiry.id,
        decision_id=stands.id,
        member_id=inquiry.member_id,
        told_on=told_on,
        words=words,
        elsewhere=elsewhere,
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    db.session.add(answer)
    db.session.flush()
    trail.record("inquiry.answer", code, decision=stands.decision)
    return answer


def set_capacity(*, viewer: Viewer, user_id: int, cases: int) -> AttorneyCapacity:
    """A new row; those before it stay as history. Raises NotHere for somebody who is no attorney."""
    if user_id not in {id for id, _ in with_roles(ATTORNEY)}:
        raise NotHere("attorney")
    capacity = AttorneyCapacity(user_id=user_id, cases=cases, by_user_id=viewer.user_id, at=clock.now())
    db.session.add(capacity)
    db.session.flush()
    trail.record("inquiry.capacity", user=user_id, cases=cases)
    return capacity
