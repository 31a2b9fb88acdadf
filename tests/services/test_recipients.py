"""Whom one may log for."""

from mexile.services.quick_log.queries import recipients


def test_nobody_logs_for_a_record_that_was_merged_into_another(in_app, make):
    kept, merged = make.member(alias="Golondrina"), make.member(alias="Zarzamora")
    make.merge(kept, merged)
    codes = [one.code for one in recipients(make.viewer("director"), [merged.code, kept.code])]
    assert codes == [kept.code]
