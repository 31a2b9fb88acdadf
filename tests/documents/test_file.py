"""What may be kept as a paper: pdf, jpeg and png that are what they say, and nothing hidden in them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from mexile.documents import rules
from mexile.documents.rules import MOST_BYTES, read_file
from mexile.ground.errors import Invalid, Problem
from tests.makers.documents import locked_pdf, pdf_file, picture

GPS = 0x8825


def refusal(name: str, content: bytes) -> Problem:
    with pytest.raises(Invalid) as told:
        read_file(name, content)
    (problem,) = told.value.problems
    return problem


def _with_gps() -> bytes:
    exif = Image.Exif()
    exif[0x0110] = "Telefono de Ana"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(GPS).update({1: "N", 2: (31.0, 45.0, 0.0), 3: "W", 4: (106.0, 29.0, 0.0)})
    return picture(size=(60, 40), exif=exif, comment=b"en la casa de Ana")


def _png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG whose head says this size, with these further chunks and no pixels worth the name."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        rules.MAGIC["png"]
        + head
        + b"".join(chunk(*one) for one in chunks)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


def test_a_picture_loses_the_place_the_telephone_and_every_comment_and_stands_upright() -> None:
    sent = _with_gps()
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(GPS)
    kept = read_file("IMG_0001.JPG", sent)
    with Image.open(io.BytesIO(kept.body)) as image:
        assert image.format == "JPEG" and image.size == (40, 60)
        assert not image.getexif() and not {"exif", "comment", "icc_profile", "xmp"} & image.info.keys()
    assert b"Ana" not in kept.body and b"Exif" not in kept.body


def test_a_png_keeps_its_pixels_and_nothing_else() -> None:
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", "Ana Reyes")
    notes.add_itxt("XML:com.adobe.xmp", "<x>Ana</x>")
    sent = picture(format="PNG", mode="RGBA", pnginfo=notes, dpi=(300, 300))
    kept = read_file("scan.png", sent)
    assert b"Ana" not in kept.body
    with Image.open(io.BytesIO(kept.body)) as image:
        assert image.mode == "RGBA" and image.size == (60, 40)
        assert image.info == {}


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK", "I;16", "LA"])
def test_pictures_of_every_kind_are_kept(mode: str) -> None:
    format = "JPEG" if mode == "CMYK" else "PNG"
    kept = read_file("a.jpg" if format == "JPEG" else "a.png", picture(format=format, mode=mode))
    with Image.open(io.BytesIO(kept.body)) as image:
        assert image.size == (60, 40)


def test_a_pdf_is_kept_to_the_byte_with_its_number_of_pages() -> None:
    sent = pdf_file(pages=3)
    kept = read_file("Notice.PDF", sent)
    assert (kept.body, kept.pages, kept.format) == (sent, 3, "pdf")


@pytest.mark.parametrize(
    "name", ["../../x", "x", "", ".", "note.txt", "drawing.svg", "page.html", "scan.pdf.exe", "scan.pdf\x00"]
)
def test_a_name_that_ends_in_nothing_we_keep_is_refused(name: str) -> None:
    assert refusal(name, pdf_file()) == rules.NOT_A_KIND


def test_a_path_in_the_name_is_only_a_name() -> None:
    assert read_file("../../etc/x.pdf", pdf_file()).format == "pdf"
    assert read_file("C:\\Users\\ana\\x.pdf", pdf_file()).format == "pdf"


def test_an_svg_with_a_script_is_refused_under_any_name() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    assert refusal("drawing.svg", svg) == rules.NOT_A_KIND
    for name in ("drawing.png", "drawing.jpg", "drawing.pdf"):
        assert refusal(name, svg) == rules.NOT_WHAT_IT_SAYS


@pytest.mark.parametrize(
    ("name", "content"), [("a.png", picture()), ("a.jpg", pdf_file()), ("a.pdf", picture(format="PNG"))]
)
def test_an_ending_that_the_first_bytes_deny_is_refused(name: str, content: bytes) -> None:
    assert refusal(name, content) == rules.NOT_WHAT_IT_SAYS


@pytest.mark.parametrize("format", ["png", "jpeg"])
def test_first_bytes_that_the_parser_denies_are_refused(format: str) -> None:
    assert refusal(f"a.{format}", rules.MAGIC[format] + b"<script>alert(1)</script>" * 40) == rules.BROKEN


def test_a_file_that_is_two_things_loses_the_other_or_is_refused() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("program.js", "alert(1)")
    kept = read_file("a.jpg", picture() + archive.getvalue())
    assert not zipfile.is_zipfile(io.BytesIO(kept.body)) and b"program.js" not in kept.body
    assert refusal("a.pdf", pdf_file() + archive.getvalue()) == rules.BROKEN
    hidden = io.BytesIO()
    with zipfile.ZipFile(hidden, "w") as file:
        file.writestr("program.js", "alert(1)")
        file.comment = b"%%EOF"
    assert refusal("a.pdf", pdf_file() + hidden.getvalue()) == rules.NOT_WHAT_IT_SAYS
    assert refusal("a.pdf", b"<html>" + pdf_file()) == rules.NOT_WHAT_IT_SAYS


def test_a_png_of_30000_by_30000_is_refused_before_a_pixel_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    def decode(*_words: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", decode)
    assert refusal("a.png", _png(30_000, 30_000)) == rules.TOO_MANY_PIXELS
    assert refusal("a.png", _png(60_000, 1)) == rules.TOO_MANY_PIXELS
    assert refusal("a.png", _png(9_000, 9_000)) == rules.TOO_MANY_PIXELS


def test_a_text_chunk_that_swells_is_refused() -> None:
    bomb = b"Comment\x00\x00" + zlib.compress(bytes(200_000_000), 9)
    assert refusal("a.png", _png(10, 10, (b"zTXt", bomb))) == rules.BROKEN


def test_an_empty_file_and_one_byte_too_many_are_refused() -> None:
    assert refusal("a.pdf", b"") == rules.EMPTY
    assert refusal("a.pdf", bytes(MOST_BYTES + 1)) == rules.TOO_LARGE
    whole = pdf_file()
    room = MOST_BYTES - len(whole)
    assert len(read_file("a.pdf", whole[:9] + b"%" + bytes(room - 2) + b"\n" + whole[9:]).body) == MOST_BYTES


def test_a_locked_pdf_says_what_to_do() -> None:
    assert refusal("a.pdf", locked_pdf()) == rules.LOCKED


@pytest.mark.parametrize("what", ["script", "file", "launch"])
def test_a_pdf_that_carries_more_than_pages_is_refused(what: str) -> None:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf_file())))
    if what == "file":
        writer.add_attachment("program.exe", b"MZ")
    else:
        kind, place = ("/JavaScript", "/JS") if what == "script" else ("/Launch", "/F")
        action = {NameObject("/S"): NameObject(kind), NameObject(place): TextStringObject("app.alert(1)")}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    file = io.BytesIO()
    writer.write(file)
    assert refusal("a.pdf", file.getvalue()) == rules.CARRIES_MORE


SCRIPT = "<< /S /JavaScript /JS (app.alert(1)) >>"
WEB = "<< /S /URI /URI (https://example.org/) >>"
ACTING = {
    "behind another action": f"/OpenAction << /S /Named /N /NextPage /Next {SCRIPT} >>",
    "in a row of actions": f"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next [{WEB} {SCRIPT}] >>",
    "written with a number sign": "/OpenAction << /S /J#61vaScript /J#53 (app.alert(1)) >>",
    "when it is printed": f"/AA << /WP {SCRIPT} >>",
    "in a line of the outline": f"/Outlines << /First << /Title (a) /A {SCRIPT} >> >>",
    "in a field": f"/AcroForm << /Fields [<< /FT /Tx /T (a) /AA << /K {SCRIPT} >> >>] >>",
    "in a form that is a program": "/AcroForm << /Fields [] /XFA (<xdp/>) >>",
    "a form that sends itself": "/AcroForm << /Fields [<< /FT /Btn /A << /S /SubmitForm /F (https://example.org/) >> >>] >>",
    "a form that reads a file": "/OpenAction << /S /ImportData /F (data.fdf) >>",
    "by name": f"/Names << /JavaScript << /Names [(a) {SCRIPT}] >> >>",
    "a file by name": "/Names << /EmbeddedFiles << /Names [] >> >>",
    "an attached file": "/Extra << /Type /Filespec /F (a.exe) /EF << /F 3 0 R >> >>",
    "a mark with a file": "/Extra [<< /Type /Annot /Subtype /FileAttachment >>]",
    "a film": "/Extra << /Type /Annot /Subtype /RichMedia /RichMediaContent << >> >>",
    "another kind of mark": "/Extra << /Type /Annot /Subtype /Unheard >>",
    "a program of the machine": "/OpenAction << /S /Launch /Win << /F (cmd.exe) >> >>",
    "another file": "/OpenAction << /S /GoToR /F (other.pdf) /D [0 /Fit] >>",
    "an action nobody knows": "/OpenAction << /Type /Action /S /Unheard >>",
    "two kinds in one": "/OpenAction << /S /URI /URI (https://example.org/) /S /Launch /F (cmd.exe) >>",
    "a share of another machine": r"/Extra << /S /URI /URI (\\\\192.0.2.1\\share\\a) >>",
    "a file of this machine": "/Extra << /S /URI /URI (file:///etc/passwd) >>",
    "an address that is a program": "/Extra << /S /URI /URI (javascript:alert\\(1\\)) >>",
    "a base that is a share": "/URI << /Base (file://192.0.2.1/) >>",
    "a collection": "/Collection << /View /T >>",
}
RESTING = {
    "an address of the web": f"/Extra << /Type /Annot /Subtype /Link /A {WEB} >>",
    "a mail address": "/Extra << /S /URI /URI (mailto:office@example.org) >>",
    "a place in it": "/OpenAction [3 0 R /Fit]",
    "a place in it, as an action": "/OpenAction << /Type /Action /S /GoTo /D [3 0 R /Fit] >>",
    "the next page": "/Extra << /S /Named /N /NextPage >>",
    "a form to fill in": "/AcroForm << /Fields [<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (a) >>] >>",
    "a signature": "/AcroForm << /SigFlags 3 /Fields [<< /FT /Sig /V << /Type /Sig /Filter /Adobe.PPKLite /Contents <00> >> >>] >>",
    "an outline": "/Outlines << /Type /Outlines /First << /Title (a) /Dest [3 0 R /Fit] /Next << /Title (b) >> >> >>",
    "tags for a screen reader": "/StructTreeRoot << /Type /StructTreeRoot /K << /S /P /A << /O /Layout >> >> >>",
}


def pdf_with(entry: str, *, root: bool = True, packed: bool = False) -> bytes:
    """A PDF of one page whose catalog, or an object that nothing leads to, has this entry; `packed` into an object stream."""
    objects = {
        1: f"<< /Type /Catalog /Pages 2 0 R {entry if root and not packed else ''} {'/Hidden 4 0 R' if not root else ''} >>",
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 72] >>",
        4: f"<< {entry} >>",
    }
    body, places = b"%PDF-1.7\n", {}
    for number, text in objects.items():
        if packed and number == 4:
            continue
        places[number] = len(body)
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    if not packed:
        at = len(body)
        rows = "".join(f"{places[number]:010} 00000 n \n" for number in sorted(places))
        return (
            body
            + f"xref\n0 5\n0000000000 65535 f \n{rows}trailer << /Root 1 0 R /Size 5 >>\nstartxref\n{at}\n%%EOF\n".encode()
        )
    inner = f"4 0 {objects[4]}".encode()
    first = len(b"4 0 ")
    places[5] = len(body)
    body += (
        f"5 0 obj\n<< /Type /ObjStm /N 1 /First {first} /Length {len(inner)} >>\nstream\n".encode()
        + inner
        + b"\nendstream\nendobj\n"
    )
    at = len(body)
    rows = b"".join(
        kind.to_bytes(1, "big") + one.to_bytes(4, "big") + two.to_bytes(1, "big")
        for kind, one, two in (
            (0, 0, 255),
            (1, places[1], 0),
            (1, places[2], 0),
            (1, places[3], 0),
            (2, 5, 0),
            (1, places[5], 0),
            (1, at, 0),
        )
    )
    return (
        body
        + f"6 0 obj\n<< /Type /XRef /Size 7 /W [1 4 1] /Root 1 0 R /Length {len(rows)} >>\nstream\n".encode()
        + rows
        + f"\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n".encode()
    )


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("root", [True, False])
@pytest.mark.parametrize("what", ACTING)
def test_a_pdf_that_acts_is_refused_wherever_the_action_hangs(what: str, root: bool, packed: bool) -> None:
    assert refusal("a.pdf", pdf_with(ACTING[what], root=root, packed=packed)) == rules.CARRIES_MORE


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("what", RESTING)
def test_what_a_document_needs_is_kept(what: str, packed: bool) -> None:
    content = pdf_with(RESTING[what], packed=packed)
    assert read_file("a.pdf", content).body == content


@pytest.mark.parametrize("part", [0.2, 0.6, 0.98])
@pytest.mark.parametrize(
    ("name", "whole"),
    [("a.pdf", pdf_file()), ("a.jpg", picture(size=(600, 400))), ("a.png", picture(format="PNG", size=(600, 400)))],
)
def test_a_file_that_was_cut_off_is_refused(name: str, whole: bytes, part: float) -> None:
    assert refusal(name, whole[: int(len(whole) * part)]) == rules.BROKEN


@given(st.sampled_from(["a.pdf", "a.jpg", "a.png"]), st.binary(min_size=1, max_size=400), st.integers(0, 399))
def test_whatever_is_sent_is_kept_or_refused_in_words(name: str, noise: bytes, at: int) -> None:
    whole = {"a.pdf": pdf_file(), "a.jpg": picture(), "a.png": picture(format="PNG")}[name]
    broken = whole[:at] + noise + whole[at + len(noise) :]
    try:
        kept = read_file(name, broken)
    except Invalid as wrong:
        assert wrong.problems[0].en and wrong.problems[0].es
    else:
        assert kept.format == rules.ENDINGS[name[2:]]
