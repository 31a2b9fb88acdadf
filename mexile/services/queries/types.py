"""The kinds of service, and the words by which a typed line finds them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import select

from mexile.ground.db import db
from mexile.services.models.service_type import ServiceType
from mexile.services.rules.type_words import TypeIndex, TypeWords


class Kind(NamedTuple):
    """One kind of service with what is usual for it."""

    code: str
    en: str
    es: str
    category: str
    unit: str
    minutes: int
    place: str
    mode: str
    words_en: str
    words_es: str

    def name(self, lang: str) -> str:
        return self.es if lang == "es" else self.en


_all = select(*(getattr(ServiceType, name) for name in Kind._fields)).order_by(
    ServiceType.position, ServiceType.code
)


def kinds() -> Mapping[str, Kind]:
    """All kinds by code, in their order. One query."""
    return {row.code: Kind(*row) for row in db.session.execute(_all)}


def kind(code: str) -> Kind | None:
    """One kind. One query."""
    row = db.session.execute(_all.where(ServiceType.code == code)).first()
    return Kind(*row) if row else None


def type_index(found: Mapping[str, Kind]) -> TypeIndex:
    """The index of their words, made once for the same kinds and kept in this process."""
    return _index(tuple(found.values()))


@lru_cache(maxsize=4)
def _index(found: tuple[Kind, ...]) -> TypeIndex:
    return TypeIndex(
        TypeWords(
            one.code,
            one.unit,
            (one.en, one.es, *one.words_en.split(","), *one.words_es.split(",")),
        )
        for one in found
    )
