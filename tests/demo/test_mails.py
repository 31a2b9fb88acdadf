"""The mail catcher keeps every letter once, with its files."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from mexile.demo import mails, ports


@pytest.fixture
def box(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A folder, and the port at which letters for it are taken."""
    held = ports.Held()
    port = held.take(18_025)
    held.release()
    catcher = mails.catch(tmp_path / "mails", port)
    yield tmp_path / "mails", port
    catcher.stop()


def a_letter(subject: str = "Su recibo R-000001", mark: str = "<one@example.org>") -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "hola@example.org", "ana@example.org", subject
    letter["Date"], letter["Message-ID"] = "Tue, 24 Nov 2026 19:00:00 +0000", mark
    letter.set_content("Gracias, Señora Ñandú.\n\nPrimera línea\nsegunda línea\n")
    letter.add_attachment(b"%PDF-1.4 invented", maintype="application", subtype="pdf", filename="R-000001.pdf")
    return letter


def send(port: int, *letters: EmailMessage) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=5) as server:
        for letter in letters:
            server.send_message(letter)


def test_a_letter_is_kept_as_its_reader_sees_it(box: tuple[Path, int]) -> None:
    folder, port = box
    send(port, a_letter())
    kept = mails.letter(folder, 1)
    assert (kept.to, kept.subject, kept.at.hour) == ("ana@example.org", "Su recibo R-000001", 19)
    assert kept.paragraphs == [["Gracias, Señora Ñandú."], ["Primera línea", "segunda línea"]]
    assert [(file.name, file.kind, file.body) for file in kept.attachments] == [
        ("R-000001.pdf", "application/pdf", b"%PDF-1.4 invented")
    ]


def test_the_same_letter_twice_is_one_and_the_newest_comes_first(box: tuple[Path, int]) -> None:
    folder, port = box
    send(port, a_letter(), a_letter(), a_letter("Otra", "<two@example.org>"))
    assert [letter.subject for letter in mails.received(folder)] == ["Otra", "Su recibo R-000001"]


def test_forgotten_letters_are_gone(box: tuple[Path, int]) -> None:
    folder, port = box
    send(port, a_letter())
    mails.forget(folder)
    assert mails.received(folder) == []
    assert mails.letter(folder, 1) is None
