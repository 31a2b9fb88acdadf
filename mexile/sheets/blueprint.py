"""The blueprint of the pages of sheets."""

from flask import Blueprint

blueprint = Blueprint("sheets", __name__)
