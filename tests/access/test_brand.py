"""The mark is drawn anew or refused in words, colors in which nobody can read are refused, and the public pages wear both."""

import io

import pytest
from PIL import Image, PngImagePlugin
from sqlalchemy import select, update

from mexile.access.brand.models import OrganizationMark
from mexile.access.brand.rules import PAPER, contrast, read_mark
from mexile.ground.db import db
from mexile.ground.errors import Invalid
from mexile.ground.organization import Organization
from tests.browser.colors import contrast as exact
from tests.browser.colors import tokens


def picture(width=600, height=300, format="PNG", mode="RGB", **more) -> bytes:
    file = io.BytesIO()
    Image.new(mode, (width, height), None if mode == "RGBA" else 7).save(file, format, **more)
    return file.getvalue()


def send(browser, content, name="mark.png", **colors):
    data = {"color": "", "title_color": "", "mark": (io.BytesIO(content), name), **colors}
    return browser.post("/organization/brand", data=data, content_type="multipart/form-data")


def told_in(image):
    note = PngImagePlugin.PngInfo()
    note.add_text("Place", "31.76,-106.48")
    return picture(pnginfo=note)


@pytest.mark.once
@pytest.mark.parametrize(
    ("format", "mode"), [("PNG", "RGBA"), ("JPEG", "CMYK"), ("WEBP", "RGB"), ("GIF", "P"), ("PNG", "I;16")]
)
def test_a_mark_is_drawn_anew_within_fixed_bounds(format, mode):
    with Image.open(io.BytesIO(read_mark(picture(format=format, mode=mode)))) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (320, 160))


@pytest.mark.once
def test_nothing_but_its_pixels_is_kept():
    assert b"31.76" in told_in(None) and b"31.76" not in read_mark(told_in(None))


WRONG = {
    "an SVG with a program": (
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
        "This is an SVG",
    ),
    "8,000 pixels": (picture(8000, 8000, mode="1"), "8000 × 8000 pixels"),
    "a dot": (picture(8, 8), "8 × 8 pixels"),
    "no image": (b"%PDF-1.7", "no picture that can be read"),
    "half an image": (picture()[:60], "no picture that can be read"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_mark_is_refused_in_words_and_the_colors_stay(client_as, make, wrong):
    content, words = WRONG[wrong]
    browser = client_as("director")
    answer = send(browser, content, color="#18505c", title_color="#ffcc00")
    assert answer.status_code == 422 and words in answer.text and 'value="#18505c"' in answer.text
    assert "contrast of 1.4; 4.5 is needed" in answer.text, "all that is wrong, at once"
    assert make.read(lambda: db.session.scalar(select(OrganizationMark.id))) is None


def test_pages_of_the_public_wear_mark_colors_and_numbers_and_name_no_program(client_as, client, make):
    make.funds()
    browser = client_as("administrator")
    assert '<svg class="mark initials"' in client.get("/give").text
    assert send(browser, picture(), color="#1A4", title_color="8a1f11").status_code == 422, "too pale"
    assert send(browser, picture(), color="#145", title_color="8a1f11").status_code == 302
    make.write(lambda: db.session.execute(update(Organization).values(legal_name="Casa Legal", invented=0)))
    for path in ("/", "/give", "/give?lang=es", "/give/mine"):
        page = client.get(path).text
        assert "EIN 00-0000000 · 501(c)(3)" in page and "Casa Legal" in page
        assert "/brand/mark.png?v=" in page and "mexile" not in page.replace("mexile-", "")
    css = client.get(page.partition('href="/brand.css')[2].partition('"')[0].join(["/brand.css", ""]))
    assert "#114455" in css.text and "#8a1f11" in css.text and css.mimetype == "text/css"
    assert "mexile" in browser.get("/organization/brand").text, "the staff's shell keeps its own name"
    assert "/brand.css" not in browser.get("/organization/brand").text
    browser.post("/organization/brand/mark-removal", data={})
    assert client.get("/brand/mark.png").status_code == 404 and "mark initials" in client.get("/give").text


def test_the_two_files_are_kept_for_a_year_under_what_is_in_them(client_as, client, make):
    send(client_as("director"), picture())
    digest = make.read(lambda: db.session.scalar(select(Organization.mark_digest)))
    kept, asked = client.get(f"/brand/mark.png?v={digest}"), client.get("/brand/mark.png?v=other")
    assert "immutable" in kept.headers["Cache-Control"] and "Vary" not in kept.headers
    assert asked.headers["Cache-Control"] == "no-cache" and asked.headers["ETag"]
    assert client.get("/brand/mark.png", headers={"If-None-Match": asked.headers["ETag"]}).status_code == 304
    assert kept.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Set-Cookie" not in kept.headers


@pytest.mark.once
def test_the_contrast_is_reckoned_on_the_paper_of_the_pages():
    paper, ink = tokens()["paper"][0], tokens()["ink"][0]
    assert contrast("#1a222e", PAPER) == pytest.approx(exact(ink, paper), abs=0.1)
    assert contrast("#767676", "#ffffff") == 4.5 and contrast("#777777", "#ffffff") == 4.4


@pytest.mark.once
@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"\x89PNG" + b"0" * (5 * 2**20)])
def test_every_other_error_of_a_parser_is_said_in_words(content):
    with pytest.raises(Invalid):
        read_mark(content)
