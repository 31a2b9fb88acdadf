"""Makers: `make.member(...)`, `make.user(role=...)`. What a test doesn't say is made up.

A maker is a plain function in `tests/makers/<house>.py`; its first parameter is `make` itself,
so that makers can use one another:

    def service(make, *, member=None, **values):
        member = member or make.member()
        ...
        db.session.add(row); db.session.flush()
        return row

Called from a test it runs in one write transaction of its own; called inside one, it joins it.
What it returns is detached afterwards: its columns and sealed values can still be read.
"""

from __future__ import annotations

import importlib
import itertools
import pkgutil
from collections.abc import Callable
from functools import cache, partial, wraps
from typing import Any

from flask import Flask

from mexile.ground import seal
from mexile.ground.db import is_writing, writing
from tests import makers


@cache
def _collect() -> dict[str, Callable[..., Any]]:
    found: dict[str, Callable[..., Any]] = {}
    for module in pkgutil.iter_modules(makers.__path__):
        house = importlib.import_module(f"{makers.__name__}.{module.name}")
        for name, thing in vars(house).items():
            if name.startswith("_") or getattr(thing, "__module__", "") != house.__name__:
                continue
            if not callable(thing) or isinstance(thing, type):
                continue
            if name in found:
                raise NameError(f"two makers are called {name}")
            found[name] = thing
    return found


class Make:
    """All makers, for one app and its fresh database."""

    def __init__(self, app: Flask):
        self.app = app
        self._numbers = itertools.count(1)
        self._makers = _collect()

    def number(self) -> int:
        """A number that no other row of this test has."""
        return next(self._numbers)

    def read(self, look: Callable[[], Any]) -> Any:
        """What `look` finds in the database now, unnoticed by the trail."""
        with self.app.app_context(), seal.silent():
            return look()

    def write(self, act: Callable[[], Any]) -> Any:
        """Do `act` in one write transaction."""
        with self.app.app_context(), seal.silent(), writing():
            return act()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        try:
            maker = partial(self._makers[name], self)
        except KeyError:
            raise AttributeError(f"there is no maker {name!r} in tests/makers") from None

        @wraps(self._makers[name])
        def called(*args: Any, **values: Any) -> Any:
            if is_writing():
                return maker(*args, **values)
            with self.app.app_context(), seal.silent(), writing():
                return maker(*args, **values)

        return called
