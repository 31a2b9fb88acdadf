"""Saving a form once: the same form sent twice answers with its first result."""

from __future__ import annotations

from collections.abc import Callable

from mexile.ground import once
from mexile.ground.db import writing
from mexile.web.form import Form


def save_once(form: Form, url: str, act: Callable[[], object]) -> str:
    """Do ``act`` in a write transaction of its own and answer where to go."""
    with writing():
        if done := once.result(form.token):
            return done
        act()
        once.remember(form.token, url)
    return url
