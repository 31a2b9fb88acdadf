"""Makers of inquiries: somebody who asked, a conversation, a name, a decision. All of it is invented."""

from datetime import date, timedelta

from mexile.ground import clock, keyring, organization
from mexile.ground.db import db
from mexile.inquiries.conflict.models import ConflictCheck, NamedPerson
from mexile.inquiries.conversation.models import Conversation, Told
from mexile.inquiries.decision.models import Answer, Decision
from mexile.inquiries.inquiry.models import Inquiry
from mexile.inquiries.inquiry.queries import next_inquiry_code
from mexile.members.persecutor.queries import name_index
from mexile.members.person.actions import phone_index
from mexile.members.person.models import Member


def inquiry(make, *, answers=None, ago=3, consented=False, **values) -> Inquiry:
    """Somebody who asked ``ago`` days before today; ``answers``: who of the staff does."""
    who = answers or make.user(role="intake")
    asked = values.setdefault("asked_on", organization.today() - timedelta(days=ago))
    values.setdefault("answer_due_on", asked + timedelta(days=14))
    values.setdefault("key_id", keyring.new_key())
    values.setdefault("code", next_inquiry_code())
    values.setdefault("alias", "Zarzamora")
    if consented:
        values |= {"consent_on": asked, "consent_version": "2026-1"}
    made = Inquiry(answers_user_id=who.id, by_user_id=who.id, at=clock.now(), **values)
    db.session.add(made)
    db.session.flush()
    return made


def conversation(make, inquiry, *, told=(), by=None, **values) -> Conversation:
    """A conversation with the person of an inquiry; ``told``: what was explained."""
    who = by.id if by else inquiry.answers_user_id
    values.setdefault("held_on", inquiry.asked_on)
    values.setdefault("place", "office")
    made = Conversation(
        inquiry_id=inquiry.id,
        key_id=inquiry.key_id,
        member_id=inquiry.member_id,
        by_user_id=who,
        at=clock.now(),
        **values,
    )
    db.session.add(made)
    db.session.flush()
    for what in told:
        said = {"said_on": made.held_on, "initials": "NS", "by_user_id": who, "at": clock.now()}
        db.session.add(Told(conversation_id=made.id, what=what, **said))
    db.session.flush()
    return made


def named(make, of, name, *, kind="persecutor", phone=None, by=None) -> NamedPerson:
    """A name that conflict checks compare, of an inquiry or of a member."""
    is_member = isinstance(of, Member)
    made = NamedPerson(
        inquiry_id=None if is_member else of.id,
        member_id=of.id if is_member else of.member_id,
        key_id=of.key_id,
        kind=kind,
        name=name,
        name_bidx=name_index(name),
        phone=phone,
        phone_bidx=phone_index(phone),
        by_user_id=(by or make.user(role="intake")).id if is_member else of.answers_user_id,
        at=clock.now() - timedelta(minutes=2),
    )
    db.session.add(made)
    db.session.flush()
    return made


def conflict_check(make, inquiry, *, possible=False, at=None) -> ConflictCheck:
    made = ConflictCheck(
        inquiry_id=inquiry.id, is_possible=possible, by_user_id=inquiry.answers_user_id, at=at or clock.now()
    )
    db.session.add(made)
    db.session.flush()
    return made


def decision(make, inquiry, word, *, on: date | None = None, after=None, by=None, reason="no_room") -> Decision:
    """A decision of the day ``on`` (today); ``after``: the one it corrects."""
    made = Decision(
        inquiry_id=inquiry.id,
        corrects_id=after.id if after else None,
        decision=word,
        reason=reason,
        decided_on=on or organization.today(),
        by_user_id=by.id if by else inquiry.answers_user_id,
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def answer(make, inquiry, decision, **values) -> Answer:
    values.setdefault("told_on", organization.today())
    values.setdefault("words", "Le dijimos que no podemos ahora.")
    made = Answer(
        inquiry_id=inquiry.id,
        decision_id=decision.id,
        key_id=inquiry.key_id,
        member_id=inquiry.member_id,
        by_user_id=inquiry.answers_user_id,
        at=clock.now(),
        **values,
    )
    db.session.add(made)
    db.session.flush()
    return made
