"""What is known of a person: written by those who walk with them, after consent, and never by two at once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from mexile.ground import clock, seal
from mexile.ground.db import db
from mexile.ground.trail import TrailRow
from mexile.members.contact.models import MemberContact, MemberContactRule
from mexile.members.detail.models import MemberANumber, MemberDetail, MemberHarm, MemberLanguage, MemberName
from mexile.members.entry.models import MemberEntry
from mexile.members.persecutor.models import MemberPersecutor
from mexile.members.person.models import Member
from mexile.members.place_lived.models import MemberPlaceLived
from mexile.members.plan.models import EmergencyChild, EmergencyPlan


@pytest.fixture
def ana(make):
    one = make.member(
        alias="Golondrina", nationality="MX", origin_state="MX-GRO", birth_date="1986-03-12", birth_year=1986
    )
    make.consent(one)
    return one


def _all(app, model):
    with app.app_context():
        return list(db.session.scalars(select(model)))


def _opened(app, model, *names):
    with app.app_context(), seal.silent():
        return [tuple(getattr(row, name) for name in names) for row in db.session.scalars(select(model))]


# ---- contacts ----------------------------------------------------------------------


def test_a_contact_is_kept_with_its_rules_and_sealed(app, ana, client_as):
    data = {
        "kind": "phone",
        "value": "915 555 0123",
        "code_name": "Luna",
        "no_voicemail": "y",
        "days": ["0", "1"],
        "from_at": "18:00",
        "to_at": "20:30",
        "zone": "America/Mexico_City",
        "note": "Her sister answers.",
    }
    assert client_as("attorney").post(f"/members/{ana.code}/contacts", data=data).status_code == 302
    (row,) = _all(app, MemberContact)
    assert (row.days, str(row.from_at), row.zone, row.no_voicemail, row.is_shared) == (
        "1100000",
        "18:00:00",
        "America/Mexico_City",
        True,
        False,
    )
    assert _opened(app, MemberContact, "value", "code_name", "note") == [
        ("+19155550123", "Luna", "Her sister answers.")
    ]
    assert row.key_id == ana.key_id and b"0123" not in row.value_enc


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": "12"}, "This is no telephone number."),
        ({"value": ""}, "Please fill this in."),
        ({"kind": "email"}, "This is no e-mail address."),
        ({"kind": "through"}, "Please fill this in."),
        ({"from_at": "25:00"}, "Write a time of day"),
        ({"from_at": "18:00"}, "Write both hours or none."),
        ({"from_at": "18:00", "to_at": "18:00"}, "From and to are the same hour."),
        ({"kind": "pigeon"}, "Not a valid choice"),
    ],
)
def test_what_is_no_way_to_reach_anybody_is_refused_and_what_was_typed_stays(app, ana, client_as, change, words):
    data = {"kind": "phone", "value": "915 555 0123", "note": "typed and kept", **change}
    answer = client_as("attorney").post(f"/members/{ana.code}/contacts", data=data)
    assert answer.status_code == 422 and words in answer.text and "typed and kept" in answer.text
    assert _all(app, MemberContact) == []


def test_a_link_to_call_stands_only_while_a_call_is_allowed(ana, make, client_as):
    """It is Tuesday morning in El Paso."""
    make.contact(ana, value="+19155550123", code_name="Luna", no_voicemail=True)
    client = client_as("attorney")
    url = f"/members/{ana.code}/drawer/contact"
    text = client.get(url).text
    assert 'href="tel:+19155550123"' in text
    assert "Say the code name. Leave no voicemail." in text and "Code name: Luna" in text
    client.post(f"/members/{ana.code}/contacts/rules", data={"safe": ["via_attorney"]})
    text = client.get(url).text
    assert "tel:" not in text and "Only through the attorney." in text


def test_a_mexican_number_has_no_link_where_none_may_be_called(ana, make, client_as):
    make.contact(ana, value="+526565550123")
    client = client_as("attorney")
    client.post(f"/members/{ana.code}/contacts/rules", data={"safe": ["never_mx"]})
    text = client.get(f"/members/{ana.code}/contacts").text
    assert "tel:" not in text and "Never to a Mexican number." in text


def test_two_who_change_one_contact_lose_nothing(app, ana, make, client_as):
    row = make.contact(ana, value="+19155550123")
    mine, theirs = client_as("attorney"), client_as("director")
    url = f"/members/{ana.code}/contacts/{row.id}"
    data = {"kind": "phone", "value": "915 555 0124", "version": "1"}
    assert theirs.post(url, data=data).status_code == 302
    answer = mine.post(url, data={**data, "value": "915 555 0125"})
    assert answer.status_code == 409
    assert "915-555-0124" in answer.text and "915 555 0125" in answer.text
    assert _opened(app, MemberContact, "value") == [("+19155550124",)]


def test_an_old_number_is_really_taken_away(app, ana, make, client_as):
    row = make.contact(ana)
    assert client_as("attorney").post(f"/members/{ana.code}/contacts/{row.id}/removal").status_code == 302
    assert _all(app, MemberContact) == []
    with app.app_context():
        acts = db.session.scalars(select(TrailRow.act).where(TrailRow.act.like("contact.%"))).all()
    assert acts == ["contact.remove"]


def test_what_always_holds_replaces_what_held_before(app, ana, client_as):
    client = client_as("attorney")
    for shown, safe in (("", ["never_mx", "no_sms"]), ("never_mx no_sms", ["no_sms"])):
        client.post(f"/members/{ana.code}/contacts/rules", data={"safe": safe, "shown": shown})
    assert [row.rule for row in _all(app, MemberContactRule)] == ["no_sms"]


# ---- nothing identifying before consent ---------------------------------------------

BEFORE_CONSENT = [
    ("contacts", {"kind": "phone", "value": "915 555 0123"}, MemberContact),
    ("persecutors", {"kind": "c_rojos", "name": "Los Tejones"}, MemberPersecutor),
    ("persecutors", {"kind": "c_rojos", "note": "came twice"}, MemberPersecutor),
    ("places-lived", {"state": "MX-GRO", "from_on": "2020", "to_on": "2021"}, MemberPlaceLived),
    ("emergency-plan", {"attorney": "Ximena", "version": "0"}, EmergencyPlan),
    ("details", {"other_names": "La Güera", "version": "0"}, MemberDetail),
    ("details", {"a_numbers": "000000412", "version": "0"}, MemberDetail),
    ("details", {"municipality": "Chilapa", "version": "0"}, MemberDetail),
    ("details", {"language_0": "ngu", "variant_0": "Atliaca", "version": "0"}, MemberDetail),
]


@pytest.mark.parametrize(("page", "data", "model"), BEFORE_CONSENT)
def test_nothing_that_identifies_is_written_before_consent(app, make, client_as, page, data, model):
    one = make.member()
    answer = client_as(user=make.user(role="attorney", language="es")).post(f"/members/{one.code}/{page}", data=data)
    assert answer.status_code == 422 and "Lea primero el consentimiento" in answer.text
    assert _all(app, model) == []


def test_a_kind_of_persecutor_and_a_harm_tell_nobody_who_and_may_be_kept(app, make, client_as):
    one = make.member()
    client = client_as("attorney")
    assert client.post(f"/members/{one.code}/persecutors", data={"kind": "sedena"}).status_code == 302
    answer = client.post(f"/members/{one.code}/details", data={"harms": ["threat"], "version": "0"})
    assert answer.status_code == 302
    assert [(row.kind, row.state_actor, row.reach) for row in _all(app, MemberPersecutor)] == [
        ("sedena", True, "national")
    ]
    assert [row.harm for row in _all(app, MemberHarm)] == ["threat"]


# ---- entries ------------------------------------------------------------------------


def test_the_last_arrival_counts_for_the_year_and_the_page_says_so(app, ana, client_as):
    client = client_as("attorney")
    url = f"/members/{ana.code}/entries"
    client.post(url, data={"manner": "visa_bcc", "on": "12 mar 2019"})
    client.post(url, data={"manner": "poe_asked", "on": "5 ene 2024"})
    text = client.get(url).text
    assert "The year to ask for asylum runs from the last arrival: 5 Jan 2024." in text
    assert "Earlier arrivals stay written" in text
    with app.app_context():
        assert db.session.get(Member, ana.id).arrived_on == date(2024, 1, 5)


@pytest.mark.parametrize(
    ("manner", "on", "words"),
    [
        ("cbp_one", "11 ene 2023", "from 12 Jan 2023 until 20 Jan 2025"),
        ("cbp_one", "21 ene 2025", "from 12 Jan 2023 until 20 Jan 2025"),
        ("mpp", "2019-06-01", "Mexicans were not included in MPP."),
        ("mpp2025", "2024", "existed from 21 Jan 2025"),
    ],
)
def test_an_unlikely_entry_is_asked_again_and_can_be_saved(app, ana, client_as, manner, on, words):
    client = client_as("attorney")
    url = f"/members/{ana.code}/entries"
    answer = client.post(url, data={"manner": manner, "on": on})
    assert answer.status_code == 422 and words in answer.text and _all(app, MemberEntry) == []
    assert client.post(url, data={"manner": manner, "on": on, "sure": "y"}).status_code == 302
    assert [row.manner for row in _all(app, MemberEntry)] == [manner]


@pytest.mark.parametrize("on", ["12 ene 2023", "20 ene 2025", "ene 2025", "2023", ""])
def test_an_entry_on_the_first_or_last_day_of_its_window_is_likely(app, ana, client_as, on):
    answer = client_as("attorney").post(f"/members/{ana.code}/entries", data={"manner": "cbp_one", "on": on})
    assert answer.status_code == 302


def test_mpp_is_no_doubt_for_somebody_of_another_country(make, client_as):
    one = make.member(nationality="GT")
    data = {"manner": "mpp", "on": "2019-06-01"}
    assert client_as("attorney").post(f"/members/{one.code}/entries", data=data).status_code == 302


def test_an_entry_tomorrow_or_before_the_birth_is_refused(app, ana, client_as):
    client = client_as("attorney")
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    for on, words in ((tomorrow, "This day has not come yet."), ("1985", "This is before the birth.")):
        answer = client.post(f"/members/{ana.code}/entries", data={"manner": "unknown", "on": on})
        assert answer.status_code == 422 and words in answer.text
    assert _all(app, MemberEntry) == []


# ---- places lived -------------------------------------------------------------------


def test_places_lived_stand_dated_and_sealed_and_answer_why_not_elsewhere(app, ana, make, client_as):
    make.persecutor(ana, kind="sedena", state_actor=True, reach="national")
    client = client_as("attorney")
    url = f"/members/{ana.code}/places-lived"
    data = {
        "state": "MX-GRO",
        "town": "Chilapa",
        "from_on": "mar 2020",
        "to_on": "5 may 2021",
        "happened": "Calls at night",
        "found": "A cousin",
    }
    assert client.post(url, data=data).status_code == 302
    assert client.post(url, data={"state": "MX-MOR", "from_on": "sep 2021", "to_on": "2022"}).status_code == 302
    text = client.get(url).text
    for words in (
        "Why not somewhere else in Mexico?",
        "Chilapa",
        "Calls at night",
        "A cousin",
        "the whole country",
        "March 2020",
    ):
        assert words in text
    assert "Nothing is written about the time from 5 May 2021 to 1 Sep 2021." in text
    assert _all(app, MemberPlaceLived)[0].happened_enc is not None


@pytest.mark.parametrize(
    ("begin", "end", "words"),
    [
        ("5 may 2021", "4 may 2021", "The stay ends before it begins."),
        ("1 jun 2020", "1 jul 2020", "At that time another place is written: Guerrero, 5 Jan 2020 to 1 Jun 2021."),
        ("2 ene 2027", "", "This day has not come yet."),
        ("1970", "1971", "This is before the birth."),
        ("31 feb 2021", "", "This is no day of the calendar."),
    ],
)
def test_periods_that_cannot_be_are_answered_in_words(app, ana, make, client_as, begin, end, words):
    make.place_lived(ana)
    data = {"state": "MX-MOR", "from_on": begin, "to_on": end, "happened": "typed and kept"}
    answer = client_as("attorney").post(f"/members/{ana.code}/places-lived", data=data)
    assert answer.status_code == 422 and words in answer.text and "typed and kept" in answer.text
    assert len(_all(app, MemberPlaceLived)) == 1


def test_what_is_only_roughly_known_never_overlaps_by_a_guess(ana, make, client_as):
    make.place_lived(ana)
    client = client_as("attorney")
    for begin, end in (("jun 2021", "2022"), ("about 2020", "about 2022"), ("", "2021"), ("1 jun 2021", "")):
        data = {"state": "MX-MOR", "from_on": begin, "to_on": end}
        assert client.post(f"/members/{ana.code}/places-lived", data=data).status_code == 302


# ---- emergency plan -----------------------------------------------------------------

PLAN = {
    "version": "0",
    "attorney": "Ximena Ejemplo",
    "attorney_phone": "+1 915-555-0110",
    "child_0": "Inés, 7",
    "collector_0": "Aunt Rosa",
    "collector_phone_0": "+1 915-555-0111",
    "child_2": "Mateo, 4",
    "medicine": "Insulin",
    "tell_consulate": "no",
}


def test_an_emergency_plan_is_saved_whole_and_printed(app, ana, client_as):
    client = client_as("attorney")
    url = f"/members/{ana.code}/emergency-plan"
    assert client.get(f"{url}/sheet").status_code == 404
    assert client.post(url, data=PLAN).status_code == 302
    assert _opened(app, EmergencyChild, "child", "collector") == [("Inés, 7", "Aunt Rosa"), ("Mateo, 4", None)]
    text = client.get(f"{url}/sheet").text
    for words in ("Do not tell the consulate.", "Insulin", "Aunt Rosa", 'href="tel:+19155550111"', "Ximena Ejemplo"):
        assert words in text
    assert 'value="Inés, 7"' in client.get(url).text


def test_two_who_write_one_plan_lose_nothing(app, ana, client_as):
    mine, theirs = client_as("attorney"), client_as("director")
    url = f"/members/{ana.code}/emergency-plan"
    theirs.post(url, data=PLAN)
    answer = mine.post(url, data={**PLAN, "medicine": "Nothing"})
    assert answer.status_code == 409 and "Insulin" in answer.text and "Nothing" in answer.text


def test_the_plan_lies_open_where_somebody_was_detained(app, ana, make, client_as):
    from mexile.members.plan.views import emergency

    make.emergency_plan(ana, attorney="Ximena", tell_consulate=False)
    with app.app_context(), seal.silent():
        member = db.session.get(Member, ana.id)
        shown = emergency(make.viewer("caseworker"), member=member)
        assert shown["held"].plan.attorney == "Ximena" and shown["may_read"]
        assert not emergency(make.viewer("volunteer"), member=member)["may_read"]


# ---- details ------------------------------------------------------------------------

DETAILS = {
    "version": "0",
    "other_names": "La Güera\nAna de Pérez",
    "a_numbers": "A 000-000-412, 78123456",
    "nationalities": "Guatemala, México",
    "municipality": "Chilapa",
    "language_0": "Náhuatl de Guerrero",
    "variant_0": "Atliaca",
    "interpreter_0": "y",
    "language_1": "spa",
    "level_1": "some",
    "profiles": ["searcher"],
    "harms": ["threat", "disappearance"],
    "born_precision": "about",
}


def test_details_are_kept_several_of_each(app, ana, client_as):
    assert client_as("attorney").post(f"/members/{ana.code}/details", data=DETAILS).status_code == 302
    assert _opened(app, MemberName, "name") == [("La Güera",), ("Ana de Pérez",)]
    assert _opened(app, MemberANumber, "number") == [("000000412",), ("078123456",)]
    assert _opened(app, MemberLanguage, "language", "variant", "needs_interpreter") == [
        ("ngu", "Atliaca", True),
        ("spa", None, False),
    ]
    with app.app_context():
        assert db.session.get(Member, ana.id).language == "ngu"


def test_other_names_are_found_by_the_search(ana, client_as):
    client = client_as("attorney")
    client.post("/members/search", data={"q": "nadie"})
    client.post(f"/members/{ana.code}/details", data=DETAILS)
    assert ana.code in client.post("/members/search", data={"q": "guera"}).text


def test_the_municipality_is_read_by_an_attorney_alone(ana, make, client_as):
    lucia = make.user(role="caseworker")
    make.assign(ana, lucia)
    attorney, worker = client_as("attorney"), client_as(user=lucia)
    attorney.post(f"/members/{ana.code}/details", data=DETAILS)
    assert "Chilapa" in attorney.get(f"/members/{ana.code}/drawer/identity").text
    for page in ("", "/details", "/drawer/identity"):
        assert "Chilapa" not in worker.get(f"/members/{ana.code}{page}").text
    # Saving the form in which she couldn't read it changes nothing of it.
    again = {**DETAILS, "municipality": "", "version": "1"}
    assert worker.post(f"/members/{ana.code}/details", data=again).status_code == 302
    assert "Chilapa" in attorney.get(f"/members/{ana.code}/drawer/identity").text


def test_an_a_number_of_somebody_else_is_shown_beside_them_within_ones_rights(app, ana, make, client_as):
    other = make.member()
    make.member_detail(other, a_numbers=["000000412"])
    client = client_as("attorney")
    answer = client.post(f"/members/{ana.code}/details", data=DETAILS)
    assert answer.status_code == 422 and "written for somebody else already" in answer.text
    assert other.code in answer.text
    assert client.post(f"/members/{ana.code}/details", data={**DETAILS, "decision": "new"}).status_code == 302


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"a_numbers": "12345"}, "An A-number has seven to nine digits"),
        ({"language_0": "klingonés"}, "We know no such language."),
        ({"nationalities": "Narnia"}, "We know no country called Narnia."),
        ({"harms": ["sadness"]}, "is not a valid choice"),
    ],
)
def test_details_that_cannot_be_are_refused(ana, client_as, change, words):
    answer = client_as("attorney").post(f"/members/{ana.code}/details", data={**DETAILS, **change})
    assert answer.status_code == 422 and words in answer.text and "Atliaca" in answer.text


def test_two_who_save_details_lose_nothing(app, ana, client_as):
    mine, theirs = client_as("attorney"), client_as("director")
    theirs.post(f"/members/{ana.code}/details", data={**DETAILS, "municipality": ""})
    answer = mine.post(f"/members/{ana.code}/details", data={**DETAILS, "other_names": "Otra"})
    assert answer.status_code == 409 and "La Güera" in answer.text and "Otra" in answer.text
    again = {**DETAILS, "other_names": "Otra", "municipality": "", "version": "1", "theirs": "other_names", "sure": "y"}
    assert mine.post(f"/members/{ana.code}/details", data=again).status_code == 302
    assert _opened(app, MemberName, "name") == [("La Güera",), ("Ana de Pérez",)]


# ---- the page -----------------------------------------------------------------------


def test_nothing_of_the_story_stands_open_on_the_page(ana, make, client_as):
    make.persecutor(ana, kind="c_rojos", name="Los Tejones")
    make.member_detail(ana, a_numbers=["000000412"], municipality="Chilapa")
    make.emergency_plan(ana, attorney="Ximena Ejemplo")
    make.contact(ana, value="+19155550123", code_name="Luna")
    text = client_as("attorney").get(f"/members/{ana.code}?part=all").text
    for words in ("Tejones", "Ardillos", "000-000-412", "Chilapa", "Ximena", "0123", "1986-03", "12 Mar 1986", "Luna"):
        assert words not in text
    for words in ("Call", "Say the code name.", "Whom they flee from", "Emergency plan"):
        assert words in text


def test_a_volunteer_reads_none_of_it(ana, make, client_as):
    beto = make.user(role="volunteer")
    make.assign(ana, beto)
    client = client_as(user=beto)
    for page in ("contacts", "persecutors", "entries", "places-lived", "emergency-plan", "details", "pause"):
        assert client.get(f"/members/{ana.code}/{page}").status_code == 404
