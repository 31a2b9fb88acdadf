"""The pocket card of a member, to be printed."""

from __future__ import annotations

from flask import g

from mexile.cases.event.rules import hour_said
from mexile.deadlines.blueprint import blueprint
from mexile.deadlines.pocket_card.queries import CardDate, pocket_card_of
from mexile.ground import clock, organization
from mexile.ground.dates import format_day, format_moment
from mexile.ground.vocabulary import vocabulary
from mexile.web.page import render


@blueprint.route("/members/<code>/pocket-card")
def pocket_card(code: str) -> str:
    """Where, when, which floor, what to bring, who meets you: in Spanish, with the first name only."""
    card = pocket_card_of(g.viewer, code, organization.today())
    return render(
        "deadlines/pocket_card/pocket_card.html",
        first_name=card.first_name,
        dates=[_rows(date) for date in card.dates],
        no_date=_word("none"),
        as_of=_word("as_of") % format_moment(clock.now(), "es", organization.zone()),
        code=code,
    )


def _word(code: str, name: str = "pocket_card") -> str:
    return vocabulary(name).label(code, "es")


def _rows(date: CardDate) -> list[tuple[str, str]]:
    """One date of the card as (word, what stands there)."""
    hour = hour_said(date.at, date.fold, "es")
    rows = [
        ("when", format_day(date.on, "es") + (f", {hour}" if hour else "")),
        ("where", date.place),
        ("room", date.room),
    ]
    rows += [("bring", _word(date.kind, "bring_along")), ("meets", date.meets)]
    return [(_word(code), text) for code, text in rows if text]
