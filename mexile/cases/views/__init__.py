"""The pages of cases. One blueprint; each module of this folder adds the pages of its noun."""

import importlib
import pkgutil

from flask import Blueprint

import mexile.cases.actions.holdings  # noqa: F401 - what somebody holds here
import mexile.cases.actions.reminders  # noqa: F401 - the daily work of this house
import mexile.cases.rules.acts  # noqa: F401 - names the acts for the trail

blueprint = Blueprint("cases", __name__)

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
