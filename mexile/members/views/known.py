"""Somebody whom we may know already: what the page shows, where the answer leads, what the trail keeps."""

from __future__ import annotations

from typing import Any

from flask import g, url_for

from mexile.ground import trail
from mexile.ground.db import writing
from mexile.members.forms.known import KnownForm
from mexile.members.models.member import Member
from mexile.members.queries.duplicates import LookAlikes
from mexile.members.queries.names import name_of


def beside(found: Member, alike: LookAlikes | None) -> dict[str, Any]:
    """What `_known.html` shows: the record being changed beside those it may be."""
    return {"alike": alike, "whole_name": name_of(found, g.viewer).full if alike else None}


def onward(form: KnownForm, code: str, url: str) -> str:
    """Where the answer leads once the form is saved: both records side by side, the relation to write down, or
    ``url``. Nothing that was typed is lost on the way."""
    kind, other = form.answer()
    if kind == "same":
        return url_for("members.merge", code=code, other=other)
    if kind == "relative":
        return url_for("members.relations", code=code, other=other)
    return url


def note_hidden(alike: LookAlikes) -> None:
    """Somebody learned that a person is known to us: that much belongs in the trail."""
    if alike.hidden:
        with writing():
            trail.record("member.known_elsewhere", alike.hidden)
