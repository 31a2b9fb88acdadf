"""What one takes along: a calendar file without names or places, and the member's pocket card."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, g, redirect, url_for
from flask_babel import gettext

from mexile.cases.queries.docket import calendar_lines
from mexile.cases.queries.pocket_card import CardDate, pocket_card_of
from mexile.cases.rules.calendar_file import Entry, calendar_file
from mexile.cases.rules.moments import hour_said
from mexile.cases.views import blueprint
from mexile.ground import clock, organisation, seal, trail
from mexile.ground.dates import format_day
from mexile.ground.db import writing
from mexile.ground.vocabulary import vocabulary
from mexile.web.form import Form
from mexile.web.page import render

AHEAD = timedelta(days=90)


@blueprint.route("/docket/calendar", methods=["POST"])
def calendar() -> Response:
    """My dates of three months. Codes only: without the program nobody knows whose they are."""
    form = Form()
    if not form.validate():
        return redirect(url_for("cases.docket"))
    today = organisation.today()
    with seal.silent():
        deadlines, events = calendar_lines(g.viewer, today, today + AHEAD)
    word, due = gettext("Event"), gettext("What is due")
    entries = [Entry(line.code, f"{due} {line.code.rpartition('-')[2]}", line.acts_on(today)) for line in deadlines]
    entries += [
        Entry(
            event.code,
            f"{word} {event.code.rpartition('-')[2]}",
            event.on,
            event.starts,
        )
        for event in events
        if event.on is not None and event.on >= today
    ]
    body = calendar_file(entries, clock.now())
    with writing():
        trail.record("deadline.calendar", g.viewer.code, lines=len(entries))
    return Response(
        body,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="mexile.ics"'},
    )


@blueprint.route("/members/<code>/pocket-card")
def pocket_card(code: str) -> str:
    """Where, when, which floor, what to bring, who meets you: in Spanish, with the first name only."""
    card = pocket_card_of(g.viewer, code, organisation.today())
    return render(
        "cases/pocket_card.html",
        first_name=card.first_name,
        dates=[_rows(one) for one in card.dates],
        no_date=_word("none"),
        code=code,
    )


def _word(code: str, name: str = "pocket_card") -> str:
    return vocabulary(name).label(code, "es")


def _rows(one: CardDate) -> list[tuple[str, str]]:
    """One date of the card as (word, what stands there)."""
    hour = hour_said(one.at, one.fold, "es")
    rows = [("when", format_day(one.on, "es") + (f", {hour}" if hour else "")), ("where", one.place), ("room", one.room)]
    rows += [("bring", _word(one.kind, "bring_along")), ("meets", one.meets)]
    return [(_word(code), text) for code, text in rows if text]
