"""From the first call to an answer: pages and actions, with everything that must not happen."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import event, func, select

from mexile.cases.case.models import Case, CasePerson
from mexile.ground import clock, keyring, organization, seal
from mexile.ground.db import db, writing
from mexile.ground.errors import Conflict, Invalid, NotHere
from mexile.ground.trail import TrailRow
from mexile.inquiries.conversation.models import Conversation, Told
from mexile.inquiries.decision.actions import decide, open_again
from mexile.inquiries.decision.models import Decision
from mexile.inquiries.inquiry.actions import take
from mexile.inquiries.inquiry.models import Inquiry
from mexile.inquiries.inquiry.queries import known_inquiries
from mexile.inquiries.waiting.queries import answers_due, undecided, waiting
from mexile.inquiries.waiting.rules import status
from mexile.members.assignment.models import Assignment
from mexile.members.consent.models import Consent
from mexile.members.person.actions import ConsentGiven
from mexile.members.person.models import Member


def day(app, days=0):
    with app.app_context():
        return (organization.today() + timedelta(days=days)).isoformat()


def only(app, table=Inquiry):
    with app.app_context(), seal.silent():
        return db.session.scalars(select(table)).one()


def count(app, table=Inquiry):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table))


def after(page):
    return re.search(r'name="after"[^>]*value="([^"]*)"', page.text)[1]


def test_an_alias_alone_is_saved_and_who_writes_it_answers_within_two_weeks(app, client_as):
    client = client_as("intake")
    answer = client.post("/inquiries/new", data={"alias": "Jacaranda"})
    assert answer.status_code == 302 and answer.headers["Location"].endswith("/inquiries/IQ-0001")
    row = only(app)
    assert row.answers_user_id == client.user.id and (row.answer_due_on - row.asked_on).days == 14
    with app.app_context(), seal.silent():
        assert row.alias == "Jacaranda" and row.consent_on is None


def test_an_empty_inquiry_is_refused_and_what_was_typed_stays(app, client_as):
    answer = client_as("intake").post("/inquiries/new", data={"note": "busca a su hija", "asked_on": day(app, 1)})
    assert answer.status_code == 422 and "busca a su hija" in answer.text
    assert 'href="#alias"' in answer.text and 'href="#asked_on"' in answer.text
    assert count(app) == 0


def test_sent_twice_it_is_one_inquiry(app, client_as):
    client = client_as("intake")
    form = {"alias": "Jacaranda", "form_token": "a-token-of-sixteen-signs"}
    places = [client.post("/inquiries/new", data=form).headers["Location"] for _ in range(2)]
    assert places[0] == places[1] and count(app) == 1


def test_there_is_no_field_for_a_crossing_or_for_money_paid(app, client_as, make):
    client = client_as("intake")
    code = make.inquiry(answers=client.user).code
    for path in ("/inquiries/new", f"/inquiries/{code}/conversations"):
        page = client.get(path).text
        names = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', page))
        wrong = re.compile(r"cross|route|paid|money|sum|amount|extort|entry|coyote|smuggl", re.I)
        assert [name for name in names if wrong.search(name)] == []
        assert "write how someone plans to cross or what they paid" in page


def test_the_list_says_who_waits_worst_first_and_is_restful_when_empty(app, client_as, make):
    client = client_as("intake")
    assert "No one is waiting for an answer." in client.get("/inquiries").text
    late = make.inquiry(answers=client.user, ago=15, alias="Tule", answer_due_on=clock.today() + timedelta(days=9))
    make.inquiry(answers=client.user, ago=14, alias="Nube")
    make.inquiry(answers=client.user, ago=1, alias="Ceiba", answer_due_on=clock.today() - timedelta(days=1))
    done = make.inquiry(answers=client.user, ago=40, alias="Viento")
    make.decision(done, "stayed")
    page = client.get("/inquiries").text
    assert page.index("Tule") < page.index("Ceiba") < page.index("Nube") and "Viento" not in page
    assert "no decision for 15 days" in page and page.count('class="tag now"') == 1
    today = client.get("/today").text
    assert "Tule" in today and "Ceiba" in today and "no decision for 15 days" in today
    assert "Viento" in client.get("/inquiries?show=over").text
    assert late.code in page


def test_the_list_costs_the_same_however_long_it_is(in_app, make):
    nora = make.user(role="intake")
    viewer = make.viewer("intake", user=nora)

    def asked():
        db.session.rollback()
        organization.today()
        seen = []
        listen = lambda *a: seen.append(a[2]) if "SELECT" in a[2] else None
        event.listen(db.engine, "before_cursor_execute", listen)
        found = waiting(viewer, organization.today())
        event.remove(db.engine, "before_cursor_execute", listen)
        return len(found), len(seen)

    make.inquiry(answers=nora)
    few = asked()
    for _ in range(12):
        make.inquiry(answers=nora)
    assert asked() == (13, few[1])


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_conversation_keeps_what_was_explained_with_day_and_initials(app, client_as, make, language):
    client = client_as(user=make.user(role="intake", language=language))
    code = make.inquiry(answers=client.user, ago=3).code
    page = client.get(f"/inquiries/{code}/conversations").text
    assert page.count('lang="en"') >= 9 and page.count('<blockquote lang="es"') == 9
    form = {
        "held_on": day(app, -1),
        "place": "juarez",
        "language": "spa",
        "interpreter": "Grace",
        "risks": "y",
        "risks_initials": "ns",
        "unlikely": "y",
        "unlikely_on": day(app),
        "unlikely_initials": "XR",
        "likely_bp": "4",
        "likely_of": "all completions",
        "likely_source": "EOIR, FY2022",
        "likely_words": "Cuatro de cada cien.",
        "wish": "thinking",
        "benefits_initials": "NS",
    }
    assert client.post(f"/inquiries/{code}/conversations", data=form).status_code == 302
    row = only(app, Conversation)
    assert (row.place, row.wish, row.likely_bp) == ("juarez", "thinking", 400)
    with app.app_context():
        told = {one.what: one for one in db.session.scalars(select(Told))}
    assert set(told) == {"risks", "unlikely"}
    assert told["risks"].said_on == row.held_on and told["risks"].initials == "NS"
    assert told["unlikely"].said_on.isoformat() == day(app)
    assert "EOIR, FY2022" in client.get(f"/inquiries/{code}").text


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"held_on": "1 jan 2020"}, "#held_on"),
        ({"held_on": "tomorrow"}, "#held_on"),
        ({"likely_bp": "15"}, "#likely_source"),
        ({"likely_bp": "150"}, "#likely_bp"),
        ({"likely_words": "el 15 % gana"}, "#likely_source"),
        ({"risks": "y", "risks_on": "tomorrow", "risks_initials": "NS"}, "#risks_on"),
        ({"risks": "y", "risks_initials": ""}, "#risks_initials"),
        ({"place": ""}, "#place"),
    ],
)
def test_what_a_conversation_cannot_say_is_refused_and_stays_on_the_page(app, client_as, make, change, place):
    client = client_as("intake")
    code = make.inquiry(answers=client.user, ago=3).code
    form = {"held_on": day(app), "place": "phone", "note": "quiere pensarlo", **change}
    answer = client.post(f"/inquiries/{code}/conversations", data=form)
    assert answer.status_code == 422 and f'href="{place}"' in answer.text and "quiere pensarlo" in answer.text
    assert count(app, Conversation) == 0


def test_two_who_change_one_conversation_see_both(app, client_as, make):
    one, other = client_as("intake"), client_as("attorney")
    asked = make.inquiry(answers=one.user)
    talk = make.conversation(asked, told=["risks"], note="antes")
    url = f"/inquiries/{asked.code}/conversations/{talk.id}"
    form = {"held_on": day(app), "place": "phone", "version": "1"}
    assert one.post(url, data={**form, "note": "de una"}).status_code == 302
    late = other.post(url, data={**form, "note": "de otra"})
    assert late.status_code == 409 and "de otra" in late.text and "de una" in late.text


def test_two_who_change_one_inquiry_see_both(app, client_as, make):
    one, other = client_as("intake"), client_as("attorney")
    code = make.inquiry(answers=one.user).code
    assert one.post(f"/inquiries/{code}/edit", data={"alias": "Sabino", "version": "1"}).status_code == 302
    late = other.post(f"/inquiries/{code}/edit", data={"alias": "Roble", "version": "1"})
    assert late.status_code == 409 and "Sabino" in late.text and "Roble" in late.text


def test_a_caseworker_sees_only_what_was_given_to_her(in_app, make):
    lucia, nora = make.user(role="caseworker"), make.user(role="intake")
    given, other = make.inquiry(answers=lucia), make.inquiry(answers=nora)

    def seen(role, user=None):
        viewer = make.viewer(role, user=user)
        return set(db.session.scalars(select(Inquiry.code).where(known_inquiries(viewer))))

    assert seen("caseworker", lucia) == {given.code}
    for role in ("intake", "attorney", "director"):
        assert seen(role) == {given.code, other.code}
    for role in ("volunteer", "development", "auditor", "administrator"):
        assert seen(role) == set()


# ---- choosing ----------------------------------------------------------------------


def test_only_an_attorney_decides_and_only_after_the_check(app, client_as, make):
    nora, ximena = client_as("intake"), client_as("attorney")
    code = make.inquiry(answers=nora.user).code
    url = f"/inquiries/{code}/decision"
    form = {"decision": "represent", "reason": "our_field", "after": ""}
    for role in ("intake", "director", "caseworker"):
        assert client_as(role).post(url, data=form).status_code == 404
    refused = ximena.post(url, data=form)
    assert refused.status_code == 422 and "Check for conflicts first" in refused.text
    assert nora.post(f"/inquiries/{code}/conflict/check").status_code == 302
    assert ximena.post(url, data=form).status_code == 302
    assert only(app, Decision).decision == "represent"


def test_a_possible_conflict_needs_the_attorneys_look(app, client_as, make):
    ximena = client_as("attorney")
    asked = make.inquiry()
    make.conflict_check(asked, possible=True)
    url, form = f"/inquiries/{asked.code}/decision", {"decision": "represent", "reason": "our_field", "after": ""}
    assert "Look into it" in ximena.post(url, data=form).text
    assert ximena.post(url, data={**form, "looked": "y"}).status_code == 302


def test_a_name_written_down_later_asks_for_another_check(in_app, make):
    ximena = make.viewer("attorney")
    asked = make.inquiry(consented=True)
    make.conflict_check(asked, at=clock.now() - timedelta(minutes=5))
    make.named(asked, "El Comandante Ficticio")
    with pytest.raises(Invalid), writing():
        decide(viewer=ximena, code=asked.code, after=None, decision="represent", reason="our_field")
    with writing():
        decide(viewer=ximena, code=asked.code, after=None, decision="refer", reason="no_room")


def test_two_attorneys_at_once_make_one_decision(app, client_as, make):
    clients = [client_as("attorney") for _ in range(2)]
    code = make.inquiry().code
    forms = [{"decision": word, "reason": "no_room", "after": ""} for word in ("refer", "cannot")]

    def send(pair):
        return pair[0].post(f"/inquiries/{code}/decision", data=pair[1]).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, zip(clients, forms, strict=True))) == [302, 409]
    assert count(app, Decision) == 1


def test_a_decision_is_corrected_and_taken_back_by_further_records(in_app, make):
    ximena, nora = make.viewer("attorney"), make.viewer("intake")
    asked = make.inquiry()
    with writing():
        first = decide(viewer=ximena, code=asked.code, after=None, decision="cannot", reason="no_room")
    with pytest.raises(Conflict), writing():
        decide(viewer=ximena, code=asked.code, after=None, decision="refer", reason="no_room")
    with writing():
        second = decide(viewer=ximena, code=asked.code, after=first.id, decision="refer", reason="nearer")
    with pytest.raises(NotHere), writing():
        open_again(viewer=nora, code=asked.code, after=second.id)
    with writing():
        open_again(viewer=ximena, code=asked.code, after=second.id)
    held = list(db.session.scalars(select(Decision.decision).order_by(Decision.id)))
    assert held == ["cannot", "refer", "open_again"]
    assert [line.stage for line in waiting(nora, organization.today())] == ["undecided"]


def test_whom_we_do_not_take_is_told_where_else_to_turn(app, client_as, make):
    client = client_as("intake")
    asked = make.inquiry(answers=client.user)
    make.decision(asked, "cannot")
    assert "to be told" in client.get("/inquiries").text
    url, form = f"/inquiries/{asked.code}/answer", {"told_on": day(app), "words": "Ahora no tenemos lugar."}
    refused = client.post(url, data=form)
    assert refused.status_code == 422 and 'href="#elsewhere"' in refused.text and "Ahora no tenemos" in refused.text
    assert client.post(url, data={**form, "elsewhere": "La otra casa", "told_on": day(app, 1)}).status_code == 422
    assert client.post(url, data={**form, "elsewhere": "La otra casa"}).status_code == 302
    assert "No one is waiting" in client.get("/inquiries").text


def test_the_list_for_choosing_shows_the_room_that_is_left(app, client_as, make):
    ximena = client_as("attorney")
    old, new, silent = (make.inquiry(ago=ago, alias=name) for ago, name in ((9, "Tule"), (2, "Nube"), (12, "Mudo")))
    for asked in (new, old):
        make.conversation(asked, wish="go_on")
    assert ximena.post("/inquiries/capacity", data={"user_id": ximena.user.id, "cases": "7"}).status_code == 302
    page = ximena.get("/inquiries/choosing").text
    assert page.index("Tule") < page.index("Nube") and "Mudo" not in page and silent.code not in page
    assert "room for 7 more" in page
    for wrong in ("-1", "many", "1001"):
        assert ximena.post("/inquiries/capacity", data={"user_id": ximena.user.id, "cases": wrong}).status_code == 422
    assert ximena.post("/inquiries/capacity", data={"user_id": "999999", "cases": "3"}).status_code == 404
    assert client_as("intake").get("/inquiries/choosing").status_code == 404


# ---- from an inquiry to a member ---------------------------------------------------


def test_whom_we_take_becomes_a_member_who_keeps_alias_safe_way_and_key(in_app, make):
    lucia = make.user(role="caseworker")
    asked = make.inquiry(answers=lucia, safe_contact="signal", answer="+52 744 555 0101", state="MX-GRO", country="MX")
    make.conversation(asked, note="dijo que quiere seguir")
    make.decision(asked, "represent", reason="our_field")
    viewer = make.viewer("attorney")
    with pytest.raises(Invalid), writing():
        take(viewer=viewer, code=asked.code, consent=None)
    with writing():
        made = take(viewer=viewer, code=asked.code, consent=ConsentGiven("2026-1", organization.today()))
    with seal.silent():
        member = db.session.scalars(select(Member)).one()
        assert (member.alias, member.safe_contact, member.safe_note) == ("Zarzamora", "signal", "+52 744 555 0101")
        assert member.origin_state == "MX-GRO" and member.key_id == asked.key_id and member.legal_name is None
    assert db.session.scalars(select(Assignment.user_id)).all() == [lucia.id]
    assert db.session.scalar(select(func.count()).select_from(Consent)) == 1
    assert db.session.scalars(select(Conversation.member_id)).all() == [made.id]
    with pytest.raises(Conflict), writing():
        take(viewer=viewer, code=asked.code, consent=None)
    with pytest.raises(Conflict), writing():
        decide(viewer=viewer, code=asked.code, after=1, decision="cannot", reason="no_room")


def test_whom_we_represent_gets_a_case_that_the_deciding_attorney_answers_for(app, client_as, make):
    nora, ximena = client_as("intake"), make.user(role="attorney")
    asked = make.inquiry(answers=nora.user, consented=True)
    make.conversation(asked, place="juarez")
    make.decision(asked, "represent", by=ximena)
    page = nora.get(f"/inquiries/{asked.code}/member").text
    assert '<option selected value="pre_arrival">' in page
    made = nora.post(f"/inquiries/{asked.code}/member", data={"posture": "cfi"})
    assert made.status_code == 302
    with app.app_context():
        case, lead = db.session.execute(select(Case, CasePerson).join(CasePerson)).one()
        assert (case.posture, case.kind, case.attorney_user_id) == ("cfi", "asylum", ximena.id)
        assert case.key_id == asked.key_id and (lead.role, lead.member_id) == ("lead", case.member_id)
    assert case.code in nora.get(made.headers["Location"] + "?part=legal").text


def test_whom_we_accompany_gets_no_case(app, client_as, make):
    nora = client_as("intake")
    asked = make.inquiry(answers=nora.user, consented=True)
    make.conversation(asked)
    make.decision(asked, "accompany")
    assert 'name="posture"' not in nora.get(f"/inquiries/{asked.code}/member").text
    assert nora.post(f"/inquiries/{asked.code}/member").status_code == 302
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Case)) == 0


def test_nobody_becomes_a_member_before_a_first_conversation(app, client_as, make):
    nora = client_as("intake")
    asked = make.inquiry(answers=nora.user, consented=True)
    make.decision(asked, "represent")
    refused = nora.post(f"/inquiries/{asked.code}/member", data={"posture": "removal"})
    assert refused.status_code == 409 and "Write the first conversation down" in refused.text
    assert '<option selected value="removal">' in refused.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Member)) == 0


@pytest.mark.parametrize(
    ("talked", "decision", "is_member", "word"),
    [
        (False, None, False, "inquiry"),
        (True, None, False, "consulted"),
        (True, "represent", False, "consulted"),
        (True, "cannot", False, "closed"),
        (True, "accompany", True, "member"),
    ],
)
def test_an_inquiry_stands_on_the_same_way_as_a_member(talked, decision, is_member, word):
    assert status(talked, decision, is_member) == word


def test_the_page_and_the_list_say_where_the_person_stands_and_the_member_how_it_began(client_as, make):
    nora = client_as("intake")
    asked = make.inquiry(answers=nora.user, consented=True)
    assert '<span class="small quiet">inquiry</span>' in nora.get("/inquiries").text
    make.conversation(asked)
    assert '<span class="small quiet">consulted</span>' in nora.get("/inquiries").text
    assert '<span class="quiet">Consulted</span>' in nora.get(f"/inquiries/{asked.code}").text
    make.decision(asked, "represent")
    made = nora.post(f"/inquiries/{asked.code}/member", data={"posture": "pre_filing"}).headers["Location"]
    made += "?part=legal"
    assert "How it began" in nora.get(made).text and f"/inquiries/{asked.code}" in nora.get(made).text
    assert '<span class="quiet">Member</span>' in nora.get(f"/inquiries/{asked.code}").text


def test_who_may_not_know_of_the_inquiry_reads_nothing_of_it_on_the_members_page(client_as, make):
    nora, lucia = make.user(role="intake"), client_as("caseworker")
    one = make.member(assigned=lucia.user)
    make.inquiry(answers=nora, member_id=one.id)
    page = lucia.get(f"/members/{one.code}?part=all")
    assert page.status_code == 200 and "How it began" not in page.text


@pytest.mark.parametrize("word", [None, "refer", "cannot", "stayed"])
def test_nobody_becomes_a_member_whom_we_did_not_take(in_app, make, word):
    asked = make.inquiry(consented=True)
    if word:
        make.decision(asked, word)
    with pytest.raises(Conflict), writing():
        take(viewer=make.viewer("attorney"), code=asked.code, consent=None)


def test_the_whole_way_in_the_browser_of_intake(app, client_as, make):
    nora, ximena = client_as("intake"), client_as("attorney")
    nora.post("/inquiries/new", data={"alias": "Jacaranda", "safe_contact": "signal", "consent": "y"})
    nora.post("/inquiries/IQ-0001/conversations", data={"held_on": day(app), "place": "office", "wish": "go_on"})
    named = nora.post(
        "/inquiries/IQ-0001/conflict", data={"kind": "persecutor", "name": "El Ficticio", "persecutor": "c_other"}
    )
    assert named.status_code == 302
    nora.post("/inquiries/IQ-0001/conflict/check")
    assert "No conflict found." in nora.get("/inquiries/IQ-0001").text
    page = ximena.get("/inquiries/IQ-0001/decision")
    form = {"decision": "represent", "reason": "our_field", "after": after(page)}
    assert ximena.post("/inquiries/IQ-0001/decision", data=form).status_code == 302
    nora.post("/inquiries/IQ-0001/answer", data={"told_on": day(app), "words": "Sí."})
    made = nora.post("/inquiries/IQ-0001/member", data={"posture": "pre_filing"})
    assert made.status_code == 302 and "/members/ME-0001" in made.headers["Location"]
    assert "Jacaranda" in nora.get("/members/ME-0001").text
    assert "No one is waiting" in nora.get("/inquiries").text


def test_an_inquiry_opens_from_an_arrival_and_nothing_is_written_there(app, client_as, make):
    from mexile.arrivals.models import ArrivalParty
    from mexile.ground import queue

    client = client_as("intake")
    batch = make.import_batch(by=client.user, content=make.sheet(("2026-03-10", "3", "Cuba")), step="check")
    with app.app_context():
        queue.work_all()
    client.post(f"/sheets/{batch.code}/commit")
    with app.app_context():
        queue.work_all()
    party = only(app, ArrivalParty)
    assert f"/inquiries/new?arrival={party.id}" in client.get("/arrivals").text
    assert '<option selected value="CU">' in client.get(f"/inquiries/new?arrival={party.id}").text
    before = vars(party) | {"_sa_instance_state": None}
    assert client.post("/inquiries/new", data={"alias": "Nube", "arrival": party.id}).status_code == 302
    assert only(app).arrival_party_id == party.id
    assert vars(only(app, ArrivalParty)) | {"_sa_instance_state": None} == before
    assert client.post("/inquiries/new", data={"alias": "Nube", "arrival": "99999"}).status_code == 404


def test_who_sees_no_arrivals_opens_no_inquiry_from_one(client_as, make):
    make.arrivals([(date(2026, 3, 10), 3, "CU", "spa", None)])
    lucia = client_as("caseworker")
    assert '<option selected value="CU">' not in lucia.get("/inquiries/new?arrival=1").text
    assert lucia.post("/inquiries/new", data={"alias": "Nube", "arrival": "1"}).status_code == 404


def test_the_trail_holds_codes_and_no_words(app, client_as, make):
    client = client_as("intake")
    client.post("/inquiries/new", data={"alias": "Jacaranda", "answer": "preguntar por Luz", "note": "busca a su hijo"})
    client.post("/inquiries/IQ-0001/conversations", data={"held_on": day(app), "place": "phone", "note": "llora"})
    client.get("/inquiries/IQ-0001")
    with app.app_context():
        rows = db.session.execute(select(TrailRow.act, TrailRow.subject, TrailRow.detail)).all()
    held = " ".join(" ".join(row) for row in rows)
    assert "inquiry.open" in held and "IQ-0001" in held and "inquiry.alias_enc" in held
    for word in ("Jacaranda", "Luz", "hijo", "llora"):
        assert word not in held


def test_a_key_without_an_inquiry_is_all_that_a_refused_form_leaves(app, client_as):
    client = client_as("intake")
    client.post("/inquiries/new", data={"alias": "Jacaranda", "answer_due_on": day(app, 40)})
    assert count(app) == 0
    with app.app_context():
        assert keyring.current().fits()


def test_worst_first_is_who_is_in_danger_whatever_the_days_say(app, client_as, make):
    nora = client_as("intake")
    with app.app_context():
        today = organization.today()
    said = [
        ("asking", 20, -6),
        ("weeks", 3, -2),
        ("danger", 1, 5),
        (None, 2, 12),
        ("days", 3, -1),
        ("danger", 0, 0),
        ("days", 1, 1),
    ]
    rows = [
        make.inquiry(answers=nora.user, ago=ago, urgency=urgency, answer_due_on=today + timedelta(days=due))
        for urgency, ago, due in said
    ]
    for row in rows:
        make.conversation(row)
    expected = [rows[place].code for place in (5, 2, 0, 4, 1, 6, 3)]
    with app.test_request_context():
        viewer = make.viewer("intake", user=nora.user)
        assert [line.code for line in waiting(viewer, today)] == expected
        assert [line.code for line in answers_due(viewer, today)] == [rows[place].code for place in (5, 2, 0, 4, 1)]
        assert [line.code for line, _ in undecided(make.viewer("attorney"), today)] == expected
    page = nora.get("/inquiries").text
    assert page.index("In danger right now") < page.index("Wants to know what is possible")
    assert page.count('class="tag soon"><span class="shape" aria-hidden="true"></span>In danger right now') == 2
    assert "In danger right now" in nora.get("/today").text.partition("Waiting for my answer")[2]
    assert "In danger right now" in nora.get(f"/inquiries/{rows[2].code}").text.partition("<h2")[0]


def test_nobody_is_said_to_answer_by_a_day_that_has_passed(client_as, make):
    nora = client_as(user=make.user(role="intake", name="Nora Paz"))
    late = make.inquiry(answers=nora.user, ago=5, answer_due_on=organization_day(-2))
    due = make.inquiry(answers=nora.user, ago=5, answer_due_on=organization_day(0))
    page = nora.get(f"/inquiries/{late.code}").text
    assert "Nora Paz was to answer by" in page and "answers by" not in page
    assert "Nora Paz answers by" in nora.get(f"/inquiries/{due.code}").text


def organization_day(days):
    return clock.now().date() + timedelta(days=days)
