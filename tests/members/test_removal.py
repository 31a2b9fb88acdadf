"""Removed at their request: two people, seventy-two hours, and nothing left to read anywhere."""

import shutil
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from mexile.access.session.models import Draft
from mexile.grants.population.queries import BY_PERSON, Population, counted
from mexile.ground import clock, keyring, queue, seal, trail
from mexile.ground.db import TRIGGERS, db, writing
from mexile.ground.errors import Conflict, KeyGone, NotHere, Removed
from mexile.members.assignment.models import Assignment
from mexile.members.erasure import actions as erasing
from mexile.members.erasure.actions import erase, keys_of, when_erased
from mexile.members.name.queries import find_members, held_names
from mexile.members.person.models import Member, keyed, sealed, ties
from mexile.members.person.queries import get_member
from mexile.members.removal.actions import (
    ask_to_erase,
    cancel_erase,
    confirm_erase,
    hold_member,
    release_hold,
)
from mexile.members.removal.models import MemberErasure
from mexile.members.removal.queries import shared_notes, standing_request
from mexile.members.removal.rules import names_somebody
from tests.house.canaries import set_canaries
from tests.house.world import World
from tests.make import Make

YEAR = Population(date(2026, 1, 1), date(2026, 12, 31))
LATER = timedelta(hours=72, minutes=1)


def asked_and_confirmed(make: Make, member: Member) -> Any:
    make.removal(member, confirmed=make.user(role="director"))


def three_days_later() -> None:
    with clock.at(clock.now() + LATER):
        queue.work_all()


def person(make: Make, **values: Any) -> Member:
    return make.member(
        alias="Colibrí",
        legal_name="Rosa Reyes Luna",
        phone="+19155550101",
        address="Calle 5",
        birth_year=1990,
        gender="woman",
        nationality="MX",
        origin_state="MX-GRO",
        profile="journalist",
        language="spa",
        **values,
    )


def everything_counted() -> list[Any]:
    measures = ["people", "households", "acts", "minutes", "units"]
    return [counted(measures, YEAR), *(counted(["people"], YEAR, by) for by in BY_PERSON)]


def test_report_totals_are_the_same_before_and_after(in_app: Flask, make: Make) -> None:
    who, rosa, other = make.user(role="caseworker"), person(make), person(make)
    make.household(rosa, other, on=date(2026, 1, 1))
    make.service(people=[rosa, other], by=who, on=date(2026, 3, 1))
    make.service(people=[rosa], by=who, on=date(2026, 4, 1), key_id=rosa.key_id, note="quiet")
    before = everything_counted()
    db.session.rollback()
    asked_and_confirmed(make, rosa)
    three_days_later()
    assert db.session.get(MemberErasure, rosa.id).done_at
    assert everything_counted() == before


def test_nothing_happens_before_the_seventy_two_hours(in_app: Flask, make: Make) -> None:
    rosa = person(make)
    asked_and_confirmed(make, rosa)
    with clock.at(clock.now() + timedelta(hours=71, minutes=58)):
        queue.work_all()
    assert db.session.get(MemberErasure, rosa.id) is None
    three_days_later()
    assert db.session.get(MemberErasure, rosa.id)


def _open_cells(ids: list[int]) -> list[str]:
    """The sealed cells about these members that can still be read."""
    found = []
    for table in {tie.table for tie in ties()} | {Member.__table__}:
        columns = [tie.column for tie in ties() if tie.table is table] or [table.c.id]
        for row in db.session.execute(select(table).where(columns[0].in_(ids))).mappings():
            for column in sealed(table):
                blob = row[column.name]
                if not blob:
                    continue
                if column.name.endswith("_bidx"):
                    found.append(f"{table.name}.{column.name}")
                    continue
                try:
                    seal.open_cell(table.name, column.name, row["rid"], row["key_id"], blob)
                    found.append(f"{table.name}.{column.name}")
                except KeyGone:
                    pass
    return found


def test_no_sealed_cell_of_any_table_can_be_read_afterwards(app: Flask, make: Make) -> None:
    world = World(make)
    set_canaries(app, world)
    rosa = world.around["assigned"]["members"]
    other = world.around["not"]["members"]
    for word, record in world.around["assigned"].items():
        if word == "holds":
            make.write(
                lambda record=record: release_hold(viewer=make.viewer("attorney"), code=rosa.code, hold_id=record.id)
            )
    with app.app_context():
        held = {
            tie.table.name
            for tie in ties()
            for row in [
                db.session.execute(select(func.count()).select_from(tie.table).where(tie.column == rosa.id)).scalar()
            ]
            if row and sealed(tie.table)
        }
        assert held >= {"member_merge"}
        before = _open_cells([other.id])
        assert _open_cells([rosa.id])
        db.session.rollback()
    make.removal(rosa, confirmed=make.user(role="director"))
    with app.app_context():
        three_days_later()
        assert _open_cells([rosa.id]) == []
        assert sorted(_open_cells([other.id])) == sorted(before)


def test_every_sealed_table_about_a_member_is_reached(app: Flask) -> None:
    reached = {table.name for table in keyed()}
    for tie in ties():
        if sealed(tie.table):
            assert tie.table.name in reached and tie.table.name not in TRIGGERS, tie.table.name


def test_the_keys_of_other_people_stay(app: Flask, make: Make) -> None:
    world = World(make)
    rosa = world.around["assigned"]["members"]
    with app.app_context():
        keys = set(keys_of([rosa.id]))
        others = set(db.session.scalars(select(Member.key_id).where(Member.id != rosa.id)))
        users = {user.key_id for user in world.user.values()}
    assert rosa.key_id in keys
    merged = others - {one["members"].key_id for name, one in world.around.items() if name != "assigned"}
    assert not keys & (others - merged) and not keys & users


@pytest.mark.once
def test_an_old_copy_of_the_database_shows_removed_with_the_newest_keyring(
    app: Flask, make: Make, tmp_path: Path
) -> None:
    rosa, other = person(make), person(make)
    home = Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
    with sqlite3.connect(home) as source, sqlite3.connect(tmp_path / "old.db") as copy:
        source.backup(copy)
    source.close()
    copy.close()
    make.removal(rosa, confirmed=make.user(role="director"))
    with app.app_context():
        three_days_later()
    with sqlite3.connect(tmp_path / "old.db") as old:
        rows = old.execute(
            "SELECT id, rid, key_id, legal_name_enc FROM member WHERE legal_name_enc IS NOT NULL"
        ).fetchall()
    old.close()
    read = {}
    for id, rid, key_id, blob in rows:
        seal.begin_reads()
        read[id] = seal.unseal("member", "legal_name_enc", rid, key_id, blob)
        seal._reads.set(None)
    assert read == {rosa.id: seal.NO_KEY, other.id: "Rosa Reyes Luna"}
    keyring_copy = shutil.copy(keyring.current().path, tmp_path / "keyring.db")
    assert rosa.key_id not in Path(keyring_copy).read_bytes()


def test_the_person_exists_for_nobody_and_the_code_says_why(in_app: Flask, make: Make) -> None:
    who, rosa = make.user(role="caseworker"), person(make)
    make.assign(rosa, who)
    assert find_members(make.viewer("attorney"), "reyes")
    db.session.rollback()
    asked_and_confirmed(make, rosa)
    three_days_later()
    assert not find_members(make.viewer("attorney"), "reyes")
    assert rosa.id not in held_names().refresh().entries
    with pytest.raises(Removed):
        get_member(make.viewer("director"), rosa.code)
    with pytest.raises(NotHere) as unseen:
        get_member(make.viewer("caseworker", user=who), rosa.code)
    assert not isinstance(unseen.value, Removed)
    held = db.session.scalar(select(Assignment).where(Assignment.member_id == rosa.id))
    assert held.to_at and held.reason_to == "erased"


def test_what_is_typed_and_what_waits_to_be_sent_goes_as_well(in_app: Flask, make: Make) -> None:
    who, rosa, other = make.user(role="caseworker"), person(make), person(make)
    with writing():
        for one in (rosa, other):
            db.session.add(
                Draft(key_id=who.key_id, user_id=who.id, path=f"/members/{one.code}/edit", at=clock.now(), body="x")
            )
            queue.put(
                "mail",
                f"late:{one.code}",
                {"kind": "late", "body": {"member": one.code}},
                run_at=clock.now() + 2 * LATER,
            )
    asked_and_confirmed(make, rosa)
    three_days_later()
    assert db.session.scalars(select(Draft.path)).all() == [f"/members/{other.code}/edit"]
    waiting = db.session.scalars(select(queue.Job.key).where(queue.Job.kind == "mail")).all()
    assert waiting == [f"late:{other.code}"]


def test_what_is_typed_about_the_person_anywhere_goes_and_the_rest_stays(in_app: Flask, make: Make) -> None:
    who, rosa = make.user(role="caseworker"), person(make)
    case, asked = make.case(member=rosa), make.inquiry(answers=who, member_id=rosa.id)
    gone = {
        f"/cases/{case.code}/edit": "x",
        f"/inquiries/{asked.code}/conversations": "x",
        "/services/new": f"{rosa.code} 45",
    }
    stays = {f"/members/{rosa.code}0/edit": "x", "/cases/new": f"{rosa.code}0"}
    with writing():
        for path, body in {**gone, **stays}.items():
            db.session.add(Draft(key_id=who.key_id, user_id=who.id, path=path, at=clock.now(), body=body))
    asked_and_confirmed(make, rosa)
    three_days_later()
    assert set(db.session.scalars(select(Draft.path))) == set(stays)


def test_what_is_typed_with_the_name_alone_goes_and_who_shares_a_word_of_it_stays(in_app: Flask, make: Make) -> None:
    who = make.user(role="caseworker")
    rosa = make.member(
        alias="Colibrí Uno", legal_name="Rosa Elena Inventada Mora", surnames="Inventada Mora", preferred_name="Chayo"
    )
    make.member_detail(rosa, names=["La Güera"])
    gone = [
        "hablé con rosa ynbentada",
        "Mora, Rosa",
        "Chayo Inventada",
        "el colibri uno",
        "dice la Wera",
        '[["given_names", "Rosa"], ["surnames", "Inventada"]]',
    ]
    stays = ["hablé con Rosa y con Inventada", "Rosa Ficticia", "Chayo", "colibrí", '[["Rosa Inventada", "otra"]]']
    with writing():
        for number, body in enumerate([*gone, *stays]):
            db.session.add(
                Draft(key_id=who.key_id, user_id=who.id, path=f"/members/new{number}", at=clock.now(), body=body)
            )
    asked_and_confirmed(make, rosa)
    three_days_later()
    assert {draft.body for draft in db.session.scalars(select(Draft))} == set(stays)


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ('{"member": "ME-0007"}', True),
        ('{"body": {"people": ["ME-0001", "ME-0007"]}}', True),
        ('{"member_id": 7}', True),
        ('{"people_ids": {"person": [3, 7]}}', True),
        ('{"request": 7}', False),
        ('{"member_id": 70, "code": "ME-00070"}', False),
        ("{}", False),
    ],
)
def test_waiting_work_is_known_by_its_codes_and_ids(body: str, named: bool) -> None:
    assert names_somebody(body, [7], ["ME-0007"]) is named


def test_the_same_person_can_not_ask_and_confirm(in_app: Flask, make: Make) -> None:
    rosa, elena, ximena = person(make), make.viewer("director"), make.viewer("attorney")
    with writing():
        ask_to_erase(viewer=elena, code=rosa.code, reason="in_person")
    with pytest.raises(Conflict, match="somebody else"), writing():
        confirm_erase(viewer=elena, code=rosa.code)
    with pytest.raises(Conflict, match="asked already"), writing():
        ask_to_erase(viewer=ximena, code=rosa.code, reason="in_person")
    with writing():
        confirm_erase(viewer=ximena, code=rosa.code)
    with pytest.raises(Conflict, match="confirmed already"), writing():
        confirm_erase(viewer=make.viewer("attorney"), code=rosa.code)


def test_it_can_be_called_off_until_it_is_done(in_app: Flask, make: Make) -> None:
    rosa, ximena = person(make), make.viewer("attorney")
    asked_and_confirmed(make, rosa)
    with clock.at(clock.now() + timedelta(hours=71)), writing():
        cancel_erase(viewer=ximena, code=rosa.code)
    three_days_later()
    assert get_member(ximena, rosa.code).legal_name == "Rosa Reyes Luna"
    assert standing_request(rosa.id) is None
    with pytest.raises(Conflict), writing():
        cancel_erase(viewer=ximena, code=rosa.code)


def test_a_legal_hold_stops_it_before_and_after_the_confirmation(in_app: Flask, make: Make) -> None:
    rosa, ximena = person(make), make.viewer("attorney")
    make.removal(rosa)
    with writing():
        hold = hold_member(viewer=ximena, code=rosa.code, reason="litigation").id
    with pytest.raises(Conflict, match="legal hold"), writing():
        confirm_erase(viewer=ximena, code=rosa.code)
    with writing():
        release_hold(viewer=ximena, code=rosa.code, hold_id=hold)
    with writing():
        confirm_erase(viewer=ximena, code=rosa.code)
        again = hold_member(viewer=ximena, code=rosa.code, reason="subpoena").id
    three_days_later()
    assert get_member(ximena, rosa.code).legal_name == "Rosa Reyes Luna"
    with writing():
        release_hold(viewer=ximena, code=rosa.code, hold_id=again)
    with clock.at(clock.now() + LATER + timedelta(hours=7)):
        queue.work_all()
    with pytest.raises(Removed):
        get_member(ximena, rosa.code)


def test_a_hold_on_a_record_that_was_merged_holds_the_person(in_app: Flask, make: Make) -> None:
    rosa, twin = person(make), person(make)
    make.legal_hold(twin)
    make.merge(rosa, twin)
    asked_and_confirmed(make, rosa)
    three_days_later()
    assert get_member(make.viewer("attorney"), rosa.code)


def test_records_merged_into_the_person_go_with_them(in_app: Flask, make: Make) -> None:
    rosa, twin = person(make), person(make)
    make.merge(rosa, twin)
    asked_and_confirmed(make, rosa)
    three_days_later()
    assert _open_cells([rosa.id, twin.id]) == []
    for one in (rosa, twin):
        with pytest.raises(KeyGone):
            keyring.current().cipher(one.key_id)
        with pytest.raises(Removed):
            get_member(make.viewer("attorney"), one.code)


@pytest.mark.parametrize("step", ["rows", "first key", "files"])
def test_cut_off_anywhere_it_comes_to_the_same_end(
    in_app: Flask, make: Make, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    rosa = person(make)
    asked = make.removal(rosa, confirmed=make.user(role="director"))

    class Killed(BaseException):
        pass

    def killed(*_words: Any) -> None:
        raise Killed

    with clock.at(clock.now() + LATER), monkeypatch.context() as cut:
        if step == "rows":
            cut.setattr(erasing, "_forget_elsewhere", killed)
        elif step == "first key":
            cut.setattr(keyring.Keyring, "destroy", killed)
        else:
            cut.setattr(erasing, "tell_erased", killed)
        with pytest.raises(Killed):
            erase({"request": asked.id})
    db.session.rollback()
    with clock.at(clock.now() + LATER):
        assert queue.work_all() == 1
    assert _open_cells([rosa.id]) == []
    with pytest.raises(KeyGone):
        keyring.current().cipher(rosa.key_id)
    tombstone = db.session.get(MemberErasure, rosa.id)
    assert tombstone.done_at and tombstone.cells > 3
    acts = db.session.scalars(select(trail.TrailRow.act).where(trail.TrailRow.act == "member.erase")).all()
    assert acts == ["member.erase"]


def test_files_of_the_person_are_named_to_who_keeps_them(in_app: Flask, make: Make) -> None:
    rosa, named = person(make), []
    when_erased.fill(named.append)
    try:
        asked_and_confirmed(make, rosa)
        three_days_later()
    finally:
        when_erased.functions.pop()
    assert named == [[rosa.id]]


def test_a_note_about_several_people_is_told_beforehand(in_app: Flask, make: Make) -> None:
    who, rosa, other = make.user(role="caseworker"), person(make), person(make)
    make.service(people=[rosa, other], by=who, on=date(2026, 3, 1), key_id=keyring.new_key(), note="both")
    make.service(people=[rosa], by=who, on=date(2026, 3, 2), key_id=rosa.key_id, note="hers alone")
    assert shared_notes(rosa.id) == 1


def test_the_trail_holds_codes_only(in_app: Flask, make: Make) -> None:
    rosa = person(make)
    asked_and_confirmed(make, rosa)
    three_days_later()
    row = db.session.scalars(select(trail.TrailRow).where(trail.TrailRow.act == "member.erase")).one()
    assert row.subject == rosa.code and "Rosa" not in row.detail
    assert trail.verify()[1] is None


# ---- the pages ------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es"])
def test_two_people_and_three_days_on_the_pages(
    app: Flask, make: Make, client_as: Callable[..., Any], language: str
) -> None:
    rosa = person(make)
    lucia, elena = (client_as(user=make.user(role=role, language=language)) for role in ("caseworker", "director"))
    make.assign(rosa, lucia.user)
    url = f"/members/{rosa.code}/removal"
    assert lucia.get(url).status_code == 200
    assert lucia.post(url).status_code == 422
    assert lucia.post(url, data={"reason": "in_person"}).status_code == 302
    assert {"en": "Nobody has confirmed", "es": "Nadie lo ha confirmado"}[language] in lucia.get(
        f"/members/{rosa.code}"
    ).text
    assert lucia.post(f"{url}/confirmation").status_code == 404
    assert elena.post(f"{url}/confirmation").status_code == 302
    assert {"en": "unless it is called off", "es": "si no se cancela"}[language] in elena.get(
        f"/members/{rosa.code}"
    ).text
    with app.app_context():
        three_days_later()
    answer = elena.get(f"/members/{rosa.code}")
    assert answer.status_code == 410
    assert {"en": "Removed at their request", "es": "Retirado a petición suya"}[language] in answer.text
    assert elena.get(f"/members/{rosa.code}/edit").status_code == 410
    assert elena.post(f"/members/{rosa.code}/closure", data={"reason": "moved"}).status_code == 410
    assert lucia.get(f"/members/{rosa.code}").status_code == 404
    assert rosa.code not in elena.get("/members?show=all").text


def test_only_an_attorney_places_a_hold(make: Make, client_as: Callable[..., Any]) -> None:
    rosa = person(make)
    elena, ximena = client_as("director"), client_as("attorney")
    assert elena.post(f"/members/{rosa.code}/holds", data={"reason": "litigation"}).status_code == 404
    assert ximena.post(f"/members/{rosa.code}/holds").status_code == 422
    assert ximena.post(f"/members/{rosa.code}/holds", data={"reason": "litigation"}).status_code == 302
    assert "Legal hold since" in elena.get(f"/members/{rosa.code}/removal").text


def test_the_documents_of_a_removed_person_are_among_the_files(app: Flask) -> None:
    assert "mexile.documents.actions" in {hook.__module__ for hook in when_erased.functions}


def test_no_day_of_removal_is_promised_while_a_hold_stands(make: Make, client_as: Callable[..., Any]) -> None:
    ximena, elena = client_as("attorney"), client_as("director")
    rosa = person(make)
    ximena.post(f"/members/{rosa.code}/removal", data={"reason": "in_person"})
    elena.post(f"/members/{rosa.code}/removal/confirmation")
    page = ximena.get(f"/members/{rosa.code}?part=all").text
    assert "It is done on" in page
    make.legal_hold(rosa)
    page = ximena.get(f"/members/{rosa.code}?part=all").text
    assert "It is done on" not in page and "nothing is removed until it is lifted" in page
