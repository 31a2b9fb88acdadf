"""Which inquiries a viewer may know of, one of them with all that hangs on it, and how a member came to us. The next
code is asked for inside `writing()`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select

from mexile.access.account.models import UserAccount
from mexile.access.policy import register_scope
from mexile.access.roles import ATTORNEY, CASEWORKER, DIRECTOR, INTAKE
from mexile.access.viewer import Viewer
from mexile.arrivals.models import ArrivalParty
from mexile.arrivals.queries import party_seen
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.inquiries.conflict.models import ConflictCheck, NamedPerson
from mexile.inquiries.conversation.models import Conversation, Told
from mexile.inquiries.decision.models import Answer, Decision
from mexile.inquiries.decision.rules import OPEN_AGAIN, check_holds
from mexile.inquiries.inquiry.models import Inquiry, InquiryCount
from mexile.inquiries.waiting.rules import stage, status
from mexile.members.person.models import Member
from mexile.members.removal.models import MemberErasure


def known_inquiries(viewer: Viewer) -> ColumnElement[bool]:
    """The WHERE on ``Inquiry``: all for who takes inquiries in, for the attorney and the director; for a
    caseworker those she answers; none for everybody else. The inquiry of a member who was removed at their
    request exists for nobody: its row is empty and only counted."""
    if viewer.is_any(INTAKE, ATTORNEY, DIRECTOR):
        return INQUIRY_STANDS
    if viewer.is_any(CASEWORKER):
        return and_(Inquiry.answers_user_id == viewer.user_id, INQUIRY_STANDS)
    return false()


INQUIRY_STANDS = or_(Inquiry.member_id.is_(None), Inquiry.member_id.not_in(select(MemberErasure.member_id)))


register_scope("inquiry", known_inquiries)


def get_inquiry(viewer: Viewer, code: str) -> Inquiry:
    """The inquiry with this code, or NotHere: also when the viewer may not know of it."""
    inquiry = db.session.scalar(select(Inquiry).where(Inquiry.code == code, known_inquiries(viewer)))
    if inquiry is None:
        raise NotHere(code)
    return inquiry


def standing_decisions() -> Select[Any]:
    """The decisions that stand, one an inquiry at most: not corrected, and not taken back."""
    corrected = select(Decision.corrects_id).where(Decision.corrects_id.is_not(None))
    return select(Decision).where(Decision.id.not_in(corrected), Decision.decision != OPEN_AGAIN)


def last_decision(inquiry_id: int) -> Decision | None:
    """The newest decision, also one that took another back: the next one corrects it."""
    return db.session.scalar(
        select(Decision).where(Decision.inquiry_id == inquiry_id).order_by(Decision.id.desc()).limit(1)
    )


def standing_decision(inquiry_id: int) -> Decision | None:
    last = last_decision(inquiry_id)
    return last if last and last.decision != OPEN_AGAIN else None


def get_conversation(viewer: Viewer, code: str, id: int) -> Conversation:
    conversation = db.session.scalar(
        select(Conversation)
        .join(Inquiry, Inquiry.id == Conversation.inquiry_id)
        .where(Conversation.id == id, Inquiry.code == code, known_inquiries(viewer))
    )
    if conversation is None:
        raise NotHere(code)
    return conversation


def was_talked_with(inquiry: Inquiry) -> bool:
    return bool(db.session.scalar(select(exists().where(Conversation.inquiry_id == inquiry.id))))


def told_in(conversation_id: int) -> dict[str, Told]:
    """What was explained in a conversation: what -> when and by whom."""
    rows = db.session.scalars(select(Told).where(Told.conversation_id == conversation_id))
    return {row.what: row for row in rows}


@dataclass(frozen=True)
class Spoken:
    """A conversation with what was explained in it and who wrote it down."""

    row: Conversation
    told: dict[str, Told]
    by: str


@dataclass(frozen=True)
class Whole:
    """An inquiry and what stands around it. ``past`` are decisions that were corrected or taken back."""

    row: Inquiry
    answers: str
    spoken: Sequence[Spoken]
    decision: Decision | None
    decided_by: str
    past: Sequence[Decision]
    told: Answer | None
    check: ConflictCheck | None
    is_checked: bool
    names: int
    member_code: str | None

    @property
    def stage(self) -> str:
        return stage(self._decided, self.told is not None, self.row.member_id is not None)

    @property
    def status(self) -> str:
        return status(bool(self.spoken), self._decided, self.row.member_id is not None)

    @property
    def _decided(self) -> str | None:
        return self.decision.decision if self.decision else None

    @property
    def last_wish(self) -> str | None:
        return next((spoken.row.wish for spoken in self.spoken if spoken.row.wish), None)


def whole_inquiry(viewer: Viewer, code: str, now: datetime) -> Whole:
    """An inquiry with its conversations (newest first), its decisions and its last check: a fixed number of queries."""
    row = get_inquiry(viewer, code)
    decisions = _decisions(row.id)
    last = decisions[0] if decisions else None
    stands = last[0] if last and last[0].decision != OPEN_AGAIN else None
    check = last_check(row.id)
    named_at, names = db.session.execute(
        select(func.max(NamedPerson.at), func.count()).where(NamedPerson.inquiry_id == row.id)
    ).one()
    return Whole(
        row=row,
        answers=db.session.scalar(select(UserAccount.name).where(UserAccount.id == row.answers_user_id)) or "",
        spoken=_spoken(row.id),
        decision=stands,
        decided_by=last[1] if stands and last else "",
        past=[decision for decision, _ in decisions if decision is not stands and decision.decision != OPEN_AGAIN],
        told=_answer(stands.id) if stands else None,
        check=check,
        is_checked=check_holds(check.at if check else None, named_at, now),
        names=names,
        member_code=db.session.scalar(select(Member.code).where(Member.id == row.member_id)) if row.member_id else None,
    )


def _decisions(inquiry_id: int) -> list[tuple[Decision, str]]:
    rows = db.session.execute(
        select(Decision, UserAccount.name)
        .join(UserAccount, UserAccount.id == Decision.by_user_id)
        .where(Decision.inquiry_id == inquiry_id)
        .order_by(Decision.id.desc())
    )
    return [(row[0], row[1]) for row in rows]


def _answer(decision_id: int) -> Answer | None:
    return db.session.scalar(
        select(Answer).where(Answer.decision_id == decision_id).order_by(Answer.id.desc()).limit(1)
    )


def _spoken(inquiry_id: int) -> list[Spoken]:
    rows = db.session.execute(
        select(Conversation, UserAccount.name)
        .join(UserAccount, UserAccount.id == Conversation.by_user_id)
        .where(Conversation.inquiry_id == inquiry_id)
        .order_by(Conversation.held_on.desc(), Conversation.id.desc())
    ).all()
    told: dict[int, dict[str, Told]] = {row[0].id: {} for row in rows}
    for tick in db.session.scalars(select(Told).where(Told.conversation_id.in_(told))) if told else ():
        told[tick.conversation_id][tick.what] = tick
    return [Spoken(row[0], told[row[0].id], row[1]) for row in rows]


def last_check(inquiry_id: int) -> ConflictCheck | None:
    return db.session.scalar(
        select(ConflictCheck).where(ConflictCheck.inquiry_id == inquiry_id).order_by(ConflictCheck.id.desc()).limit(1)
    )


def names_of(viewer: Viewer, inquiry: Inquiry) -> list[NamedPerson]:
    """The names written down for conflict checks. ``inquiry`` comes from a query with rights."""
    return list(
        db.session.scalars(select(NamedPerson).where(NamedPerson.inquiry_id == inquiry.id).order_by(NamedPerson.id))
    )


def told_by_arrival(viewer: Viewer, arrival_party_id: int) -> tuple[str | None, str | None]:
    """What the shelter's sheet says of a party that an inquiry is opened from: country and language."""
    row = db.session.execute(
        select(ArrivalParty.country, ArrivalParty.language).where(
            ArrivalParty.id == arrival_party_id, party_seen(viewer)
        )
    ).one_or_none()
    return (row.country, row.language) if row else (None, None)


@dataclass(frozen=True)
class Beginning:
    """When the person asked, and when somebody first talked with them."""

    code: str
    asked_on: date
    consulted_on: date | None


def beginning_of(viewer: Viewer, member_id: int) -> Beginning | None:
    """One query. None where there is no inquiry, or none that the viewer may know of."""
    talked = select(func.min(Conversation.held_on)).where(Conversation.inquiry_id == Inquiry.id).scalar_subquery()
    row = db.session.execute(
        select(Inquiry.code, Inquiry.asked_on, talked)
        .where(Inquiry.member_id == member_id, known_inquiries(viewer))
        .order_by(Inquiry.id)
        .limit(1)
    ).one_or_none()
    return Beginning(*row) if row else None


def next_inquiry_code() -> str:
    """One more than there ever were: those that were forgotten count, so that no code comes twice."""
    last = db.session.scalar(
        select(Inquiry.code).order_by(func.length(Inquiry.code).desc(), Inquiry.code.desc()).limit(1)
    )
    highest = int(last.rpartition("-")[2]) if last else 0
    kept = db.session.scalar(select(func.count()).select_from(Inquiry)) or 0
    forgotten = db.session.scalar(select(func.coalesce(func.sum(InquiryCount.number), 0))) or 0
    return f"IQ-{max(highest, kept + forgotten) + 1:04d}"
