"""Who asked: rows of the taken and of the recent, counts of the others, and the room of the attorney."""

from __future__ import annotations

from collections import Counter
from typing import Any

from mexile.cases.case.queries import open_cases_of_attorneys
from mexile.demo.fill.ground import Site, add, rid, sealed
from mexile.demo.organization.inquiry import CALLER, Asked
from mexile.ground.vocabulary import vocabulary
from mexile.inquiries.conflict.models import ConflictCheck
from mexile.inquiries.conversation.models import Conversation, Told
from mexile.inquiries.decision.models import Answer, AttorneyCapacity, Decision
from mexile.inquiries.decision.rules import reasons
from mexile.inquiries.forgetting.rules import Cell, assign, cells
from mexile.inquiries.inquiry.models import Inquiry, InquiryCount

LIKELY = (400, "all cases completed, nationals of Mexico", "EOIR, FY2022")
WORDS = "De cada cien personas de México cuyos casos terminaron, cuatro obtuvieron el asilo."
ASKS = "Su hermano desapareció en 2024. Vio la película y pregunta qué puede hacer."
ELSEWHERE = "Otra organización de la frontera, con su teléfono (inventada)."
ROOM = 6
"""How many more cases the attorney can take."""


def seed_inquiries(site: Site) -> None:
    day = site.plan.day
    here = [row for row in site.plan.asked if not row.is_forgotten(day)]
    add(Inquiry, (_inquiry(site, id, row) for id, row in enumerate(here, start=1)))
    talks = [(id, row) for id, row in enumerate(here, start=1) if row.talked_on]
    add(Conversation, (_talk(site, number, id, row) for number, (id, row) in enumerate(talks, start=1)))
    add(Told, (told for number, (_, row) in enumerate(talks, start=1) for told in _told(site, number, row)))
    decided = [(id, row) for id, row in enumerate(here, start=1) if row.decision]
    checked = [(id, row) for id, row in decided if row.decision == "represent"]
    add(ConflictCheck, (_check(site, id, row) for id, row in checked))
    checks = {id: number for number, (id, _) in enumerate(checked, start=1)}
    add(Decision, (_decision(site, n, id, row, checks.get(id)) for n, (id, row) in enumerate(decided, start=1)))
    add(Answer, (_answer(site, n, id, row) for n, (id, row) in enumerate(decided, start=1) if _is_told(row)))
    _lay_counts(site)
    _lay_room(site)


def _key(site: Site, row: Asked) -> bytes:
    if row.head:
        return site.member_keys[row.head]
    if row.number not in site.inquiry_keys:
        site.inquiry_keys[row.number] = site.key()
    return site.inquiry_keys[row.number]


def _inquiry(site: Site, id: int, row: Asked) -> dict[str, Any]:
    values = {
        "id": id,
        "rid": rid(),
        "key_id": _key(site, row),
        "code": f"IQ-{row.number:04d}",
        "safe_contact": row.safe_contact,
        "country": row.country,
        "state": f"MX-{row.state}" if row.state else None,
        "language": "spa",
        "profile": row.profile,
        "urgency": row.urgency,
        "heard_of_us": row.heard_of_us,
        "consent_version": "2026-1" if row.head else None,
        "consent_on": row.talked_on if row.head else None,
        "asked_on": row.asked_on,
        "answers_user_id": site.users[row.answers],
        "answer_due_on": row.due_on,
        "by_user_id": site.users["nora"],
        "at": site.at(row.asked_on),
        "arrival_party_id": None,
        "member_id": site.members[row.head] if row.head else None,
        "version": 1,
    }
    note = ASKS if row.alias == CALLER and row.decision is None and not row.talked_on else None
    return sealed("inquiry", values, alias=row.alias, answer=row.phone, note=note)


def _talk(site: Site, number: int, inquiry_id: int, row: Asked) -> dict[str, Any]:
    assert row.talked_on
    values = {
        "id": number,
        "rid": rid(),
        "key_id": _key(site, row),
        "inquiry_id": inquiry_id,
        "member_id": site.members[row.head] if row.head else None,
        "held_on": row.talked_on,
        "place": row.place,
        "language": "spa",
        "wish": row.wish,
        "likely_bp": LIKELY[0],
        "likely_of": LIKELY[1],
        "likely_source": LIKELY[2],
        "by_user_id": site.users[row.answers],
        "at": site.at(row.talked_on),
        "version": 1,
    }
    return sealed("inquiry_conversation", values, interpreter=None, likely_words=WORDS, note=None)


def _told(site: Site, number: int, row: Asked) -> list[dict[str, Any]]:
    """All nine where somebody was taken; with those who wait two things are still to be explained."""
    assert row.talked_on
    what = list(vocabulary("conversation_told"))
    told = what if row.decision else [code for place, code in enumerate(what) if place not in (5, 6)]
    initials = {"nora": "NS", "lucia": "LO", "ximena": "XR"}[row.answers]
    said = {"said_on": row.talked_on, "initials": initials, "by_user_id": site.users[row.answers]}
    return [{"conversation_id": number, "what": code, "at": site.at(row.talked_on), **said} for code in told]


def _check(site: Site, inquiry_id: int, row: Asked) -> dict[str, Any]:
    assert row.decided_on
    by = {"by_user_id": site.users["ximena"], "at": site.at(row.decided_on)}
    return {"inquiry_id": inquiry_id, "is_possible": False, **by}


def _is_told(row: Asked) -> bool:
    return row.decision in ("represent", "accompany", "refer", "cannot")


def _decision(site: Site, number: int, inquiry_id: int, row: Asked, check_id: int | None) -> dict[str, Any]:
    assert row.decision and row.decided_on
    fitting = reasons(row.decision)
    return {
        "id": number,
        "inquiry_id": inquiry_id,
        "corrects_id": None,
        "check_id": check_id,
        "decision": row.decision,
        "reason": fitting[row.number % len(fitting)] if fitting else None,
        "decided_on": row.decided_on,
        "by_user_id": site.users["ximena" if fitting else row.answers],
        "at": site.at(row.decided_on),
    }


def _answer(site: Site, decision_id: int, inquiry_id: int, row: Asked) -> dict[str, Any]:
    assert row.decision and row.decided_on
    values = {
        "rid": rid(),
        "key_id": _key(site, row),
        "inquiry_id": inquiry_id,
        "decision_id": decision_id,
        "member_id": site.members[row.head] if row.head else None,
        "told_on": row.decided_on,
        "by_user_id": site.users[row.answers],
        "at": site.at(row.decided_on),
    }
    words = vocabulary("inquiry_decision").label(row.decision, "es") + "."
    return sealed("inquiry_answer", values, words=words, elsewhere=None if row.head else ELSEWHERE)


def _lay_counts(site: Site) -> None:
    """Those who were forgotten, as the daily work would have counted them."""
    untaken = [row for row in site.plan.asked if row.head is None and row.decision]
    places = assign([_cells(row) for row in untaken], {})
    gone = [(row, cell) for row, cell in zip(untaken, places, strict=True) if row.is_forgotten(site.plan.day)]
    number: Counter[Cell] = Counter(cell for _, cell in gone)
    talked: Counter[Cell] = Counter(cell for row, cell in gone if row.talked_on)
    juarez: Counter[Cell] = Counter(cell for row, cell in gone if row.place == "juarez")
    add(
        InquiryCount,
        (
            {**vars(cell), "number": count, "talked": talked[cell], "in_juarez": juarez[cell]}
            for cell, count in number.items()
        ),
    )


def _cells(row: Asked) -> tuple[Cell, ...]:
    state = f"MX-{row.state}" if row.state else None
    return cells(row.asked_on, row.country, state, row.heard_of_us, row.decision or "")


def _lay_room(site: Site) -> None:
    attorney = site.users["ximena"]
    cases = open_cases_of_attorneys().get(attorney, 0) + ROOM
    add(
        AttorneyCapacity,
        [{"user_id": attorney, "cases": cases, "by_user_id": site.users["elena"], "at": site.at(site.plan.day)}],
    )
