"""Gives the rows of the invented organization their numbers, keys and moments, and writes them through their models."""

import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Column, Integer, insert, select
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from mexile.cases.place.models import Place
from mexile.deadlines.rule.models import DeadlineRule
from mexile.demo.organization.plan import Row, Rows
from mexile.demo.organization.recipe import recipe
from mexile.demo.organization.staff import workers
from mexile.donors.queries import email_index
from mexile.ground import clock, keyring, seal
from mexile.ground.db import Base, Moment, db
from mexile.ground.seal import Sealed
from mexile.members.detail.queries import a_number_index
from mexile.members.persecutor.queries import name_index

WITH_KEY = ("user_account", "member", "donor", "media_request", "inquiry")
"""Whose rows have a data key of their own, but for an inquiry that became a member."""
OWNERS = ("member_id", "inquiry_id", "donor_id", "user_id", "request_id")
"""Whose key a row is sealed under: the first of these that it names."""
INDEXES: dict[str, tuple[str, Callable[[str], bytes | None]]] = {
    "email_bidx": ("email", email_index),
    "name_bidx": ("name", name_index),
    "number_bidx": ("number", a_number_index),
    "phone_bidx": ("phone", lambda phone: seal.blind("member.phone", phone)),
    "value_bidx": ("value", lambda phone: seal.blind("member.phone", phone)),
}
"""Blind index -> the value it is made of, and how."""
USUAL = {"by_user_id": "nora", "currency": "USD", "version": 1, "zone": "America/Denver"}
"""What a column that must have a value holds where the row says nothing and the model has no default."""


class Writer:
    """Writes the rows of all tables, once."""

    def __init__(self, rows: Rows):
        self.rows, self.now, self.zone = rows, clock.now(), ZoneInfo(recipe()["settings"]["zone"])
        people = [row for table in WITH_KEY for row in rows[table] if not row.get("member_id")]
        self.unused = keyring.current().new_keys(len(people))
        self.keys: dict[tuple[str, int], bytes] = {}
        """The key of a row that others are sealed under, by its table and number."""

    @cached_property
    def numbers(self) -> dict[str, dict[Any, int]]:
        """Table -> code -> number."""
        numbers: dict[str, dict[Any, int]] = {
            table: {row["code"]: row["id"] for row in rows if "code" in row} for table, rows in self.rows.items()
        }
        numbers["user_account"] = {worker.word: number for number, worker in enumerate(workers(), start=1)}
        numbers["place"] = {place.code: place.id for place in db.session.scalars(select(Place))}
        rules = db.session.scalars(select(DeadlineRule))
        numbers["deadline_rule"] = {(rule.code, rule.version): rule.id for rule in rules}
        return numbers

    def write(self) -> None:
        """All tables, those first that others name."""
        models = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
        order = [table.name for table in Base.metadata.sorted_tables]
        for name in sorted(self.rows, key=order.index):
            self._write(models[name], self.rows[name])

    def _write(self, model: type[Base], rows: list[Row]) -> None:
        columns = model.__table__.columns
        named = {c.name: _table_named(c) for c in columns if c.foreign_keys and isinstance(c.type, Integer)}
        moments = [column.name for column in columns if isinstance(column.type, Moment)]
        indexes = [(index, *how) for index, how in INDEXES.items() if index in columns]
        sealed = {name: cell.column for name, cell in vars(model).items() if isinstance(cell, Sealed)}
        for row in rows:
            self._number(row, named)
            for name in moments:
                if name in row:
                    row[name] = self._moment(row[name], is_past=name != "due_at")
            for index, name, make in indexes:
                row[index] = make(row[name]) if row.get(name) else None
            if "rid" in columns:
                row["rid"] = secrets.token_bytes(16)
            if "key_id" in columns:
                self._give_key(model, row, named)
            for name, column in sealed.items():
                text = row.pop(name, None)
                row[column] = seal.seal(model.__tablename__, column, row["rid"], row["key_id"], text) if text else None
            if "id" not in columns:
                row.pop("id", None)
        given = {name for row in rows for name in row}
        assert given <= set(columns.keys()), (model, given)
        blank: dict[str, Any] = {
            name: _usual(column) for name, column in columns.items() if name in given or name in USUAL
        }
        self._number(blank, named)
        db.session.execute(insert(model.__table__), [{**blank, **row} for row in rows])

    def _number(self, row: dict[str, Any], named: dict[str, str]) -> None:
        """Numbers in the place of codes."""
        for name, table in named.items():
            if isinstance(row.get(name), str | tuple):
                row[name] = self.numbers[table][row[name]]

    def _moment(self, value: date | tuple[date, int] | None, is_past: bool) -> datetime | None:
        """A moment of a day in the organization's zone; what is past is never later than now."""
        if value is None or isinstance(value, datetime):
            return value
        on, minute = value if isinstance(value, tuple) else (value, 9 * 60)
        moment = datetime.combine(on, time(*divmod(minute, 60)), self.zone).astimezone(UTC)
        return min(moment, self.now) if is_past else moment

    def _give_key(self, model: type[Base], row: Row, named: dict[str, str]) -> None:
        owner = next((name for name in OWNERS if row.get(name)), None)
        if owner:
            row["key_id"] = self.keys[named[owner], row[owner]]
        elif model.__tablename__ in WITH_KEY:
            row["key_id"] = self.unused.pop()
        elif "key_id" in row:
            row["key_id"] = self.keys["member", self.numbers["member"][row["key_id"]]]
        if "id" in row and "key_id" in row:
            self.keys[model.__tablename__, row["id"]] = row["key_id"]


def _usual(column: Column[Any]) -> Any:
    """What a cell holds where its row says nothing."""
    if isinstance(column.default, ScalarElementColumnDefault):
        return column.default.arg
    return None if column.nullable else USUAL.get(column.name)


def _table_named(column: Column[Any]) -> str:
    return next(iter(column.foreign_keys)).target_fullname.partition(".")[0]
