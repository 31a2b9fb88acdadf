"""The blueprint of the pages of giving."""

from flask import Blueprint

blueprint = Blueprint("gifts", __name__)
