"""Static files of words leave packed; a page never does, whoever asks."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from mexile.web import assets
from tests.clients import Client

pytestmark = pytest.mark.once

PACKED = {"Accept-Encoding": "gzip, br"}


def files(app: Flask) -> list[Path]:
    return [path for path in Path(app.static_folder).rglob("*") if path.is_file() and not path.name.startswith(".")]


def test_every_file_of_words_is_packed_and_unpacks_to_itself(app: Flask, client: Client) -> None:
    for path in files(app):
        address = f"/static/{path.relative_to(app.static_folder).as_posix()}"
        plain, packed = client.get(address), client.get(address, headers=PACKED)
        assert plain.data == path.read_bytes() and "Content-Encoding" not in plain.headers
        if path.suffix in assets.WORDS:
            assert packed.headers["Content-Encoding"] == "gzip" and gzip.decompress(packed.data) == plain.data
            assert {answer.headers["Vary"] for answer in (plain, packed)} == {"Accept-Encoding"}
            assert int(packed.headers["Content-Length"]) == len(packed.data)
        else:
            assert "Content-Encoding" not in packed.headers and packed.data == plain.data
        plain.close()
        packed.close()


def test_a_packed_file_that_one_has_is_not_sent_again(client: Client) -> None:
    first = client.get("/static/css/base.css", headers=PACKED)
    again = client.get("/static/css/base.css", headers={**PACKED, "If-None-Match": first.headers["ETag"]})
    again.close()
    assert (again.status_code, again.data, again.headers["Vary"]) == (304, b"", "Accept-Encoding")


def test_no_page_is_ever_packed(client: Client, client_as: Callable[..., Client]) -> None:
    for page in (client.get("/sign-in", headers=PACKED), client_as("caseworker").get("/today", headers=PACKED)):
        assert page.status_code == 200 and "Content-Encoding" not in page.headers
