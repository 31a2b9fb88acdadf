"""A value that can't be opened is never changed by a form, and its mark is never taken for a value."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import inspect, select, update

from mexile.access.roles import ROLES
from mexile.ground import keyring, queue, seal
from mexile.ground.db import TRIGGERS, Base, db, writing
from mexile.ground.errors import Invalid, KeyGone, Tampered
from mexile.ground.marks import is_mark
from tests.clients import Client
from tests.house.canaries import sealed_models
from tests.house.test_forms import LEFT_ALONE
from tests.house.test_rights import routes
from tests.house.world import World
from tests.make import Make

ITS_OWN = ("totp", "body", "log")
"""What a program reads and no form shows: the second factor, a draft, what a merge can take back."""

DISCARDED = ("import_batch", None)
"""An import that somebody discards is emptied on purpose."""


def _column(model: type[Any], name: str) -> str:
    return next(part.column for kind in model.__mro__ for key, part in vars(kind).items() if key == name)


def _damage() -> dict[tuple[str, str, Any], bytes]:
    """Flip a bit in every sealed cell; returns (table, column, id) -> what lies there now."""
    spoilt: dict[tuple[str, str, Any], bytes] = {}
    with writing():
        for model, names in sealed_models():
            if model.__tablename__ in TRIGGERS:
                continue
            key = inspect(model).primary_key[0]
            for name in set(names) - set(ITS_OWN):
                column = model.__table__.c[_column(model, name)]
                for id, blob in db.session.execute(select(key, column).where(column.is_not(None))).all():
                    if blob:
                        spoilt[model.__tablename__, column.name, id] = blob[:-1] + bytes([blob[-1] ^ 1])
                        changed = {column.name: spoilt[model.__tablename__, column.name, id]}
                        db.session.execute(update(model.__table__).where(key == id).values(changed))
    return spoilt


def test_every_sealed_attribute_keeps_what_it_cannot_open(app: Flask, make: Make) -> None:
    World(make)
    tried = 0
    with app.app_context():
        _damage()
        db.session.expire_all()
        for model, names in sealed_models():
            row = db.session.scalars(select(model).limit(1)).first()
            for name in set(names) - set(ITS_OWN):
                blob = getattr(row, _column(model, name)) if row else None
                if not blob or not seal.is_unreadable(
                    model.__tablename__, _column(model, name), row.rid, row.key_id, blob
                ):
                    continue
                for value in (None, "", *seal.MARKS):
                    setattr(row, name, value)
                    assert not seal.differs(row, name, value)
                with pytest.raises(Invalid, match="damaged"):
                    setattr(row, name, "Another Value")
                with pytest.raises(Invalid, match="mark"):
                    setattr(row, name, "Rosa · dañado›")
                with pytest.raises(Tampered):
                    seal._reads.set(None)
                    getattr(row, name)
                assert seal.looked_at(row, name) is None
                assert getattr(row, _column(model, name)) == blob, f"{model.__name__}.{name}"
                tried += 1
    assert tried > 50


@pytest.mark.parametrize("mark", seal.MARKS)
def test_a_mark_is_known_whole_and_in_parts(mark: str) -> None:
    assert is_mark(mark) and is_mark(f"Rosa {mark}") and is_mark(mark.upper())
    begin, _, end = mark.partition(" · ")
    assert is_mark(begin) and is_mark(end) and is_mark(f"· {end}")
    for name in ("Rosa Reyes", "‹Rosa›", "removed", "dañado", "", None, 7):
        assert not is_mark(name)


def _shown(page: str, address: str) -> list[tuple[str, dict[str, Any]]]:
    """Where each form of a page goes, and what a browser would send of it untouched."""
    found = []
    for form in html.fromstring(page).iter("form"):
        action = form.get("action") or address
        if (form.get("method") or "get").lower() == "post" and not action.startswith(LEFT_ALONE):
            found.append((action, dict(form.fields.items()) | {k: v for k, v in form.form_values()}))
    return found


@pytest.mark.once
def test_no_form_changes_a_damaged_field_nor_keeps_a_mark(
    app: Flask, make: Make, client_as: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page over a world in which each sealed cell is damaged; each form sent as it is shown."""
    world = World(make)
    clients = {role: client_as(user=world.user[role]) for role in ROLES}
    wrong: list[str] = []
    with app.app_context():
        spoilt = _damage()
    monkeypatch.setattr(keyring.Keyring, "destroy", lambda ring, key_id: None)

    def look_and_undo() -> None:
        db.session.flush()
        wrong.extend(f"{place}: {complaint}" for complaint in _changes(spoilt))
        db.session.rollback()

    monkeypatch.setattr(db.session, "commit", look_and_undo)
    sent: set[Any] = set()
    seen: set[str] = set()
    for role in ("attorney", "director", "intake", "administrator", "development"):
        client = clients[role]
        for route, method, rule in routes(app):
            if method != "GET" or role not in rule.roles or route.rule in seen:
                continue
            for place in world.addresses(route, "assigned", role)[:1]:
                client.carry(app, client.secret, client.user)
                answer = client.get(place)
                if answer.status_code >= 500:
                    wrong.append(f"GET {place} as {role}: {answer.status_code}")
                if answer.mimetype != "text/html" or answer.status_code != 200 or not answer.text.strip():
                    continue
                seen.add(route.rule)
                for action, fields in _shown(answer.text, place):
                    kind = (re.sub(r"\d+", "#", action), tuple(sorted(fields)))
                    if kind in sent:
                        continue
                    sent.add(kind)
                    client.carry(app, client.secret, client.user)
                    status = client.post(action, data={k: v for k, v in fields.items() if v is not None}).status_code
                    if status >= 500:
                        wrong.append(f"POST {action} as {role}: {status}")
    assert len(sent) > 80
    assert wrong == [], "\n".join(sorted(set(wrong)))


def _changes(spoilt: dict[tuple[str, str, Any], bytes]) -> list[str]:
    """What of the damaged cells was changed, and where a mark stands as a value."""
    found = []
    for table in Base.metadata.sorted_tables:
        columns = {column for name, column, _ in spoilt if name == table.name}
        if columns:
            key = next(iter(table.primary_key))
            for row in db.session.execute(select(table)).mappings():
                for column in columns:
                    expected = spoilt.get((table.name, column, row[key.name]))
                    if (
                        expected is not None
                        and row[column] not in (expected, b"")
                        and (table.name, row[column]) != DISCARDED
                    ):
                        found.append(f"{table.name}.{column} was changed")
    for model, names in sealed_models():
        for row in db.session.scalars(select(model)):
            for name in names:
                try:
                    with seal.silent():
                        value = getattr(row, name)
                except (KeyGone, Tampered):
                    continue
                if is_mark(value) and model.__tablename__ != "draft":
                    found.append(f"{model.__tablename__}.{name} holds a mark")
    for job in db.session.scalars(select(queue.Job)):
        if is_mark(job.body):
            found.append("a job holds a mark")
    return found
