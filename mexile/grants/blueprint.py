"""The blueprint of the pages of grants."""

from flask import Blueprint

blueprint = Blueprint("grants", __name__)
