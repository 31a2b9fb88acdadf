"""Papers that are not what they say, sent to the running program by its own form."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image

from mexile.config import config
from mexile.documents.models import Document
from mexile.documents.rules import MAGIC, MOST_BYTES
from mexile.ground.db import db
from tests.makers.documents import locked_pdf, pdf_file, picture


def _zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("program.js", "alert('CANARYJS')")
    return file.getvalue()


def _zip_in_pdf() -> bytes:
    """A PDF whose bytes are a ZIP as well: the archive lies inside a stream, its end record behind."""
    whole, archive = pdf_file(), _zip()
    return whole[:9] + b"%" + archive.replace(b"\n", b" ").replace(b"\r", b" ") + b"\n" + whole[9:]


def _html_in_pdf() -> bytes:
    whole = pdf_file()
    return whole[:9] + b"%<html><script>alert('CANARYJS')</script></html>\n" + whole[9:]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _huge(width: int = 30_000, height: int = 30_000) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return MAGIC["png"] + head + _chunk(b"IDAT", zlib.compress(bytes(10_000))) + _chunk(b"IEND", b"")


def _gps() -> bytes:
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = "CANARYPHONE", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 45.0, 0.0), 3: "W", 4: (106.0, 29.0, 0.0)})
    return picture(size=(60, 40), exif=exif, comment=b"CANARYHOME")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
WHOLE = pdf_file()
REFUSED = {
    "a ZIP behind a PDF": ("scan.pdf", WHOLE + _zip()),
    "HTML before a PDF": ("scan.pdf", b"<html><script>alert(1)</script></html>" + WHOLE),
    "HTML behind a PDF": ("scan.pdf", WHOLE + b"<html><script>alert(1)</script></html>"),
    "a PDF called a picture": ("scan.jpg", WHOLE),
    "a picture called a PDF": ("scan.pdf", picture()),
    "a picture of another kind": ("scan.png", picture()),
    "an SVG": ("x.svg", SVG),
    "an SVG called a PNG": ("x.png", SVG),
    "a GIF called a JPEG": ("x.jpg", picture(format="GIF", mode="P")),
    "30,000 x 30,000": ("x.png", _huge()),
    "20,001 x 1": ("x.png", _huge(20_001, 1)),
    "a way out of the folder": ("../../x", WHOLE),
    "half a PDF": ("scan.pdf", WHOLE[: len(WHOLE) // 2]),
    "half a picture": ("scan.jpg", picture(size=(600, 400))[:800]),
    "a locked PDF": ("scan.pdf", locked_pdf()),
    "nothing": ("scan.pdf", b""),
    "one byte too many": ("scan.pdf", b"%PDF-1.7\n" + bytes(MOST_BYTES + 1 - 9)),
    "a program": ("x.exe", b"MZ" + bytes(500)),
    "a PDF with a NUL in its name": ("scan.pdf\x00.exe", WHOLE),
}


@pytest.fixture
def sent(app, make, client_as):
    client = client_as("attorney")
    member = make.member(assigned=client.user)

    def send(name: str, content: bytes, **more):
        # Made here: the test client would lay a large form into a temporary file.
        fields = {"kind": "nta", "note": "lo que escribí", **more}
        parts = [
            f'--B\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()
        ]
        head = f'--B\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = ("".join(parts) + head).encode() + content + b"\r\n--B--\r\n"
        return client.post(
            f"/members/{member.code}/documents", data=body, content_type="multipart/form-data; boundary=B"
        )

    send.client, send.member = client, member
    return send


def _kept(app) -> tuple[int, list[Path]]:
    with app.app_context():
        rows = db.session.scalar(db.select(db.func.count()).select_from(Document))
        folder = config().home / "documents"
        return rows, [one for one in folder.rglob("*") if one.is_file()] if folder.exists() else []


@pytest.mark.once
@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_paper_is_refused_in_words_and_leaves_nothing(app, sent, what) -> None:
    name, content = REFUSED[what]
    answer = sent(name, content)
    assert answer.status_code in (413, 422), what
    assert "lo que escribí" in answer.text or answer.status_code == 413
    assert "scan.pdf" not in answer.text
    assert _kept(app) == (0, [])


@pytest.mark.once
@pytest.mark.parametrize(
    "name", ["../../x.pdf", "..\\..\\x.pdf", "/etc/passwd.pdf", "a" * 300 + ".pdf", "ñandú‮fdp.pdf", "Ana Reyes.pdf"]
)
def test_a_name_is_no_place_and_is_kept_nowhere(app, sent, name) -> None:
    assert sent(name, WHOLE).status_code == 302
    rows, files = _kept(app)
    assert rows == 1 and len(files) == 1 and len(files[0].name) == 32
    taken = sent.client.get("/documents/DC-0001/file")
    assert taken.status_code == 200 and taken.headers["Content-Disposition"].startswith("attachment")
    assert "Reyes" not in taken.headers["Content-Disposition"]
    assert taken.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.once
def test_a_picture_comes_out_upright_without_place_telephone_comment_or_hidden_archive(app, sent) -> None:
    assert sent("IMG_0001.jpg", _gps() + _zip()).status_code == 302
    taken = sent.client.get("/documents/DC-0001/file").data
    with Image.open(io.BytesIO(taken)) as image:
        assert image.size == (40, 60) and not image.getexif() and not image.getexif().get_ifd(0x8825)
    assert b"CANARY" not in taken and not zipfile.is_zipfile(io.BytesIO(taken))
    (file,) = _kept(app)[1]
    assert b"CANARY" not in file.read_bytes() and b"JFIF" not in file.read_bytes()


@pytest.mark.once
def test_a_pdf_that_is_something_else_inside_is_refused_or_only_ever_taken_as_a_file(app, sent) -> None:
    assert sent("scan.pdf", _zip_in_pdf()).status_code in (302, 422)
    assert sent("scan.pdf", _html_in_pdf()).status_code in (302, 422)
    for number in range(1, _kept(app)[0] + 1):
        taken = sent.client.get(f"/documents/DC-{number:04d}/file")
        assert taken.mimetype == "application/pdf" and taken.headers["X-Content-Type-Options"] == "nosniff"
        assert taken.headers["Content-Disposition"].startswith("attachment")
        assert "default-src 'none'" in taken.headers["Content-Security-Policy"]
        assert not zipfile.is_zipfile(io.BytesIO(taken.data))


@pytest.mark.once
def test_exactly_fifteen_mebibytes_are_kept_by_the_form(app, sent) -> None:
    room = MOST_BYTES - len(WHOLE)
    whole = WHOLE[:9] + b"%" + bytes(room - 2) + b"\n" + WHOLE[9:]
    assert len(whole) == MOST_BYTES and sent("scan.pdf", whole).status_code == 302
    assert sent("scan.pdf", whole + b"\n").status_code in (413, 422)
    assert _kept(app)[0] == 1
