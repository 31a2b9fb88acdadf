"""What a receipt says, under which rule, and that every letter of a name can be read in its PDF."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from mexile.access.brand.queries import Brand
from mexile.gifts.ledger.rules import versions_of
from mexile.gifts.receipt.facts import Facts
from mexile.gifts.receipt.pdf import receipt_pdf
from mexile.gifts.receipt.rules import sentences_of, text_of

FACTS = Facts(
    code="R-000123",
    version=1,
    language="en",
    donor_name="Rosa Ejemplo",
    donor_address="1 Example Street\nEl Paso, Texas",
    legal_name="Casa Ejemplo",
    ein="00-0000000",
    organization_address="2 Example Street, El Paso",
    channel="stripe_card",
    cents=5000,
    currency="USD",
    given_on=date(2026, 3, 3),
    issued_on=date(2026, 3, 4),
    fund="Where it is needed most",
    gift_code="G-1",
)


def words(facts):
    return " ".join(sentence.text for sentence in sentences_of(facts))


def sources(facts):
    return [sentence.source for sentence in sentences_of(facts)]


def test_a_gift_of_money_says_that_nothing_was_given_for_it():
    assert "No goods or services were provided in exchange for this contribution." in words(FACTS)
    assert "No se entregaron bienes ni servicios a cambio de esta contribución." in words(replace(FACTS, language="es"))
    assert "IRC 170(f)(8)(B)(ii)" in sources(FACTS)


@pytest.mark.parametrize(("cents", "asks"), [(24999, False), (25000, True), (25001, True)])
def test_from_250_dollars_on_the_receipt_says_that_the_irs_asks_for_it(cents, asks):
    assert ("$250 or more" in words(replace(FACTS, cents=cents))) is asks
    assert "para sus impuestos en Estados Unidos" in words(replace(FACTS, cents=cents, language="es"))


def test_a_gift_in_kind_is_described_and_carries_no_value():
    facts = replace(FACTS, cents=None, channel="in_kind", description="Six office chairs")
    text = text_of(facts)
    assert ("What we received", "Six office chairs") in text.rows
    assert not any("$" in value for _label, value in text.rows)
    assert "Form 8283" in words(facts)


def test_name_ein_day_and_way_stand_on_it_in_both_languages():
    for language, day, way in (("en", "Tue 3 Mar 2026", "card"), ("es", "martes 3 mar 2026", "tarjeta")):
        rows = [value for _label, value in text_of(replace(FACTS, language=language)).rows]
        assert {day, way, "$50.00", "Casa Ejemplo", "R-000123"} <= set(rows)
        assert "00-0000000" in words(replace(FACTS, language=language))


@pytest.mark.parametrize("reason", ["refunded", "corrected", "cancelled"])
def test_a_void_receipt_says_so_first(reason):
    assert text_of(replace(FACTS, void_reason=reason)).void.startswith("VOID")
    assert text_of(replace(FACTS, void_reason=reason, language="es")).void.startswith("ANULADO")


def read(facts):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(receipt_pdf(facts, Brand()))).pages)


@pytest.mark.parametrize(
    "name", ["Ñandú Ibáñez Güell", "Taꞌan Noꞌoy", "Kʼicheʼ Tz’ib", "Łukasz Wałęsa", "Фёдор Достоевский"]
)
def test_every_letter_of_a_name_is_read_back_out_of_the_pdf(name):
    assert name in read(replace(FACTS, donor_name=name))


def test_a_name_that_looks_like_markup_or_a_formula_is_only_a_name():
    name = '<img src="http://169.254.169.254/"> & =HYPERLINK(1)'
    assert "=HYPERLINK(1)" in read(replace(FACTS, donor_name=name))


def test_the_pdf_embeds_its_letters_and_its_title_names_nobody():
    file = PdfReader(BytesIO(receipt_pdf(FACTS, Brand())))
    assert file.metadata.title == "Gift receipt R-000123"
    fonts = [font.get_object() for font in file.pages[0]["/Resources"]["/Font"].values()]
    assert all("DejaVu" in font["/BaseFont"] for font in fonts if "FontDescriptor" in str(font))
    assert len(file.pages) == 1


@pytest.mark.parametrize(
    ("movements", "versions"),
    [
        ([], []),
        ([("charge", 50)], [(50, False)]),
        ([("charge", 50), ("fee", -2)], [(50, False)]),
        ([("charge", 50), ("refund", -50)], [(50, True)]),
        ([("charge", 50), ("refund", -20)], [(50, True), (30, False)]),
        ([("charge", 50), ("refund", -20), ("refund", -30)], [(50, True), (30, True)]),
        ([("charge", 50), ("refund", -50), ("refund_failed", 50)], [(50, True), (50, False)]),
    ],
)
def test_what_went_back_is_receipted_anew(movements, versions):
    assert [(version.cents, version.is_void) for version in versions_of(movements)] == versions


@pytest.mark.once
def test_a_receipt_wears_the_mark_and_names_the_organization_by_its_numbers():
    file = BytesIO()
    Image.new("RGB", (300, 100), "navy").save(file, "PNG")
    page = PdfReader(BytesIO(receipt_pdf(FACTS, Brand(file.getvalue(), "#8a1f11")))).pages[0]
    assert len(page.images) == 1 and f"EIN {FACTS.ein} · 501(c)(3)" in page.extract_text()
    assert not PdfReader(BytesIO(receipt_pdf(FACTS, Brand()))).pages[0].images
