"""The blueprint of the pages of accompaniment."""

from flask import Blueprint

blueprint = Blueprint("accompaniment", __name__)
