"""The list of members and the search in it.

While somebody types in the search, the trail notes what was shown once a minute, not at every key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from flask import g, request
from flask_babel import gettext as _

from mexile.ground import dates
from mexile.ground.text import clean_line
from mexile.ground.vocabulary import vocabulary
from mexile.members.blueprint import blueprint
from mexile.members.export.queries import saved_views
from mexile.members.listing.queries import COLUMNS, SHOWS, Line, Wanted, list_filters, members_page
from mexile.members.name.queries import find_members
from mexile.members.words import language_word
from mexile.web.i18n import lang
from mexile.web.listing import Head, Paging, Sorting, page_number, sorting
from mexile.web.page import render

MOST_FOUND = 20


@blueprint.route("/members/search", methods=["POST"])
def search() -> str:
    """Who answers what was typed. A POST, since it may be a name."""
    text = clean_line(request.form.get("q", ""))
    if not text:
        return members()
    people = find_members(g.viewer, text, MOST_FOUND)
    once_a_minute()
    live = bool(request.headers.get("X-Live-Search"))
    return render(
        "members/listing/_found.html" if live else "members/listing/members.html",
        wanted=_wanted(),
        q=text,
        found=people,
    )


@blueprint.route("/members")
def members() -> str:
    """Fifty at a time."""
    wanted = _wanted()
    page = members_page(g.viewer, wanted, lang())
    return render(
        "members/listing/members.html",
        wanted=wanted,
        q="",
        found=None,
        rows=_in_words(page.lines),
        heads=_heads(Sorting(wanted.sort, wanted.is_down)),
        paging=Paging(wanted.page, page.total),
        filters=[
            (name, criterion.label.text(lang()), criterion.choices(lang()))
            for name, criterion in list_filters().items()
        ],
        views=saved_views(g.viewer),
        asked=urlencode(asked_of(wanted)),
    )


def _heads(sorted_by: Sorting) -> list[Head]:
    return [
        sorted_by.head(_("Name"), "name"),
        sorted_by.head(_("Code"), "code", down_first=True),
        sorted_by.head(_("Next date"), "next", "nowrap"),
        sorted_by.head(_("Status"), "status"),
        sorted_by.head(_("Why at risk"), "profile"),
        sorted_by.head(_("Language"), "language"),
        sorted_by.head(_("Comes from"), "origin_state"),
        sorted_by.head(_("Last service"), "last_service", "nowrap", down_first=True),
    ]


class Row(NamedTuple):
    """A line of the list in words."""

    code: str
    name: str
    profile: str
    language: str
    origin_state: str
    last_service_on: str
    next_on: str
    status: str


def _in_words(lines: Iterable[Line]) -> list[Row]:
    """The lines with words in place of codes: done here once, since a template pays for every call."""
    language = lang()
    profiles, states, stands = vocabulary("member_profile"), vocabulary("mx_state"), vocabulary("member_status")
    return [
        Row(
            line.code,
            line.name,
            profiles.label(line.profile, language),
            language_word(line.language),
            states.label(line.origin_state, language),
            dates.format_short_day(line.last_service_on, language) if line.last_service_on else "",
            dates.format_short_day(line.next_on, language) if line.next_on else "",
            stands.label(line.status, language) if line.status != "member" else "",
        )
        for line in lines
    ]


def _wanted() -> Wanted:
    return wanted_of(request.args)


def wanted_of(args: Mapping[str, str]) -> Wanted:
    """What an address asks for; a word it can't mean is left out."""
    known = {
        name: args[name]
        for name, words in (("profile", "member_profile"), ("language", "language"), ("origin_state", "mx_state"))
        if args.get(name) in vocabulary(words)
    }
    more = [
        (name, args[name])
        for name, criterion in list_filters().items()
        if args.get(name) and args[name] in dict(criterion.choices(lang()))
    ]
    order = sorting(args, COLUMNS, "name")
    return Wanted(
        sort=order.by,
        is_down=order.is_down,
        show=args["show"] if args.get("show") in SHOWS else "open",
        mine=args.get("mine") == "1",
        page=page_number(args),
        more=tuple(more),
        **known,
    )


def asked_of(wanted: Wanted) -> dict[str, str]:
    """The words of an address that ask for this list: codes only."""
    order = ("-" if wanted.is_down else "") + wanted.sort
    asked = {"sort": order, "show": wanted.show, "mine": "1" if wanted.mine else None}
    filters = {"profile": wanted.profile, "language": wanted.language, "origin_state": wanted.origin_state}
    return {name: value for name, value in {**asked, **filters, **dict(wanted.more)}.items() if value}


def once_a_minute() -> None:
    """What this request shows goes into the one row of the trail that its reader's searches have
    each minute; see `access.actions.searched`."""
    g.is_search = True
