"""The times a member came in, and from which one the year to ask for asylum runs."""

from __future__ import annotations

from collections.abc import Sequence

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from mexile.ground.errors import Problem
from mexile.ground.rough import rough
from mexile.members.blueprint import blueprint
from mexile.members.entry.actions import add_entry, remove_entry
from mexile.members.entry.forms import EntryForm
from mexile.members.entry.queries import arrival_of, entries_of, nationalities_of
from mexile.members.entry.rules import entry_doubts, last_arrival
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/members/<code>/entries", methods=["GET", "POST"])
def entries(code: str) -> ResponseReturnValue:
    form, member = EntryForm(), get_member(g.viewer, code)
    if request.method == "GET":
        return _page(member, form)
    if not form.validate():
        return _page(member, form), 422
    doubts = entry_doubts(form.manner.data, form.on.data, nationalities_of(member))
    if doubts and not form.sure.data:
        return _page(member, form, doubts), 422
    return save(
        form,
        lambda: add_entry(viewer=g.viewer, code=code, manner=form.manner.data, known=form.on.data),
        url_for("members.entries", code=code),
        lambda: _page(get_member(g.viewer, code), form),
    )


def _page(member: Member, form: EntryForm, doubts: Sequence[Problem] = ()) -> str:
    rows = entries_of(member)
    return render(
        "members/entry/entries.html",
        member=member,
        form=form,
        doubts=doubts,
        entries=[(row, rough(row.on, row.precision)) for row in rows],
        last=last_arrival(rows),
        arrival=arrival_of(member),
    )


@blueprint.route("/members/<code>/entries/<int:id>/removal", methods=["POST"])
def entry_removal(code: str, id: int) -> ResponseReturnValue:
    url = url_for("members.entries", code=code)
    return save(Form(), lambda: remove_entry(viewer=g.viewer, code=code, entry_id=id), url)
