"""The table in somebody else's file: what is proposed, what is set aside and said, and how a person chooses another."""

import io

import openpyxl
import pytest

from mexile.ground.errors import Invalid
from mexile.members.person.models import Member
from mexile.sheets.file.rules import read_sheet
from tests.sheets.test_batch import commit, counted, upload, work
from tests.sheets.test_command import run  # noqa: F401 - a fixture

PEOPLE = (
    "alias;nombres;apellidos;consentimiento\nGaviota;Luz;Prueba Vega;2026-03-02\nMirlo;Saúl;Inventado Ríos;2026-03-03\n"
)
COLUMNS = {
    "column-alias": "Alias", "column-given_names": "Nombres", "column-surnames": "Apellidos", "column-consented_on": "Consentimiento",
}  # fmt: skip


def workbook(*tabs):
    """A workbook of (name, rows, state, merged ranges)."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows, state, *merged in tabs:
        sheet = made.create_sheet(name)
        sheet.sheet_state = state
        for row in rows:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def said(sheet):
    return " ".join(note.en for note in sheet.notes)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("first", ["", "sep=;\r\n", "SEP=;\n", '"sep=;"\n'])
def test_a_line_that_tells_the_separator_is_no_heading(encoding, first):
    sheet = read_sheet((first + PEOPLE).encode(encoding))
    assert sheet.heading == ["alias", "nombres", "apellidos", "consentimiento"]
    assert sheet.rows[1] == (3, ["Mirlo", "Saúl", "Inventado Ríos", "2026-03-03"]) and sheet.separator == "semicolon"


@pytest.mark.parametrize("mark", ["\t", ";", "|", ","])
def test_the_separator_is_the_one_under_which_the_headings_are_known(mark):
    text = f'day{mark}people{mark}note\n2026-03-10{mark}3{mark}"Ana, Luz; one | two\tthree"\n2026-03-11{mark}1{mark}x\n'
    assert read_sheet(text.encode()).heading == ["day", "people", "note"]


def test_tabs_with_commas_in_the_cells():
    sheet = read_sheet(b"day\tpeople, in all\r\n2026-03-10\t3, with a baby\r\n")
    assert sheet.heading == ["day", "people, in all"] and sheet.rows == [(2, ["2026-03-10", "3, with a baby"])]


@pytest.mark.parametrize(
    "above",
    [
        "Casa Ejemplo – personas,,,\n,,,\n",
        "\n\n",
        "Lista,,,\nMarzo 2026,,,\n,,,\n",
        "Casa Ejemplo\n",
        "Fecha:,2026-03-01,,\n",
    ],
)
def test_title_rows_and_blank_rows_stand_above_the_heading(above):
    sheet = read_sheet(
        (above + "Alias,Nombres,Apellidos,Consentimiento\nGaviota,Luz,Prueba Vega,2026-03-02\n").encode()
    )
    assert sheet.heading == ["Alias", "Nombres", "Apellidos", "Consentimiento"] and len(sheet.rows) == 1
    assert sheet.number == sheet.rows[0][0] - 1
    assert not above.strip("\n,") or "what stands above is not read" in said(sheet)


def test_titles_above_headings_that_nobody_knows():
    sheet = read_sheet(b"Casa Ejemplo,,\n,,\nxx,yy,zz\n1,2,3\n4,5,6\n")
    assert sheet.heading == ["xx", "yy", "zz"] and sheet.number == 3


def test_two_rows_of_headings_are_one_where_cells_are_merged():
    rows = [
        ["Alias", "Persona", None, "Contacto"],
        [None, "Nombres", "Apellidos", "Teléfono"],
        ["Gaviota", "Luz", "Vega", "x"],
    ]
    sheet = read_sheet(workbook(("Hoja", rows, "visible", "A1:A2", "B1:C1")))
    assert sheet.heading == ["Alias", "Nombres", "Apellidos", "Teléfono"]
    assert sheet.rows == [(3, ["Gaviota", "Luz", "Vega", "x"])]


def test_headings_in_two_languages_and_headings_on_every_page_are_told_and_left_out():
    text = "Alias,Given names,Consent\nAlias,Nombres,Consentimiento\nGaviota,Luz,2026-03-02\nAlias,Given names,Consent\nMirlo,Saúl,2026-03-03\n"
    sheet = read_sheet(text.encode())
    assert [number for number, _ in sheet.rows] == [3, 5]
    assert "The heading stands again in rows 2, 4" in said(sheet)


@pytest.mark.parametrize("footer", ["Total,2,,", "TOTAL:,,,2", "Total general,2,,", ",Total,2,", "Subtotal,,,", "Suma,2,2,2",
    "Total de personas,2,,", "Grand total,2,,", "Nota: datos de marzo,,,", "Fuente: Casa Ejemplo,,,", "Total personas,,,2", "Número total: 2,,,",
    "2 personas,,,", "2 registros", "Fin del reporte,,,", "End of report", "*Datos confidenciales,,,", "Confidential - do not share,,,",
    "Impreso el 3 de marzo de 2026,,,", "Printed on 3 Mar 2026", "Corte al 3 de marzo,,,", "* datos de marzo"])  # fmt: skip
def test_a_footer_is_told_and_is_nobody(footer):
    text = f"Alias,Nombres,Apellidos,Consentimiento\nGaviota,Luz,Vega,2026-03-02\n{footer}\n"
    sheet = read_sheet(text.encode())
    assert [number for number, _ in sheet.rows] == [2]
    assert "Row 3 (“" in said(sheet) and "a total or a note" in said(sheet)


@pytest.mark.parametrize(
    "row",
    [
        "Sol,Luz,Total,2026-03-02",
        "Total,Luz,Vega,2026-03-02",
        "Suma,,,2026-03-02x",
        "Nota,Luz,,",
        "Fin,,,",
        "Sol,,,",
        "Corte,,,",
        "2,Luz,,",
    ],
)
def test_somebody_is_no_footer(row):
    sheet = read_sheet(f"Alias,Nombres,Apellidos,Consentimiento\nGaviota,Luz,Vega,2026-03-02\n{row}\n".encode())
    assert len(sheet.rows) == 2 and not sheet.notes


def test_the_visible_tab_with_the_table_is_read_and_the_hidden_one_is_named():
    lists = ("Lists", [["Country"], ["Mexico"], ["Cuba"]], "hidden")
    cover = ("Cover", [["Casa Ejemplo"], ["Marzo 2026"]], "visible")
    rows = ("Arrivals", [["day", "people", "from"], ["2026-03-10", 3, "Cuba"]], "visible")
    sheet = read_sheet(workbook(lists, cover, rows))
    assert sheet.tab == "Arrivals" and sheet.heading == ["day", "people", "from"]
    assert "only “Arrivals” was read" in said(sheet) and "Hidden and not read: “Lists”." in said(sheet)
    chosen = read_sheet(workbook(lists, cover, rows), "Lists")
    assert chosen.heading == ["Country"] and "“Lists” is a hidden sheet" in said(chosen)


def test_a_tab_that_is_very_hidden_is_hidden():
    sheet = read_sheet(
        workbook(
            ("Lists", [["Country"], ["Cuba"]], "veryHidden"), ("Arrivals", [["day", "people"], ["x", 3]], "visible")
        )
    )
    assert sheet.tab == "Arrivals" and "Hidden and not read" in said(sheet)


def test_a_cell_merged_over_several_rows_says_the_same_of_each():
    rows = [["Alias", "Consentimiento"], ["Gaviota", "2026-03-02"], ["Mirlo", None]]
    sheet = read_sheet(workbook(("Hoja", rows, "visible", "B2:B3")))
    assert sheet.rows[1] == (3, ["Mirlo", "2026-03-02"]) and "merged" in said(sheet)


def test_a_row_that_is_blank_can_not_be_the_heading():
    with pytest.raises(Invalid) as wrong:
        read_sheet(PEOPLE.encode(), heading=9)
    assert "Row 9 is blank" in wrong.value.problems[0].en


# ---- the page ----------------------------------------------------------------------

TWO = [["Casa Ejemplo"], ["day", "people", "from"], ["2026-03-10", 3, "Cuba"], ["2026-03-11", 2, "Haiti"]]
OTHER = [["Alias", "Nombres", "Apellidos", "Consentimiento"], ["Gaviota", "Luz", "Vega", "2026-03-02"]]


def test_tab_and_heading_are_chosen_on_the_page_and_back(app, client_as):
    client = client_as("intake")
    content = workbook(("Uno", TWO, "visible"), ("Dos", OTHER, "hidden"))
    url = upload(client, content, "members", "book.xlsx").location
    page = client.get(url).text
    assert "Dos (hidden)" in page and "The first rows, as they will be read" in page and ">Haiti<" in page
    assert 'name="layout" value="0-2-"' in page
    other = client.get(f"{url}?layout=0-2-&tab=1&heading=2").text
    assert 'name="layout" value="1-1-"' in other and ">Gaviota<" in other and "is a hidden sheet" in other
    back = client.get(f"{url}?layout=1-1-&tab=0&heading=1").text
    assert 'name="layout" value="0-2-"' in back
    lower = client.get(f"{url}?layout=0-2-&tab=0&heading=3").text
    assert (
        'name="layout" value="0-3-"' in lower
        and '<th scope="col">Haiti' not in lower
        and '<th scope="col">Cuba' in lower
    )
    wrong = client.get(f"{url}?layout=0-2-&tab=0&heading=4")
    assert wrong.status_code == 422 and "only a heading" in wrong.text and 'value="0-2-"' in wrong.text
    code = url.split("/")[2]
    assert client.post(url, data={**COLUMNS, "layout": "1-1-"}).status_code == 302
    assert client.get(f"/sheets/{code}/values").status_code == 200
    client.post(f"/sheets/{code}/values")
    work(app)
    assert "Imported: 1 new" in commit(app, client, code)
    assert counted(app, Member) == 1


def test_the_separator_is_chosen_on_the_page(app, client_as):
    client = client_as("intake")
    url = upload(client, b"a;b,c\n1;2,3\n4;5,6\n", "members").location
    page = client.get(f"{url}?layout=0-1-semicolon&separator=comma&heading=1").text
    assert 'name="layout" value="0-1-comma"' in page and '<th scope="col">a;b</th>' in page
    page = client.get(f"{url}?layout=0-1-comma&separator=semicolon&heading=1").text
    assert '<th scope="col">b,c</th>' in page


@pytest.mark.parametrize("query", ["layout=x&heading=1", "layout=9-9-9&tab=9&heading=²", "heading=1", "layout=0-1-tab&heading=" + "9" * 30,
    "layout=0-1-comma&separator=%00&heading=-1&tab=-1"])  # fmt: skip
def test_what_no_page_would_send_is_read_as_the_proposal(app, client_as, query):
    client = client_as("intake")
    url = upload(client, PEOPLE.encode(), "members").location
    assert client.get(f"{url}?{query}").status_code in (200, 422)


# ---- the command line --------------------------------------------------------------


def test_the_command_line_takes_the_same_choices(app, run):  # noqa: F811
    mapping = 'name = "x"\ninto = "arrivals"\n[columns]\nday = "day"\npeople = "people"\n'
    content = b"Casa Ejemplo\nxx|yy\nday|people\n2026-03-10|3\n"
    done = run(content, "--dry-run", mapping=mapping)
    assert done.exit_code == 0 and "separator pipe, headings in row 3: day, people." in done.output
    done = run(content, "--dry-run", "--separator", ",", "--heading", "3", mapping=mapping)
    assert done.exit_code == 1 and "no column “day”" in done.output
    done = run(content, "--separator", "|", "--heading", "3", mapping=mapping)
    assert done.exit_code == 0 and "1 created" in done.output
    people = 'name = "x"\ninto = "members"\n[columns]\nalias = "alias"\ngiven_names = "name"\n'
    done = run(b"alias,name\nLuna,Ana\n", "--dry-run", "--by", "U-99", "--consent", "2026-13-01", mapping=people)
    assert done.exit_code == 1 and "Write the day of consent" in done.output


def test_the_command_line_takes_a_tab(app, run):  # noqa: F811
    mapping = 'name = "x"\ninto = "arrivals"\n[columns]\nday = "day"\npeople = "people"\n'
    content = workbook(("Uno", TWO, "visible"), ("Dos", TWO, "visible"))
    done = run(content, "--dry-run", "--tab", "Dos", mapping=mapping)
    assert done.exit_code == 0 and "sheet “Dos”, headings in row 2" in done.output
    assert run(content, "--dry-run", "--tab", "Tres", mapping=mapping).exit_code == 1


def test_a_heading_of_two_rows_that_is_repeated_on_each_page_is_no_row():
    two = b"Persona,,Contacto,,alias\nClave,Grupo,Clave,Grupo,alias\n"
    sheet = read_sheet(two + b"1,2,3,4,Gaviota\n" + two + b"5,6,7,8,Mirlo\n", heading=2)
    assert [number for number, _ in sheet.rows] == [3, 6]
    assert any("stands again in rows 4, 5" in note.en for note in sheet.notes)
