"""Letters and the mail server: to whom the password goes, what an outage costs, what an address may be."""

from __future__ import annotations

import email
import email.policy
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask
from sqlalchemy import select

from mexile import config
from mexile.ground import clock, mail, queue
from mexile.ground.db import db, writing
from mexile.ground.errors import Invalid
from mexile.ground.sender import sender

PASSWORD = "the password of the mail server"


def certificate(folder: Path, name: str) -> tuple[Path, ssl.SSLContext]:
    """A self-made certificate for `name`: its file, and what a server shows."""
    key, subject = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / f"{name}.pem", folder / f"{name}.key"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    return pem, context


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass
class Post:
    """A mail server: what it was told, and how it answers each reader."""

    letters: list[EmailMessage] = field(default_factory=list)
    passwords: list[bytes] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    port: int = 0

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        self.letters.append(email.message_from_bytes(envelope.original_content or b"", policy=email.policy.default))  # type: ignore[arg-type]
        return "250 OK"

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        self.passwords.append(given.password)
        return AuthResult(success=given.password == PASSWORD.encode())

    @contextmanager
    def open(self, port: int = 0, **more: Any) -> Iterator[Post]:
        self.port = port or free_port()
        controller = Controller(self, hostname="127.0.0.1", port=self.port, **more)
        controller.start()
        try:
            yield self
        finally:
            controller.stop()


@pytest.fixture
def post(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Post:
    monkeypatch.setattr(mail._pause, "seconds", 0)
    monkeypatch.setitem(mail.RENDERERS, "test", lambda body: mail.Letter(body["to"], "A subject", "The text."))
    return Post()


def put(number: int, to: str = "ana@example.org") -> None:
    with writing():
        mail.put("test", str(number), {"to": to})


def jobs() -> dict[str, tuple[str, str]]:
    db.session.rollback()
    return {row.key.removeprefix("test:"): (row.state, row.trouble) for row in db.session.scalars(select(queue.Job))}


@pytest.mark.once
@pytest.mark.parametrize("kind", ["starttls", "tls"])
def test_the_password_goes_to_the_server_that_proved_its_name_and_to_nobody_else(
    in_app: Flask, post: Post, tmp_path: Path, kind: str
) -> None:
    ours, shown = certificate(tmp_path, "localhost")
    other, _ = certificate(tmp_path, "mail.example.org")
    how = {"tls_context": shown} if kind == "starttls" else {"ssl_context": shown}
    with post.open(authenticator=post.authenticate, auth_require_tls=kind == "starttls", **how):
        put(1)

        def with_(host: str, ca: str) -> tuple[str, str]:
            mail.use(mail.Server(host, post.port, "office", PASSWORD, **{kind: True}, ca_file=ca))
            with clock.at(clock.now() + timedelta(days=len(tried))):
                queue.work_all()
            tried.append(ca)
            return jobs()["1"]

        tried: list[str] = []
        assert with_("localhost", "") == ("waiting", "certificate"), "vouched for by nobody"
        assert with_("localhost", str(other)) == ("waiting", "certificate"), "vouched for by somebody else"
        assert with_("127.0.0.1", str(ours)) == ("waiting", "certificate"), "another host's certificate"
        assert post.passwords == [] and post.letters == []
        assert with_("localhost", str(ours)) == ("done", "")
    assert post.passwords == [PASSWORD.encode()] and len(post.letters) == 1


@pytest.mark.once
def test_a_server_that_does_not_encrypt_gets_neither_password_nor_letter(in_app: Flask, post: Post) -> None:
    with post.open(authenticator=post.authenticate, auth_require_tls=False):
        put(1)
        mail.use(mail.Server("127.0.0.1", post.port, "office", PASSWORD, starttls=True))
        queue.work_all()
        assert jobs()["1"] == ("waiting", "certificate")
        mail.use(mail.Server("127.0.0.1", post.port, "office", PASSWORD))
        with clock.at(clock.now() + timedelta(hours=1)):
            queue.work_all()
        assert jobs()["1"] == ("waiting", "clear")
    assert post.passwords == [] and post.letters == []


def test_a_password_in_clear_and_a_stranger_for_a_database_are_refused_at_the_start(tmp_path: Path) -> None:
    given = {"MEXILE_HOME": str(tmp_path), "SMTP_USER": "office", "SMTP_PASSWORD": PASSWORD}
    with pytest.raises(Invalid) as wrong:
        config.read(given)
    assert [one.place for one in wrong.value.problems] == ["SMTP_STARTTLS"] and PASSWORD not in str(wrong.value)
    for name in ("SMTP_STARTTLS", "SMTP_TLS"):
        assert config.read({**given, name: "1"}).smtp_user == "office"
    with pytest.raises(Invalid) as wrong:
        config.read({**given, "SMTP_TLS": "1", "SMTP_CA_FILE": str(tmp_path / "none.pem")})
    assert [one.place for one in wrong.value.problems] == ["SMTP_CA_FILE"]
    for address, is_refused in {
        "postgresql://mexile@db.example.org/mexile": True,
        "postgresql://mexile@db.example.org/mexile?sslmode=require": True,
        "postgresql://mexile@db.example.org/mexile?sslmode=verify-full&sslrootcert=system": False,
        "postgresql://mexile@127.0.0.1/mexile": False,
        "postgresql:///mexile?host=/run/postgresql": False,
        "": False,
    }.items():
        with pytest.raises(Invalid) as wrong:
            config.read({"MEXILE_HOME": str(tmp_path), "MEXILE_PRODUCTION": "1", "MEXILE_DATABASE": address})
        assert ("MEXILE_DATABASE" in [one.place for one in wrong.value.problems]) == is_refused, address


def test_an_outage_of_two_days_loses_no_letter_and_sends_none_twice(in_app: Flask, post: Post) -> None:
    with post.open():
        port = post.port
    mail.use(mail.Server("127.0.0.1", port))
    begun = clock.now()
    tries = 0
    for minutes in range(0, 48 * 60, 20):
        with clock.at(begun + timedelta(minutes=minutes)):
            if minutes in (0, 600, 1200):
                put(minutes)
            tries += queue.work_all()
    assert tries < 48 * 6 * 1.5, "a silent server is asked now and then, not for every letter"
    assert set(jobs().values()) == {("waiting", "server")}
    with post.open(port), clock.at(begun + timedelta(hours=48, minutes=15)):
        queue.work_all()
        queue.work_all()
    assert set(jobs().values()) == {("done", "")} and len(post.letters) == 3


def test_one_address_refused_for_good_stops_no_other_and_is_kept(in_app: Flask, post: Post) -> None:
    post.answers = {
        "gone@example.org": "550 5.1.1 no such user",
        "busy@example.org": "451 4.3.0 later",
        "plain@example.org": "550 no such user",
    }
    with post.open():
        mail.use(mail.Server("127.0.0.1", post.port))
        for number, to in enumerate(
            ["gone@example.org", "busy@example.org", "not an address", "plain@example.org", "ana@example.org"]
        ):
            put(number, to)
        queue.work_all()
        refused = ("dead", "refused")
        assert jobs() == {
            "0": refused,
            "1": ("waiting", "later"),
            "2": ("dead", "address"),
            "3": refused,
            "4": ("done", ""),
        }
        assert queue.dead() == 3
        post.answers = {}
        with clock.at(clock.now() + timedelta(hours=2)):
            queue.work_all()
        assert jobs()["1"] == ("done", "") and len(post.letters) == 2


def test_a_refusal_of_ourselves_is_no_refusal_of_the_reader(in_app: Flask, post: Post) -> None:
    post.answers = {"ana@example.org": "554 5.7.1 relay access denied", "eva@example.org": "530 5.7.0 sign in first"}
    with post.open():
        mail.use(mail.Server("127.0.0.1", post.port))
        put(1)
        put(2, "eva@example.org")
        for hours in range(0, 200, 3):
            with clock.at(clock.now() + timedelta(hours=hours)):
                queue.work_all()
        assert {state for state, _ in jobs().values()} == {"waiting"}


def test_a_letter_that_breaks_while_it_is_written_is_tried_for_days_and_stops_no_other(
    in_app: Flask, post: Post
) -> None:
    def broken(_body: dict[str, Any]) -> mail.Letter:
        raise KeyError("a name that must not be logged")

    with post.open():
        mail.use(mail.Server("127.0.0.1", post.port))
        mail.RENDERERS["test"], whole = broken, mail.RENDERERS["test"]
        put(1)
        begun = clock.now()
        for hour in range(0, 49, 2):
            with clock.at(begun + timedelta(hours=hour)):
                queue.work_all()
        assert jobs()["1"] == ("waiting", "KeyError")
        mail.RENDERERS["test"] = whole
        put(2)
        with clock.at(begun + timedelta(hours=50)):
            queue.work_all()
    assert {state for state, _ in jobs().values()} == {"done"} and len(post.letters) == 2


NAMES = [
    "Casa Ejemplo, A.C.",
    'Señor "El" Núñez, A.C.',
    "Casa Ejemplo, Refugio y Acompañamiento, A.C.",
    ", ".join(["Casa Ejemplo"] * 9),
    "O'Brien; S.A. de C.V.",
    "Casa: Uno (dos) [tres] \\ cuatro",
    "a@b",
    "",
]


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_the_sender_arrives_whole(in_app: Flask, post: Post, name: str) -> None:
    from mexile.ground.organization import Organization

    with writing():
        db.session.get_one(Organization, 1).mail_from = f"{name} <office@example.org>"
    db.session.remove()
    with post.open():
        mail.use(mail.Server("127.0.0.1", post.port))
        put(1)
        queue.work_all()
    (letter,) = post.letters
    (address,) = letter["From"].addresses
    assert (address.display_name, address.addr_spec) == (name, "office@example.org")
    assert letter["Message-ID"].endswith("@example.org>") and letter.get_all("To") == ["ana@example.org"]


WRONG = ["office", "a@b@c", "office@example.org\nBcc: b@example.org", "Casa\r\nX: y <office@example.org>", "", "<>", "a@", "@b.org",
    "Casa <office>", "office@example.org, b@example.org", "Casa <a@example.org> <b@example.org>", "a b@example.org", "a@exa mple.org"]  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_address_is_no_sender(text: str) -> None:
    with pytest.raises(Invalid):
        sender(text)


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("office@example.org", "", "office@example.org"),
        ('"Casa Ejemplo, A.C." <office@example.org>', "Casa Ejemplo, A.C.", "office@example.org"),
        (" Casa Ejemplo<office@example.org> ", "Casa Ejemplo", "office@example.org"),
        ("oficina@peña.example.org", "", "oficina@xn--pea-8ma.example.org"),
    ],
)
def test_the_usual_ways_to_write_a_sender_are_read(text: str, name: str, address: str) -> None:
    read = sender(text)
    assert (read.display_name, read.addr_spec) == (name, address)


def test_a_sender_that_is_no_address_from_before_loses_no_letter(in_app: Flask, post: Post) -> None:
    from mexile.ground.organization import Organization

    with writing():
        db.session.get_one(Organization, 1).mail_from = "office"
    db.session.remove()
    with post.open():
        mail.use(mail.Server("127.0.0.1", post.port))
        put(1)
        queue.work_all()
        assert jobs()["1"] == ("waiting", "sender")
        with writing():
            db.session.get_one(Organization, 1).mail_from = "office@example.org"
        db.session.remove()
        with clock.at(clock.now() + timedelta(hours=1)):
            queue.work_all()
    assert jobs()["1"] == ("done", "")


def test_a_subject_with_a_line_break_is_one_line(in_app: Flask) -> None:
    letter = mail.Letter("ana@example.org", "Casa\r\nBcc: b@example.org\x00", "The text.")
    assert mail.compose(letter, "office@example.org", "key")["Subject"] == "Casa Bcc: b@example.org"
