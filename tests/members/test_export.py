"""Lists at work: narrowed, saved, taken out with a mark, and the register of what was taken; who looked."""

import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from mexile.ground import clock
from mexile.ground.db import db
from mexile.members.export.models import Export, ExportMember, SavedView
from mexile.members.export.queries import exports_page, exports_with
from mexile.members.export.rules import COLUMNS
from mexile.members.listing.queries import Wanted, leaving, list_filters, members_page
from mexile.members.looked.rules import kinds_of
from tests.make import Make
from tests.members.test_listing import _statements

WISH = {"purpose": "org_internal", "audience": "staff", "reason": "meeting", "columns": ["name", "profile", "language"]}


def named(make: Make, legal: str, **values: Any) -> Any:
    return make.member(legal_name=legal, consented_on=date(2026, 1, 1), **values)


# ---- narrowing -------------------------------------------------------------------


def test_the_list_is_narrowed_by_who_walks_along_and_where_the_person_is(in_app: Flask, make: Make) -> None:
    lucia, viewer = make.user(role="caseworker"), make.viewer("attorney")
    hers, other = named(make, "Ana Uno", assigned=lucia), named(make, "Eva Dos")
    make.household_place(other, place="detained", by=lucia)
    make.household_place(hers, place="detained", by=lucia, since_on=date(2026, 1, 1))
    make.household_place(hers, place="with_us", by=lucia, since_on=date(2026, 2, 1))

    def codes(**asked: Any) -> list[str]:
        return [line.code for line in members_page(viewer, Wanted(**asked)).lines]

    assert codes(more=(("walks", lucia.code),)) == [hers.code]
    assert codes(more=(("place", "detained"),)) == [other.code]
    assert codes(more=(("place", "with_us"),)) == [hers.code]
    assert codes(more=(("walks", lucia.code), ("place", "detained"))) == []


def test_the_list_is_narrowed_by_a_date_that_comes_up(in_app: Flask, make: Make) -> None:
    today, viewer = clock.today(), make.viewer("attorney")
    soon, far, late = named(make, "Ana Uno"), named(make, "Eva Dos"), named(make, "Ida Tres")
    for member, days in ((soon, 10), (far, 40), (late, -3)):
        make.deadline(member=member, due_on=today + timedelta(days=days))
    found = {
        code: {line.code for line in members_page(viewer, Wanted(more=(("deadline", code),))).lines}
        for code in ("late", "14", "60")
    }
    assert found == {"late": {late.code}, "14": {soon.code, late.code}, "60": {soon.code, late.code, far.code}}


def test_the_filters_know_their_words_in_both_languages(in_app: Flask, make: Make) -> None:
    make.user(role="caseworker")
    assert set(list_filters()) >= {"walks", "place", "deadline"}
    for one in list_filters().values():
        assert one.choices("en") and len(one.choices("en")) == len(one.choices("es"))


def test_a_word_that_a_filter_can_not_mean_is_left_out(make: Make, client_as: Callable[..., Any]) -> None:
    make.member(alias="Ana")
    assert "Ana" in client_as("attorney").get("/members?place=nowhere&walks=U-999&deadline=3").text


# ---- saved lists ------------------------------------------------------------------


def test_a_list_is_saved_shared_and_deleted(app: Flask, make: Make, client_as: Callable[..., Any]) -> None:
    lucia, nora, elena = client_as("caseworker"), client_as("intake"), client_as("director")
    for title, shared in (("Mine", {}), ("Ours", {"shared": "y"})):
        data = {"title": title, "asked": "show=all&profile=journalist&sort=name&evil=x", **shared}
        answer = lucia.post("/members/views", data=data)
        assert answer.status_code == 302 and "profile=journalist" in answer.location and "evil" not in answer.location
    assert "Mine" in lucia.get("/members").text and "Ours" in lucia.get("/members").text
    assert "Mine" not in nora.get("/members").text and "Ours" in nora.get("/members").text
    with app.app_context():
        ids = dict((view.title, view.id) for view in db.session.scalars(select(SavedView)))
    assert nora.post(f"/members/views/{ids['Ours']}/deletion").status_code == 404
    assert elena.post(f"/members/views/{ids['Mine']}/deletion").status_code == 404
    assert elena.post(f"/members/views/{ids['Ours']}/deletion").status_code == 302
    assert lucia.post(f"/members/views/{ids['Mine']}/deletion").status_code == 302
    assert lucia.post("/members/views", data={"title": "", "asked": ""}).status_code == 422


def test_a_name_is_one_list(app: Flask, client_as: Callable[..., Any]) -> None:
    lucia = client_as("caseworker")
    for asked in ("show=all", "show=closed"):
        lucia.post("/members/views", data={"title": "Mine", "asked": asked})
    with app.app_context():
        assert [view.asked for view in db.session.scalars(select(SavedView))] == ["sort=name&show=closed"]


# ---- taking one out ---------------------------------------------------------------


def sheet_of(answer: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(answer.data)).active.iter_rows()]


def test_only_who_consented_is_in_the_file_and_the_register_says_so(
    app: Flask, make: Make, client_as: Callable[..., Any]
) -> None:
    ana = named(make, "Ana Reyes Luna", profile="journalist", phone="+19155550101", address="Calle 5")
    make.member(alias="Quieto")
    ximena = client_as("attorney")
    answer = ximena.post("/members/export", data={**WISH, "asked": "show=open"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"] == 'attachment; filename="EX-0001.xlsx"'
    rows = sheet_of(answer)
    assert rows[2] == ["Code", "Name", "Why at risk", "Language"]
    assert [row[:2] for row in rows[3:]] == [[ana.code, "Reyes Luna, Ana"]]
    assert "Quieto" not in str(rows) and "5550101" not in str(rows) and "Calle" not in str(rows)
    book = load_workbook(BytesIO(answer.data))
    mark = rows[0][0]
    assert mark.startswith(f"EX-0001 · {ximena.user.code} · ") and "UTC" in mark
    assert book.properties.creator == ximena.user.code and book.properties.description == mark
    assert book.active.oddHeader.center.text == mark == book.active.oddFooter.center.text
    with app.app_context():
        made = db.session.scalars(select(Export)).one()
        assert (made.rows, made.left_out, made.filters) == (1, 1, "show=open sort=name")
        assert db.session.scalars(select(ExportMember.member_id)).all() == [ana.id]
        assert [one.code for one in exports_with(ana.id)] == ["EX-0001"]


def test_a_name_goes_as_far_as_the_role_and_the_consent(app: Flask, make: Make, client_as: Callable[..., Any]) -> None:
    lucia = client_as("caseworker")
    named(make, "Ana Reyes Luna", assigned=lucia.user)
    named(make, "Eva Otra Persona")
    answer = lucia.post("/members/export", data={**WISH, "asked": "show=open"})
    assert answer.status_code == 422  # a column that is not hers to choose
    answer = lucia.post("/members/export", data={**WISH, "columns": ["profile"], "asked": "show=open"})
    assert len(sheet_of(answer)) == 4 and "Reyes" not in str(sheet_of(answer))


def test_nobody_who_did_not_consent_to_the_audience_leaves(
    app: Flask, make: Make, client_as: Callable[..., Any]
) -> None:
    named(make, "Ana Reyes Luna")
    answer = client_as("director").post("/members/export", data={**WISH, "purpose": "media_name", "audience": "press"})
    assert answer.status_code == 422 and "Nobody in this list agreed" in answer.text
    with app.app_context():
        assert db.session.scalar(select(Export.id)) is None


def test_whom_an_emergency_opened_does_not_leave(in_app: Flask, make: Make) -> None:
    lucia, ana = make.user(role="caseworker"), named(make, "Ana Reyes Luna")
    make.emergency(ana, lucia)
    viewer = make.viewer("caseworker", user=lucia)
    assert [line.code for line in members_page(viewer, Wanted()).lines] == [ana.code]
    assert leaving(viewer, Wanted()) == []


def test_taking_out_asks_for_the_password_again(make: Make, client_as: Callable[..., Any]) -> None:
    late = client_as("attorney", confirmed=timedelta(minutes=9))
    answer = late.post("/members/export", data=WISH)
    assert answer.status_code == 302 and "/confirm" in answer.location


def test_no_column_tells_where_a_person_can_be_found() -> None:
    assert not {"alias", "phone", "email", "address", "safe_note"} & set(COLUMNS)


@pytest.mark.once
def test_libreoffice_opens_the_file(
    make: Make, client_as: Callable[..., Any], libreoffice: str, tmp_path: Path
) -> None:
    named(make, "=HYPERLINK(1) Reyes")
    answer = client_as("attorney").post("/members/export", data={**WISH, "asked": ""})
    (tmp_path / "list.xlsx").write_bytes(answer.data)
    command = [
        libreoffice,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "csv",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "list.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    said = (tmp_path / "list.csv").read_text(errors="replace")
    assert "HYPERLINK(1)" in said and "Err:" not in said


def test_the_register_is_the_auditors_and_the_directors(make: Make, client_as: Callable[..., Any]) -> None:
    ana = named(make, "Ana Reyes Luna")
    made = make.export(ana)
    for role in ("auditor", "director"):
        page = client_as(role).get("/exports")
        assert made.code in page.text and "Reyes" not in page.text
        assert ana.code in client_as(role).get(f"/exports/{made.code}").text
    assert client_as("caseworker").get("/exports").status_code == 404
    assert client_as("auditor").get("/exports/EX-9999").status_code == 404


def test_the_register_is_paged_and_follows_a_merge(in_app: Flask, make: Make) -> None:
    ana, twin = named(make, "Ana Reyes Luna"), named(make, "Ana Reyes")
    for _number in range(52):
        make.export(twin)
    first, further = exports_page(make.viewer("auditor"))
    second, end = exports_page(make.viewer("auditor"), further)
    assert (len(first), len(second), end) == (50, 2, None)
    assert not exports_with(ana.id)
    db.session.rollback()
    make.merge(ana, twin)
    assert len(exports_with(ana.id)) == 52


# ---- who looked --------------------------------------------------------------------


def test_a_read_in_an_emergency_is_marked(make: Make, client_as: Callable[..., Any]) -> None:
    ana, lucia = named(make, "Ana Reyes Luna"), client_as("caseworker")
    make.emergency(ana, lucia.user)
    lucia.get(f"/members/{ana.code}")
    assert "emergency access" in client_as("attorney").get(f"/members/{ana.code}/looked").text


def test_every_read_is_told_by_person_and_day_with_its_kind(make: Make, client_as: Callable[..., Any]) -> None:
    ana = named(make, "Ana Reyes Luna", phone="+19155550101")
    ximena, elena = client_as("attorney"), client_as("director")
    ximena.get(f"/members/{ana.code}/drawer/contact")
    elena.get("/members")
    page = ximena.get(f"/members/{ana.code}/looked").text
    assert ximena.user.name in page and elena.user.name in page and "telephone, e-mail, address" in page
    only = ximena.get(f"/members/{ana.code}/looked?who={elena.user.code}").text
    assert "telephone, e-mail, address" not in only
    nobody = ximena.get(f"/members/{ana.code}/looked?on=2026-01-01").text
    assert "Nobody looked like this" in nobody
    assert client_as("volunteer").get(f"/members/{ana.code}/looked").status_code == 404


def test_a_page_of_reads_is_a_fixed_number_of_queries(app: Flask, make: Make, client_as: Callable[..., Any]) -> None:
    ana, ximena = named(make, "Ana Reyes Luna"), client_as("attorney")

    url = f"/members/{ana.code}/looked"
    ximena.get(f"/members/{ana.code}")
    few = _statements(app, ximena, url)
    for _time in range(60):
        ximena.get(f"/members/{ana.code}/drawer/identity")
    assert _statements(app, ximena, url) == few
    assert "before=" in ximena.get(f"/members/{ana.code}/looked").text


def test_kinds_are_told_in_one_order() -> None:
    assert kinds_of(["member.phone_enc", "member.legal_name_enc"]) == ("identity", "contact")
    assert kinds_of(["member.alias_enc"]) == ("name",)
    assert kinds_of(["document.name_enc", "somewhere.else_enc"]) == ("document", "other")
    assert kinds_of([]) == ("name",)
