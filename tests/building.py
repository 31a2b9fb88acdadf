"""How the tests make the application."""

from __future__ import annotations

from flask import Flask

from mexile.app import create_app
from mexile.config import Config


def build(settings: Config) -> Flask:
    """The whole application on `settings`."""
    return create_app(settings)
