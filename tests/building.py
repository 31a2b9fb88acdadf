"""How the tests make the application."""

from __future__ import annotations

import tempfile
from functools import cache

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from mexile.app import create_app
from mexile.config import Config


@cache
def _compiled() -> FileSystemBytecodeCache:
    """Every test has an app of its own, but a template is compiled once a process."""
    return FileSystemBytecodeCache(tempfile.mkdtemp(prefix="mexile-pages-"))


def build(settings: Config) -> Flask:
    """The whole application on `settings`."""
    made = create_app(settings)
    made.jinja_env.bytecode_cache = _compiled()
    return made
