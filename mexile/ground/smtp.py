"""The mail server: letters are handed to it over a line whose other end has proved who it is.

A password goes to no server that didn't prove it, and never in clear.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

PATIENCE = 20
"""Seconds that the server may take for each word."""

OF_THE_SERVER = ("server", "certificate", "clear", "sign_in", "sender")
"""The words of ServerTrouble: it doesn't answer or takes nothing, isn't who it should be, would get the password in
clear, doesn't know the password, doesn't take our sender."""


@dataclass(frozen=True)
class Server:
    """The mail server that letters are handed to. ``starttls``: the line is encrypted after the first words;
    ``tls``: from the first byte (SMTPS). ``ca_file``: who may vouch for the server, in place of the system's."""

    host: str = "127.0.0.1"
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = False
    tls: bool = False
    ca_file: str = ""


class NotSent(Exception):
    """A letter was not taken; ``why`` is a word of ``letter_trouble``."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


class ServerTrouble(NotSent):
    """The server can't be reached, isn't the one it should be, or takes nothing: every letter waits."""


class LetterLater(NotSent):
    """The server takes this letter another time."""


class LetterRefused(NotSent):
    """The server will never take this letter: there is no such address, say."""


def hand_over(server: Server, message: EmailMessage) -> None:
    """Hand ``message`` to ``server``. Raises NotSent."""
    try:
        with _line(server) as line:
            line.send_message(message)
    except smtplib.SMTPRecipientsRefused as wrong:
        code, words = next(iter(wrong.recipients.values()))
        raise _of_letter(code, words) from wrong
    except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as wrong:
        is_sender = isinstance(wrong, smtplib.SMTPSenderRefused) and wrong.smtp_code != 552
        raise (ServerTrouble("sender") if is_sender else _of_letter(wrong.smtp_code, wrong.smtp_error)) from wrong
    except smtplib.SMTPAuthenticationError as wrong:
        raise ServerTrouble("sign_in") from wrong
    except smtplib.SMTPNotSupportedError as wrong:
        raise LetterRefused("address") from wrong  # an address in letters that this server doesn't know
    except ssl.SSLError as wrong:
        raise ServerTrouble("certificate") from wrong
    except (smtplib.SMTPException, OSError) as wrong:
        raise ServerTrouble("server") from wrong


@contextmanager
def _line(server: Server) -> Iterator[smtplib.SMTP]:
    """An open line to the server, verified and signed in."""
    if server.user and not (server.tls or server.starttls):
        raise ServerTrouble("clear")
    context = ssl.create_default_context(cafile=server.ca_file or None) if server.tls or server.starttls else None
    if server.tls:
        opened: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=context)
    else:
        opened = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    with opened as line:
        if server.starttls and not server.tls:
            try:
                line.starttls(context=context)
            except smtplib.SMTPException as wrong:
                raise ServerTrouble("certificate") from wrong
        if server.user:
            try:
                line.login(server.user, server.password)
            except smtplib.SMTPNotSupportedError as wrong:
                raise ServerTrouble("sign_in") from wrong
        yield line


def _of_letter(code: int, words: bytes | str) -> NotSent:
    """What a refusal of one letter means. A 5xx about the address or the letter is for good; one about us, our
    sender or the way (530, 535, x.3.x, x.4.x, x.7.x) is the server's trouble and passes with it (RFC 3463)."""
    text = words.decode("ascii", "replace") if isinstance(words, bytes) else str(words)
    told = re.match(r"[245]\.(\d)\.\d", text.strip())
    if code in (421, 530, 535, 538) or (code >= 500 and told and told[1] in "347"):
        return ServerTrouble("server")
    return LetterRefused("refused") if code >= 500 else LetterLater("later")
