"""The blueprint of the pages of services."""

from flask import Blueprint

blueprint = Blueprint("services", __name__)
