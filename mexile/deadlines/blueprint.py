"""The blueprint of the pages of deadlines."""

from flask import Blueprint

blueprint = Blueprint("deadlines", __name__)
