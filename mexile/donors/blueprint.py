"""The blueprint of the pages of donors."""

from flask import Blueprint

blueprint = Blueprint("donors", __name__)
