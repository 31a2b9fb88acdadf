"""Keeping papers: sealed on the disk, for who walks with the person, out only as a file, all of it noted."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from mexile.access.account.models import UserAccount
from mexile.documents import actions as keeping
from mexile.documents.models import Document, DocumentVoid
from mexile.documents.rules import MOST_BYTES
from mexile.ground import clock, files, keyring, trail
from mexile.ground.db import db
from mexile.ground.errors import KeyGone
from mexile.ground.trail import TrailRow
from mexile.members.erasure.actions import tell_erased
from tests.clients import Client
from tests.make import Make


@pytest.fixture
def lucia(make: Make, client_as: Callable[..., Client]) -> Client:
    return client_as("caseworker")


@pytest.fixture
def ana(make: Make, lucia: Client) -> Any:
    return make.member(alias="Golondrina", assigned=lucia.user)


def send(client: Client, member: Any, content: bytes, name: str = "scan.pdf", **more: Any) -> Any:
    file = FileStorage(BytesIO(content), filename=name)
    boundary, body = encode_multipart({"kind": "nta", "language": "eng", "file": file, **more})
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post(f"/members/{member.code}/documents", data=body, content_type=kind)


def folder(app: Flask) -> Path:
    return app.config["MEXILE"].home / "documents"


def on_disk(app: Flask) -> list[Path]:
    return sorted(folder(app).glob("*")) if folder(app).exists() else []


def rows(app: Flask, *what: Any) -> list[Any]:
    with app.app_context():
        return list(db.session.execute(select(*what)))


def test_a_paper_is_kept_sealed_listed_and_comes_out_as_it_went_in(
    app: Flask, make: Make, lucia: Client, ana: Any
) -> None:
    sent = make.pdf_file(lines=("Aviso inventado",))
    answer = send(lucia, ana, sent, "Ana Reyes NTA.pdf", expires_on="2030-01-05", note="from the lawyer")
    assert answer.status_code == 302
    (path,) = on_disk(app)
    assert b"%PDF" not in path.read_bytes() and path.stat().st_mode & 0o077 == 0
    assert path.stat().st_size % (64 * 1024) == 30, "the length says nothing"
    assert "DC-0001" in lucia.get(f"/members/{ana.code}/documents").text
    assert "DC-0001" in lucia.get(f"/members/{ana.code}?part=all").text
    page = lucia.get("/documents/DC-0001").text
    assert "from the lawyer" in page and "Notice to appear" in page
    file = lucia.get("/documents/DC-0001/file")
    assert file.data == sent
    assert file.headers["Content-Disposition"] == 'attachment; filename="DC-0001.pdf"'
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert file.headers["Cache-Control"] == "no-store"
    assert file.mimetype == "application/pdf"


def test_the_name_on_somebodys_computer_is_kept_nowhere(app: Flask, make: Make, lucia: Client, ana: Any) -> None:
    send(lucia, ana, make.pdf_file(), "../../Ana Reyes Luna.pdf")
    assert [path.name for path in on_disk(app)] == [rid.hex() for (rid,) in rows(app, Document.rid)]
    whole = b"".join(path.read_bytes() for path in app.config["MEXILE"].home.glob("mexile.db*"))
    assert b"Reyes" not in whole


def test_each_download_is_a_row_of_the_trail(app: Flask, make: Make, lucia: Client, ana: Any) -> None:
    send(lucia, ana, make.pdf_file())
    for _ in range(2):
        assert lucia.get("/documents/DC-0001/file").status_code == 200
    found = rows(app, TrailRow.actor_id, TrailRow.rids, TrailRow.subject).copy()
    ((rid,),) = rows(app, Document.rid)
    assert [one.actor_id for one in found if "DC-0001" in one.subject and one.rids == rid] == [lucia.user.id] * 2
    assert ("document.keep", f"DC-0001 {ana.code}") in [tuple(one) for one in rows(app, TrailRow.act, TrailRow.subject)]
    with app.app_context():
        assert trail.verify()[1] is None


def test_no_trail_no_file(make: Make, lucia: Client, ana: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    send(lucia, ana, make.pdf_file())

    def fail(*_words: object, **_more: object) -> None:
        raise OSError

    monkeypatch.setattr(trail, "record_reads", fail)
    answer = lucia.get("/documents/DC-0001/file")
    assert answer.status_code == 503 and b"%PDF" not in answer.data


def test_whoever_walks_not_with_the_person_finds_no_paper(
    make: Make, lucia: Client, ana: Any, client_as: Callable[..., Client]
) -> None:
    send(lucia, ana, make.pdf_file())
    for role in ("caseworker", "intake", "volunteer", "administrator", "development", "auditor"):
        other = client_as(role)
        for address in ("/documents/DC-0001", "/documents/DC-0001/file", f"/members/{ana.code}/documents"):
            assert other.get(address).status_code == 404, f"{address} for {role}"
        assert send(other, ana, make.pdf_file()).status_code == 404
    assert client_as("attorney").get("/documents/DC-0001/file").status_code == 200


def test_an_emergency_opens_the_page_and_no_file(
    make: Make, lucia: Client, ana: Any, client_as: Callable[..., Client]
) -> None:
    send(lucia, ana, make.pdf_file())
    other = client_as("caseworker")
    make.emergency(ana, other.user)
    page = other.get("/documents/DC-0001")
    assert page.status_code == 200 and "/file" not in page.text
    assert other.get("/documents/DC-0001/file").status_code == 404


def test_a_wrong_file_answers_in_words_and_keeps_what_was_typed(
    app: Flask, make: Make, lucia: Client, ana: Any
) -> None:
    for content, name, words in (
        (b"", "a.pdf", "is empty"),
        (make.pdf_file(), "../../x", "Only PDF, JPEG and PNG"),
        (make.locked_pdf(), "a.pdf", "is locked"),
        (make.pdf_file()[:200], "a.pdf", "damaged or not whole"),
        (bytes(MOST_BYTES + 1), "a.pdf", "larger than 15 MiB"),
    ):
        answer = send(lucia, ana, content, name, note="typed before")
        assert answer.status_code == 422, name
        assert words in answer.text and "typed before" in answer.text
    assert lucia.post(f"/members/{ana.code}/documents", data={"kind": "nta"}).status_code == 422
    assert send(lucia, ana, make.pdf_file(), kind="").status_code == 422
    assert on_disk(app) == [] and rows(app, Document.id) == []


def test_both_languages_say_it(make: Make, client_as: Callable[..., Client]) -> None:
    user = make.user(role="attorney", language="es")
    ana = make.member()
    client = client_as(user=user)
    assert "Este archivo está vacío" in send(client, ana, b"").text
    assert send(client, ana, make.picture(), "foto.jpg", kind="identity").status_code == 302
    assert "Documento de identidad" in client.get("/documents/DC-0001").text


def test_a_form_sent_twice_keeps_one_paper_and_one_file(app: Flask, make: Make, lucia: Client, ana: Any) -> None:
    answers = [send(lucia, ana, make.pdf_file(), form_token="a-form-token-of-the-tests") for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert answers[0].location == answers[1].location
    assert len(on_disk(app)) == 1 and len(rows(app, Document.id)) == 1


def test_a_form_sent_twice_at_once_keeps_one_paper_and_one_file(
    app: Flask, make: Make, lucia: Client, ana: Any, client_as: Callable[..., Client]
) -> None:
    clients = [client_as(user=lucia.user) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        tokens = {"form_token": "a-form-token-of-the-tests"}
        answers = list(threads.map(lambda one: send(one, ana, make.pdf_file(), **tokens).status_code, clients))
    assert answers == [302] * 4
    assert len(on_disk(app)) == 1 and len(rows(app, Document.id)) == 1


def test_ten_uploads_at_once_keep_ten_papers(
    app: Flask, make: Make, lucia: Client, ana: Any, client_as: Callable[..., Client]
) -> None:
    clients = [client_as(user=lucia.user) for _ in range(10)]
    photo = make.picture(size=(2000, 1500))

    def post(one: Client) -> int:
        return send(one, ana, photo, "photo.jpg", kind="evidence").status_code

    with ThreadPoolExecutor(10) as threads:
        assert list(threads.map(post, clients)) == [302] * 10
    assert sorted(code for (code,) in rows(app, Document.code)) == [f"DC-{number:04d}" for number in range(1, 11)]
    assert len(on_disk(app)) == 10


def test_voiding_is_a_record_and_shuts_the_paper(app: Flask, make: Make, lucia: Client, ana: Any) -> None:
    send(lucia, ana, make.pdf_file())
    assert lucia.post("/documents/DC-0001/void", data={"reason": ""}).status_code == 422
    assert lucia.post("/documents/DC-0001/void", data={"reason": "wrong_file"}).status_code == 302
    assert lucia.get("/documents/DC-0001").status_code == 404
    assert lucia.get("/documents/DC-0001/file").status_code == 404
    assert lucia.post("/documents/DC-0001/void", data={"reason": "wrong_file"}).status_code == 404
    assert "DC-0001" not in lucia.get(f"/members/{ana.code}?part=all").text
    (void,) = rows(app, DocumentVoid.reason, DocumentVoid.by_user_id)
    assert tuple(void) == ("wrong_file", lucia.user.id)
    assert len(on_disk(app)) == 1


def test_a_file_that_was_changed_moved_or_lost_is_not_given_out(
    app: Flask, make: Make, lucia: Client, ana: Any
) -> None:
    send(lucia, ana, make.pdf_file(lines=("one",)))
    send(lucia, ana, make.pdf_file(lines=("two",)))
    one, two = (folder(app) / rid.hex() for _, rid in sorted(rows(app, Document.code, Document.rid)))
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)  # the same key, another row
    two.write_bytes(second[:-1] + bytes([second[-1] ^ 1]))
    for code in ("DC-0001", "DC-0002"):
        assert lucia.get(f"/documents/{code}/file").status_code == 302
        assert "damaged or gone" in lucia.get(f"/documents/{code}").text
    one.unlink()
    assert lucia.get("/documents/DC-0001/file").status_code == 302
    one.write_bytes(first)
    assert lucia.get("/documents/DC-0001/file").status_code == 200


def test_who_is_erased_leaves_no_file_and_none_that_could_be_read(
    app: Flask, make: Make, lucia: Client, ana: Any
) -> None:
    send(lucia, ana, make.pdf_file())
    (path,) = on_disk(app)
    backup = path.read_bytes()
    keyring.current().destroy(ana.key_id)
    with app.app_context():
        found = db.session.scalars(select(Document)).one()
        with pytest.raises(KeyGone):
            keeping.open_document(found)
        tell_erased([ana.id])
        assert on_disk(app) == []
        path.write_bytes(backup)
        with pytest.raises(KeyGone):
            keeping.open_document(found)
        tell_erased([ana.id])
        tell_erased([ana.id])


# ---- between file and row -----------------------------------------------------------


def test_an_upload_that_ends_before_its_row_leaves_no_file(
    app: Flask, make: Make, lucia: Client, ana: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_words: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("mexile.documents.views.keep_document", fail)
    assert send(lucia, ana, make.pdf_file()).status_code == 500
    assert on_disk(app) == [] and rows(app, Document.id) == []


def test_a_kill_between_file_and_row_leaves_an_orphan_that_is_swept_after_its_quarantine(
    app: Flask, make: Make, ana: Any, lucia: Client
) -> None:
    send(lucia, ana, make.pdf_file())
    pid = os.fork()
    if pid == 0:  # the child dies between the two, as by `kill -9`
        try:
            with app.app_context():
                keeping.receive(name="a.pdf", content=make.pdf_file(), member=ana)
        finally:
            os._exit(9)
    os.waitpid(pid, 0)
    assert len(on_disk(app)) == 2 and len(rows(app, Document.id)) == 1
    with app.app_context():
        assert keeping.sweep() == 0, "it may be a moment old"
        for path in on_disk(app):
            os.utime(path, (time.time() - 90_000,) * 2)
        assert keeping.sweep() == 0 and len(on_disk(app)) == 2, "it is kept for 35 days"
        with clock.at(clock.now() + timedelta(days=34)):
            assert keeping.sweep() == 0
        with clock.at(clock.now() + timedelta(days=36)):
            assert keeping.sweep() == 1
    assert lucia.get("/documents/DC-0001/file").status_code == 200


def test_a_row_stands_only_after_its_file_reached_the_disk(
    app: Flask, make: Make, lucia: Client, ana: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order: down to the disk, renamed, the folder too, then the row."""
    order: list[str] = []
    real_fsync, real_replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (order.append("fsync"), real_fsync(handle))[1])
    monkeypatch.setattr(Path, "replace", lambda path, target: (order.append("rename"), real_replace(path, target))[1])

    def row(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.lstrip().upper().startswith("INSERT INTO DOCUMENT"):
            order.append("row")

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", row)
    try:
        assert send(lucia, ana, make.pdf_file()).status_code == 302
    finally:
        event.remove(engine, "before_cursor_execute", row)
    assert order == ["fsync", "rename", "fsync", "row"]


def test_a_full_disk_keeps_nothing_and_says_so(
    app: Flask, make: Make, lucia: Client, ana: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    answer = send(lucia, ana, make.pdf_file(), note="typed before")
    assert answer.status_code == 503
    assert "no room left on the disk" in answer.text and "typed before" in answer.text
    assert on_disk(app) == [] and rows(app, Document.id) == []
    monkeypatch.undo()
    assert send(lucia, ana, make.pdf_file()).status_code == 302


def test_an_upload_never_lies_unsealed_on_the_disk(
    app: Flask, make: Make, lucia: Client, ana: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spool(*_words: object, **_more: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr("tempfile.TemporaryFile", spool)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", spool, raising=False)
    assert (
        send(
            lucia, ana, make.picture(format="PNG", size=(1400, 1400), mode="RGB", compress_level=0), "a.png"
        ).status_code
        == 302
    )


def test_the_list_is_one_query_however_long(app: Flask, make: Make, lucia: Client, ana: Any) -> None:
    def count() -> int:
        found: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            found.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            assert lucia.get(f"/members/{ana.code}/documents").status_code == 200
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(found)

    make.document(member=ana)
    count()
    one = count()
    for _ in range(12):
        make.document(member=ana)
    assert count() == one


def test_papers_of_a_case_show_only_of_whom_one_walks_with(
    make: Make, lucia: Client, ana: Any, in_reading: Callable[..., Any]
) -> None:
    beto = make.member()
    case = make.case(member=ana)
    make.document(member=ana, case=case)
    make.document(member=beto, case=case)
    assert in_reading(lucia.user, case) == ["DC-0001"]
    assert in_reading(make.user(role="attorney"), case, role="attorney") == ["DC-0002", "DC-0001"]


@pytest.fixture
def in_reading(make: Make) -> Callable[..., Any]:
    from mexile.documents.queries import documents_of_case

    def codes(user: UserAccount, case: Any, role: str = "caseworker") -> list[str]:
        viewer = make.viewer(user=user, role=role)
        return make.read(lambda: [one.code for one in documents_of_case(viewer, case.id)])

    return codes
