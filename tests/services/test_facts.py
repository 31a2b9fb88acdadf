"""What is written of a service is listed once: the columns, the forms, repeating and correcting follow the list."""

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from mexile.ground import clock
from mexile.ground.db import db
from mexile.services.listing.queries import ServiceLine
from mexile.services.service.actions import act_of_entry
from mexile.services.service.forms import CorrectionForm, LogForm
from mexile.services.service.models import Service
from mexile.services.service.rules import FACTS, facts_of

OF_THE_ENTRY = {
    "id",
    "rid",
    "key_id",
    "code",
    "type_code",
    "unit",
    "by_user_id",
    "logged_at",
    "note_enc",
    "version",
}
"""Columns that no act says: what they hold comes of logging it, and of its kind."""


@pytest.mark.once
def test_every_column_is_a_fact_or_comes_of_logging():
    assert set(Service.__table__.c.keys()) == OF_THE_ENTRY | set(FACTS)
    assert not OF_THE_ENTRY & set(FACTS)


@pytest.mark.once
def test_the_forms_ask_for_every_fact_but_its_date(app):
    """Who else was there is said once, when it is logged."""
    with app.test_request_context("/"):
        assert set(FACTS) - set(LogForm(formdata=MultiDict())._fields) == {"event_id"}
        assert set(FACTS) - set(CorrectionForm()._fields) == {"event_id", "others"}


@pytest.mark.once
def test_repeating_an_entry_and_correcting_nothing_of_it_keep_every_fact(app, house, make, lucia):
    values = {"quantity": 3, "amount_cents": 1250, "place": "court", "mode": "video", "minutes": 77, "others": 4}
    service = make.service(people=[house.ana], by=house.lucia, type_code="translate", on=clock.today(), **values)
    with app.app_context():
        standing = db.session.scalars(select(Service)).one()
        assert facts_of(act_of_entry(standing, [])) == facts_of(standing)
    page = lucia.get(f"/services/{service.code}/correction").text
    typed = {"version": "1", "on": f"{clock.today()}", "minutes": "77", "quantity": "3", "amount": "12.50"}
    assert all(f'value="{value}"' in page for value in ("77", "3", "12.50"))
    lucia.post(f"/services/{service.code}/correction", data={**typed, "place": "court", "mode": "video"})
    lucia.post(f"/services/{service.code}/again", data={"again": "yes"})
    with app.app_context():
        before, after = db.session.scalars(select(Service).order_by(Service.id))
        assert before.version == 1
        assert facts_of(before) == facts_of(after)


def test_a_line_of_the_list_has_the_facts_of_its_row():
    assert set(FACTS) <= {*ServiceLine.__dataclass_fields__}
