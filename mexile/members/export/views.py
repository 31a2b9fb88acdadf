"""Saved lists, taking a list out of the house, and the register of what was taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Response, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from mexile.ground import clock, dates, organization, places
from mexile.ground.db import writing
from mexile.ground.errors import Invalid, NotHere
from mexile.ground.vocabulary import vocabulary
from mexile.members.blueprint import blueprint
from mexile.members.consent.queries import may_leave
from mexile.members.export.actions import Wish, drop_view, register_export, save_view
from mexile.members.export.forms import COLUMN_WORDS, ExportForm, ViewForm
from mexile.members.export.models import SavedView
from mexile.members.export.queries import export_by_code, exports_page, people_of, saved_views
from mexile.members.export.rules import COLUMNS, list_workbook
from mexile.members.listing.queries import Wanted, leaving, list_filters
from mexile.members.listing.views import asked_of, wanted_of
from mexile.members.name.queries import name_of
from mexile.members.words import language_word
from mexile.web.form import Form
from mexile.web.i18n import lang
from mexile.web.page import render
from mexile.web.save import save

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# ---- saved lists ----------------------------------------------------------------


@blueprint.route("/members/views", methods=["GET", "POST"])
def views() -> ResponseReturnValue:
    """One's own saved lists and the shared ones; a POST saves the list that stands in ``asked``."""
    form = ViewForm()
    if request.method == "GET":
        return _views(form)
    asked = urlencode(asked_of(_asked(form.asked.data)))
    return save(
        form,
        lambda: save_view(viewer=g.viewer, title=form.title.data, asked=asked, shared=form.shared.data),
        f"{url_for('members.members')}?{asked}",
        lambda: _views(form),
        said=gettext("Saved."),
    )


def _asked(text: str | None) -> Wanted:
    """A list's address, read again: only words that it can mean are kept."""
    return wanted_of(dict(parse_qsl(text or "")[:20]))


def _views(form: ViewForm) -> str:
    own: list[SavedView] = saved_views(g.viewer)
    return render("members/export/views.html", form=form, views=own)


@blueprint.route("/members/views/<int:id>/deletion", methods=["POST"])
def view_deletion(id: int) -> ResponseReturnValue:
    return save(Form(), lambda: drop_view(viewer=g.viewer, id=id), url_for("members.views"))


# ---- taking a list out ----------------------------------------------------------


@blueprint.route("/members/export", methods=["GET", "POST"])
def export() -> ResponseReturnValue:
    """What leaves and for whom; a POST answers with the file, whose row in the register stands already."""
    if request.method == "GET":
        asked = urlencode(asked_of(wanted_of(request.args)))
        form = ExportForm(data={"asked": asked, "columns": ["status", "profile", "language", "origin_state"]})
        return _export(form)
    form = ExportForm()
    if not form.validate():
        return _export(form), 422
    wanted = _asked(form.asked.data)
    columns = [name for name in COLUMNS if name == "code" or name in (form.columns.data or [])]
    wish = Wish(form.purpose.data, form.audience.data, form.reason.data, columns, asked_of(wanted))
    people = leaving(g.viewer, wanted)
    levels = may_leave([row.id for row in people], wish.purpose, wish.audience, organization.today())
    rows = [row for row in people if levels.get(row.id)]
    cells = [[_cell(name, row, levels[row.id] or "") for name in columns] for row in rows]
    try:
        with writing():
            registered = register_export(
                viewer=g.viewer, wish=wish, member_ids=[row.id for row in rows], left_out=len(people) - len(rows)
            )
            code = registered.code
    except Invalid as wrong:
        form.add(wrong.problems)
        return _export(form), 422
    mark = _mark(code, wish)
    body = list_workbook([str(COLUMN_WORDS[name]) for name in columns], cells, code, mark, g.viewer.code)
    answer = Response(body, mimetype=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{code}.xlsx"'
    return answer


def _export(form: ExportForm) -> str:
    wanted = _asked(form.asked.data)
    back = f"{url_for('members.members')}?{urlencode(asked_of(wanted))}"
    return render("members/export/export.html", form=form, count=len(leaving(g.viewer, wanted)), back=back)


def _mark(code: str, wish: Wish) -> str:
    """Who, when and what for: on every printed page and in the file itself."""
    moment = f"{clock.now().astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    purpose = vocabulary("consent_scope").label(wish.purpose, lang())
    return f"{code} · {g.viewer.code} · {moment} · {purpose}"


VOCABULARIES = {"status": "member_status", "profile": "member_profile", "gender": "gender", "origin_state": "mx_state"}


def _cell(name: str, row: Any, level: str) -> str:
    """One cell in words. A name goes as far as the person's consent."""
    if name == "name":
        return _name(row, level)
    value = getattr(row, name)
    if value is None:
        return ""
    if isinstance(value, date):
        return dates.format_short_day(value, lang())
    if name in VOCABULARIES:
        return vocabulary(VOCABULARIES[name]).label(value, lang())
    if name == "language":
        return language_word(value)
    return places.country_name(value, lang()) if name == "nationality" else str(value)


def _name(row: Any, level: str) -> str:
    if level == "anonymous":
        return ""
    shown = name_of(row, g.viewer)
    if level == "initials":
        return " ".join(f"{word[0]}." for word in shown.full.split())
    return shown.first if level == "first_name" else shown.listed


# ---- the register ---------------------------------------------------------------


@blueprint.route("/exports")
def exports() -> str:
    """Everything that was taken out, the newest first."""
    past, further = exports_page(g.viewer, request.args.get("before") or None)
    next_url = url_for("members.exports", before=further) if further else None
    return render("members/export/exports.html", exports=past, next_url=next_url, filter_words=_filter_words)


@blueprint.route("/exports/<code>")
def past_export(code: str) -> str:
    """One file: of whom it spoke, by their codes."""
    past = export_by_code(g.viewer, code)
    if past is None:
        raise NotHere(code)
    return render(
        "members/export/past_export.html",
        export=past,
        people=people_of(code),
        column_words=_column_words(past.columns),
    )


def _column_words(columns: Sequence[str]) -> list[str]:
    return [str(COLUMN_WORDS.get(name, name)) for name in columns]


SHOWN = {"open": _("those we accompany"), "paused": _("paused ones"), "closed": _("closed ones"), "all": _("all")}
FILTER_LISTS = {"profile": "member_profile", "language": "language", "origin_state": "mx_state"}


def _filter_words(filters: str) -> str:
    """What the list was narrowed to, in words; the order of the list is none."""
    pairs = [tuple(part.partition("=")[::2]) for part in filters.split()]
    return " · ".join(_filter_word(name, value) for name, value in pairs if name != "sort")


def _filter_word(name: str, value: str) -> str:
    if name == "show":
        return str(SHOWN.get(value, value))
    if name == "mine":
        return gettext("only those I accompany")
    if name in FILTER_LISTS:
        return vocabulary(FILTER_LISTS[name]).label(value, lang()) or value
    known = list_filters().get(name)
    return dict(known.choices(lang())).get(value, value) if known else f"{name}={value}"
