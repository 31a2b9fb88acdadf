"""The page that answers each kind of error, and what the log says of it."""

from __future__ import annotations

import logging
import secrets
import sqlite3
from pathlib import Path

from flask import Flask, Response, g, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from mexile.access.gate import note_denied
from mexile.ground import errors, seal
from mexile.ground.db import db
from mexile.ground.trouble import trouble_of
from mexile.web import addresses, page
from mexile.web.unsaved import unsaved, words_typed

log = logging.getLogger("mexile")

TEMPLATES = Path(__file__).parent.parent / "templates"

TOO_LARGE = errors.Problem(
    "",
    "This is more than the program takes at once. A file may have 15 MiB, a form 2 MiB.",
    "Esto es más de lo que el programa recibe de una vez. Un archivo puede tener 15 MiB y un formulario 2 MiB.",
)


def arrange(app: Flask) -> None:
    app.register_error_handler(errors.NotHere, _not_here)
    app.register_error_handler(404, _not_here)
    app.register_error_handler(errors.Conflict, _conflict)
    app.register_error_handler(StaleDataError, _stale)
    for sealed in (errors.Tampered, errors.KeyGone):
        app.register_error_handler(sealed, _unreadable)
    app.register_error_handler(errors.Invalid, _invalid)
    for kind in (DBAPIError, NoConnection, sqlite3.DatabaseError, errors.Busy, errors.KeyringBroken, OSError):
        app.register_error_handler(kind, _nothing_written)
    app.register_error_handler(SecurityError, _wrong_host)
    app.register_error_handler(HTTPException, _other)
    app.register_error_handler(Exception, _incident)


def _not_here(error: Exception) -> ResponseReturnValue:
    """A record outside one's need-to-know and one that never was look alike; a signed-in
    person who asks for one leaves a line in the trail."""
    db.session.rollback()
    if now := addresses.moved(request.path, request.query_string.decode("latin-1")):
        return redirect(now, 308)  # which keeps the method: a form that was open while addresses changed arrives
    if g.get("viewer") is not None and not g.get("denied"):
        try:
            note_denied("scope")
        except Exception as wrong:  # noqa: BLE001 - an error inside an error's answer has no other answer
            return _nothing_written(wrong)
    return page.render("errors/404.html"), 404


def _conflict(error: errors.Conflict) -> tuple[str, int]:
    return page.render("errors/409.html", problem=error.problem, typed=words_typed()), 409


def _stale(error: StaleDataError) -> tuple[str, int]:
    db.session.rollback()
    return page.render("errors/409.html", problem=None, typed=words_typed()), 409


def _unreadable(error: Exception) -> tuple[str, int]:
    """What was asked for needs a value that is damaged: nothing was written, and the page says so."""
    db.session.rollback()
    return page.render("errors/409.html", problem=errors.Problem("", *seal.UNREADABLE)), 409


def _invalid(error: errors.Invalid) -> tuple[str, int]:
    return page.render("errors/422.html", problems=error.problems, typed=words_typed()), 422


def _nothing_written(error: Exception) -> Response | tuple[str, int]:
    """A full disk, a busy keyring, a lost database: nothing was written, and the page says so."""
    db.session.rollback()
    trouble = trouble_of(error)
    if trouble is None:
        return _incident(error)
    log.error("nothing can be written (%s): %s", trouble, type(error).__name__)
    return unsaved(trouble)


def _wrong_host(error: SecurityError) -> tuple[str, int, dict[str, str]]:
    """Asked for under a name that isn't ours: no page is made, for its links would be theirs."""
    return "400\n", 400, {"Content-Type": "text/plain"}


def _other(error: HTTPException) -> ResponseReturnValue:
    if (unforeseen := getattr(error, "original_exception", None)) is not None:
        return _nothing_written(unforeseen)  # what broke while an answer was made
    if error.code in (301, 302, 303, 307, 308):
        return error.get_response()
    name = f"errors/{error.code}.html"
    known = (TEMPLATES / name).exists()
    problems = [TOO_LARGE] if error.code == 413 else []
    return page.render(name if known else "errors/422.html", problems=problems), error.code or 500


def _incident(error: Exception) -> tuple[str, int]:
    """Anything unforeseen: a number for the person, the kind and place for the log, no value."""
    db.session.rollback()
    number = secrets.token_hex(4)
    frames = []
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if "mexile" in name:
            frames.append(f"{Path(name).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    log.error("incident %s %s at %s", number, type(error).__name__, " ".join(frames[-6:]))
    if g.get("reads") is not None:
        g.reads.clear()
    try:
        return page.render("errors/500.html", number=number), 500
    except Exception:  # noqa: BLE001 - the frame itself is what is broken
        return f"500 {number}\n", 500
