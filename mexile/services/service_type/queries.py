"""The kinds of service, and the words by which a typed line finds them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from time import monotonic
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select

from mexile.ground.db import db
from mexile.services.service.rules import Kind
from mexile.services.service_type.models import ServiceType
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
    )
