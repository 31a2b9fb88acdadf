"""Two records of one person: merged field by field, everything re-pointed, and back again."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from mexile.grants.population.queries import Population, counted
from mexile.ground import seal
from mexile.ground.db import TRIGGERS, db, writing
from mexile.ground.errors import Conflict, Invalid, Merged, NotHere
from mexile.members.assignment.models import Assignment
from mexile.members.household.models import HouseholdMembership
from mexile.members.merge.actions import merge_members
from mexile.members.merge.models import MemberMerge
from mexile.members.merge.rules import Changed, Held, Moved, Removed, UndoLog
from mexile.members.merge_undo.actions import undo_merge
from mexile.members.name.queries import find_members, held_names
from mexile.members.person.models import MEMBERSHIP, STAYS, Member, moving, sealed, ties
from mexile.members.person.queries import get_member
from mexile.members.removal.rights import kept_id, merged_into
from mexile.services.service.models import ServicePerson
from tests.house.world import World
from tests.make import Make

YEAR = Population(date(2026, 1, 1), date(2026, 12, 31))


def test_every_column_that_names_a_member_is_re_pointed_or_has_a_reason(app: Flask) -> None:
    known = {tie.table.name for tie in moving()} | set(STAYS) | {MEMBERSHIP}
    assert {tie.table.name for tie in ties()} == known
    assert all(len(reason) > 20 for reason in STAYS.values())
    assert set(STAYS) <= {tie.table.name for tie in ties()}


def test_no_table_that_is_only_added_to_is_re_pointed(app: Flask) -> None:
    assert not {tie.table.name for tie in ties()} & set(TRIGGERS) - set(STAYS)


def test_what_is_sealed_about_a_member_names_its_own_key(app: Flask) -> None:
    lacking = {tie.table.name for tie in ties() if sealed(tie.table) and "key_id" not in tie.table.columns}
    assert lacking == set()


@pytest.fixture
def viewer(make: Make):
    return make.viewer("attorney")


def merge(viewer, kept, merged, *, take=None, households="both", sure=False):
    with writing():
        versions = tuple(db.session.scalar(select(Member.version).where(Member.id == one.id)) for one in (kept, merged))
        return merge_members(
            viewer=viewer,
            code=kept.code,
            other=merged.code,
            versions=versions,
            take=take or {},
            households=households,
            sure=sure,
        ).id


def everything(app: Flask) -> dict[str, list]:
    """Every row of every table but those that a merge and the trail write, to compare before and after."""
    own = {"member_merge", "member_merge_undo", "trail", "user_session", "form_taken", "rate_count"}
    found = {}
    for name, table in db.metadata.tables.items():
        if name not in own:
            columns = [column for column in table.columns if column.name not in ("name_seq", "version")]
            if name == "member":
                columns = [column for column in table.columns if column.name not in ("name_seq", "version")]
            rows = db.session.execute(select(*columns)).all()
            found[name] = sorted(map(repr, rows))
    db.session.rollback()
    return found


def two(make: Make):
    kept = make.member(alias="Uno", legal_name="Rosa Reyes Luna", phone="+19155550101", birth_year=1990)
    merged = make.member(alias="Dos", legal_name="Rosa María Reyes Luna", preferred_name="Rosi", profile="journalist")
    return kept, merged


def test_the_chosen_fields_are_written_under_the_kept_persons_key(in_app: Flask, make: Make, viewer) -> None:
    kept, merged = two(make)
    merge(viewer, kept, merged, take={"legal_name": "merged", "preferred_name": "merged", "alias": "kept"})
    with seal.silent():
        held = get_member(viewer, kept.code)
        assert (held.legal_name, held.preferred_name, held.alias) == ("Rosa María Reyes Luna", "Rosi", "Uno")
        assert held.key_id == kept.key_id
        assert held.phone == "+19155550101"


def test_all_that_hangs_on_the_other_names_the_kept_one_and_undo_puts_it_back(
    in_app: Flask, make: Make, viewer
) -> None:
    kept, merged = two(make)
    who = make.user(role="caseworker")
    make.assign(kept, who)
    make.assign(merged, who)
    make.household(merged, make.member())
    both = make.service(people=[kept, merged], by=who, on=date(2026, 3, 1))
    alone = make.service(people=[merged], by=who, on=date(2026, 3, 2), key_id=merged.key_id, note="quiet")
    make.event(people=[merged], owner=who)
    make.consent(merged)
    before = everything(in_app)
    id = merge(viewer, kept, merged, take={"profile": "merged"})
    assert db.session.scalars(select(ServicePerson.member_id).where(ServicePerson.service_id == both.id)).all() == [
        kept.id
    ]
    assert db.session.scalars(select(ServicePerson.member_id).where(ServicePerson.service_id == alone.id)).all() == [
        kept.id
    ]
    assert db.session.scalars(select(Assignment.member_id)).all() == [kept.id]
    for tie in moving():
        rows = db.session.execute(select(tie.table).where(tie.column == merged.id)).all()
        assert not rows, tie.name
    assert counted(["people"], YEAR)[None]["people"] == 1
    with writing():
        undo_merge(viewer=viewer, code=kept.code, merge_id=id)
    after = everything(in_app)
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
    assert get_member(viewer, merged.code).id == merged.id


def test_the_merged_code_leads_on_within_rights(in_app: Flask, make: Make, viewer) -> None:
    kept, merged = two(make)
    third = make.member(alias="Tres")
    merge(viewer, kept, merged)
    with pytest.raises(Merged) as led:
        get_member(viewer, merged.code)
    assert led.value.kept == kept.code
    merge(viewer, third, kept)
    with pytest.raises(Merged) as led:
        get_member(viewer, merged.code)
    assert led.value.kept == third.code
    assert (kept_id(merged.id), sorted(merged_into(third.id))) == (third.id, sorted([kept.id, merged.id]))
    with pytest.raises(NotHere) as gone:
        get_member(make.viewer("caseworker"), merged.code)
    assert not isinstance(gone.value, Merged)


def test_the_search_forgets_the_merged_and_remembers_after_the_undo(in_app: Flask, make: Make, viewer) -> None:
    kept, merged = two(make)
    assert {one.code for one in find_members(viewer, "reyes")} == {kept.code, merged.code}
    id = merge(viewer, kept, merged)
    assert {one.code for one in find_members(viewer, "reyes")} == {kept.code}
    with held_names().lock:
        assert merged.id not in held_names().refresh().entries
    with writing():
        undo_merge(viewer=viewer, code=kept.code, merge_id=id)
    assert {one.code for one in find_members(viewer, "reyes")} == {kept.code, merged.code}


def _refused(viewer, kept, merged) -> str:
    with pytest.raises(Invalid) as wrong, writing():
        merge_members(
            viewer=viewer, code=kept.code, other=merged.code, versions=(1, 1), take={}, households="both", sure=False
        )
    return str(wrong.value.problems[0].en)


def test_a_record_is_merged_neither_twice_nor_with_itself_nor_with_nobody(in_app: Flask, make: Make, viewer) -> None:
    kept, merged = two(make)
    other = make.member()
    merge(viewer, kept, merged)
    assert "was merged into" in _refused(viewer, other, merged)
    assert "same record" in _refused(viewer, kept, kept)
    merged.code = "ME-9999"
    assert "no member" in _refused(viewer, kept, merged)


def test_relatives_are_merged_only_when_somebody_is_sure(in_app: Flask, make: Make, viewer) -> None:
    kept, merged = two(make)
    home = make.household(kept, (merged, "child"))
    assert "relatives" in _refused(viewer, kept, merged)
    merge(viewer, kept, merged, sure=True)
    rows = (
        db.session.execute(select(HouseholdMembership).where(HouseholdMembership.household_id == home.id))
        .scalars()
        .all()
    )
    assert [(row.member_id, row.role) for row in rows] == [(kept.id, "head")]


def test_the_place_of_the_head_is_not_lost_when_the_head_was_the_other(in_app: Flask, make: Make, viewer) -> None:
    kept, merged = two(make)
    make.household(merged, (kept, "other"))
    before = everything(in_app)
    id = merge(viewer, kept, merged, sure=True)
    rows = db.session.execute(select(HouseholdMembership)).scalars().all()
    assert [(row.member_id, row.role) for row in rows] == [(kept.id, "head")]
    with writing():
        undo_merge(viewer=viewer, code=kept.code, merge_id=id)
    assert everything(in_app)["household_membership"] == before["household_membership"]


@pytest.mark.parametrize(
    ("answer", "open_in"), [("both", {"mine", "theirs"}), ("kept", {"mine"}), ("move", {"theirs"})]
)
def test_households_become_what_was_answered(in_app: Flask, make: Make, viewer, answer: str, open_in: set[str]) -> None:
    kept, merged = two(make)
    homes = {make.household(kept).id: "mine", make.household(merged).id: "theirs"}
    before = everything(in_app)
    id = merge(viewer, kept, merged, households=answer)
    rows = db.session.execute(select(HouseholdMembership).where(HouseholdMembership.to_on.is_(None))).scalars().all()
    assert {homes[row.household_id] for row in rows if row.member_id == kept.id} == open_in
    assert {row.member_id for row in db.session.execute(select(HouseholdMembership)).scalars()} == {kept.id}
    with writing():
        undo_merge(viewer=viewer, code=kept.code, merge_id=id)
    assert everything(in_app)["household_membership"] == before["household_membership"]


def test_a_stale_page_merges_nothing(in_app: Flask, make: Make, viewer) -> None:
    kept, merged = two(make)
    with pytest.raises(Conflict), writing():
        merge_members(viewer=viewer, code=kept.code, other=merged.code, versions=(1, 7), take={}, households="both")
    assert db.session.scalar(select(MemberMerge.id)) is None


WRITTEN_BEFORE = (
    '{"before":[["legal_name_enc",{"~bytes":"AAH/"}],["birth_year",null]],'
    '"changed":[["household_membership",{"id":3},{"to_on":[null,{"~day":"2026-03-02"}]}]],'
    '"moves":[["assignment.member_id",{"id":7}],["service_person.member_id",{"member_id":1,"service_id":9}]],'
    '"removed":[["event_person",{"at":{"~moment":"2026-03-02T10:00:00+00:00"},"hour":{"~hour":"08:30:00"},"member_id":2}]]}'
)
"""The log of a merge as it lay in the table when the program kept it as bare lists."""


@pytest.mark.once
def test_the_log_of_a_merge_is_read_as_it_was_ever_written_and_written_the_same() -> None:
    log = UndoLog.from_json(WRITTEN_BEFORE)
    assert log.before == [Held("legal_name_enc", b"\x00\x01\xff"), Held("birth_year", None)]
    assert log.moves[0] == Moved("assignment.member_id", {"id": 7}) and len(log.moves) == 2
    moment = datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert log.removed == [Removed("event_person", {"at": moment, "hour": time(8, 30), "member_id": 2})]
    assert log.changed == [Changed("household_membership", {"id": 3}, {"to_on": [None, date(2026, 3, 2)]})]
    assert log.to_json() == WRITTEN_BEFORE


def test_undo_is_refused_in_words_when_something_changed_since(in_app: Flask, make: Make, viewer) -> None:
    kept, merged = two(make)
    who = make.user(role="caseworker")
    make.service(people=[merged], by=who, on=date(2026, 3, 2))
    id = merge(viewer, kept, merged)
    with writing():
        db.session.execute(text("DELETE FROM service_person"))
    with pytest.raises(Conflict) as refused, writing():
        undo_merge(viewer=viewer, code=kept.code, merge_id=id)
    assert "changed since" in refused.value.problem.en
    assert get_member(viewer, kept.code)
    with pytest.raises(Merged):
        get_member(viewer, merged.code)


def test_undo_is_refused_after_an_edit_and_works_once(in_app: Flask, make: Make, viewer) -> None:
    kept, merged = two(make)
    id = merge(viewer, kept, merged)
    with writing():
        get_member(viewer, kept.code).pronoun = "she"
    with pytest.raises(Conflict), writing():
        undo_merge(viewer=viewer, code=kept.code, merge_id=id)
    other = make.member()
    second = merge(viewer, other, kept)
    with writing():
        undo_merge(viewer=viewer, code=other.code, merge_id=second)
    with pytest.raises(Conflict), writing():
        undo_merge(viewer=viewer, code=other.code, merge_id=second)


def test_a_merge_of_another_record_is_not_undone_from_here(in_app: Flask, make: Make, viewer) -> None:
    kept, merged = two(make)
    id = merge(viewer, kept, merged)
    with pytest.raises(NotHere), writing():
        undo_merge(viewer=viewer, code=make.member().code, merge_id=id)


# ---- the pages ------------------------------------------------------------------


def test_both_are_side_by_side_and_one_press_merges(app: Flask, make: Make, client_as) -> None:
    kept, merged = two(make)
    ximena = client_as("attorney")
    make.household(kept)
    make.household(merged)
    page = ximena.get(f"/members/{kept.code}/merge").text
    assert merged.code in page
    page = ximena.get(f"/members/{kept.code}/merge?other={merged.code}").text
    assert "Rosa María Reyes Luna" in page and "Rosa Reyes Luna" in page
    form = {"other": merged.code, "versions": f"{kept.version}-{merged.version}", "take-legal_name": "merged"}
    answer = ximena.post(f"/members/{kept.code}/merge", data=form)
    assert answer.status_code == 422 and "nobody moves unasked" in answer.text
    answer = ximena.post(f"/members/{kept.code}/merge", data={**form, "households": "both"})
    assert answer.status_code == 302, answer.text
    answer = ximena.get(f"/members/{merged.code}")
    assert answer.status_code == 302 and answer.location.endswith(f"/members/{kept.code}")
    answer = ximena.get(f"/members/{merged.code}/drawer/identity")
    assert answer.location.endswith(f"/members/{kept.code}/drawer/identity")
    assert merged.code in ximena.get(f"/members/{kept.code}?part=all").text
    assert ximena.post(f"/members/{merged.code}/closure", data={"reason": "moved"}).status_code == 409
    page = ximena.get(f"/members/{kept.code}/merges").text
    assert "part them again" in page
    with app.app_context():
        id = db.session.scalar(select(MemberMerge.id))
    assert ximena.post(f"/members/{kept.code}/merges/{id}/undoing").status_code == 302
    assert ximena.get(f"/members/{merged.code}").status_code == 200


def test_a_merged_code_is_a_404_for_who_does_not_see_the_kept_one(make: Make, client_as) -> None:
    kept, merged = two(make)
    lucia, ximena = client_as("caseworker"), client_as("attorney")
    make.assign(merged, lucia.user)
    form = {"other": merged.code, "versions": f"{kept.version}-{merged.version}"}
    assert ximena.post(f"/members/{kept.code}/merge", data=form).status_code == 302
    assert lucia.get(f"/members/{merged.code}").status_code == 302  # she walks with the person still
    other = client_as("caseworker")
    assert other.get(f"/members/{merged.code}").status_code == 404


def test_merging_asks_for_the_password_again(make: Make, client_as) -> None:
    kept, merged = two(make)
    elena = client_as("director", confirmed=timedelta(minutes=9))
    form = {"other": merged.code, "versions": f"{kept.version}-{merged.version}"}
    answer = elena.post(f"/members/{kept.code}/merge", data=form)
    assert answer.status_code == 302 and "/confirm" in answer.location
    assert elena.get(f"/members/{merged.code}").status_code == 200


@pytest.mark.parametrize("households", ["both", "move"])
def test_undo_puts_every_row_of_the_whole_house_back(in_app: Flask, make: Make, households: str) -> None:
    world = World(make)
    kept, merged = world.around["assigned"]["members"], world.around["not"]["members"]
    viewer = make.viewer("attorney", user=world.user["attorney"])
    before = everything(in_app)
    take = {field: "merged" for field in ("alias", "legal_name", "phone", "address", "profile", "safe_note")}
    id = merge(viewer, kept, merged, take=take, households=households, sure=True)
    assert everything(in_app) != before
    with writing():
        undo_merge(viewer=viewer, code=kept.code, merge_id=id)
    after = everything(in_app)
    assert {
        name: [row for row in rows if row not in before[name]] for name, rows in after.items() if rows != before[name]
    } == {}
