"""A sealed value that was damaged, moved or copied does not open, and nothing of it is shown."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update

from mexile.ground import keyring, seal
from mexile.ground.db import db, writing
from mexile.ground.errors import KeyGone, Tampered
from mexile.members.person.models import Member
from tests.clients import Client
from tests.make import Make

NAME = "Canaria Quetzal"


def _spoil(app: Flask, member: Member, blob: bytes, column: str = "legal_name_enc") -> None:
    with app.app_context(), writing():
        db.session.execute(update(Member).where(Member.id == member.id).values({column: blob}))


def _read(app: Flask, member: Member, attribute: str = "legal_name") -> str | None:
    with app.app_context():
        return getattr(db.session.scalars(select(Member).where(Member.id == member.id)).one(), attribute)


def test_no_bit_of_a_sealed_value_can_be_flipped(app: Flask, make: Make) -> None:
    member = make.member(legal_name=NAME)
    whole = member.legal_name_enc
    for place in range(0, len(whole) * 8, 37):
        spoilt = bytearray(whole)
        spoilt[place // 8] ^= 1 << place % 8
        with pytest.raises(Tampered):
            seal.unseal("member", "legal_name_enc", member.rid, member.key_id, bytes(spoilt))
    _spoil(app, member, whole[:-1])
    with pytest.raises(Tampered):
        _read(app, member)
    _spoil(app, member, whole)
    assert _read(app, member) == NAME


def test_a_sealed_value_opens_in_its_own_row_and_column_only(app: Flask, make: Make) -> None:
    first, second = make.member(legal_name=NAME), make.member(legal_name="Another")
    _spoil(app, second, first.legal_name_enc)
    _spoil(app, first, first.legal_name_enc, "preferred_name_enc")
    with pytest.raises(Tampered):
        _read(app, second)
    with pytest.raises(Tampered):
        _read(app, first, "preferred_name")


def test_a_destroyed_key_opens_nothing(app: Flask, make: Make) -> None:
    member = make.member(legal_name=NAME)
    keyring.current().destroy(member.key_id)
    with pytest.raises(KeyGone):
        _read(app, member)


def test_a_page_over_a_damaged_value_shows_and_logs_nothing_of_it(
    app: Flask, make: Make, client_as: Callable[..., Client], caplog: pytest.LogCaptureFixture
) -> None:
    client = client_as("director")
    member = make.member(legal_name=NAME)
    make.assign(member, client.user, since=None)
    _spoil(app, member, member.legal_name_enc[:-1] + bytes([member.legal_name_enc[-1] ^ 1]))
    answer = client.get(f"/members/{member.code}/drawer/identity")
    assert answer.status_code in (200, 500)
    assert NAME not in answer.text and NAME not in caplog.text
    assert "member.legal_name_enc" in caplog.text or "Tampered" in caplog.text
