"""Which table of a file is read: its sheet, the row of its headings, its separator, as the page last said it."""

from __future__ import annotations

from flask import request
from flask_babel import gettext as _

from mexile.ground.errors import Invalid, Problem
from mexile.ground.text import number_sent
from mexile.sheets.batch.models import ImportBatch
from mexile.sheets.batch.queries import content_of
from mexile.sheets.cell.rules import shortened
from mexile.sheets.file.rules import Sheet, read_sheet
from mexile.sheets.layout.rules import LEAVE_OUT, SEPARATORS
from mexile.sheets.mapping.forms import LayoutForm
from mexile.sheets.mapping.rules import Mapping, read_by

Layout = tuple[str, int, str, bool]


def shown_sheet(batch: ImportBatch, mapping: Mapping | None) -> tuple[Sheet, list[Problem]]:
    """The table as the page said it, else as the mapping does, else as it is proposed; what was chosen and can't be
    read is said, and the table stays the one before."""
    content = content_of(batch)
    sheet = _held(mapping, content)
    layout = _said(sheet)
    if layout in (None, (sheet.tab, sheet.number, sheet.separator, sheet.shown_only)):
        return sheet, []
    try:
        return read_sheet(content, *layout), []
    except Invalid as wrong:
        return sheet, wrong.problems


def _held(mapping: Mapping | None, content: bytes) -> Sheet:
    try:
        return read_by(mapping, content) if mapping else read_sheet(content)
    except Invalid:
        return read_sheet(content)


def layout_word(sheet: Sheet) -> str:
    """The layout as the forms of the page send it back: the sheet's place, the heading's row, the separator, and
    whether hidden rows are left out."""
    place = next((place for place, tab in enumerate(sheet.tabs) if tab.name == sheet.tab), 0)
    return f"{place}-{sheet.number}-{sheet.separator}" + (f"-{LEAVE_OUT}" if sheet.shown_only else "")


def _said(sheet: Sheet) -> Layout | None:
    """What the page said, in a form of its own or beside the columns. Another sheet or separator makes other rows,
    so that the heading is proposed anew."""
    if request.method == "GET" and "heading" not in request.args:
        return None
    was = (request.values.get("layout") or "").split("-")
    if len(was) not in (3, 4):
        return None
    place, heading, separator, hidden = (*was, "")[:4]
    if request.method == "GET":
        place, separator = request.args.get("tab", place), request.args.get("separator", separator)
        hidden = request.args.get("hidden", hidden)
        heading = request.args["heading"] if [place, separator] == [was[0], was[2]] else "0"
    at = number_sent(place)
    tab = sheet.tabs[at].name if at is not None and at < len(sheet.tabs) else ""
    return tab, number_sent(heading) or 0, separator if separator in SEPARATORS else "", hidden == LEAVE_OUT


def layout_form(sheet: Sheet) -> LayoutForm:
    """The choices that there are for this file, with those by which it is read now."""
    form = LayoutForm(None)
    form.layout.data = layout_word(sheet)
    names = {"tab": _("tab"), "pipe": _("vertical bar |"), "semicolon": _("semicolon ;"), "comma": _("comma ,")}
    if sheet.separator:
        form.separator.choices = list(names.items())
        form.separator.data = sheet.separator
    else:
        del form.separator
    if len(sheet.tabs) > 1:
        hidden = _("%(name)s (hidden)", name="%s")
        words = [hidden.replace("%s", tab.name) if tab.is_hidden else tab.name for tab in sheet.tabs]
        form.tab.choices = [(str(place), word) for place, word in enumerate(words)]
        form.tab.data = form.layout.data.split("-")[0]
    else:
        del form.tab
    if sheet.hidden:
        form.hidden.choices = [("read", _("read them too")), (LEAVE_OUT, _("leave them out"))]
        form.hidden.data = LEAVE_OUT if sheet.shown_only else "read"
    else:
        del form.hidden
    form.heading.choices = [(str(number), f"{number}: {_row(cells)}") for number, cells in sheet.top]
    form.heading.data = str(sheet.number)
    return form


def _row(cells: list[str]) -> str:
    return shortened(" · ".join(cell.strip() for cell in cells if cell.strip()), 60)
