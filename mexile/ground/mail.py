"""Mail: put into the queue as codes, written only when it is sent.

A letter is rendered by the house that knows it at the moment of sending, so no
address and no text lies in the queue. Its Message-ID follows from the job's key:
a letter sent twice by a crash is one letter to the reader's program.
"""

from __future__ import annotations

import hashlib
import smtplib
from collections.abc import Callable
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Any

from mexile.ground import queue
from mexile.ground.db import db, outside_write
from mexile.ground.organisation import organisation


@dataclass(frozen=True)
class Letter:
    """A mail to one person. `attachments` are (file name, MIME type, bytes)."""

    to: str
    subject: str
    text: str
    html: str | None = None
    attachments: list[tuple[str, str, bytes]] = field(default_factory=list)


@dataclass(frozen=True)
class Server:
    """The mail server that letters are handed to."""

    host: str = "127.0.0.1"
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = False


_server = Server()


def use(server: Server) -> None:
    """Send by `server` from now on."""
    global _server
    _server = server


Renderer = Callable[[dict[str, Any]], Letter | None]
RENDERERS: dict[str, Renderer] = {}


def renders(kind: str) -> Callable[[Renderer], Renderer]:
    """Register who writes letters of `kind`. None from it means: no longer wanted."""

    def register(renderer: Renderer) -> Renderer:
        RENDERERS[kind] = renderer
        return renderer

    return register


def put(kind: str, key: str, body: dict[str, Any]) -> None:
    """Put a letter beside its cause, inside `writing()`. One per kind and key, ever."""
    queue.put("mail", f"{kind}:{key}", {"kind": kind, "key": key, "body": body})


@queue.handles("mail")
def send(job: dict[str, Any]) -> None:
    """Write the letter and hand it to the mail server."""
    outside_write()
    letter = RENDERERS[job["kind"]](job["body"])
    sender = organisation().mail_from
    db.session.rollback()  # no read transaction is held open while the mail server thinks
    if letter is None:
        return
    message = compose(letter, sender, f"{job['kind']}:{job['key']}")
    with smtplib.SMTP(_server.host, _server.port, timeout=20) as server:
        if _server.starttls:
            server.starttls()
        if _server.user:
            server.login(_server.user, _server.password)
        server.send_message(message)


def compose(letter: Letter, sender: str, key: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = letter.subject
    domain = sender.rpartition("@")[2].rstrip(">")
    message["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    for name, kind, body in letter.attachments:
        main, _, sub = kind.partition("/")
        message.add_attachment(body, maintype=main, subtype=sub, filename=name)
    return message
