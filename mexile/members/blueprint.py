"""The blueprint of the members' pages."""

from flask import Blueprint

blueprint = Blueprint("members", __name__)
