"""The blueprint of Health."""

from flask import Blueprint

blueprint = Blueprint("doctor", __name__)
