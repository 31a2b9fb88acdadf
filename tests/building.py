"""How the tests make the application."""

from __future__ import annotations

import copy
import os
import secrets
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Dialect, Engine
from sqlalchemy.util import LRUCache

from mexile.app import attach, create_app
from mexile.config import Config
from mexile.ground.db import db


@cache
def _compiled() -> FileSystemBytecodeCache:
    """A template is compiled once a run, whichever application and process use it."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", secrets.token_hex())
    folder = Path(tempfile.gettempdir(), f"mexile-pages-{run}")
    folder.mkdir(mode=0o700, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def build(settings: Config) -> Flask:
    """The whole application on `settings`, as `mexile serve` makes it."""
    app = create_app(settings)
    app.jinja_env.bytecode_cache = _compiled()
    return app


def copy_of(app: Flask, settings: Config) -> Flask:
    """The same application on `settings`, which differ from its own by home, keys and database alone.

    Compiling 280 routes takes 80 ms; a copy takes two. What a test changes of it (a view, a configuration)
    it changes of the copy.
    """
    copied = copy.copy(app)
    for name, value in vars(app).items():
        if isinstance(value, dict | list | set):
            setattr(copied, name, _copied(value))
    # Of these only the database's own are attached once more.
    del copied.extensions["sqlalchemy"]
    copied.teardown_appcontext_funcs = []
    copied.shell_context_processors = []
    attach(copied, settings)
    with copied.app_context():
        _compile_once(db.engine)
    return copied


_dialects: dict[str, tuple[Dialect, LRUCache[Any, Any]]] = {}


def _compile_once(engine: Engine) -> None:
    """A statement is compiled once a process: what was compiled is kept by dialect, and a new engine brings a new one.
    All engines of one kind are made with the same options. A third of a request's time went into it."""
    dialect, compiled = _dialects.setdefault(engine.name, (engine.dialect, LRUCache(6000)))
    engine.dialect = dialect
    engine.update_execution_options(compiled_cache=compiled)


def _copied(value: Any) -> Any:
    """A copy of a collection and of the collections in it; what they hold in the end stays the same."""
    own = copy.copy(value)
    if isinstance(own, dict):
        own.update({key: _copied(inner) for key, inner in own.items() if isinstance(inner, dict | list | set)})
    return own
