"""Finding members in a database: rights first, and changes are seen at once."""

from sqlalchemy import select, text

from mexile.ground import clock, keyring, seal
from mexile.ground.db import db, writing
from mexile.members.assignment.models import Assignment
from mexile.members.contact.actions import add_contact, change_contact, remove_contact
from mexile.members.name.queries import find_members
from mexile.members.person.actions import phone_index
from mexile.members.person.models import Member


def _codes(viewer, asked, **more):
    """The codes found by a request of its own."""
    db.session.rollback()
    with seal.silent():
        return [one.code for one in find_members(viewer, asked, **more)]


def test_who_may_know_of_a_person_finds_her_and_nobody_else_does(in_app, make):
    worker, other = make.user(), make.user()
    one = make.member(legal_name="Ana María Reyes Luna", assigned=worker)
    assert _codes(make.viewer(user=worker), "reyes") == [one.code]
    assert _codes(make.viewer(user=other), "reyes") == []
    assert _codes(make.viewer("attorney"), "reyes") == [one.code]
    for role in ("administrator", "development", "auditor"):
        assert _codes(make.viewer(role), "reyes") == []


def test_a_release_is_seen_by_the_next_search(in_app, make):
    worker = make.user()
    one = make.member(legal_name="Ana Reyes", assigned=worker)
    viewer = make.viewer(user=worker)
    assert _codes(viewer, "ana") == [one.code]
    mine = db.session.scalar(select(Assignment).where(Assignment.member_id == one.id))
    make.release(mine)
    assert _codes(viewer, "ana") == []


def test_a_new_name_is_found_and_the_old_one_no_longer(in_app, make):
    one = make.member(legal_name="Ana Reyes", alias="Golondrina")
    viewer = make.viewer("attorney")
    assert _codes(viewer, "reyes") == [one.code]
    with seal.silent(), writing():
        db.session.get(Member, one.id).legal_name = "Ana Cisneros"
    assert _codes(viewer, "reyes") == []
    assert _codes(viewer, "sisneros") == [one.code]
    assert _codes(viewer, "golondrina") == [one.code]


def test_only_changed_rows_are_read_again(in_app, make, monkeypatch):
    for _ in range(5):
        make.member(legal_name="Ana Reyes")
    viewer = make.viewer("attorney")
    _codes(viewer, "ana")
    opened = []
    real = seal.unseal
    monkeypatch.setattr(seal, "unseal", lambda *words: opened.append(words[2]) or real(*words))
    late = make.member(legal_name="Beto Cruz")
    opened.clear()
    assert _codes(viewer, "zacatecas") == []
    assert set(opened) == {late.rid}


def test_a_row_taken_away_elsewhere_is_forgotten(in_app, make):
    make.member(legal_name="Beto Cruz")
    one = make.member(legal_name="Ana Reyes")
    viewer = make.viewer("attorney")
    assert _codes(viewer, "ana") == [one.code]
    with writing():
        db.session.execute(text("DELETE FROM member WHERE id = :id"), {"id": one.id})
    assert _codes(viewer, "ana") == []


def test_a_person_whose_key_was_destroyed_has_no_name_left(in_app, make):
    one = make.member(legal_name="Ana Reyes")
    keyring.current().destroy(one.key_id)
    assert _codes(make.viewer("attorney"), "ana") == []


def test_building_the_index_notes_no_reads_and_what_is_shown_is_noted(in_app, make):
    for name in ("Ana Reyes", "Beto Cruz", "Carla Díaz"):
        make.member(legal_name=name)
    one = db.session.scalar(select(Member).order_by(Member.id))
    reads = seal.begin_reads()
    viewer = make.viewer("attorney")
    assert find_members(viewer, "nobody at all") == []
    assert not reads.rids
    find_members(viewer, "ana")
    assert set(reads.rids) == {one.rid}


def test_a_volunteer_finds_by_first_name_and_reads_only_it(in_app, make):
    volunteer = make.user(role="volunteer")
    one = make.member(legal_name="Ana María Reyes Luna", alias="Golondrina")
    make.event(on=clock.today(), people=[one], companions=[volunteer])
    viewer = make.viewer(user=volunteer, role="volunteer")
    seal.begin_reads()
    assert [found.name.full for found in find_members(viewer, "ana")] == ["Ana"]
    assert _codes(viewer, "reyes") == [] and _codes(viewer, "golondrina") == []
    assert _codes(viewer, one.code) == [one.code]


def test_each_number_a_person_is_reached_at_finds_them_by_its_end_and_whole(in_app, make):
    worker = make.user()
    one = make.member(
        legal_name="Rosa Reyes", phone="+19155550123", phone_bidx=phone_index("+19155550123"), assigned=worker
    )
    make.contact(one, kind="whatsapp", value="+526565550188")
    make.member_detail(one, a_numbers=["078123456"])
    viewer, other = make.viewer(user=worker), make.viewer(user=make.user())
    for asked in ("123", "0123", "188", "0188", "915 555 0123", "+52 656 555 0188", "656-555-0188", "A078-123-456"):
        assert _codes(viewer, asked) == [one.code], asked
        assert _codes(other, asked) == [], asked
    assert _codes(viewer, "rosa 0188") == [one.code] and _codes(viewer, "rosa 0199") == []


def test_a_number_that_is_written_changed_or_taken_away_is_followed(in_app, make):
    one = make.member(legal_name="Rosa Reyes")
    make.consent(one)
    viewer = make.viewer("attorney")
    values = {"kind": "phone", "value": "+526565550188", "days": "1111111", "zone": "America/Denver"}
    assert _codes(viewer, "0188") == []
    with writing():
        id = add_contact(viewer=viewer, code=one.code, values=values).id
    assert _codes(viewer, "0188") == [one.code]
    with writing():
        changed = {**values, "value": "+526565550177"}
        change_contact(viewer=viewer, code=one.code, contact_id=id, version=1, values=changed)
    assert _codes(viewer, "0188") == [] and _codes(viewer, "0177") == [one.code]
    with writing():
        remove_contact(viewer=viewer, code=one.code, contact_id=id)
    assert _codes(viewer, "0177") == []


def test_a_volunteer_finds_nobody_by_their_a_number(in_app, make):
    volunteer = make.user(role="volunteer")
    one = make.member(legal_name="Rosa Reyes")
    make.event(on=clock.today(), people=[one], companions=[volunteer])
    make.member_detail(one, a_numbers=["078123456"])
    assert _codes(make.viewer(user=volunteer, role="volunteer"), "078123456") == []


def test_todays_people_go_ahead(in_app, make):
    one, two = make.member(legal_name="Ana Aguilar"), make.member(legal_name="Ana Zamora")
    viewer = make.viewer("attorney")
    assert _codes(viewer, "ana") == [one.code, two.code]
    assert _codes(viewer, "ana", first=({two.id},)) == [two.code, one.code]


def test_a_typed_code_is_exact_and_answers_alone(in_app, make):
    worker = make.user()
    coded = make.member(assigned=worker)
    number = int(coded.code.removeprefix("ME-"))
    with_its_end = make.member(assigned=worker, phone=f"+1915555{number:04d}")
    for typed in (coded.code, coded.code.lower(), f"me {number}", f" ME-{number:06d} "):
        assert _codes(make.viewer(user=worker), typed) == [coded.code]
        assert _codes(make.viewer(user=worker), typed, first=({with_its_end.id},)) == [coded.code]


def test_a_typed_code_of_somebody_else_finds_nobody(in_app, make):
    worker, hidden = make.user(), make.member()
    make.member(assigned=worker, phone=f"+1915555{int(hidden.code[3:]):04d}")
    assert _codes(make.viewer(user=worker), hidden.code) == []
