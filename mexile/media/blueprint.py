"""The blueprint of the pages of media requests."""

from flask import Blueprint

blueprint = Blueprint("media", __name__)
