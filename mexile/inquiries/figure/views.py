"""The figures of inquiries, for the director."""

from __future__ import annotations

from flask import g

from mexile.ground import organization
from mexile.ground.vocabulary import vocabulary
from mexile.inquiries.blueprint import blueprint
from mexile.inquiries.figure.queries import figures as figures_of
from mexile.web.i18n import lang
from mexile.web.page import render


@blueprint.route("/inquiries/figures")
def figures() -> str:
    figures = figures_of(g.viewer, organization.today())
    heads = [(word, "num") for _, word in vocabulary("heard_of_us").choices(lang())]
    return render("inquiries/figure/figures.html", figures=figures, heads=heads)
