"""Rows and columns that a filter hides, headings that two rows name together, and other usual shapes of a sheet."""

import io

import openpyxl
import pytest

from mexile.members.person.models import Member
from mexile.sheets.file.rules import read_sheet
from mexile.sheets.mapping.rules import parse_mapping, read_by, write_mapping
from tests.sheets.test_batch import commit, counted, upload, work
from tests.sheets.test_layout import COLUMNS, said, workbook

HEAD = ["Alias", "Nombres", "Apellidos", "Consentimiento"]
BIRDS = [[f"Ave {n}", "Luz", f"Prueba{chr(65 + n)} Vega{chr(75 + n)}", "2026-03-02"] for n in range(1, 6)]


def filtered(rows=(3, 5), columns=(), title=False):
    made = openpyxl.Workbook()
    for row in [["Casa Ejemplo"]] * title + [HEAD, *BIRDS]:
        made.active.append(row)
    for number in rows:
        made.active.row_dimensions[number].hidden = True
    for name in columns:
        made.active.column_dimensions[name].hidden = True
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_hidden_rows_are_said_and_read_unless_one_leaves_them_out():
    sheet = read_sheet(filtered())
    assert [number for number, _ in sheet.rows] == [2, 3, 4, 5, 6] and sheet.hidden == 2
    assert "2 rows are hidden in the workbook (rows 3, 5)" in said(sheet) and "they are read too" in said(sheet)
    shown = read_sheet(filtered(), shown_only=True)
    assert [number for number, _ in shown.rows] == [2, 4, 6] and shown.hidden == 2
    assert "2 rows are hidden in the workbook (rows 3, 5)" in said(shown) and "left out" in said(shown)


def test_one_hidden_row_and_a_hidden_row_above_the_heading():
    sheet = read_sheet(filtered(rows=(1, 4), title=True))
    assert sheet.hidden == 1 and "1 row is hidden in the workbook (row 4): it is read too" in said(sheet)
    assert sheet.heading == HEAD


def test_a_sheet_without_hidden_rows_says_nothing_of_them():
    assert "hidden" not in said(read_sheet(filtered(rows=()))) and read_sheet(filtered(rows=())).hidden == 0


def test_hidden_columns_are_named():
    sheet = read_sheet(filtered(rows=(), columns=("C", "D")))
    assert sheet.heading == HEAD and "Hidden columns, read like the others: “Apellidos”, “Consentimiento”." in said(
        sheet
    )


def test_rows_are_hidden_on_the_tab_that_is_read():
    made = openpyxl.load_workbook(io.BytesIO(filtered()))
    other = made.create_sheet("Otra & más", 0)
    for row in (HEAD, *BIRDS):
        other.append(row)
    file = io.BytesIO()
    made.save(file)
    assert read_sheet(file.getvalue(), "Otra & más").hidden == 0 and read_sheet(file.getvalue(), "Sheet").hidden == 2


def test_a_mapping_keeps_what_becomes_of_hidden_rows():
    text = 'name = "x"\ninto = "members"\nhidden = "leave_out"\n[columns]\nalias = "Alias"\n'
    mapping = parse_mapping(text)
    assert parse_mapping(write_mapping(mapping)) == mapping and len(read_by(mapping, filtered()).rows) == 3


@pytest.mark.once
def test_hidden_rows_are_left_out_on_the_page_and_read_again(app, client_as):
    client = client_as("intake")
    url = upload(client, filtered(), "members", "book.xlsx").location
    page = client.get(url).text
    assert "Rows that are hidden" in page and ">Ave 2<" in page and 'name="layout" value="0-1-"' in page
    out = client.get(f"{url}?layout=0-1-&heading=1&hidden=leave_out").text
    assert ">Ave 2<" not in out and 'name="layout" value="0-1--leave_out"' in out
    back = client.get(f"{url}?layout=0-1--leave_out&heading=1&hidden=read").text
    assert ">Ave 2<" in back and 'name="layout" value="0-1-"' in back
    code = url.split("/")[2]
    assert client.post(url, data={**COLUMNS, "layout": "0-1--leave_out"}).status_code == 302
    client.post(f"/sheets/{code}/values")
    work(app)
    assert "Imported: 3 new" in commit(app, client, code)
    assert counted(app, Member) == 3


def test_two_rows_of_headings_join_where_names_repeat():
    rows = [
        ["Alias", "Contacto", None, "Familiar", None],
        [None, "Nombre", "Teléfono", "Nombre", "Teléfono"],
        ["Gaviota", "Luz", "915-555-0123", "Sol", "915-555-0124"],
    ]
    for merged in ((), ("A1:A2", "B1:C1", "D1:E1")):
        sheet = read_sheet(workbook(("Hoja", rows, "visible", *merged)))
        assert sheet.heading == [
            "Alias",
            "Contacto / Nombre",
            "Contacto / Teléfono",
            "Familiar / Nombre",
            "Familiar / Teléfono",
        ]
        assert not sheet.doubled() and sheet.rows == [(3, ["Gaviota", "Luz", "915-555-0123", "Sol", "915-555-0124"])]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_decimal_commas_breaks_in_cells_titles_blanks_and_a_total(encoding, end):
    lines = [
        "Casa Ejemplo;;;",
        ";;;",
        "Alias;Nombres;Consentimiento;Monto",
        'Gaviota;"Luz\nMaría";2026-03-02;"1.250,50"',
        "",
        "Mirlo;Saúl;2026-03-03;12,5",
        ";;;",
        "Total;2;;1.263,00",
    ]
    sheet = read_sheet(end.join(lines).encode(encoding))
    assert sheet.heading == ["Alias", "Nombres", "Consentimiento", "Monto"] and sheet.separator == "semicolon"
    assert [cells[3] for _, cells in sheet.rows] == ["1.250,50", "12,5"] and sheet.rows[0][1][1] == "Luz\nMaría"
    assert "a total or a note" in said(sheet) and "what stands above is not read" in said(sheet)
