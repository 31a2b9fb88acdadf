"""The way of a sheet through the pages: upload, columns, values, dry run, commit, undo."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import event, func, select

from mexile.arrivals.models import ArrivalParty
from mexile.ground import clock, queue, seal, trail
from mexile.ground.db import db
from mexile.members.assignment.models import Assignment
from mexile.members.consent.models import Consent
from mexile.members.person.actions import phone_index
from mexile.members.person.models import Member
from mexile.sheets.batch.models import ImportBatch, ImportUpload
from tests.makers.sheets import sheet
from tests.sheets.workbooks import book, with_part

COLUMNS = {"column-day": "day", "column-people": "people", "column-country": "from"}
PEOPLE = {
    "column-alias": "alias",
    "column-name": "name",
    "column-phone": "phone",
    "column-birth_date": "born",
    "column-consented_on": "consent",
    "column-nationality": "from",
}
PEOPLE_HEADING = ("alias", "name", "phone", "born", "consent", "from")


def upload(client, content, into="arrivals", name="door.csv"):
    return client.post(
        "/sheets",
        data={"file": (io.BytesIO(content), name), "into": into},
        content_type="multipart/form-data",
    )


def work(app):
    with app.app_context():
        assert queue.work_all()


def checked(app, client, content, into="arrivals", columns=COLUMNS, **values):
    """The code of a sheet brought as far as its dry run."""
    answer = upload(client, content, into)
    assert answer.status_code == 302, answer.text
    code = re.search(r"I-\d+", answer.location)[0]
    answer = client.post(f"/sheets/{code}/mapping", data=columns)
    assert answer.status_code == 302, answer.text
    answer = client.post(f"/sheets/{code}/values", data=values)
    assert answer.status_code == 302, answer.text
    work(app)
    return code


def commit(app, client, code, **said):
    answer = client.post(f"/sheets/{code}/commit", data=said)
    assert answer.status_code == 302, answer.text
    work(app)
    return client.get(f"/sheets/{code}").text


def counted(app, table):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table))


@pytest.mark.parametrize("role", ["intake", "attorney", "director"])
def test_a_sheet_goes_from_file_to_arrivals_and_back(app, client_as, role):
    client = client_as(role)
    content = sheet(None, ("2026-03-10", "3", "Cuba"), ("2026-03-11", "1", "Mexico"), ("2026-03-11", "1", "Mexico"))
    code = checked(app, client, content)
    page = client.get(f"/sheets/{code}").text
    assert counted(app, ArrivalParty) == 0
    assert "people in these parties" in page and ">5<" in page
    assert "Imported: 3 new, 0 changed, 0 left out." in commit(app, client, code)
    assert counted(app, ArrivalParty) == 3
    assert counted(app, ImportUpload) == 0
    client.post(f"/sheets/{code}/undo")
    work(app)
    assert "Undone: 3 removed" in client.get(f"/sheets/{code}").text
    assert counted(app, ArrivalParty) == 0


def test_a_batch_is_one_row_of_the_trail(app, client_as):
    client = client_as("intake")
    code = checked(app, client, sheet(None, *[("2026-03-10", "1", "Cuba")] * 40))
    with app.app_context():
        before = trail.head()[0]
    commit(app, client, code)
    with app.app_context():
        acts = db.session.scalars(select(trail.TrailRow.act).where(trail.TrailRow.seq > before)).all()
    assert [act for act in acts if act != "read"] == ["import.commit"]


def test_a_step_that_two_workers_do_is_done_once(app, client_as):
    client = client_as("intake")
    code = checked(app, client, sheet(None))
    commit(app, client, code)
    with app.app_context():
        body = {"batch": code, "by": client.user.id, "role": "intake"}
        queue.HANDLERS["members.import_commit"](body)
    assert counted(app, ArrivalParty) == 1
    assert "Something changed" not in client.get(f"/sheets/{code}").text


def test_the_same_file_again_changes_nothing(app, client_as):
    client = client_as("intake")
    content = sheet(None, ("2026-03-10", "3", "Cuba"), ("2026-03-10", "3", "Cuba"))
    commit(app, client, checked(app, client, content))
    again = checked(app, client, content)
    page = client.get(f"/sheets/{again}").text
    assert "There is nothing new in this sheet" in page
    assert "This very file was imported before" in page
    assert client.post(f"/sheets/{again}/commit").status_code == 422
    assert counted(app, ArrivalParty) == 2


def test_the_same_file_with_a_better_mapping_changes_its_rows_and_the_undo_puts_them_back(app, client_as):
    client = client_as("intake")
    content = sheet(None, ("2026-03-10", "3", "Atlantis"), ("2026-03-10", "3", "Cuba"))
    commit(app, client, checked(app, client, content))
    code = checked(app, client, content, **{"value-country-0": "mx"})
    page = commit(app, client, code)
    assert "Imported: 0 new, 1 changed, 0 left out." in page
    with app.app_context():
        assert db.session.scalars(select(ArrivalParty.country).order_by(ArrivalParty.id)).all() == ["MX", "CU"]
        assert db.session.scalars(select(ArrivalParty.said_enc)).all() == [None, None]
    client.post(f"/sheets/{code}/undo")
    work(app)
    with app.app_context():
        assert db.session.scalars(select(ArrivalParty.country).order_by(ArrivalParty.id)).all() == [None, "CU"]
        assert len([said for said in db.session.scalars(select(ArrivalParty.said_enc)) if said]) == 1


def test_what_was_not_understood_is_asked_for_and_listed(app, client_as):
    client = client_as("intake")
    code = re.search(r"I-\d+", upload(client, sheet(None, ("2026-03-10", "3", "Contact_"))).location)[0]
    client.post(f"/sheets/{code}/mapping", data=COLUMNS)
    assert "Contact_" in client.get(f"/sheets/{code}/values").text
    wrong = client.post(f"/sheets/{code}/values", data={"value-country-0": "Atlantis"})
    assert wrong.status_code == 422 and "Nothing is known by this name." in wrong.text and "Atlantis" in wrong.text
    client.post(f"/sheets/{code}/values", data={"value-country-0": "unknown"})
    work(app)
    assert "unknown, as the mapping says" in client.get(f"/sheets/{code}").text


def test_a_saved_mapping_is_offered_again_where_it_fits(app, client_as):
    client = client_as("intake")
    checked(app, client, sheet(None), name="Door list")
    code = re.search(r"I-\d+", upload(client, sheet(None, ("2026-04-01", "2", "Peru"))).location)[0]
    assert "Door list" in client.get(f"/sheets/{code}/mapping").text
    answer = client.post(f"/sheets/{code}/mapping", data={"saved": "Door list"})
    assert answer.status_code == 302
    other = re.search(r"I-\d+", upload(client, b"a,b\n1,2\n").location)[0]
    assert "Door list" not in client.get(f"/sheets/{other}/mapping").text


def test_a_pasted_mapping_with_mistakes_tells_them_all_and_keeps_the_text(app, client_as):
    client = client_as("intake")
    code = re.search(r"I-\d+", upload(client, sheet(None)).location)[0]
    text = 'name = "x"\ninto = "arrivals"\n[columns]\ndya = "day"\n'
    answer = client.post(f"/sheets/{code}/mapping", data={"saved": "", "text": text})
    assert answer.status_code == 422
    assert "There is no such field. Did you mean day?" in answer.text and "Say which column is people" in answer.text
    assert "dya = " in answer.text


@pytest.mark.parametrize("odd", ["long", "hidden"])
def test_a_pasted_mapping_that_is_odd_leaves_the_page_as_it_was(app, client_as, odd):
    client = client_as("intake")
    code = re.search(r"I-\d+", upload(client, sheet(None)).location)[0]
    text = 'name = "x\\u0000"\ninto = "arrivals"\n[columns]\nday = "day"\npeople = "people\\u0000"\n[values.country]\n'
    text += "".join(f'"{number}" = ""\n' for number in range(40_000)) if odd == "long" else '"A\\u0000" = ""\n'
    answer = client.post(f"/sheets/{code}/mapping", data={"saved": "", "text": text})
    assert answer.status_code == (422 if odd == "long" else 302)
    assert odd == "hidden" or "there is room for 100000" in answer.text and "&#34;39999&#34; = " in answer.text
    for page in ("mapping", "values"):
        assert client.get(f"/sheets/{code}/{page}").status_code in (200, 302)


def test_days_that_can_be_read_two_ways_are_asked_for(app, client_as):
    client = client_as("intake")
    content = sheet(None, ("3/12/2025", "1", "Cuba"), ("4/5/2025", "2", "Cuba"))
    code = re.search(r"I-\d+", upload(client, content).location)[0]
    answer = client.post(f"/sheets/{code}/mapping", data=COLUMNS)
    assert answer.status_code == 422 and "is the day or the month first?" in answer.text
    told = {**COLUMNS, "order-day": "day/month/year"}
    assert client.post(f"/sheets/{code}/mapping", data=told).status_code == 302


def test_one_bad_row_in_five_hundred(app, client_as):
    client = client_as("intake")
    rows = [("2026-03-10", "1", "Cuba")] * 499
    content = sheet(None, *rows[:250], ("31/02/2026", "1", "Cuba"), *rows[250:])
    code = checked(app, client, content)
    page = client.get(f"/sheets/{code}/rows?only=error").text
    assert "Row 252" in page and "is no day of the calendar" in page
    refused = client.post(f"/sheets/{code}/commit")
    assert refused.status_code == 422 and "Some rows have errors" in refused.text
    assert counted(app, ArrivalParty) == 0
    assert "Imported: 499 new, 0 changed, 1 left out." in commit(app, client, code, leave_out="y")
    assert counted(app, ArrivalParty) == 499


def test_every_row_has_its_verdict_fifty_a_page(app, client_as):
    client = client_as("intake")
    code = checked(app, client, sheet(None, *[("2026-03-10", "1", "Cuba")] * 120))
    seen, address = [], f"/sheets/{code}/rows"
    while address:
        page = client.get(address).text
        seen += re.findall(r'<th scope="row">Row (\d+)', page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        address = more and more[1].replace("&amp;", "&")
    assert seen == [str(number) for number in range(2, 122)]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "Choose a file"),
        (b"\n\n", "The file is empty"),
        (b"day,people\n", "only a heading"),
        (b"PK\x03\x04 not really", "can&#39;t be read"),
        (b"\xd0\xcf\x11\xe0 old", "old .xls kind"),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(client_as, content, word):
    client = client_as("intake")
    answer = upload(client, content) if content else client.post("/sheets", data={"into": "arrivals"})
    assert answer.status_code == 422 and word in answer.text


def test_a_workbook_comes_in_like_any_sheet_and_one_with_macros_does_not(app, client_as):
    client = client_as("intake")
    content = book(["day", "people", "from"], [date(2026, 3, 10), 3, "Cuba"])
    refused = upload(client, with_part(content, "xl/vbaProject.bin", b"x"), name="door.xlsm")
    assert refused.status_code == 422 and "This workbook has macros" in refused.text
    assert "Imported: 1 new" in commit(app, client, checked(app, client, content))
    with app.app_context():
        assert db.session.scalars(select(ArrivalParty.arrival_date)).all() == [date(2026, 3, 10)]


def test_columns_of_one_name_are_told(app, client_as):
    client = client_as("intake")
    content = sheet(None, ("2026-03-10", "1", "2"), heading=("day", "people", "people"))
    code = re.search(r"I-\d+", upload(client, content).location)[0]
    answer = client.post(f"/sheets/{code}/mapping", data={"column-day": "day", "column-people": "people"})
    assert answer.status_code == 422 and "Columns B and C are both called" in answer.text


def test_a_double_click_uploads_once(app, client_as):
    client = client_as("intake")
    token = "a-token-of-sixteen-letters"
    for _ in range(2):
        data = {"file": (io.BytesIO(sheet(None)), "a.csv"), "into": "arrivals", "form_token": token}
        assert client.post("/sheets", data=data, content_type="multipart/form-data").status_code == 302
    assert counted(app, ImportBatch) == 1


def test_a_sheet_sent_five_times_in_the_same_moment_is_one_upload(app, make, client_as):
    lucia = make.user(role="intake")
    clients = [client_as(user=lucia) for _ in range(5)]

    def send(client):
        data = {"file": (io.BytesIO(sheet(None)), "a.csv"), "into": "arrivals", "form_token": "a-token-of-the-tests"}
        return client.post("/sheets", data=data, content_type="multipart/form-data")

    with ThreadPoolExecutor(5) as threads:
        answers = list(threads.map(send, clients))
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.location for answer in answers}) == 1 and counted(app, ImportBatch) == 1


def test_a_sheet_can_be_thrown_away_and_its_file_is_gone(app, client_as):
    client = client_as("intake")
    code = checked(app, client, sheet(None))
    assert client.post(f"/sheets/{code}/discard").status_code == 302
    assert counted(app, ImportUpload) == 0
    page = client.get(f"/sheets/{code}").text
    assert "thrown away" in page and "door.csv" not in page
    assert "thrown away" in client.get("/sheets").text
    assert client.post(f"/sheets/{code}/commit").status_code == 409


def test_progress_is_asked_for_until_the_step_ends(app, client_as, make):
    client = client_as("intake")
    batch = make.import_batch(by=client.user, step="check")
    page = client.get(f"/sheets/{batch.code}").text
    assert "Checking every row." in page and "0 of 1 rows." in page
    assert "Checking" in client.get(f"/sheets/{batch.code}/progress").text
    work(app)
    assert client.get(f"/sheets/{batch.code}/progress").headers["HX-Refresh"] == "true"


def test_intake_sees_its_own_imports_alone(app, client_as, make):
    batch = make.import_batch(by=make.user(role="intake"))
    for role, status in (("intake", 404), ("attorney", 200), ("director", 200)):
        assert client_as(role).get(f"/sheets/{batch.code}").status_code == status
    assert batch.code not in client_as("intake").get("/sheets").text


def test_a_saved_file_is_thrown_away_after_a_week(app, make):
    make.import_batch()
    with app.app_context():
        with clock.at(clock.now() + timedelta(days=8)):
            queue.work_all()
        assert db.session.scalar(select(func.count()).select_from(ImportUpload)) == 0


# ---- members ------------------------------------------------------------------------


def people(*rows):
    return sheet(None, *rows, heading=PEOPLE_HEADING)


def test_people_come_in_with_consent_and_who_imports_walks_with_them(app, client_as):
    client = client_as("intake")
    content = people(
        ("Luna", "Ana María Reyes", "915-555-0101", "12 mar 1990", "2026-01-05", "Honduras"),
        ("Sol", "", "", "", "", "Cuba"),
    )
    page = commit(app, client, checked(app, client, content, "members", PEOPLE))
    assert "Imported: 2 new" in page
    with app.app_context(), seal.silent():
        found = db.session.scalars(select(Member).order_by(Member.id)).all()
        assert [one.alias for one in found] == ["Luna", "Sol"]
        assert (found[0].legal_name, found[0].birth_year, found[0].phone) == ("Ana María Reyes", 1990, "+19155550101")
        assert [one.nationality for one in found] == ["HN", "CU"]
        assert db.session.scalars(select(Assignment.user_id)).all() == [client.user.id] * 2
        assert db.session.scalars(select(Consent.member_id)).all() == [found[0].id]
    assert found[0].code in client.get(f"/members/{found[0].code}").text


def test_nobody_is_written_down_without_a_day_of_consent(app, client_as):
    client = client_as("intake")
    code = checked(app, client, people(("Luna", "Ana Reyes", "", "", "", "Cuba")), "members", PEOPLE)
    assert "no day of consent" in client.get(f"/sheets/{code}/rows").text
    assert counted(app, Member) == 0


def test_somebody_we_may_know_is_left_out_unless_taken(app, client_as, make):
    client = client_as("attorney")
    phone = "+19155550101"
    known = make.member(legal_name="Ana Reyes Luna", phone=phone, phone_bidx=phone_index(phone))
    content = people(
        ("Luna", "Otra Persona", "(915) 555-0101", "", "2026-01-05", "Cuba"),
        ("Sol", "Pedro Páramo", "915 555 0102", "", "2026-01-05", "Cuba"),
        ("Sal", "Susana San Juan", "915 555 0102", "", "2026-01-05", "Cuba"),
    )
    code = checked(app, client, content, "members", PEOPLE)
    page = client.get(f"/sheets/{code}/rows?only=duplicate").text
    assert f"May be {known.code}." in page and "Row 3 has the same phone." in page
    assert "Imported: 1 new, 0 changed, 2 left out." in commit(app, client, code)
    again = checked(app, client, content, "members", PEOPLE)
    assert "Imported: 2 new" in commit(app, client, again, doubtful="take")


def test_somebody_whom_intake_does_not_see_is_not_named(app, client_as, make):
    client = client_as("intake")
    known = make.member(legal_name="Ana Reyes Luna", birth_date="1990-03-12", birth_year=1990)
    content = people(("Luna", "Ana Reyes Luna", "", "1990-03-12", "2026-01-05", "Cuba"))
    code = checked(app, client, content, "members", PEOPLE)
    page = client.get(f"/sheets/{code}/rows").text
    assert "May be somebody we know and you don" in page and known.code not in page


def test_people_without_anything_identifying_are_never_called_doubles(app, client_as):
    client = client_as("intake")
    content = people(*[("Luna", "", "", "", "", "Cuba")] * 3)
    assert "Imported: 3 new" in commit(app, client, checked(app, client, content, "members", PEOPLE))


def test_a_code_updates_and_the_undo_puts_everything_back(app, client_as, make):
    client = client_as("attorney")
    known = make.member(alias="Luna", nationality="CU", consented_on=None)
    content = sheet(
        None, (known.code, "Estrella", "Mexico"), ("ME-9999", "Nadie", "Mexico"), heading=("code", "alias", "from")
    )
    columns = {"column-code": "code", "column-alias": "alias", "column-nationality": "from"}
    code = checked(app, client, content, "members", columns)
    assert "You see no member with this code." in client.get(f"/sheets/{code}/rows").text
    assert "Imported: 0 new, 1 changed, 1 left out." in commit(app, client, code, leave_out="y")
    with app.app_context(), seal.silent():
        held = db.session.get(Member, known.id)
        assert (held.alias, held.nationality) == ("Estrella", "MX")
    client.post(f"/sheets/{code}/undo")
    work(app)
    with app.app_context(), seal.silent():
        held = db.session.get(Member, known.id)
        assert (held.alias, held.nationality) == ("Luna", "CU")


def test_the_undo_keeps_whom_somebody_worked_with_since(app, client_as, make):
    client = client_as("intake")
    content = people(("Luna", "Ana Reyes", "", "", "2026-01-05", "Cuba"), ("Sol", "", "", "", "", "Cuba"))
    code = checked(app, client, content, "members", PEOPLE)
    commit(app, client, code)
    with app.app_context():
        first = db.session.scalars(select(Member).order_by(Member.id)).first()
    make.assign(first, make.user(role="caseworker"))
    client.post(f"/sheets/{code}/undo")
    work(app)
    assert "Undone: 1 removed, 0 put back, 1 kept" in client.get(f"/sheets/{code}").text
    with app.app_context():
        assert db.session.scalars(select(Member.code)).all() == [first.code]


def test_names_that_could_do_harm_come_in_as_words_or_are_refused(app, client_as):
    client = client_as("intake")
    content = people(
        ('=HYPERLINK("http://x")', "", "", "", "", "Cuba"),
        ("Lu\x01na \u202eanuL", "", "", "", "", "Cuba"),
        ("x" * 10_000, "", "", "", "", "Cuba"),
    )
    code = checked(app, client, content, "members", PEOPLE)
    page = client.get(f"/sheets/{code}/rows?only=error").text
    assert "Alias" in page and "longer than 200 characters" in page
    commit(app, client, code, leave_out="y")
    with app.app_context(), seal.silent():
        found = [one.alias for one in db.session.scalars(select(Member).order_by(Member.id))]
    assert found == ['=HYPERLINK("http://x")', "Luna anuL"]


def queries_of(app, client, address):
    """How many statements a page takes, the second time it is asked for."""
    client.get(address)
    seen = []

    def note(connection, cursor, sql, *more):
        seen.append(sql)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    assert client.get(address).status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_lists_take_a_fixed_number_of_queries(app, client_as, make):
    client = client_as("director")
    counts = []
    for rows in (1, 49):
        code = checked(app, client, sheet(None, *[("2026-03-10", "1", "Cuba")] * rows))
        made = [queries_of(app, client, f"/sheets/{code}{page}") for page in ("", "/rows")]
        commit(app, client, code)
        lists = [queries_of(app, client, address) for address in ("/arrivals", "/sheets")]
        counts.append([*made, *lists])
        for _ in range(5):
            make.import_batch()
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12
