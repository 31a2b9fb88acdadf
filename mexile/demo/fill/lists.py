"""Somebody who was written down twice, somebody who was removed at their request, a saved list, an export."""

from __future__ import annotations

from datetime import timedelta

from mexile.demo.fill.ground import Site, add, rid, sealed
from mexile.demo.fill.people import CONSENT, GENDERS
from mexile.ground import keyring, seal
from mexile.members.assignment.models import Assignment
from mexile.members.consent.models import Consent
from mexile.members.export.models import Export, ExportMember, SavedView
from mexile.members.person.models import Member
from mexile.members.removal.models import EraseConfirmation, EraseRequest, MemberErasure


def seed_lists(site: Site) -> None:
    _lay_twin(site)
    _lay_tombstone(site)
    _lay_taken(site)


def _lay_twin(site: Site) -> None:
    """A person whom the night shift wrote down again, without the second surname and with the same telephone."""
    people = [one for one in site.plan.members if one.phone and one.role == "head" and one.left_on is None]
    first, number, when = people[-1], len(site.plan.members) + 1, site.plan.day - timedelta(days=3)
    gender, pronoun = GENDERS[first.gender]
    row = {
        "id": number,
        "rid": rid(),
        "key_id": site.key(),
        "code": f"ME-{number:04d}",
        "birth_year": first.born_on.year,
        "pronoun": pronoun,
        "gender": gender,
        "nationality": first.nationality,
        "language": first.language,
        "joined_on": when,
        "phone_bidx": seal.blind("member.phone", first.phone or ""),
        "name_seq": number,
        "version": 1,
    }
    said = {"alias": "Gaviota", "legal_name": str(first.name).rsplit(" ", 1)[0], "phone": first.phone}
    add(Member, [sealed("member", row, **said)])
    nora, at = site.users["nora"], site.at(when)
    consent = {"member_id": number, "purpose": CONSENT[0], "version": CONSENT[1], "given_on": when}
    add(Consent, [{**consent, "by_user_id": nora, "at": at}])
    add(Assignment, [{"member_id": number, "user_id": nora, "from_at": at, "to_at": None, "reason_from": "intake"}])


def _lay_tombstone(site: Site) -> None:
    """What is left of a person who asked to be removed: a code, and what reports count."""
    number, done = len(site.plan.members) + 2, site.plan.day - timedelta(days=40)
    key_id = site.key()
    row = {"id": number, "rid": rid(), "key_id": key_id, "code": f"ME-{number:04d}", "nationality": "MX"}
    add(Member, [{**row, "joined_on": done - timedelta(days=200), "name_seq": number, "version": 1}])
    asked, confirmed = site.at(done - timedelta(days=4)), site.at(done - timedelta(days=3))
    add(
        EraseRequest,
        [{"id": 1, "member_id": number, "by_user_id": site.users["lucia"], "at": asked, "reason": "in_person"}],
    )
    due = {"request_id": 1, "by_user_id": site.users["elena"], "at": confirmed, "due_at": site.at(done)}
    add(EraseConfirmation, [due])
    tombstone = {"member_id": number, "request_id": 1, "at": site.at(done), "keys": 1, "cells": 9}
    add(MemberErasure, [{**tombstone, "done_at": site.at(done)}])
    keyring.current().erase(key_id)


def _lay_taken(site: Site) -> None:
    """A list that the team shares, and a file that the attorney took for a meeting."""
    ximena, at = site.users["ximena"], site.at(site.plan.day - timedelta(days=9))
    view = {"id": 1, "user_id": ximena, "title": "Journalists / Periodistas", "shared": 1, "at": at}
    add(SavedView, [{**view, "asked": "sort=surname&show=open&profile=journalist"}])
    people = [one for one in site.plan.members if one.profile == "journalist" and one.left_on is None][:6]
    add(
        Export,
        [
            {
                "id": 1,
                "code": "EX-0001",
                "by_user_id": ximena,
                "at": at,
                "purpose": "org_internal",
                "audience": "staff",
                "reason": "meeting",
                "filters": "profile=journalist show=open sort=surname",
                "columns": "code status profile language",
                "rows": len(people),
                "left_out": 0,
            }
        ],
    )
    add(ExportMember, [{"export_id": 1, "member_id": site.members[one.code]} for one in people])
