"""The blueprint of the members' pages, and the address of a member's page."""

from flask import Blueprint, url_for

blueprint = Blueprint("members", __name__)


def page_of(code: str) -> str:
    return url_for("members.member", code=code)
