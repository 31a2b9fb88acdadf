"""Where the organization stands in its first steps: read from the facts each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from mexile.ground.db import db
from mexile.ground.errors import Problem
from mexile.home.first_step.models import FirstStepDelay
from mexile.home.first_step.steps import STEPS, Step


@dataclass(frozen=True)
class FirstStep:
    """A step, what is missing, and whether it waits for later."""

    step: Step
    missing: Sequence[Problem]
    is_put_off: bool

    @property
    def is_done(self) -> bool:
        return not self.missing

    @property
    def is_later(self) -> bool:
        return self.is_put_off and not self.is_done

    @property
    def is_open(self) -> bool:
        return not (self.is_done or self.is_put_off)


def first_steps() -> list[FirstStep]:
    """All of them, in their order."""
    put_off = set(db.session.scalars(select(FirstStepDelay.code)))
    return [FirstStep(step, step.missing(), step.code in put_off) for step in STEPS]


def is_any_open() -> bool:
    """Whether a step is left that nobody put off."""
    put_off = set(db.session.scalars(select(FirstStepDelay.code)))
    return any(step.code not in put_off and step.missing() for step in STEPS)
