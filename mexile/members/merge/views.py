"""Merging two records of one person, field by field, and undoing it.

The code of a record that was merged leads to the one that was kept; that of a removed one says so and nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from mexile.ground import dates, places
from mexile.ground.dates import day_of
from mexile.ground.db import db
from mexile.ground.errors import Merged, Problem, Removed
from mexile.ground.phone import shown_phone
from mexile.ground.vocabulary import vocabulary
from mexile.members.blueprint import blueprint, page_of
from mexile.members.intake.forms import MemberForm
from mexile.members.intake.queries import look_alikes_of
from mexile.members.merge.actions import merge_members
from mexile.members.merge.forms import TAKE, MergeForm, OtherForm, merge_form
from mexile.members.merge.queries import (
    are_relatives,
    compared_fields,
    hanging_on,
    merges_into,
    open_households,
    other_record,
)
from mexile.members.merge.rules import Pair
from mexile.members.merge_undo.actions import undo_merge
from mexile.members.name.queries import name_of
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member
from mexile.members.words import language_word
from mexile.web.form import Form
from mexile.web.i18n import lang
from mexile.web.page import notice, render
from mexile.web.save import save

LABELS = {"legal_name": _("Legal name"), "joined_on": _("With us since")}
VOCABULARIES = {
    "pronoun": "pronoun",
    "gender": "gender",
    "origin_state": "mx_state",
    "profile": "member_profile",
    "safe_contact": "safe_contact",
}


@blueprint.route("/members/<code>/merge", methods=["GET", "POST"])
def merge(code: str) -> ResponseReturnValue:
    """Which other record it is, then both side by side; a POST merges them."""
    kept = get_member(g.viewer, code)
    other = (request.form.get("other") or request.args.get("other") or "").strip().upper()
    if not other:
        return _ask(kept, OtherForm())
    merged, problem = other_record(g.viewer, kept, other)
    if merged is None:
        asking = OtherForm(data={"other": other})
        asking.add([problem] if problem else [])
        return _ask(kept, asking), 422
    form = merge_form(compared_fields(kept, merged), other, (kept.version, merged.version), _answers(kept, merged))
    if request.method == "GET":
        return _side_by_side(kept, merged, form)
    versions = form.versions_shown()
    return save(
        form,
        lambda: merge_members(
            viewer=g.viewer,
            code=code,
            other=other,
            versions=versions,
            take=form.take(),
            households=form.answer(),
            sure=form.sure.data,
        ),
        page_of(code),
        lambda: _side_by_side(kept, merged, form),
        then=lambda _: _say_that_it_can_be_undone(code),
    )


def _say_that_it_can_be_undone(code: str) -> None:
    notice(
        "done",
        gettext("Merged. It can be undone here while nothing else changes it."),
        url_for("members.merges", code=code),
        gettext("Undo"),
    )


def _answers(kept: Member, merged: Member) -> list[tuple[str, Any]]:
    """What can become of the households; empty where there is nothing to ask."""
    mine = {row.household_id for row in open_households(kept.id)}
    theirs = {row.household_id for row in open_households(merged.id)}
    if not theirs - mine:
        return []
    if not mine:
        return [
            ("both", _("The person belongs to the household of %(code)s", code=merged.code)),
            ("kept", _("The person belongs to no household")),
        ]
    return [
        ("both", _("The person belongs to both households")),
        ("kept", _("Only to the household of %(code)s; the other ends today", code=kept.code)),
        ("move", _("Only to the household of %(code)s; the other ends today", code=merged.code)),
    ]


def _ask(kept: Member, form: OtherForm) -> str:
    return render(
        "members/merge/merge.html",
        member=kept,
        name=name_of(kept, g.viewer),
        form=form,
        alike=look_alikes_of(g.viewer, kept),
    )


@dataclass(frozen=True)
class Side:
    """One field of both records in words; ``field`` is the form's, where they differ."""

    label: str
    kept: str
    merged: str
    field: Any


def _side_by_side(kept: Member, merged: Member, form: MergeForm) -> str:
    """Both as they stand now, whatever they were when the form was opened."""
    labels, pairs = MemberForm(), compared_fields(kept, merged)
    form.versions.data = f"{kept.version}-{merged.version}"
    return render(
        "members/merge/fields.html",
        member=kept,
        other=merged,
        form=form,
        sides=[_side(pair, form, labels) for pair in pairs if any(pair.kept) or any(pair.merged)],
        relatives=are_relatives(kept.id, merged.id),
        hanging=hanging_on(merged.id),
    )


def _side(pair: Pair, form: MergeForm, labels: MemberForm) -> Side:
    field = form._fields.get(TAKE + pair.name)
    return Side(label_of(pair.name, labels), _in_words(pair, pair.kept), _in_words(pair, pair.merged), field)


def label_of(name: str, labels: MemberForm) -> str:
    """What a field is called on the page of a member."""
    if name in LABELS:
        return str(LABELS[name])
    return str(labels[name].label.text) if name in labels else name.replace("_", " ")


def _in_words(pair: Pair, values: tuple[Any, ...]) -> str:
    if pair.name == "birth_date":
        day = day_of(values[0])
        return dates.format_day(day, lang()) if day else str(values[1] or "")
    value = values[0]
    if not value:
        return ""
    if isinstance(value, date):
        return dates.format_day(value, lang())
    if pair.name in VOCABULARIES:
        return vocabulary(VOCABULARIES[pair.name]).label(value, lang())
    if pair.name == "language":
        return language_word(value)
    if pair.name == "nationality":
        return places.country_name(value, lang())
    return shown_phone(value) if pair.name == "phone" else str(value)


@blueprint.route("/members/<code>/merges")
def merges(code: str) -> str:
    """The records that went into this one, and taking that back."""
    kept = get_member(g.viewer, code)
    return render(
        "members/merge/merges.html", member=kept, name=name_of(kept, g.viewer), merges=merges_into(g.viewer, kept.id)
    )


@blueprint.route("/members/<code>/merges/<int:id>/undoing", methods=["POST"])
def merge_undo(code: str, id: int) -> ResponseReturnValue:
    return save(
        Form(),
        lambda: undo_merge(viewer=g.viewer, code=code, merge_id=id),
        url_for("members.merges", code=code),
        said=gettext("Both records are as they were."),
    )


def merged_here(viewer: Any, member: Member) -> dict[str, Any] | None:
    """Which records live on in this one: for who may undo it."""
    if not viewer.sees_all_members:
        return None
    standing = [merge for merge in merges_into(viewer, member.id) if merge.undone_at is None]
    return {"merges": standing} if standing else None


@blueprint.app_errorhandler(Merged)
def merged(error: Merged) -> ResponseReturnValue:
    """To the same page of the record that was kept. What was sent to the old one is not taken."""
    db.session.rollback()
    if request.method == "GET" and request.endpoint and (request.view_args or {}).get("code") == error.code:
        asked = {**request.args, **(request.view_args or {}), "code": error.kept}
        return redirect(url_for(request.endpoint, **asked))
    problem = Problem(
        "",
        f"{error.code} was merged into {error.kept} meanwhile. Open that record and do it there.",
        f"{error.code} se unió mientras tanto a {error.kept}. Abra ese registro y hágalo ahí.",
    )
    return render("errors/409.html", problem=problem), 409


@blueprint.app_errorhandler(Removed)
def removed(error: Removed) -> tuple[str, int]:
    db.session.rollback()
    return render("members/removal/removed.html", code=error.code, at=error.at), 410
