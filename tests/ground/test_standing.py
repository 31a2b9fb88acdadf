"""Of a record it is said in one way that it stands: nothing that could end it names it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import aliased

from mexile.ground.db import Base, db
from mexile.services.service.models import Service

ENDED = sorted(
    (mapper.class_ for mapper in Base.registry.mappers if mapper.class_.ended_by), key=lambda cls: cls.__name__
)


@pytest.mark.once
@pytest.mark.parametrize("record", ENDED, ids=lambda record: record.__name__)
def test_what_ends_a_record_names_it(record):
    for name in record.ended_by:
        table, column = name.split(".")
        assert {key.column.table for key in db.metadata.tables[table].c[column].foreign_keys} == {record.__table__}


def test_a_record_stands_until_something_ends_it_also_under_another_name(in_app, make):
    stands, ended = make.service(), make.service()
    make.service_void(ended)
    other = aliased(Service)
    assert db.session.scalars(select(Service.id).where(Service.stands())).all() == [stands.id]
    assert db.session.scalars(select(Service.id).where(~Service.stands())).all() == [ended.id]
    assert db.session.scalars(select(other.id).where(other.stands())).all() == [stands.id]
