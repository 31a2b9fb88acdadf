"""Telephones compared by their blind indexes.

Numbers that differ in their extension alone are colleagues; one written without its extension may be any of them.
So the index of a number with an extension begins with the index of the number without it, and two numbers meet
where the index of one begins that of the other.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_

from mexile.ground import seal
from mexile.ground.phone import without_extension

_WHOLE, _EXTENSION = 32, 8


def phone_index(phone: str | None) -> bytes | None:
    """The blind index of a telephone number in its normal form."""
    if not phone:
        return None
    main = without_extension(phone)
    return _blind(main) if main == phone else _blind(main) + _blind(phone)[:_EXTENSION]


def _blind(number: str) -> bytes:
    return seal.blind("member.phone", number)


def has_phone(column: Any, indexes: Collection[bytes]) -> ColumnElement[bool]:
    """The WHERE on a column of indexes: one of these numbers, with or without its extension. Never NULL."""
    asked = [
        column.between(index, index + b"\xff" * _EXTENSION)
        if len(index) == _WHOLE
        else column.in_((index, index[:_WHOLE]))
        for index in indexes
    ]
    return and_(column.is_not(None), or_(false(), *asked))


def any_meet(indexes: Collection[bytes], others: Collection[bytes]) -> bool:
    """Whether a number of the one is a number of the others."""
    return any(one.startswith(other) or other.startswith(one) for one, other in product(indexes, others))
