"""The blueprint of the pages of arrivals."""

from flask import Blueprint

blueprint = Blueprint("arrivals", __name__)
