"""The blueprint of the pages of reports."""

from flask import Blueprint

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

blueprint = Blueprint("reports", __name__)
