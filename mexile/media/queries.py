"""Media requests as a viewer may know them: all for director and attorney, for a caseworker those of the people
assigned to her."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select, true
from sqlalchemy.orm import aliased

from mexile.access.account.models import UserAccount
from mexile.access.policy import register_scope
from mexile.access.roles import ATTORNEY, CASEWORKER, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.ground import organization
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.media.models import (
    MediaAnswer,
    MediaChoice,
    MediaClosure,
    MediaConsequence,
    MediaPublication,
    MediaRequest,
    MediaWithdrawal,
)
from mexile.media.rules import urgency
from mexile.members.assignment.rights import lastingly_visible
from mexile.members.consent.models import Consent
from mexile.members.consent.queries import governing_consents
from mexile.members.consent.rules import is_enough
from mexile.members.name.queries import NAME_COLUMNS, name_of
from mexile.members.person.models import Member
from mexile.members.status.queries import is_closed


def next_media_code() -> str:
    return next_code("MR", MediaRequest.code)


PAGE = 50


def requests_within(viewer: Viewer) -> ColumnElement[bool]:
    """The WHERE on ``MediaRequest``. What an emergency opened for an hour opens no request."""
    if viewer.is_any(DIRECTOR, ATTORNEY):
        return true()
    if viewer.is_any(CASEWORKER):
        theirs = select(MediaChoice.request_id).where(lastingly_visible(viewer, MediaChoice.member_id))
        return MediaRequest.id.in_(theirs)
    return false()


register_scope("media", requests_within)


@dataclass(frozen=True)
class MediaLine:
    """One request in the list."""

    code: str
    outlet: str
    outlet_kind: str
    purpose: str
    level: str
    by_on: date | None
    urgency: str
    chosen: int
    reason: str | None


def media_list(viewer: Viewer, after: str | None = None) -> tuple[list[MediaLine], str | None]:
    """Open requests first: those past their day, then by day, without one last; then the newest closed. Fifty
    from behind the request ``after``, and the code behind which the next page begins."""
    today = organization.today()
    chosen = (
        select(func.count())
        .select_from(MediaChoice)
        .outerjoin(MediaWithdrawal, MediaWithdrawal.choice_id == MediaChoice.id)
        .where(MediaChoice.request_id == MediaRequest.id, MediaWithdrawal.choice_id.is_(None))
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(MediaRequest, MediaClosure.reason, chosen.label("chosen"))
        .outerjoin(MediaClosure, MediaClosure.request_id == MediaRequest.id)
        .where(requests_within(viewer))
        .where(_behind(viewer, after) if after else true())
        .order_by(*_ORDER, MediaRequest.id.desc())
        .limit(PAGE + 1)
    ).all()
    lines = [
        MediaLine(
            request.code,
            request.outlet or "",
            request.outlet_kind,
            request.purpose,
            request.level,
            request.by_on,
            urgency(request.by_on, today, reason is not None),
            count,
            reason,
        )
        for request, reason, count in rows[:PAGE]
    ]
    return lines, lines[-1].code if len(rows) > PAGE else None


_NEVER = date(9999, 12, 31)
_CLOSED = case((MediaClosure.request_id.is_(None), 0), else_=1)
_DAY = case((MediaClosure.request_id.is_(None), func.coalesce(MediaRequest.by_on, _NEVER)), else_=_NEVER)
_ORDER = (_CLOSED, _DAY)


def _behind(viewer: Viewer, after: str) -> ColumnElement[bool]:
    """The WHERE for what stands behind this request; one that doesn't exist for the viewer hides nothing."""
    last = db.session.execute(
        select(_CLOSED.label("is_closed"), _DAY.label("on"), MediaRequest.id)
        .select_from(MediaRequest)
        .outerjoin(MediaClosure, MediaClosure.request_id == MediaRequest.id)
        .where(MediaRequest.code == after, requests_within(viewer))
    ).one_or_none()
    if last is None:
        return true()
    return or_(
        last.is_closed < _CLOSED,
        and_(last.is_closed == _CLOSED, last.on < _DAY),
        and_(last.is_closed == _CLOSED, last.on == _DAY, MediaRequest.id < last.id),
    )


def get_media_request(viewer: Viewer, code: str) -> MediaRequest:
    request = db.session.scalar(select(MediaRequest).where(MediaRequest.code == code, requests_within(viewer)))
    if request is None:
        raise NotHere(code)
    return request


@dataclass(frozen=True)
class Chosen:
    """A member chosen for a request. ``is_live``: a consent that fits stands today."""

    id: int
    member_id: int
    code: str
    name: str
    is_live: bool
    answer: str | None
    answered_by: str | None
    has_withdrawn: bool


@dataclass(frozen=True)
class Offered:
    """A member whose live consent fits, and how they may be known."""

    member_id: int
    code: str
    name: str
    level: str
    until: date | None
    consent_id: int


def chosen_of(viewer: Viewer, request: MediaRequest) -> list[Chosen]:
    """Who was chosen, as far as the viewer may know of them."""
    latest = select(func.max(MediaAnswer.id)).group_by(MediaAnswer.choice_id).scalar_subquery()
    answer = aliased(MediaAnswer)
    rows = db.session.execute(
        select(
            MediaChoice.id.label("choice"),
            MediaChoice.member_id,
            Member.code,
            answer.answer,
            UserAccount.name.label("answered_by"),
            MediaWithdrawal.choice_id.label("withdrawn"),
            *NAME_COLUMNS,
        )
        .join(Member, Member.id == MediaChoice.member_id)
        .outerjoin(answer, (answer.choice_id == MediaChoice.id) & answer.id.in_(latest))
        .outerjoin(UserAccount, UserAccount.id == answer.by_user_id)
        .outerjoin(MediaWithdrawal, MediaWithdrawal.choice_id == MediaChoice.id)
        .where(MediaChoice.request_id == request.id, lastingly_visible(viewer))
        .order_by(MediaChoice.id)
    ).all()
    live = {consent.member_id for consent in fitting(request, [row.member_id for row in rows])}
    return [
        Chosen(
            row.choice,
            row.member_id,
            row.code,
            name_of(row, viewer).full,
            row.member_id in live,
            row.answer,
            row.answered_by,
            row.withdrawn is not None,
        )
        for row in rows
    ]


def fitting(request: MediaRequest, member_ids: Sequence[int]) -> list[Any]:
    """The live consents of these members that fit the request's purpose, audience and level today."""
    today = organization.today()
    consents = governing_consents(member_ids, request.purpose, request.audience, today)
    return [consent for consent in consents if is_enough(consent.level, request.level)]


def offered_for(viewer: Viewer, request: MediaRequest) -> list[Offered]:
    """Only members we accompany whose live consent fits, and who were not chosen already. Nobody else is named."""
    taken = (
        select(MediaChoice.member_id)
        .outerjoin(MediaWithdrawal, MediaWithdrawal.choice_id == MediaChoice.id)
        .where(MediaChoice.request_id == request.id, MediaWithdrawal.choice_id.is_(None))
    )
    ids = db.session.scalars(
        select(Member.id).where(
            Member.id.in_(select(Consent.member_id).where(Consent.purpose == request.purpose)),
            Member.id.not_in(taken),
            lastingly_visible(viewer),
            ~is_closed(),
        )
    ).all()
    live = {consent.member_id: consent for consent in fitting(request, ids)}
    rows = db.session.execute(
        select(Member.id, Member.code, *NAME_COLUMNS)
        .where(Member.id.in_(live), lastingly_visible(viewer))
        .order_by(Member.id)
    )
    return [
        Offered(
            row.id,
            row.code,
            name_of(row, viewer).full,
            live[row.id].level,
            live[row.id].expires_on,
            live[row.id].id,
        )
        for row in rows
    ]


def choice_of(viewer: Viewer, request: MediaRequest, member_code: str) -> MediaChoice:
    """The standing choice of this member for the request, or NotHere."""
    choice = db.session.scalar(
        select(MediaChoice)
        .join(Member, Member.id == MediaChoice.member_id)
        .outerjoin(MediaWithdrawal, MediaWithdrawal.choice_id == MediaChoice.id)
        .where(
            MediaChoice.request_id == request.id,
            Member.code == member_code,
            MediaWithdrawal.choice_id.is_(None),
            lastingly_visible(viewer),
        )
    )
    if choice is None:
        raise NotHere(member_code)
    return choice


def closure_of_request(request_id: int) -> MediaClosure | None:
    return db.session.get(MediaClosure, request_id)


def published(request: MediaRequest) -> Sequence[MediaPublication]:
    return db.session.scalars(
        select(MediaPublication)
        .where(MediaPublication.request_id == request.id)
        .order_by(MediaPublication.published_on, MediaPublication.id)
    ).all()


def followed(viewer: Viewer, request: MediaRequest) -> Sequence[Any]:
    """(consequence, code of the member or None) as far as the viewer may know of the member."""
    return db.session.execute(
        select(MediaConsequence, Member.code)
        .outerjoin(Member, Member.id == MediaConsequence.member_id)
        .where(
            MediaConsequence.request_id == request.id,
            MediaConsequence.member_id.is_(None) | lastingly_visible(viewer, MediaConsequence.member_id),
        )
        .order_by(MediaConsequence.followed_on, MediaConsequence.id)
    ).all()


def requests_of(viewer: Viewer, member: Member) -> Sequence[Any]:
    """(request, the day the member was chosen, whether they stepped back), the newest first."""
    return db.session.execute(
        select(MediaRequest, MediaChoice.at, MediaWithdrawal.choice_id.label("withdrawn"))
        .join(MediaChoice, MediaChoice.request_id == MediaRequest.id)
        .outerjoin(MediaWithdrawal, MediaWithdrawal.choice_id == MediaChoice.id)
        .where(MediaChoice.member_id == member.id, requests_within(viewer))
        .order_by(MediaRequest.id.desc())
    ).all()
