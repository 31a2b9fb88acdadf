"""The blueprint of the pages of custody."""

from flask import Blueprint

blueprint = Blueprint("custody", __name__)
