"""Mail: put into the queue as codes, written only when it is sent.

A letter is rendered by the house that knows it at the moment of sending, so no
address and no text lies in the queue. Its Message-ID follows from the job's key:
a letter sent twice by a crash is one letter to the reader's program.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from typing import Any

from sqlalchemy import update

from mexile.ground import clock, queue, smtp
from mexile.ground.db import db, outside_write, writing
from mexile.ground.errors import Invalid
from mexile.ground.organization import organization
from mexile.ground.queue import Job
from mexile.ground.sender import sender, to_address
from mexile.ground.smtp import LetterLater, LetterRefused, Server, ServerTrouble

SHORTEST, LONGEST = 10, 600
"""Seconds after which a server in trouble is asked again: at first, and after an hour of it."""


@dataclass(frozen=True)
class Letter:
    """A mail to one person. `attachments` are (file name, MIME type, bytes)."""

    to: str
    subject: str
    text: str
    html: str | None = None
    attachments: list[tuple[str, str, bytes]] = field(default_factory=list)


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
    """Write the letter and hand it to the mail server. Server trouble makes every letter wait, and counts against
    none of them; a letter that is refused for good is kept as "could not be sent"."""
    outside_write()
    letter = RENDERERS[job["kind"]](job["body"])
    from_text = organization().mail_from
    db.session.rollback()  # no read transaction is held open while the mail server thinks
    if letter is None:
        return
    try:
        smtp.hand_over(_server, compose(letter, from_text, f"{job['kind']}:{job['key']}"))
    except Invalid:
        raise _all_wait("sender") from None
    except ServerTrouble as wrong:
        raise _all_wait(wrong.why) from wrong
    except LetterLater as wrong:
        raise queue.JobTrouble(wrong.why) from wrong
    except LetterRefused as wrong:
        raise queue.JobRefused(wrong.why) from wrong
    _say_well()


class _Pause:
    """How long a mail server in trouble is left alone: longer each time, until it takes a letter."""

    seconds = 0


_pause = _Pause()


def _all_wait(why: str) -> queue.JobLater:
    """No letter is tried before the pause is over, so that each doesn't wait for the silent server by itself."""
    _pause.seconds = min(LONGEST, max(SHORTEST, 2 * _pause.seconds))
    now = clock.now()
    until = now + timedelta(seconds=_pause.seconds)
    with writing():
        db.session.execute(
            update(Job)
            .where(Job.kind == "mail", Job.state == "waiting", Job.run_at < until)
            .values(run_at=until, set_at=now, trouble=why)
        )
    return queue.JobLater(_pause.seconds, why)


def _say_well() -> None:
    """The server takes letters again: those that waited for it are sent now."""
    if not _pause.seconds:
        return
    _pause.seconds = 0
    with writing():
        db.session.execute(
            update(Job)
            .where(Job.kind == "mail", Job.state == "waiting", Job.trouble.in_(smtp.OF_THE_SERVER))
            .values(run_at=clock.now(), set_at=clock.now())
        )


class _Policy(EmailPolicy):
    """A quoted name keeps its quotes: the standard library drops them where it breaks the line."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() in ("from", "to") and str(value).isascii():
            return SMTP.clone(max_line_length=900).fold_binary(name, value)
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n")


def compose(letter: Letter, from_text: str, key: str) -> EmailMessage:
    """The letter as it goes out. Raises Invalid for a sender that is no address, LetterRefused for a reader who
    has none."""
    message = EmailMessage(policy=_POLICY)
    own = sender(from_text)
    message["From"] = own
    try:
        message["To"] = to_address(letter.to)
    except ValueError:
        raise LetterRefused("address") from None
    message["Subject"] = re.sub(r"[\s\x00-\x1f\x7f]+", " ", letter.subject).strip()
    message["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{own.domain}>"
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    for name, kind, body in letter.attachments:
        main, _, sub = kind.partition("/")
        message.add_attachment(body, maintype=main, subtype=sub, filename=name)
    return message
