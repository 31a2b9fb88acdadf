"""The blueprint of the pages of inquiries."""

from flask import Blueprint

blueprint = Blueprint("inquiries", __name__)
