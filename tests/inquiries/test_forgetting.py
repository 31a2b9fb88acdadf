"""Who was not taken: after ninety days nothing of the person is left, in no file and under no key."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mexile.access.session.models import Draft
from mexile.ground import clock, keyring, organization, queue, seal
from mexile.ground.db import Base, db, writing
from mexile.ground.errors import KeyGone
from mexile.ground.trail import TrailRow
from mexile.inquiries.conflict.models import NamedPerson
from mexile.inquiries.conversation.models import Conversation
from mexile.inquiries.decision.models import Answer, Decision
from mexile.inquiries.figure.queries import figures
from mexile.inquiries.forgetting.actions import forget_due, forget_today
from mexile.inquiries.inquiry.actions import open_inquiry, take
from mexile.inquiries.inquiry.models import Inquiry, InquiryCount
from mexile.members.merge.actions import merge_members
from tests.databases import let_go

ABOUT = (
    "inquiry",
    "inquiry_conversation",
    "conversation_told",
    "inquiry_decision",
    "inquiry_answer",
    "named_person",
    "conflict_check",
)


def rows_about():
    return {name: db.session.scalar(select(func.count()).select_from(Base.metadata.tables[name])) for name in ABOUT}


def whole(make, word="cannot", *, days=90, **values):
    """An inquiry with one of everything, decided so many days ago."""
    on = clock.today() - timedelta(days=days)
    values = {"ago": days + 5, "alias": "Quetzalina", "answer": "por Palomita", "consented": True, **values}
    asked = make.inquiry(**values)
    make.conversation(asked, told=["risks"], place="juarez", note="habló de Escondida", interpreter="Intérpreta")
    make.named(asked, "Fulano Inventadísimo")
    make.conflict_check(asked)
    decided = make.decision(asked, word, on=on)
    make.answer(asked, decided, words="Dichoso", elsewhere="Otraparte")
    return asked


@pytest.mark.parametrize(("days", "left"), [(89, 1), (90, 0), (400, 0)])
def test_it_is_forgotten_on_the_ninetieth_day(in_app, make, days, left):
    with in_app.app_context():
        whole(make, days=days)
    assert forget_due() == 1 - left
    assert rows_about() == dict.fromkeys(ABOUT, left)


@pytest.mark.parametrize("word", ["represent", "accompany"])
def test_whom_we_take_is_not_forgotten(in_app, make, word):
    whole(make, word, days=200)
    assert forget_due() == 0


def test_nobody_without_an_answer_is_forgotten(in_app, make):
    make.inquiry(ago=365)
    asked = make.inquiry(ago=365)
    back = make.decision(asked, "cannot", on=organization.today() - timedelta(days=300))
    make.decision(asked, "open_again", after=back, reason=None)
    assert forget_due() == 0


def test_a_correction_counts_from_its_own_day(in_app, make):
    asked = make.inquiry(ago=200)
    first = make.decision(asked, "cannot", on=organization.today() - timedelta(days=150))
    make.decision(asked, "refer", after=first, on=organization.today() - timedelta(days=10))
    assert forget_due() == 0
    with writing():
        db.session.get(Decision, first.id + 1).decided_on = organization.today() - timedelta(days=95)
    assert forget_due() == 1 and rows_about() == dict.fromkeys(ABOUT, 0)


def test_nothing_of_the_person_is_left_in_database_keys_or_trail(app, make, database):
    words = ("Quetzalina", "Palomita", "Escondida", "Intérpreta", "Inventadísimo", "Dichoso", "Otraparte")
    asked = whole(make)
    blobs = [asked.rid, asked.alias_enc, asked.answer_enc]
    with app.app_context():
        viewer = make.user(role="intake")
        with writing():
            path = f"/inquiries/{asked.code}/conversations"
            db.session.add(Draft(key_id=viewer.key_id, user_id=viewer.id, path=path, at=clock.now(), body="x"))
        forget_today()
        forget_today()  # once a day, however often the worker comes round
        queue.work_all()
        assert rows_about() == dict.fromkeys(ABOUT, 0)
        assert db.session.scalar(select(func.count()).select_from(Draft)) == 0
        with pytest.raises(KeyGone):
            seal.open_cell("inquiry", "alias_enc", asked.rid, asked.key_id, asked.alias_enc)
        counted = db.session.scalars(select(InquiryCount)).one()
        assert (counted.number, counted.talked, counted.in_juarez) == (1, 1, 1)
        assert (counted.span, counted.country, counted.state, counted.decision) == ("year", "*", "*", "*")
        told = db.session.execute(
            select(TrailRow.subject, TrailRow.detail).where(TrailRow.act == "inquiry.forget")
        ).all()
        assert told == [(asked.code, "")]
        held = "\n".join(
            f"{table.name} {row!r}" for table in db.metadata.sorted_tables for row in db.session.execute(select(table))
        )
        assert asked.code in held and not any(word in held for word in words)
    let_go(app)
    if database == "sqlite":
        home = app.config["MEXILE"].home
        raw = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
        for part in (*(word.encode() for word in words), *blobs):
            assert part not in raw
        keys = b"".join(p.read_bytes() for p in app.config["MEXILE"].keys.rglob("keyring*") if p.is_file())
        assert asked.key_id not in keys


def test_a_code_never_comes_twice(in_app, make):
    viewer = make.viewer("intake")
    gone = whole(make)
    forget_due()
    with writing():
        made = open_inquiry(viewer=viewer, key_id=keyring.new_key(), values={"alias": "Nube"})
    assert (gone.code, made.code) == ("IQ-0001", "IQ-0002")


def test_five_who_are_alike_are_counted_finely_and_a_sixth_is_not_left_alone(in_app, make):
    asked_on = organization.today().replace(day=1) - timedelta(days=150)
    nora = make.user(role="intake")
    alike = {"asked_on": asked_on, "country": "MX", "heard_of_us": "film", "answers": nora}
    for number in range(6):
        whole(make, "refer", state="MX-GRO" if number < 5 else "MX-HID", **alike)
    assert forget_due() == 6
    found = {(one.span, one.state, one.heard_of_us): one.number for one in db.session.scalars(select(InquiryCount))}
    assert found == {("month", "MX-GRO", "film"): 5, ("year", "*", "*"): 1}


def test_the_figures_stay_the_same_when_people_are_forgotten(in_app, make):
    viewer, today = make.viewer("director"), organization.today()
    for word in ("refer", "refer", "cannot", "stayed", "elsewhere", "lost"):
        whole(make, word)
    make.decision(make.inquiry(), "represent")
    make.conversation(make.inquiry())
    make.inquiry()
    db.session.rollback()
    before = figures(viewer, today)
    assert (before.inquiries, before.talked, before.in_juarez) == (9, 7, 6)
    assert (before.taken, before.undecided, before.untalked) == (1, 1, 1)
    assert (before.referred, before.cannot, before.stayed, before.lost) == (2, 1, 2, 1)
    assert forget_due() == 6
    after = figures(viewer, today)
    assert (after.inquiries, after.talked, after.in_juarez, after.taken) == (9, 7, 6, 1)
    assert after.kept_apart == 6


def _became_a_member(make, answers):
    """An inquiry that was taken, with one of everything, and the member of it."""
    asked = whole(make, "represent", days=20, answers=answers)
    with writing():
        made = take(viewer=make.viewer(user=answers, role="intake"), code=asked.code, consent=None)
    asked = db.session.get(Inquiry, asked.id)
    for row in (asked, made):
        db.session.refresh(row)
        db.session.expunge(row)
    return asked, made


def test_the_inquiry_of_a_removed_member_goes_with_them_and_the_figures_stay(app, make, client_as):
    nora, director = client_as("intake"), make.user(role="director")
    with app.app_context():
        asked, made = _became_a_member(make, nora.user)
        code, viewer = asked.code, make.viewer("director")
        with writing():
            path = f"/inquiries/{code}/conversations"
            db.session.add(Draft(key_id=nora.user.key_id, user_id=nora.user.id, path=path, at=clock.now(), body="x"))
        before = figures(viewer, organization.today())
        db.session.rollback()
    assert nora.get(f"/inquiries/{code}").status_code == 200
    make.removal(made, confirmed=director)
    with app.app_context():
        with clock.at(clock.now() + timedelta(hours=73)):
            queue.work_all()
        for table in (Inquiry, Conversation, NamedPerson, Answer):
            for row in db.session.execute(select(table.__table__)).mappings():
                kept = {name: cell for name, cell in row.items() if name.endswith(("_enc", "_bidx")) and cell}
                assert not kept, table.__tablename__
        assert db.session.scalars(select(Draft)).all() == []
        assert figures(viewer, organization.today()) == before
        db.session.rollback()
    for path in (f"/inquiries/{code}", f"/inquiries/{code}/conflict", f"/inquiries/{code}/edit"):
        assert nora.get(path).status_code == 404
    assert code not in nora.get("/inquiries?show=over").text


def test_an_old_copy_of_an_inquiry_that_became_a_member_can_not_be_opened(app, make):
    with app.app_context():
        asked, made = _became_a_member(make, make.user(role="intake"))
        rid, key_id, cell = asked.rid, asked.key_id, asked.alias_enc
        db.session.rollback()
    make.removal(made, confirmed=make.user(role="director"))
    with app.app_context():
        with clock.at(clock.now() + timedelta(hours=73)):
            queue.work_all()
        with pytest.raises(KeyGone):
            seal.open_cell("inquiry", "alias_enc", rid, key_id, cell)


def test_an_inquiry_comes_along_when_its_member_is_merged_and_goes_with_the_kept_one(app, make):
    with app.app_context():
        asked, made = _became_a_member(make, make.user(role="intake"))
        id, rid, key_id, cell = asked.id, asked.rid, asked.key_id, asked.alias_enc
        db.session.rollback()
    kept = make.member(alias="Kept")
    with app.app_context():
        with writing():
            merge_members(
                viewer=make.viewer("director"),
                code=kept.code,
                other=made.code,
                versions=(kept.version, made.version),
                take={},
                households="kept",
            )
        assert db.session.get(Inquiry, id).member_id == kept.id
        db.session.rollback()
    make.removal(kept, confirmed=make.user(role="director"))
    with app.app_context():
        with clock.at(clock.now() + timedelta(hours=73)):
            queue.work_all()
        with pytest.raises(KeyGone):
            seal.open_cell("inquiry", "alias_enc", rid, key_id, cell)


def test_a_job_that_could_not_destroy_the_key_comes_again(in_app, make, monkeypatch):
    asked = whole(make)
    forget_due()
    assert db.session.scalar(select(func.count()).select_from(Inquiry)) == 0
    monkeypatch.setattr(keyring.Keyring, "destroy", lambda ring, key_id: 1 / 0)
    queue.work_all()
    monkeypatch.undo()
    with clock.at(clock.now() + timedelta(minutes=10)):
        queue.work_all()
    with pytest.raises(KeyGone):
        seal.open_cell("inquiry", "alias_enc", asked.rid, asked.key_id, asked.alias_enc)
