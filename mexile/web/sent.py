"""What a browser sends, as every page reads it: bounded, without what nobody types, and never on the disk."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

from mexile.web.addresses import WithoutNul

FORM, FIELDS = 2 * 1024 * 1024, 2000
"""Bytes and fields of a form, files apart."""
PLAIN = "application/x-www-form-urlencoded"


class Sent(Request):
    """A file that somebody sends stays in memory: on the disk it would lie unsealed. A HEAD is a GET whose body the
    server leaves out, so no page has to know of it."""

    parameter_storage_class = WithoutNul

    def __init__(self, *words: Any, **more: Any):
        super().__init__(*words, **more)
        if self.method == "HEAD":
            self.method = "GET"
        if self.mimetype == PLAIN:
            self.max_content_length = FORM

    def _load_form_data(self) -> None:
        """Werkzeug bounds the fields of the forms that carry files, and reads the others as they come."""
        if self.mimetype == PLAIN and self.get_data().count(b"&") >= FIELDS:
            raise RequestEntityTooLarge
        super()._load_form_data()

    def _get_file_stream(self, *_about: Any, **_more: Any) -> IO[bytes]:
        return BytesIO()
