"""Whom one may log for, and under which name they are offered."""

from mexile.ground import seal
from mexile.ground.organization import today
from mexile.services.quick_log.queries import LoggablePeople, recipients, short_names


def _offered(viewer, line):
    with seal.silent():
        return [one.name for one in LoggablePeople(viewer, today()).named(line)]


def test_the_name_that_was_found_is_the_one_that_is_shown(in_app, make):
    make.member(legal_name="María Guadalupe Reyes Luna", preferred_name="Lupita", alias="Golondrina")
    make.member(legal_name="Mariana Zúñiga Paz")
    viewer = make.viewer("attorney")
    assert _offered(viewer, "mar") == ["Mariana Z.", "Lupita R. (María)"]
    assert _offered(viewer, "lupita") == ["Lupita R."] and _offered(viewer, "paz") == ["Mariana Zúñiga Paz"]
    assert _offered(viewer, "golond") == ["Lupita R. (Golondrina)"]
    assert _offered(make.viewer("volunteer"), "lupita") == []


def test_two_with_one_short_name_are_told_apart_by_code_and_year_of_birth(in_app, make):
    lucia = make.user(role="caseworker")
    one = make.member(legal_name="Ana Reyes Luna", birth_year=1984, assigned=lucia)
    two = make.member(legal_name="Ana Rojas", assigned=lucia)
    make.member(legal_name="Ana Ruiz")
    other = make.member(legal_name="Luz Paz", assigned=lucia)
    with seal.silent():
        said = dict(short_names(make.viewer(user=lucia), [one.code, two.code, other.code]))
    assert said == {one.code: f"Ana R. ({one.code}, 1984)", two.code: f"Ana R. ({two.code})", other.code: "Luz P."}


def test_nobody_logs_for_a_record_that_was_merged_into_another(in_app, make):
    kept, merged = make.member(alias="Golondrina"), make.member(alias="Zarzamora")
    make.merge(kept, merged)
    codes = [one.code for one in recipients(make.viewer("director"), [merged.code, kept.code])]
    assert codes == [kept.code]
