"""The mail catcher: takes every letter that mexile sends and keeps it in a folder, so that
the walk can show it. Nothing leaves the machine."""

import email
import email.policy
import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

MOST_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True)
class Attachment:
    """A file that came with a letter."""

    name: str
    kind: str
    body: bytes


@dataclass(frozen=True)
class Received:
    """A letter as its reader sees it. `number` counts from the first."""

    number: int
    to: str
    subject: str
    at: datetime | None
    text: str
    attachments: tuple[Attachment, ...]

    @property
    def paragraphs(self) -> list[list[str]]:
        """The text as paragraphs of lines."""
        parts = self.text.replace("\r", "").strip().split("\n\n")
        return [part.strip("\n").split("\n") for part in parts if part.strip()]


class _Keep:
    """Writes each letter to a file of its own; the same letter twice is one."""

    def __init__(self, folder: Path):
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        body = envelope.original_content or b""
        name = str(email.message_from_bytes(body).get("Message-ID", "")) or body.hex()
        mark = hashlib.sha256(name.encode()).hexdigest()[:16]
        if not list(self.folder.glob(f"*-{mark}.eml")):
            number = len(list(self.folder.glob("*.eml"))) + 1
            fresh = self.folder / f"{number:05d}.new"
            fresh.write_bytes(body)
            fresh.replace(self.folder / f"{number:05d}-{mark}.eml")
        return "250 kept"


def catch(folder: Path, port: int) -> Controller:
    """Listen on this port of loopback in a thread of its own. `stop()` ends it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    controller = Controller(_Keep(folder), hostname="127.0.0.1", port=port, data_size_limit=MOST_BYTES)
    controller.start()
    return controller


def received(folder: Path) -> list[Received]:
    """All letters, the newest first."""
    return [_read(path) for path in sorted(folder.glob("*.eml"), reverse=True)]


def letter(folder: Path, number: int) -> Received | None:
    return next((_read(path) for path in folder.glob(f"{number:05d}-*.eml")), None)


def forget(folder: Path) -> None:
    """Throw all letters away."""
    for path in folder.glob("*.eml"):
        path.unlink(missing_ok=True)


def _read(path: Path) -> Received:
    message: Any = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = message.get_body(preferencelist=("plain",))
    return Received(
        number=int(path.name[:5]),
        to=str(message.get("To", "")),
        subject=str(message.get("Subject", "")),
        at=message["Date"].datetime if message["Date"] else None,
        text=body.get_content() if body else "",
        attachments=tuple(_attachment(part) for part in message.iter_attachments()),
    )


def _attachment(part: EmailMessage) -> Attachment:
    content = part.get_content()
    body = content.encode() if isinstance(content, str) else bytes(content)
    return Attachment(part.get_filename() or "file", part.get_content_type(), body)
