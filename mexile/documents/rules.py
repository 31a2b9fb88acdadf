"""Reading a file that somebody sends: pdf, jpeg or png, and nothing that only says so.

What its name ends in, its first bytes and the parser must agree. An image is decoded and written anew,
upright and without what the camera noted (place, device, time): whatever else was hidden in the file
stays behind. A PDF is kept to the byte, since a court's signature is over its bytes; so it must be
nothing but a PDF, unlocked, without a program or another file inside.

PDFs are read by pypdf: pure Python, so that a broken file can break no memory; kept by a team with a
release each month and a record of answered advisories. Images by Pillow, which reportlab brings anyway.

What a PDF may hold to be kept: pages, and what leads from one to another. Nothing in it acts.

A PDF is a net of numbered objects, and a program in it can hang on any of them: on the file, a page, a mark, a field, a
line of its outline, an action that follows another one. So every object is looked at, wherever it hangs, and what
isn't on the lists below is refused. ISO 32000-2: 12.6 (actions), 12.5.6 (annotations), 7.11 (files), 12.7.8 (forms).
"""

from __future__ import annotations

import io
import logging
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from PIL import Image, ImageOps
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

from mexile.ground.errors import Invalid, Problem

MOST_BYTES = 15 * 1024 * 1024
MOST_SIDE = 20_000
MOST_PIXELS = 50_000_000
"""A telephone's largest picture has 48 million."""
MOST_PAGES = 2_000
QUALITY = 88

ENDINGS = {"pdf": "pdf", "jpg": "jpeg", "jpeg": "jpeg", "png": "png"}
MAGIC = {"pdf": b"%PDF-", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
MIME = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}

# The size is judged here, from the file's head, before a pixel is decoded: half as strict and half
# as a warning, as Pillow does it, is no help.
Image.MAX_IMAGE_PIXELS = None
# What is broken in a file is told to who sent it, never to the log.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)
_decoding = threading.BoundedSemaphore(2)
"""An image of 50 million pixels takes 150 MB while it is open: two at a time."""


@dataclass(frozen=True)
class Parsed:
    """A file that is what it says. `body` is what is kept; an image has one page, without a number."""

    format: str
    body: bytes
    pages: int | None = None


def read_file(name: str, content: bytes) -> Parsed:
    """The file, read and cleaned. Raises Invalid with words. Takes seconds for a large image: never
    inside a transaction."""
    if not content:
        raise Invalid(EMPTY)
    if len(content) > MOST_BYTES:
        raise Invalid(TOO_LARGE)
    format = format_of(name, content)
    return _read_pdf(content) if format == "pdf" else _read_image(format, content)


def format_of(name: str, content: bytes) -> str:
    """The format on which the name's ending and the first bytes agree."""
    ending = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[2].lower()
    format = ENDINGS.get(ending)
    if format is None:
        raise Invalid(NOT_A_KIND)
    if not content.startswith(MAGIC[format]):
        raise Invalid(NOT_WHAT_IT_SAYS)
    return format


# ---- images -------------------------------------------------------------------


PNG_END = b"IEND\xaeB\x60\x82"


def _read_image(format: str, content: bytes) -> Parsed:
    if format == "png" and PNG_END not in content:
        raise Invalid(BROKEN)
    with _decoding:
        try:
            with Image.open(io.BytesIO(content), formats=[format.upper()]) as image:
                if max(image.size) > MOST_SIDE or image.width * image.height > MOST_PIXELS:
                    raise Invalid(TOO_MANY_PIXELS)
                return Parsed(format, _anew(image, format))
        except Invalid:
            raise
        except Exception:  # noqa: BLE001 - whatever a broken file does to its parser
            raise Invalid(BROKEN) from None


def _anew(image: Image.Image, format: str) -> bytes:
    """The same picture in a new file: upright, and with nothing beside its pixels."""
    image.load()
    upright = ImageOps.exif_transpose(image)
    has_glass = format == "png" and upright.has_transparency_data
    mode = "RGBA" if has_glass else "L" if upright.mode in ("1", "L", "I;16", "I") else "RGB"
    if upright.mode in ("I;16", "I"):  # 16 bits of grey: the upper eight are what an eye sees
        upright = upright.point(lambda value: value / 256)
    plain = upright.convert(mode)
    plain.info = {}
    file = io.BytesIO()
    if format == "jpeg":
        plain.save(file, "JPEG", quality=QUALITY, exif=b"", icc_profile=None)
    else:
        plain.save(file, "PNG", exif=b"", icc_profile=None)
    return file.getvalue()


# ---- PDF ----------------------------------------------------------------------


def _read_pdf(content: bytes) -> Parsed:
    if not _ends_as_pdf(content):
        raise Invalid(BROKEN)
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise Invalid(NOT_WHAT_IT_SAYS)
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise Invalid(LOCKED)
        pages = len(reader.pages)
        if acts(reader):
            raise Invalid(CARRIES_MORE)
    except Invalid:
        raise
    except Exception:  # noqa: BLE001 - whatever a broken file does to its parser, a RecursionError too
        raise Invalid(BROKEN) from None
    if not 1 <= pages <= MOST_PAGES:
        raise Invalid(BROKEN)
    return Parsed("pdf", content, pages)


def _ends_as_pdf(content: bytes) -> bool:
    """The end mark stands at the end: nothing was cut off, and nothing was put behind it."""
    tail = content[-2048:]
    at = tail.rfind(b"%%EOF")
    return at >= 0 and not tail[at + 5 :].strip(b"\r\n\t \x00")


# ---- what is said ---------------------------------------------------------------


def _problem(en: str, es: str) -> Problem:
    return Problem("file", en, es)


NONE = _problem("Choose a file.", "Elija un archivo.")
EMPTY = _problem("This file is empty. Nothing was kept.", "Este archivo está vacío. No se guardó nada.")
TOO_LARGE = _problem(
    "This file is larger than 15 MiB. Scan it at a lower resolution, or send it in two parts.",
    "Este archivo pesa más de 15 MiB. Escanéelo con menor resolución o envíelo en dos partes.",
)
NOT_A_KIND = _problem(
    "Only PDF, JPEG and PNG are kept here. Print another kind of file to a PDF, or take a picture of it.",
    "Aquí solo se guardan PDF, JPEG y PNG. Imprima otro tipo de archivo en PDF o tómele una foto.",
)
NOT_WHAT_IT_SAYS = _problem(
    "This file is not what its name says. Nothing was kept.",
    "Este archivo no es lo que dice su nombre. No se guardó nada.",
)
BROKEN = _problem(
    "This file is damaged or not whole. Scan it or save it once more and send that one.",
    "Este archivo está dañado o incompleto. Escanéelo o guárdelo de nuevo y envíe ese.",
)
TOO_MANY_PIXELS = _problem(
    "This picture is too large to be opened safely. Take it with 48 megapixels or less.",
    "Esta imagen es demasiado grande para abrirla con seguridad. Tómela con 48 megapíxeles o menos.",
)
LOCKED = _problem(
    "This PDF is locked. Open it with its password, print it to a new PDF and send that one.",
    "Este PDF está bloqueado. Ábralo con su contraseña, imprímalo en un PDF nuevo y envíe ese.",
)
CARRIES_MORE = _problem(
    "This PDF carries a program or another file inside. Print it to a new PDF and send that one.",
    "Este PDF lleva dentro un programa u otro archivo. Imprímalo en un PDF nuevo y envíe ese.",
)
NO_ROOM = _problem(
    "There is no room left on the disk. Nothing was kept; tell whoever runs the system.",
    "No queda espacio en el disco. No se guardó nada; avise a quien administra el sistema.",
)


ACTIONS = frozenset(("/GoTo", "/GoToDp", "/Named", "/URI"))
"""To a page of the same file, and to an address of the web, which asks first."""
OTHER_ACTIONS = frozenset(
    "/GoToR /GoToE /Launch /Thread /Sound /Movie /Hide /SubmitForm /ResetForm /ImportData /JavaScript /SetOCGState"
    " /Rendition /Trans /GoTo3DView /RichMediaExecute".split()
)
ANNOTATIONS = frozenset(
    "/Link /Text /FreeText /Line /Square /Circle /Polygon /PolyLine /Highlight /Underline /Squiggly /StrikeOut /Stamp"
    " /Caret /Ink /Popup /Widget /Watermark /PrinterMark /TrapNet /Redact".split()
)
ACTION_PARTS = frozenset("/Type /S /D /SD /Dp /N /URI /IsMap /Next".split())
"""What such an action is written with; what has more says something else as well."""
PAGES_BY_NAME = frozenset(("/NextPage", "/PrevPage", "/FirstPage", "/LastPage"))
SCHEMES = frozenset(("http", "https", "mailto", "tel"))
FORBIDDEN_KEYS = frozenset(
    "/JS /JavaScript /XFA /EF /RF /EmbeddedFiles /AF /Collection /RichMediaContent /Rendition /Renditions /Movie /Sound".split()
)
"""Programs, forms that are programs, files inside, films: whatever they hang on."""
FORBIDDEN_TYPES = frozenset(("/EmbeddedFile", "/Filespec", "/F", "/Collection", "/MediaClip", "/Rendition", "/3D"))
ACTION_KEYS = ("/OpenAction", "/AA", "/PA")
MOST_OBJECTS = 100_000


def acts(reader: PdfReader) -> bool:
    """Something in the file is more than a page: a program, another file, a form that sends itself, a film, or an
    address that is none of the web. A file with more objects than `MOST_OBJECTS` counts as such, since it wasn't
    looked through."""
    numbers = {(number, generation) for generation, numbers in reader.xref.items() for number in numbers}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MOST_OBJECTS:
        return True
    if any(_is_active(part) for part in _parts(reader.trailer)):
        return True
    for number, generation in numbers:
        known = reader.get_object(IndirectObject(number, generation, reader))
        if known is not None and any(_is_active(part) for part in _parts(known)):
            return True
    return False


def _parts(whole: PdfObject) -> Iterator[DictionaryObject]:
    """The dictionaries written in one object, itself included; what it only points to is an object of its own."""
    left: list[object] = [whole]
    while left:
        part = left.pop()
        if isinstance(part, DictionaryObject):
            yield part
            left += dict.values(part)
        elif isinstance(part, ArrayObject):
            left += list(list.__iter__(part))


def _is_active(part: DictionaryObject) -> bool:
    keys = set(part)
    if keys & FORBIDDEN_KEYS or part.get("/Type") in FORBIDDEN_TYPES:
        return True
    if isinstance(part, StreamObject) and keys & {"/F", "/FFilter", "/FDecodeParms"}:
        return True  # its bytes would come from another file
    if part.get("/Type") == "/Annot" and part.get("/Subtype") not in ANNOTATIONS:
        return True
    if part.get("/Subtype") in ("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/GoToE"):
        return True
    if isinstance(base := part.get("/Base"), str | bytes) and not _is_of_the_web(base):
        return True  # what the file's addresses begin with
    if any(_is_other_action(part.get(key)) for key in ACTION_KEYS):
        return True
    return _is_action(part) and not _is_harmless(part)


def _is_action(part: DictionaryObject) -> bool:
    return part.get("/Type") == "/Action" or part.get("/S") in ACTIONS | OTHER_ACTIONS


def _is_harmless(action: DictionaryObject) -> bool:
    kind = action.get("/S")
    if set(action) - ACTION_PARTS:
        return False
    if kind == "/URI":
        return _is_of_the_web(action.get("/URI"))
    if kind == "/Named":
        return action.get("/N") in PAGES_BY_NAME
    return kind in ACTIONS


def _is_other_action(value: object) -> bool:
    """What stands where an action stands: a place in the file, an action that is looked at by itself, or, for a
    page's or a field's events, a table of such."""
    if not isinstance(value, DictionaryObject):
        return False
    entries = [value] if "/S" in value else [entry for entry in value.values() if isinstance(entry, DictionaryObject)]
    return any(entry.get("/S") not in ACTIONS and "/D" not in entry for entry in entries)


def _is_of_the_web(address: object) -> bool:
    text = address.decode("latin-1") if isinstance(address, bytes) else str(address)
    try:
        return urlsplit(text.strip()).scheme.lower() in SCHEMES and "\\" not in text
    except ValueError:
        return False
