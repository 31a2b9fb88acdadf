"""Write the kinds of service into the database from the vocabulary; add one, change it, retire it, take it up again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, trail
from mexile.ground.dates import fold
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, Problem
from mexile.ground.vocabulary import vocabulary
from mexile.services.service_type.models import ServiceType, ServiceTypeChange
from mexile.services.service_type.queries import forget_kinds, get_type, was_logged
from mexile.services.service_type.rules import (
    COUNTED_BY_ITSELF,
    OF_DATES,
    UNIT_STANDS,
    UNITS_OF_ACT,
    kinds_of_type,
    plain,
    taken,
    words_of,
)

name_act("service_type.add", "Added a type of service", "Agregó un tipo de servicio")
name_act("service_type.edit", "Changed a type of service", "Cambió un tipo de servicio")

STALE = Problem(
    "version",
    "Somebody else changed this type while you were typing. What you typed is still here.",
    "Otra persona cambió este tipo mientras usted escribía. Lo que escribió sigue aquí.",
)


def seed_service_types() -> int:
    """Add the kinds of the vocabulary that aren't there yet; those changed by people are
    left alone. Returns how many were added."""
    known = set(db.session.scalars(select(ServiceType.code)))
    rows = [
        {"code": term.code, "en": term.en, "es": term.es, "position": position, **term.more}
        for position, term in enumerate(vocabulary("service_type").values())
        if term.code not in known
    ]
    if rows:
        db.session.execute(insert(ServiceType), rows)
    return len(rows)


def add_type(*, viewer: Viewer, values: Mapping[str, Any]) -> ServiceType:
    """A new type, behind the others. Raises Invalid with all that is wrong."""
    code = _new_code(values["en"])
    if problems := _problems(code, values):
        raise Invalid(problems)
    position = (db.session.scalar(select(func.max(ServiceType.position))) or 0) + 1
    made = ServiceType(code=code, position=position, **values)
    db.session.add(made)
    db.session.flush()
    _note(viewer, code, "", "", made.en)
    trail.record("service_type.add", code)
    forget_kinds()
    return made


def change_type(*, viewer: Viewer, code: str, version: int, values: Mapping[str, Any]) -> ServiceType:
    """What differs is written, with what it was. What was logged keeps the unit and quantity that were written with it.
    Raises Conflict when it changed after `version` was shown, Invalid with all that is wrong."""
    held = get_type(code)
    if held.version != version:
        raise Conflict(STALE)
    problems = _problems(code, values)
    if values.get("unit", held.unit) != held.unit and was_logged(code):
        problems.append(UNIT_STANDS)
    if problems:
        raise Invalid(problems)
    _change(viewer, held, values)
    return held


def retire_type(*, viewer: Viewer, code: str, on: date | None) -> None:
    """From the day `on` nothing more is logged as this type; None takes it up again."""
    if on is not None and kinds_of_type(code):
        raise Invalid(OF_DATES)
    _change(viewer, get_type(code), {"retired_on": on})


def _change(viewer: Viewer, held: ServiceType, values: Mapping[str, Any]) -> None:
    changed = [name for name, value in values.items() if getattr(held, name) != value]
    for name in changed:
        _note(viewer, held.code, name, _said(getattr(held, name)), _said(values[name]))
        setattr(held, name, values[name])
    db.session.flush()
    if changed:
        trail.record("service_type.edit", held.code, fields=changed)
    forget_kinds()


def _said(value: object) -> str:
    return "" if value is None else str(value)


def _note(viewer: Viewer, code: str, field: str, before: str, after: str) -> None:
    db.session.add(
        ServiceTypeChange(
            type_code=code, field=field, before=before, after=after, by_user_id=viewer.user_id, at=clock.now()
        )
    )


def _problems(code: str, values: Mapping[str, Any]) -> list[Problem]:
    problems = []
    if values["unit"] in UNITS_OF_ACT and values["counts"] != "act":
        problems.append(COUNTED_BY_ITSELF)
    others = db.session.scalars(select(ServiceType).where(ServiceType.code != code, ServiceType.retired_on.is_(None)))
    known: dict[str, str] = {}
    for other in others:
        for word in (other.code, other.en, other.es, *words_of(f"{other.words_en},{other.words_es}")):
            known.setdefault(plain(word), other.en)
    for field in ("en", "es", "words_en", "words_es"):
        words = words_of(values[field]) if field.startswith("words") else [values[field]]
        problems += [taken(field, word, known[plain(word)]) for word in words if plain(word) in known][:1]
    return problems


def _new_code(name: str) -> str:
    """A code that never changes, from the name in English."""
    bare = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")[:24] or "service"
    known = set(db.session.scalars(select(ServiceType.code)))
    numbered = (f"{bare}_{number}" for number in range(2, 10_000))
    return bare if bare not in known | {"new"} else next(code for code in numbered if code not in known)
