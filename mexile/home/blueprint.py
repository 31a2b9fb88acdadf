"""The blueprint of the pages that compose houses."""

from flask import Blueprint

blueprint = Blueprint("home", __name__)
