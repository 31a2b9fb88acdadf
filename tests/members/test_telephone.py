"""One telephone is one wherever it stands: in forms, sheets, search, the duplicate check and the conflict check."""

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from mexile.cli import main
from mexile.ground import seal
from mexile.ground.db import db
from mexile.ground.phone import shown_phone
from mexile.ground.trail import TrailRow
from mexile.inquiries.conflict.queries import is_conflict_possible
from mexile.members.contact.actions import renew_telephones
from mexile.members.contact.models import MemberContact
from mexile.members.intake.queries import known_by, look_alikes
from mexile.members.name.queries import find_members
from mexile.members.person.actions import phone_index
from mexile.members.person.models import Member
from mexile.members.sheet.rules import Doubles
from tests.sheets.test_batch import PEOPLE, checked, commit, counted, people, upload, work

CONSENT = {"consent": "y", "consent_on": "2026-01-15"}
WHATSAPP = "+52 1 656 555 0188"


def test_a_number_as_whatsapp_shows_it_meets_the_one_we_know(app, make, client_as):
    known = make.member(legal_name="Rosa Reyes", phone="+526565550188", phone_bidx=phone_index("+526565550188"))
    for typed in (WHATSAPP, "044 656 555 0188", "011 52 656 555 0188"):
        answer = client_as("attorney").post("/members/new", data={"alias": "Nube", **CONSENT, "phone": typed})
        assert answer.status_code == 422 and known.code in answer.text
        assert "+52 656 555 0188" in answer.text
        with app.app_context(), seal.silent():
            viewer = make.viewer("attorney")
            assert [one.code for one in find_members(viewer, typed)] == [known.code]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("656 555 0101", "Is it +1 656-555-0101 (United States) or +52 656 555 0101 (Mexico)?"),
        ("915 555 0199 (hermana)", "Write the number alone. “hermana” belongs in a field for notes."),
        ("915 555 0199 / 915 555 0124", "These are two telephone numbers."),
        ("0000000000", "This is no telephone number."),
        ("5.61855E+09", "A spreadsheet rounded this number"),
    ],
)
def test_a_form_asks_where_a_number_is_not_plain_and_keeps_what_was_typed(app, client_as, typed, said):
    answer = client_as("intake").post("/members/new", data={"alias": "Nube", **CONSENT, "phone": typed})
    assert answer.status_code == 422 and said in answer.text and f'value="{typed}"' in answer.text
    assert counted(app, Member) == 0


def test_a_field_that_says_there_is_none_is_empty_and_an_extension_is_kept(app, client_as):
    client = client_as("intake")
    assert client.post("/members/new", data={"alias": "Nube", **CONSENT, "phone": "no tiene"}).status_code == 302
    assert client.post("/members/new", data={"alias": "Sol", **CONSENT, "phone": "608-555-0100 x11"}).status_code == 302
    answer = client.post("/members/new", data={"alias": "Sal", **CONSENT, "phone": "608-555-0100 ext. 12"})
    assert answer.status_code == 302, "another extension is another person"
    with app.app_context(), seal.silent():
        phones = [one.phone for one in db.session.scalars(select(Member).order_by(Member.id))]
        assert phones == [None, "+16085550100;ext=11", "+16085550100;ext=12"]


def test_the_telephones_of_a_plan_and_of_a_way_are_read_in_the_same_place(app, make, client_as):
    ana = make.member()
    make.consent(ana)
    client = client_as("attorney")
    wrong = client.post(f"/members/{ana.code}/emergency-plan", data={"version": "0", "attorney_phone": "12"})
    assert wrong.status_code == 422 and "no telephone number" in wrong.text
    good = {"version": "0", "attorney_phone": WHATSAPP, "collector_0": "Luz", "collector_phone_0": "915-555-0166 x7"}
    assert client.post(f"/members/{ana.code}/emergency-plan", data=good).status_code == 302
    assert "+1 915-555-0166 ext. 7" in client.get(f"/members/{ana.code}/emergency-plan").text
    way = client.post(f"/members/{ana.code}/contacts", data={"kind": "whatsapp", "value": "656 555 0188"})
    assert way.status_code == 422 and "(United States) or" in way.text
    assert client.post(f"/members/{ana.code}/contacts", data={"kind": "whatsapp", "value": WHATSAPP}).status_code == 302
    with app.app_context(), seal.silent():
        assert db.session.scalars(select(MemberContact)).one().value == "+526565550188"


def test_a_persecutor_at_the_second_number_of_an_answer_is_a_possible_conflict(in_app, make):
    other = make.inquiry(consented=True)
    make.named(other, "Nadie Conocido", kind="adverse", phone="+526565550188")
    assert is_conflict_possible(make.inquiry(consented=True, answer="+52 744 555 0101 o 044 656 555 0188, de noche"))
    assert not is_conflict_possible(make.inquiry(consented=True, answer="+52 744 555 0101 o +52 656 555 0189"))


def test_an_answer_of_two_countries_is_asked_for(client_as):
    answer = client_as("intake").post("/inquiries/new", data={"alias": "Nube", "answer": "656 555 0101, de noche"})
    assert answer.status_code == 422 and "(United States) or" in answer.text


# ---- sheets ------------------------------------------------------------------------


def row(alias, phone):
    return (alias, "", phone, "", "2026-01-05", "Cuba")


def test_a_sheet_keeps_both_numbers_of_a_cell_the_words_beside_them_and_the_extensions(app, client_as):
    client = client_as("intake")
    content = people(
        row("Ave 1", "608-555-0100 x11"),
        row("Ave 2", "608-555-0100 ext. 12"),
        row("Ave 5", "9155550123 / 9155550124 (tía)"),
        row("Ave 7", "N/A"),
        row("Ave 10", "(915) 555-0199 (hermana)"),
        row("Ave 17", "5216565550101"),
    )
    code = checked(app, client, content, "members", PEOPLE)
    assert "Imported: 6 new" in commit(app, client, code)
    with app.app_context(), seal.silent():
        found = {one.alias: one for one in db.session.scalars(select(Member))}
        assert [found[f"Ave {n}"].phone for n in (1, 2, 5, 7, 10, 17)] == [
            "+16085550100;ext=11", "+16085550100;ext=12", "+19155550123", None, "+19155550199", "+526565550101",
        ]  # fmt: skip
        assert found["Ave 10"].safe_note == "hermana"
        way = db.session.scalars(select(MemberContact)).one()
        assert (way.member_id, way.value, way.note) == (found["Ave 5"].id, "+19155550124", "tía")
        assert way.value_bidx == phone_index("+19155550124")
    client.post(f"/sheets/{code}/undo")
    work(app)
    assert "Undone: 6 removed" in client.get(f"/sheets/{code}").text
    assert counted(app, MemberContact) == 0


def test_numbers_that_are_none_are_told_with_their_row(app, client_as):
    client = client_as("intake")
    content = people(row("Ave 6", "5.61855E+09"), row("Ave 9", "0000000000"), row("Ave 8", "no tiene"))
    code = checked(app, client, content, "members", PEOPLE)
    page = client.get(f"/sheets/{code}/rows?only=error").text
    assert "Row 2" in page and "A spreadsheet rounded this number" in page
    assert "Row 3" in page and "“0000000000”" in page and "Row 4" not in page


def test_ten_digits_of_two_countries_ask_once_for_the_sheet(app, client_as):
    client = client_as("intake")
    content = people(row("Ave 11", "656 555 0101"), row("Ave 12", "614 555 0101"), row("Ave 13", "915 555 0101"))
    code = upload(client, content, "members").location.split("/")[2]
    asked = client.post(f"/sheets/{code}/mapping", data=PEOPLE)
    assert asked.status_code == 422 and "(United States) or +52 656 555 0101 (Mexico)" in asked.text
    said = client.post(f"/sheets/{code}/mapping", data={**PEOPLE, "country-phone": "MX"})
    assert said.status_code == 302
    client.post(f"/sheets/{code}/values")
    work(app)
    commit(app, client, code)
    with app.app_context(), seal.silent():
        phones = [one.phone for one in db.session.scalars(select(Member).order_by(Member.id))]
        assert phones == ["+526565550101", "+526145550101", "+19155550101"]


# ---- what was written before ---------------------------------------------------------


def test_an_upgrade_brings_older_numbers_to_the_one_form(app, make, monkeypatch):
    old = "+5216565550188"
    one = make.member(legal_name="Rosa Reyes", phone=old, phone_bidx=seal.blind("member.phone", old))
    way = make.contact(one, kind="whatsapp", value=old)
    named = make.named(make.inquiry(consented=True), "Nadie Conocido", kind="adverse", phone=old)
    monkeypatch.setattr("mexile.cli.open_app", lambda: app)
    monkeypatch.setattr("mexile.cli.schema.upgrade", lambda engine: None)
    monkeypatch.setattr("mexile.cli.schema.revision", lambda engine: "0000")
    done = CliRunner().invoke(main, ["upgrade"])
    assert done.exit_code == 0 and "Brought 3 telephone numbers to their normal form." in done.output
    with app.app_context(), seal.silent():
        held = db.session.get(Member, one.id)
        assert (held.phone, held.phone_bidx) == ("+526565550188", phone_index("+526565550188"))
        assert db.session.get(MemberContact, way.id).value_bidx == held.phone_bidx
        assert db.session.get(type(named), named.id).phone_bidx == held.phone_bidx
        acts = [row.act for row in db.session.scalars(select(TrailRow))]
        assert acts.count("telephones.renew") == 3
    assert "telephone" not in CliRunner().invoke(main, ["upgrade"]).output


# ---- extensions ----------------------------------------------------------------------

WHOLE, ELEVEN, TWELVE = "+16085550100", "+16085550100;ext=11", "+16085550100;ext=12"
MEETS = [(WHOLE, ELEVEN, True), (ELEVEN, WHOLE, True), (ELEVEN, ELEVEN, True), (WHOLE, WHOLE, True), (ELEVEN, TWELVE, False),
         ("+16085550101", ELEVEN, False), (ELEVEN, "+16085550100;ext=1", False)]  # fmt: skip


@pytest.mark.parametrize(("kept", "typed", "meets"), MEETS)
@pytest.mark.parametrize("place", ["record", "way"])
def test_a_number_and_its_extension_meet_in_the_search_and_in_the_duplicate_check(
    in_app, make, kept, typed, meets, place
):
    known = make.member(
        legal_name="Rosa Reyes", **({"phone": kept, "phone_bidx": phone_index(kept)} if place == "record" else {})
    )
    if place == "way":
        make.contact(known, kind="phone", value=kept)
    viewer = make.viewer("attorney")
    expected = [known.code] if meets else []
    shown = shown_phone(typed)
    assert [one.code for one in find_members(viewer, shown)] == expected
    assert [one.code for one in look_alikes(viewer, {}, [phone_index(typed)]).people] == expected
    other = make.member(legal_name="Nadie Conocido")
    assert [one.code for one in known_by(viewer, other, phone=typed).people] == expected


@pytest.mark.parametrize(("kept", "typed", "meets"), MEETS)
def test_a_number_and_its_extension_meet_in_the_conflict_check(in_app, make, kept, typed, meets):
    make.named(make.inquiry(consented=True), "Nadie Conocido", kind="adverse", phone=kept)
    make.named(third := make.inquiry(consented=True), "Otra Persona", kind="adverse", phone=typed)
    assert is_conflict_possible(third) is meets


@pytest.mark.parametrize(("kept", "typed", "meets"), MEETS)
def test_an_answer_and_its_extension_meet_in_the_conflict_check(in_app, make, kept, typed, meets):
    make.named(make.inquiry(consented=True), "Nadie Conocido", kind="adverse", phone=kept)
    assert is_conflict_possible(make.inquiry(consented=True, answer=shown_phone(typed))) is meets


@pytest.mark.parametrize(("phone", "meets"), [(WHOLE, True), (ELEVEN, True), (TWELVE, False)])
def test_a_member_at_the_number_of_an_adverse_person_is_a_possible_conflict(in_app, make, phone, meets):
    make.member(legal_name="Rosa Reyes", phone=ELEVEN, phone_bidx=phone_index(ELEVEN))
    make.named(inquiry := make.inquiry(consented=True), "Nadie Conocido", kind="adverse", phone=phone)
    assert is_conflict_possible(inquiry) is meets


@pytest.mark.parametrize(("one", "other", "doubles"), MEETS)
def test_rows_of_one_sheet_meet_by_their_numbers(one, other, doubles):
    seen = Doubles()
    seen.seen(2, {}, frozenset([one]))
    assert bool(seen.seen(3, {}, frozenset([other]))) is doubles


def test_an_index_that_was_made_before_is_renewed(app, make):
    made = make.member(legal_name="Rosa Reyes", phone=ELEVEN, phone_bidx=seal.blind("member.phone", ELEVEN))
    with app.app_context():
        assert renew_telephones() == 1 and renew_telephones() == 0
        assert db.session.get(Member, made.id).phone_bidx == phone_index(ELEVEN)
