"""Supervision: it ends after it began."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from mexile.custody.supervision.actions import end_supervision, start_supervision
from mexile.ground.db import writing
from mexile.ground.errors import Conflict, Invalid
from tests.make import Make

DAY = date(2026, 3, 2)


def test_supervision_ends_after_it_began(in_app: Flask, make: Make) -> None:
    viewer, member = make.viewer("director"), make.member()
    with writing():
        made = start_supervision(
            viewer=viewer, code=member.code, kind="isap", every="month", monitor="ankle", from_on=DAY
        )
    with pytest.raises(Invalid), writing():
        end_supervision(viewer=viewer, code=member.code, id=made.id, on=DAY - timedelta(days=1))
    with writing():
        end_supervision(viewer=viewer, code=member.code, id=made.id, on=DAY)
    with pytest.raises(Conflict), writing():
        end_supervision(viewer=viewer, code=member.code, id=made.id, on=DAY)
