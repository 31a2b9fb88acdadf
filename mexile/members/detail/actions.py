"""Saving what else is known of a person: one form, everything at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, update

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid
from mexile.ground.places import spelling
from mexile.members.detail.models import (
    MemberANumber,
    MemberDetail,
    MemberHarm,
    MemberLanguage,
    MemberName,
    MemberNationality,
    MemberProfile,
)
from mexile.members.detail.queries import a_number_index, municipalities, sees_municipality
from mexile.members.person.actions import STALE
from mexile.members.person.models import Member, next_name_seq
from mexile.members.person.queries import consent_of, get_member
from mexile.members.person.rules import CONSENT_PURPOSE, needs_consent

name_act("detail.save", "Changed a person's details", "Cambió los datos de una persona")


IDENTIFYING = ("other_names", "a_numbers", "municipality")


def save_details(*, viewer: Viewer, code: str, version: int, values: Mapping[str, Any]) -> MemberDetail:
    """Keep the details as the form says them. ``version`` is the one that was shown, 0 where there was none.

    ``languages`` are mappings with language, level, variant and needs_interpreter; the first becomes the language
    on the member's own record. The municipality is written by everybody and read by an attorney alone, so an empty
    one from somebody else changes nothing.
    Raises Invalid for what identifies the person before consent, Conflict when somebody else saved since.
    """
    member = get_member(viewer, code)
    if problems := _consent_problems(member, values):
        raise Invalid(problems)
    held = db.session.get(MemberDetail, member.id, populate_existing=True)
    if (held.version if held else 0) != version:
        raise Conflict(STALE)
    detail = held or MemberDetail(member_id=member.id, key_id=member.key_id)
    if "born_precision" in values:
        detail.born_precision = values["born_precision"] or None
    if values.get("municipality") or sees_municipality(viewer):
        _set_municipality(detail, member, values.get("municipality"))
    detail.by_user_id, detail.at = viewer.user_id, clock.now()
    db.session.add(detail)
    _set_names(member, values.get("other_names") or ())
    _set_a_numbers(member, values.get("a_numbers") or ())
    _set_languages(member, values.get("languages") or ())
    _set_words(MemberNationality, member, "country", _beside(values.get("nationalities"), member.nationality))
    _set_words(MemberProfile, member, "profile", _beside(values.get("profiles"), member.profile))
    _set_words(MemberHarm, member, "harm", values.get("harms") or ())
    db.session.flush()
    trail.record("detail.save", code)
    return detail


def _consent_problems(member: Member, values: Mapping[str, Any]) -> list[Any]:
    if consent_of(member.id, CONSENT_PURPOSE) is not None:
        return []
    problems = [needs_consent(name) for name in IDENTIFYING if values.get(name)]
    variants = [place for place, language in enumerate(values.get("languages") or ()) if language.get("variant")]
    return problems + [needs_consent(f"variant_{place}") for place in variants]


def _set_municipality(detail: MemberDetail, member: Member, name: str | None) -> None:
    known = {spelling(word): code for code, word in municipalities(member.origin_state)}
    detail.municipality = name
    detail.municipality_code = known.get(spelling(name)) if name else None


def _set_names(member: Member, names: Sequence[str]) -> None:
    db.session.execute(delete(MemberName).where(MemberName.member_id == member.id))
    for name in names:
        row = MemberName(member_id=member.id, key_id=member.key_id)
        row.name = name
        db.session.add(row)
    # The search in memory reads a person's other names again when the row moves to the end of the sequence.
    moved = update(Member).where(Member.id == member.id).values(name_seq=next_name_seq.scalar_subquery())
    db.session.execute(moved, execution_options={"synchronize_session": False})


def _set_a_numbers(member: Member, numbers: Sequence[str]) -> None:
    db.session.execute(delete(MemberANumber).where(MemberANumber.member_id == member.id))
    for number in dict.fromkeys(numbers):
        row = MemberANumber(member_id=member.id, key_id=member.key_id)
        row.number, row.number_bidx = number, a_number_index(number)
        db.session.add(row)


def _set_languages(member: Member, languages: Sequence[Mapping[str, Any]]) -> None:
    db.session.execute(delete(MemberLanguage).where(MemberLanguage.member_id == member.id))
    for place, language in enumerate(languages):
        row = MemberLanguage(
            member_id=member.id,
            key_id=member.key_id,
            place=place,
            language=language["language"],
            level=language.get("level") or None,
            needs_interpreter=bool(language.get("needs_interpreter")),
        )
        row.variant = language.get("variant")
        db.session.add(row)
    if languages and member.language != languages[0]["language"]:
        member.language = languages[0]["language"]


def _beside(words: Sequence[str] | None, first: str | None) -> list[str]:
    return [word for word in words or () if word != first]


def _set_words(model: Any, member: Member, name: str, words: Sequence[str]) -> None:
    db.session.execute(delete(model).where(model.member_id == member.id))
    db.session.add_all(model(member_id=member.id, **{name: word}) for word in sorted(set(words)))
