"""The pages of services. One blueprint; each module of this folder adds the pages of its noun."""

import importlib
import pkgutil

from flask import Blueprint

blueprint = Blueprint("services", __name__)

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
