"""The blueprint of the pages of who may."""

from flask import Blueprint

blueprint = Blueprint("access", __name__)
