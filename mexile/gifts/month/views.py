"""A month of gifts for staff: its page, a search, the Excel file."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Response, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.access.rules import name_act
from mexile.gifts.blueprint import blueprint
from mexile.gifts.fund.queries import funds_offered
from mexile.gifts.gift.queries import GiftRow, changes_in
from mexile.gifts.month.page import MonthSum, year_of_gifts
from mexile.gifts.month.queries import Month, find_gifts, month_of_gifts, months_with_gifts, needs, next_month
from mexile.gifts.month.workbook import SheetRow, month_workbook
from mexile.gifts.unmatched.forms import AsideForm, MatchForm
from mexile.ground import clock, dates, money, trail
from mexile.ground.db import writing
from mexile.ground.organization import organization, today
from mexile.ground.text import clean_line, number_sent, without_accents
from mexile.ground.vocabulary import vocabulary
from mexile.web.charts import Column, columns
from mexile.web.form import bare_form
from mexile.web.i18n import lang
from mexile.web.listing import Paging, page_number, sorting
from mexile.web.page import render

name_act("gift.export", "Made the Excel file of gifts", "Creó el archivo Excel de donativos")


@blueprint.route("/gifts/search", methods=["POST"])
def search() -> ResponseReturnValue:
    """The gifts that answer what was typed. A POST, since it may be a name."""
    question = clean_line(request.form.get("q", ""))
    if not question:
        return month()
    rows = find_gifts(g.viewer, question)
    return render("gifts/month/found.html", q=question, rows=rows, changes=changes_in(rows))


ORDERS: dict[str, Callable[[GiftRow], Any]] = {
    "on": lambda row: (row.on or date.min, row.code),
    "donor": lambda row: without_accents(row.name.casefold()),
    "fund": lambda row: row.fund.name(lang()),
    "received": lambda row: (row.currency == "USD", row.received),
    "fee": lambda row: (row.currency == "USD", row.fee),
    "back": lambda row: (row.currency == "USD", row.back),
    "net": lambda row: (row.currency == "USD", row.net),
    "state": lambda row: row.state.name(lang()),
}
"""A column of the month's list -> by what it is sorted."""


@blueprint.route("/gifts")
def month() -> ResponseReturnValue:
    """The month asked for, or this one."""
    shown = month_of_gifts(g.viewer, _first_of(request.args.get("month", "")))
    sort, number = sorting(request.args, tuple(ORDERS), "-on"), page_number(request.args)
    paging = Paging(number, len(shown.rows))
    rows = sorted(shown.rows, key=ORDERS[sort.by], reverse=sort.is_down)
    return render(
        "gifts/month/month.html",
        month=shown,
        rows=rows[paging.offset : paging.offset + paging.size],
        sort=sort,
        paging=paging,
        year=year_of_gifts(g.viewer, shown.first),
        changes=changes_in(shown.rows),
        needs=needs(g.viewer),
        neighbours=_neighbours(shown),
        match=MatchForm(funds_offered()),
        aside=AsideForm(),
        form=bare_form(),
        q="",
    )


@blueprint.app_template_filter("year_drawn")
def year_drawn(year: list[MonthSum], here: date) -> str:
    """Twelve months as columns, each leading to its page; under each how many gave every month."""
    return columns(
        [
            Column(
                label=dates.MONTHS[lang()][month.first.month - 1],
                note=str(month.givers),
                value=month.received,
                before=month.before,
                said=gettext(
                    "%(month)s: %(sum)s received, %(before)s a year before, %(givers)s monthly gifts",
                    month=dates.format_month(month.first, lang()),
                    sum=money.format_short(month.received // 100 * 100, lang()),
                    before=money.format_short(month.before // 100 * 100, lang()),
                    givers=month.givers,
                ),
                url=url_for("gifts.month", month=f"{month.first:%Y-%m}"),
                is_here=month.first == here,
            )
            for month in year
        ],
        gettext("Twelve months: received, the year before beside it, and how many give every month"),
    )


def _first_of(text: str) -> date:
    """The first day of "2026-11", or of this month."""
    year, number = (number_sent(part) or 0 for part in text.partition("-")[::2])
    return date(year, number, 1) if 1990 <= year <= 9998 and 1 <= number <= 12 else today().replace(day=1)


def _neighbours(month: Month) -> tuple[str | None, str | None]:
    """The addresses of the month before and the month after, as far as anything moved."""
    span = months_with_gifts(g.viewer)
    before = date(month.first.year - (month.first.month == 1), (month.first.month - 2) % 12 + 1, 1)
    after = next_month(month.first)
    return (
        url_for("gifts.month", month=f"{before:%Y-%m}") if span and span[0] < month.first else None,
        url_for("gifts.month", month=f"{after:%Y-%m}") if after <= today() else None,
    )


@blueprint.route("/gifts/workbook", methods=["POST"])
def workbook() -> ResponseReturnValue:
    """The month as an Excel file. Its totals are those of the page; the trail says who took it."""
    shown = month_of_gifts(g.viewer, _first_of(request.form.get("month", "")))
    rows, name = [_sheet_row(row) for row in shown.rows], organization().legal_name
    changes = [
        f"{gettext('Counted this way since %(day)s:', day=dates.format_short_day(since, lang()))} "
        f"{vocabulary('rule_change').label(code, lang())}"
        for code, since in changes_in(shown.rows)
    ]
    body = month_workbook(rows, shown.first, lang(), name, clock.now(), changes)
    with writing():
        trail.record("gift.export", f"{shown.first:%Y-%m}", rows=len(shown.rows), bytes=len(body))
    answer = Response(body, mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer.headers["Content-Disposition"] = f'attachment; filename="gifts-{shown.first:%Y-%m}.xlsx"'
    return answer


def _sheet_row(row: GiftRow) -> SheetRow:
    return SheetRow(
        on=row.on,
        gift=row.code,
        donor=row.donor,
        name=row.name,
        how=vocabulary("gift_channel").label(row.channel, lang()),
        fund=row.fund.name(lang()),
        received=row.received,
        fee=row.fee,
        back=row.back,
        state=row.state.name(lang()),
        description=row.description,
        currency=row.currency,
        given=money.format_cents(row.given[0], lang(), row.given[1]) if row.given else "",
    )
