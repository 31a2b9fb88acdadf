"""What a PDF may hold to be kept: pages, and what leads from one to another. Nothing in it acts.

A PDF is a net of numbered objects, and a program in it can hang on any of them: on the file, a page, a mark, a field, a
line of its outline, an action that follows another one. So every object is looked at, wherever it hangs, and what
isn't on the lists below is refused. ISO 32000-2: 12.6 (actions), 12.5.6 (annotations), 7.11 (files), 12.7.8 (forms).
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

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
