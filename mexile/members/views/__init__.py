"""The members' pages. One blueprint; each module of this folder adds the pages of its noun."""

from flask import Blueprint

blueprint = Blueprint("members", __name__)
