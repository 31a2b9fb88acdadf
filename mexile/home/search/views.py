"""The search of the shell. A POST, since what is typed may be a name: it stands in no address."""

from __future__ import annotations

from flask import g, request, url_for

from mexile.donors.rules import fits, folded_words
from mexile.ground.text import clean_line
from mexile.home.blueprint import blueprint
from mexile.home.search.queries import answers
from mexile.members.listing.views import once_a_minute
from mexile.web import shell
from mexile.web.page import render


@blueprint.route("/search", methods=["GET", "POST"])
def search() -> str:
    """What answers the words typed: records within one's rights, and pages. A GET is the empty page, for who has no script."""
    text = clean_line(request.form.get("q", ""))
    once_a_minute()
    live = bool(request.headers.get("X-Live-Search"))
    return render(
        "home/search/_results.html" if live else "home/search/search.html",
        q=text,
        answers=[(answer, url_for(answer.endpoint, code=answer.code)) for answer in answers(g.viewer, text)]
        if text
        else [],
        pages=_pages(text),
    )


def _pages(text: str) -> list[shell.Link]:
    """The pages of the shell whose words begin with what was typed."""
    asked = folded_words(text)
    every = {page.url: page for door in shell.doors() for page in door.pages}
    return [page for page in every.values() if asked and fits(asked, folded_words(page.label))]
