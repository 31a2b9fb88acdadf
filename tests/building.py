"""How the tests make the application."""

from __future__ import annotations

import importlib
import pkgutil

from flask import Flask

import mexile
from mexile.config import Config, use
from mexile.ground import keyring
from mexile.ground.db import arrange, db


def build(settings: Config) -> Flask:
    """The whole application on `settings`."""
    try:
        from mexile.app import create_app
    except ModuleNotFoundError as missing:
        if missing.name != "mexile.app":
            raise
        return _bare(settings)
    return create_app(settings)


def _bare(settings: Config) -> Flask:
    """Tables, keys and transactions alone, as long as the application isn't there."""
    for found in pkgutil.walk_packages(mexile.__path__, "mexile."):
        if ".models" in found.name or found.name.startswith("mexile.ground."):
            importlib.import_module(found.name)
    use(settings)
    keyring.use(keyring.Keyring(settings.keys, keyring.read_key_file(settings.keys)))
    app = Flask("mexile")
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    db.init_app(app)
    with app.app_context():
        arrange(db.engine, settings.home / "write.lock")
    return app
