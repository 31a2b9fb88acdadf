"""Reading somebody else's sheet: CSV of every make, workbooks that mean well and that don't."""

import datetime
import io
import time
import zipfile

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from mexile.ground.errors import Invalid
from mexile.sheets.cell.rules import clean
from mexile.sheets.file import workbook
from mexile.sheets.file.rules import read_sheet
from tests.sheets.workbooks import book, with_part


def refusal(content):
    with pytest.raises(Invalid) as refused:
        read_sheet(content)
    return " ".join(problem.en for problem in refused.value.problems)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(mark):
    text = f'day{mark}people{mark}note\n2026-01-02{mark}3{mark}"a{mark}b"\n'
    sheet = read_sheet(text.encode())
    assert sheet.heading == ["day", "people", "note"]
    assert sheet.rows == [(2, ["2026-01-02", "3", f"a{mark}b"])]


def test_a_byte_order_mark_is_no_part_of_the_first_heading():
    assert read_sheet(b"\xef\xbb\xbfd\xc3\xada,n\n1,2\n").heading == ["día", "n"]
    assert read_sheet("día\tn\n1\t2\n".encode("utf-16")).heading == ["día", "n"]


def test_latin_1_is_read_and_said():
    sheet = read_sheet("país,núm\nMéxico,“3”\n".encode("cp1252"))
    assert sheet.heading == ["país", "núm"]
    assert sheet.rows[0][1][0] == "México"
    assert "Windows-1252" in sheet.notes[0].en
    assert not read_sheet("país,n\nMéxico,3\n".encode()).notes


def test_a_row_keeps_the_number_that_a_spreadsheet_shows():
    sheet = read_sheet(b"a,b\n1,2\n\n,\n3,4\n")
    assert [number for number, _ in sheet.rows] == [2, 5]


def test_equal_rows_are_all_kept():
    assert len(read_sheet(b"a,b\n1,2\n1,2\n1,2\n").rows) == 3


@pytest.mark.parametrize("content", [b"", b"\n\n \t\n", b",,\n,,\n"])
def test_an_empty_file_is_refused(content):
    assert "empty" in refusal(content)


def test_a_heading_alone_is_refused():
    assert "only a heading" in refusal(b"day,people\n")


def test_a_quotation_mark_that_never_closes_is_told():
    assert "quotation mark" in refusal(b'a,b\n1,"x\n' + b"y,z\n" * 50_000)


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_a_quotation_mark_that_swallows_the_rows_behind_it_is_told_with_its_row(mark):
    """Else whoever stands behind it is left out without a word."""
    lines = ["Nombre,Apellidos,Nota", "Luz,Vega,", '"Sol,Mar,', "Ana,Rueda,", "Eva,Luna,"]
    assert "row 3" in refusal("\n".join(lines).replace(",", mark).encode())
    inside = ["Nombre,Apellidos,Nota", 'Luz,Vega,"dos', 'renglones"', 'Juan "el Largo",Mar,', '"el" Sol,Mar,"fin"']
    assert len(read_sheet("\n".join(inside).replace(",", mark).encode()).rows) == 3


def test_something_that_is_no_table_is_refused():
    assert "not a table" in refusal(b"\x7fELF\x00\x00\x01\x02")


def test_too_many_rows_are_refused():
    assert "too large" in refusal(b"a,b\n" + b"1,2\n" * 50_001)


def test_headings_that_two_columns_share_are_known():
    assert read_sheet(b"name,phone,name\nAna,1,Luna\n").doubled() == {"name"}


def test_columns_without_a_name_are_called_by_their_letter():
    assert read_sheet(b"a,,c\n1,2,3\n").heading == ["a", "(B)", "c"]


def test_a_workbook_says_its_days_whatever_it_counts_from():
    moment = datetime.datetime(2021, 1, 26, 13, 4)  # noqa: DTZ001 - a workbook knows no zone
    rows = (["day", "n"], [datetime.date(2021, 1, 26), 3], [moment, 2.5])
    for epoch in (None, CALENDAR_MAC_1904):
        sheet = read_sheet(book(*rows, epoch=epoch))
        assert sheet.rows[0][1] == ["2021-01-26", "3"]
        assert sheet.rows[1][1] == ["2021-01-26 13:04:00", "2.5"]
        assert sheet.epoch == ("1904" if epoch else "1900")


def test_a_workbook_with_other_sheets_says_which_was_read():
    sheet = read_sheet(book(["a"], ["x"], tabs=["Second"]))
    assert "other sheets" in sheet.notes[0].en
    assert read_sheet(book(["a"], ["x"], tabs=["Second"]), "Sheet").rows == [(2, ["x"])]


def test_a_formula_comes_in_as_what_it_shows_and_text_as_text():
    sheet = read_sheet(book(["a"], ["x=HYPERLINK(1)"]))
    assert sheet.rows[0][1] == ["x=HYPERLINK(1)"]


def test_a_bomb_is_refused_at_once_with_the_limit():
    bomb = with_part(book(["a"], ["x"]), "xl/media/image1.bin", bytes(60 * 1024 * 1024))
    started = time.process_time()
    assert "more than 20 MiB" in " ".join(problem.en for problem in workbook.inspect(bomb))
    assert time.process_time() - started < 0.1


def test_a_workbook_of_a_thousand_parts_is_refused():
    file = io.BytesIO(book(["a"], ["x"]))
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(600):
            archive.writestr(f"xl/x{number}.bin", b"0123456789")
    assert "parts" in refusal(file.getvalue())


@pytest.mark.parametrize(
    ("part", "word"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/externalLinks/externalLink1.xml", "links to other files"),
        ("xl/embeddings/oleObject1.bin", "embedded files"),
        ("xl/activeX/activeX1.bin", "embedded controls"),
    ],
)
def test_what_may_act_by_itself_is_refused_by_its_name(part, word):
    assert word in refusal(with_part(book(["a"], ["x"]), part, b"<a/>"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(encoding):
    body = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'
    assert "DTD" in refusal(with_part(book(["a"], ["x"]), "xl/styles.xml", body.encode(encoding)))


def test_a_sheet_as_wide_as_the_world_ends_in_words():
    rows = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        "</sheetData></worksheet>"
    )
    assert "too large" in refusal(with_part(book(["a"], ["x"]), "xl/worksheets/sheet1.xml", rows))


def test_a_damaged_workbook_and_an_old_one_are_refused():
    assert "can't be read" in refusal(book(["a"], ["x"])[:900])
    assert "can't be read" in refusal(with_part(b"PK\x05\x06" + bytes(18), "x.txt", b"hello"))
    assert ".xls" in refusal(b"\xd0\xcf\x11\xe0" + bytes(600))


def test_cells_lose_what_cannot_be_seen_and_keep_every_letter():
    assert clean("Ana\x00\x0b \u202eMaría\u200b  Ñu\u0303ez") == "Ana María Ñũez"
    assert clean("K\u2019iche\u2019") == "K\u2019iche\u2019"
    assert clean("a\nb\tc") == "a b c"
    assert clean("\ud800x") == "x"
