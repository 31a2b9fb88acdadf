"""What one takes along: a calendar file without names or places, and the member's pocket card."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.access.rules import name_act
from mexile.deadlines.blueprint import blueprint
from mexile.deadlines.calendar.queries import (
    CalendarLine,
    calendar_deadlines,
    calendar_events,
)
from mexile.deadlines.calendar.rules import Entry, calendar_file
from mexile.ground import clock, organization, trail
from mexile.ground.db import writing
from mexile.web.form import Form

name_act("deadline.calendar", "Downloaded a calendar file", "Descargó un archivo de calendario")


AHEAD = timedelta(days=90)


@blueprint.route("/docket/calendar", methods=["POST"])
def calendar() -> ResponseReturnValue:
    """My dates of three months. Codes only: without the program nobody knows whose they are."""
    form = Form()
    if not form.validate():
        return redirect(url_for("deadlines.docket"))
    today, moment = organization.today(), clock.now()
    due, word = gettext("What is due"), gettext("Event")
    entries = [_entry(due, line) for line in calendar_deadlines(g.viewer, today, today + AHEAD, moment)]
    entries += [_entry(word, line) for line in calendar_events(g.viewer, today, today + AHEAD, moment)]
    body = calendar_file(entries, moment)
    with writing():
        trail.record("deadline.calendar", g.viewer.code, lines=len(entries))
    return Response(
        body,
        content_type="text/calendar; charset=utf-8; method=PUBLISH",
        headers={"Content-Disposition": 'attachment; filename="mexile.ics"'},
    )


def _entry(word: str, line: CalendarLine) -> Entry:
    said = f"{word} {line.code.rpartition('-')[2]}"
    return Entry(line.code, said, line.on, line.starts, line.sequence, line.changed_at, line.is_cancelled)
