"""The blueprint of the pages of grants, and the address of a grant's page."""

from flask import Blueprint, url_for

blueprint = Blueprint("grants", __name__)


def page_of(code: str) -> str:
    return url_for("grants.grant", code=code)
