"""A live server for each test of this folder; the browser is everybody's (tests/conftest.py)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.browser.site import Site, serve


@pytest.fixture
def site(app: Flask) -> Iterator[Site]:
    with serve(app) as running:
        yield running
