"""The kinds of service, the words by which a typed line finds them, and how they were changed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from time import monotonic
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, exists, select

from mexile.access.account.models import UserAccount
from mexile.ground.db import db
from mexile.ground.errors import NotHere, Problem
from mexile.services.service.models import Service
from mexile.services.service.rules import Kind
from mexile.services.service_type.models import ServiceType, ServiceTypeChange
from mexile.services.service_type.rules import TypeIndex, TypeWords

_all = select(*(getattr(ServiceType, name) for name in Kind._fields)).order_by(ServiceType.position, ServiceType.code)


KEPT = 20.0
"""Seconds for which a process goes on with the kinds it has read."""

_held: WeakKeyDictionary[Engine, tuple[float, Mapping[str, Kind]]] = WeakKeyDictionary()


def kinds() -> Mapping[str, Kind]:
    """All kinds by code, in their order. Read again after some seconds: they hardly ever
    change, and every reading of a line asks for them."""
    at, kinds = _held.get(db.engine, (0.0, {}))
    if not kinds or monotonic() - at > KEPT:
        kinds = {row.code: Kind(*row) for row in db.session.execute(_all)}
        _held[db.engine] = (monotonic(), kinds)
    return kinds


def forget_kinds() -> None:
    """Read them again at the next question: somebody changed one."""
    _held.pop(db.engine, None)


def kind(code: str) -> Kind | None:
    return kinds().get(code)


def type_index(kinds: Mapping[str, Kind]) -> TypeIndex:
    """The index of their words, made once for the same kinds and kept in this process."""
    return _index(tuple(kinds.values()))


@lru_cache(maxsize=4)
def _index(kinds: tuple[Kind, ...]) -> TypeIndex:
    return TypeIndex(
        TypeWords(
            kind.code,
            kind.unit,
            (kind.en, kind.es, *kind.words_en.split(","), *kind.words_es.split(",")),
            kind.counts,
        )
        for kind in kinds
        if kind.retired_on is None
    )


def get_type(code: str) -> ServiceType:
    held = db.session.get(ServiceType, code)
    if held is None:
        raise NotHere(code)
    return held


def was_logged(code: str) -> bool:
    """Whether anything was ever logged as this type, the cancelled with it."""
    return bool(db.session.scalar(select(exists().where(Service.type_code == code))))


def changes_of(code: str) -> list[tuple[ServiceTypeChange, str]]:
    """What was changed of a type, newest first, each with who did it."""
    rows = db.session.execute(
        select(ServiceTypeChange, UserAccount.name)
        .join(UserAccount, UserAccount.id == ServiceTypeChange.by_user_id)
        .where(ServiceTypeChange.type_code == code)
        .order_by(ServiceTypeChange.id.desc())
    )
    return [(change, name) for change, name in rows]


def missing() -> list[Problem]:
    """That nobody has looked over the types yet: none was changed, and nothing was logged."""
    if db.session.scalar(select(exists().select_from(ServiceTypeChange))):
        return []
    return [] if db.session.scalar(select(exists().select_from(Service))) else [UNSEEN]


UNSEEN = Problem(
    "service_type",
    "Nobody has changed the list of services yet, and none was logged.",
    "Nadie ha cambiado todavía la lista de servicios, y no se ha registrado ninguno.",
)
