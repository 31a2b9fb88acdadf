"""A file of rules is taken whole or not at all, and everything that is wrong with it is said at once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from mexile.cli import main
from mexile.deadlines.command import command
from mexile.deadlines.rule.actions import replace_rule
from mexile.deadlines.rule.file import FILE, own_rules, read_rules
from mexile.deadlines.rule.queries import left_out, rule_in_force
from mexile.ground.errors import Invalid
from mexile.ground.vocabulary import vocabulary

GOOD = {
    "code": "A_RULE",
    "version": 1,
    "label_en": "A",
    "label_es": "A",
    "trigger": "move_date",
    "length": 5,
    "unit": "calendar_day",
    "direction": "after",
    "weekend": "none",
    "side": "last_day",
    "severity": "serious",
    "internal_target": None,
    "citation": "8 CFR 1",
    "law": "",
    "source": "https://example.org/law",
    "from": "2020-01-01",
    "to": None,
    "status": "in_force",
    "verify": False,
    "notes_en": "n",
    "notes_es": "n",
}


def told(*rows: dict) -> str:
    return json.dumps({"about": "x", "rules": [{**GOOD, **row} for row in rows]}, indent=1)


def problems(text: str) -> list[tuple[int, str]]:
    with pytest.raises(Invalid) as wrong:
        read_rules(text)
    assert all(problem.es and problem.en for problem in wrong.value.problems)
    return [(int(problem.place.rpartition(":")[2]), problem.en) for problem in wrong.value.problems]


def line_of(text: str, piece: str, nth: int = 0) -> int:
    return [n for n, line in enumerate(text.splitlines(), 1) if piece in line][nth]


def test_the_program_s_own_file_is_whole_and_every_rule_has_its_words():
    rules = own_rules()
    assert len(rules) >= 38
    for rule in rules:
        assert rule.code in vocabulary("deadline_rule"), rule.code
        assert rule.notes_es != rule.notes_en or len(rule.notes_en) < 12, rule.code
        assert "cuota" not in rule.notes_es.lower() + rule.label_es.lower()


def test_what_somebody_knows_by_heart_waits_for_an_attorney():
    for rule in own_rules():
        if rule.source == "memory":
            assert rule.verify, rule.code


def test_everything_wrong_is_said_at_once_each_with_its_line():
    text = told(
        {"unit": "fortnight", "citation": ""},
        {"code": "B_RULE", "source": "", "trigger": "full_moon"},
        {"code": "C_RULE", "from": "2026-02-30"},
        {"code": "D_RULE"},
        {"code": "D_RULE", "version": 2, "from": "2024-01-01"},
    )
    found = problems(text)
    assert [words.partition(":")[0] for _, words in found] == [
        "A_RULE",
        "A_RULE",
        "B_RULE",
        "B_RULE",
        "C_RULE",
        "D_RULE",
    ]
    lines = dict((words, line) for line, words in found)
    assert lines["A_RULE: “fortnight” is no unit that we know."] == line_of(text, "fortnight")
    assert lines["A_RULE: The citation is missing."] == line_of(text, '"citation"', 0)
    assert lines["B_RULE: “full_moon” is no trigger that we know."] == line_of(text, "full_moon")
    assert lines["B_RULE: The source is missing."] == line_of(text, '"source"', 1)
    assert lines["C_RULE: “2026-02-30” is no day: write 2026-03-09."] == line_of(text, "2026-02-30")
    assert any("overlaps the one on line" in words for words in lines)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"direction": "earliest", "side": "first_day", "weekend": "prev_business_day"}, "can't move to an earlier"),
        ({"direction": "before", "weekend": "next_business_day"}, "can't move to a later"),
        ({"unit": "working_day"}, "working_days_only"),
        ({"weekend": "working_days_only"}, "working_days_only"),
        ({"unit": "clock_day"}, "first day only"),
        ({"direction": "earliest"}, "gives a first day"),
        ({"length": 0}, "length 0"),
        ({"length": -3}, "no length"),
        ({"length": True}, "no length"),
        ({"internal_target": "soon"}, "-60d"),
        ({"from": "2026-01-01", "to": "2025-01-01"}, "before it begins"),
        ({"source": "memory"}, "wait for an attorney"),
        ({"status": "hoped_for"}, "no status"),
        ({"color": "red"}, "no field of a rule"),
        ({"label_es": " "}, "label_es is missing"),
        ({"notes_es": ""}, "notes_es is missing"),
        ({"code": "lower"}, "capitals"),
        ({"version": 0}, "no version"),
        ({"verify": "maybe"}, "true or false"),
    ],
)
def test_each_kind_of_wrong_rule_is_refused(row, words):
    assert any(words in said for _, said in problems(told(row)))


def test_a_version_told_twice_is_refused():
    assert any("version 1 stands" in said for _, said in problems(told({"to": "2020-06-01"}, {"from": "2021-01-01"})))


def test_periods_that_touch_but_don_t_overlap_are_good():
    rules = read_rules(told({"to": "2020-12-31", "status": "superseded"}, {"version": 2, "from": "2021-01-01"}))
    assert [rule.is_binding(date(2020, 12, 31)) for rule in rules] == [True, False]
    assert [rule.is_binding(date(2021, 1, 1)) for rule in rules] == [False, True]


def test_a_proposed_rule_may_lie_on_the_one_in_force():
    assert len(read_rules(told({}, {"version": 2, "status": "proposed", "from": None}))) == 2


@pytest.mark.parametrize("text", ["", "{}", '{"rules": [', '{"rules": [{"code": }]}', '{"rules": [{} {}'])
def test_what_is_no_json_says_its_line(text):
    assert problems(text)[0][0] == 1


def test_the_file_stands_where_the_loader_looks():
    assert FILE.exists() and FILE.name == "deadline_rules.json"


def test_a_rule_that_is_wrong_in_itself_is_still_laid_beside_the_others():
    found = problems(told({"unit": "fortnight"}, {"version": 2, "from": "2024-01-01", "citation": ""}))
    said = "\n".join(words for _, words in found)
    assert "no unit" in said and "citation is missing" in said and "overlaps the one on line" in said


@pytest.mark.parametrize("field", [name for name in GOOD if name not in ("verify", "length", "version")])
@pytest.mark.parametrize("value", [5, 1.5, True, ["x"], {"a": 1}, 10**40])
def test_a_field_of_another_kind_is_refused_in_words_whatever_it_holds(field, value):
    assert any(field in said for _, said in problems(told({field: value})))


@pytest.mark.parametrize("value", ["", "five", 1.5, None, [], {}, 10**40, -1])
def test_a_number_that_is_none_is_refused(value):
    assert problems(told({"length": value})) and problems(told({"version": value}))


def _taken(app, tmp_path, text, *words):
    (tmp_path / "rules.json").write_text(text, "utf-8")
    return CliRunner().invoke(
        command, [str(tmp_path / "rules.json"), *words], obj=SimpleNamespace(create_app=lambda: app)
    )


def test_a_file_is_taken_at_the_command_line_once(app, make, tmp_path):
    make.deadline_rules()
    assert _taken(app, tmp_path, told({}), "--dry-run").output == "1 rules, all right.\n"
    assert "1 were new" in _taken(app, tmp_path, told({})).output
    assert "0 were new" in _taken(app, tmp_path, told({})).output
    assert make.read(lambda: rule_in_force("A_RULE", date(2026, 1, 1))).length == 5


def test_a_wrong_file_lays_nothing_and_says_each_line_at_the_command_line(app, make, tmp_path):
    make.deadline_rules()
    text = told(
        {"unit": "fortnight"},
        {"code": "B_RULE", "citation": None},
        {"code": "C_RULE"},
        {"code": "C_RULE", "version": 2, "from": "2024-01-01"},
        {"code": "BIA_APPEAL", "version": 99, "from": "2026-01-01"},
    )
    done = _taken(app, tmp_path, text)
    assert done.exit_code == 1
    for piece in ("fortnight", '"citation": null'):
        assert f"rules.json:{line_of(text, piece)}: " in done.stderr
    assert "overlaps the one on line" in done.stderr and "which stands already" in done.stderr
    assert make.read(lambda: rule_in_force("C_RULE", date(2026, 1, 1))) is None


def test_the_program_s_own_file_gone_wrong_stops_an_upgrade_in_words(app, make, tmp_path, monkeypatch):
    text = told(
        {"unit": "fortnight"}, {"code": "B_RULE", "citation": ""}, {"code": "C_RULE"}, {"code": "C_RULE", "version": 2}
    )
    (tmp_path / "deadline_rules.json").write_text(text, "utf-8")
    monkeypatch.setattr("mexile.deadlines.rule.file.FILE", tmp_path / "deadline_rules.json")
    monkeypatch.setattr("mexile.cli.open_app", lambda: app)
    monkeypatch.setattr("mexile.cli.schema.upgrade", lambda engine: None)
    done = CliRunner().invoke(main, ["upgrade"])
    assert done.exit_code == 1 and isinstance(done.exception, SystemExit)
    for piece in ("fortnight", '"citation": ""'):
        assert f"deadline_rules.json:{line_of(text, piece)}: " in done.stderr
    assert "overlaps the one on line" in done.stderr


def test_a_version_that_a_person_wrote_under_the_program_s_number_is_left_and_said(
    app, make, tmp_path, client_as, monkeypatch
):
    make.deadline_rules()
    assert make.read(lambda: left_out(own_rules())) == [], "what was just laid is what the file says"
    viewer = make.viewer(role="attorney")
    rule = make.read(lambda: rule_in_force("BIA_APPEAL", date(2026, 6, 1)))
    made = make.write(
        lambda: replace_rule(viewer=viewer, code=rule.code, version=rule.version, values={"length": 12}, reason="order")
    )
    number, brought = made.version, replace(rule, version=made.version, length=20, id=None)
    monkeypatch.setattr("mexile.deadlines.rule.file.own_rules", lambda: [brought])
    monkeypatch.setattr("mexile.deadlines.rule.views.own_rules", lambda: [brought])
    monkeypatch.setattr("mexile.cli.open_app", lambda: app)
    monkeypatch.setattr("mexile.cli.schema.upgrade", lambda engine: None)
    monkeypatch.setattr("mexile.cli.schema.revision", lambda engine: "0000")
    done = CliRunner().invoke(main, ["upgrade"])
    assert (
        done.exit_code == 0 and f"BIA_APPEAL version {number} was left out" in done.stderr and "length" in done.stderr
    )
    assert make.read(lambda: rule_in_force("BIA_APPEAL", date(2026, 6, 1))).length == 12
    page = client_as("attorney").get("/rules").text
    assert "It was left out" in page and "How long the period is" in page
    make.write(
        lambda: replace_rule(viewer=viewer, code="BIA_APPEAL", version=number, values={"length": 20}, reason="read")
    )
    assert "It was left out" not in client_as("attorney").get("/rules").text


def test_the_same_number_with_other_values_is_said_at_the_command_line(app, make, tmp_path):
    make.deadline_rules()
    _taken(app, tmp_path, told({}))
    again = _taken(app, tmp_path, told({"length": 6}))
    assert "0 were new" in again.output and "A_RULE version 1 was left out" in again.stderr


def test_a_file_that_is_no_text_is_refused_in_words(app, make, tmp_path):
    (tmp_path / "rules.json").write_bytes(b"\xff\xfe\x00")
    done = CliRunner().invoke(command, [str(tmp_path / "rules.json")], obj=SimpleNamespace(create_app=lambda: app))
    assert done.exit_code == 1 and "UTF-8" in done.stderr


def test_the_page_says_everything_that_is_wrong_with_a_rule_at_once_and_keeps_what_was_typed(make, client_as):
    make.deadline_rules()
    rule = make.read(lambda: rule_in_force("EAD_C8_FILE", date(2026, 1, 1)))
    client = client_as("attorney")
    url = f"/rules/EAD_C8_FILE/versions/{rule.version}"
    values = {
        "length": "150", "unit": "fortnight", "direction": "earliest", "weekend": "none", "side": "first_day", "severity": "routine",
        "citation": " ", "law": "", "source": "https://example.org/law", "from_on": "2021-01-01", "to_on": "", "status": "in_force",
        "label_en": "Mi regla", "label_es": "Mi regla", "notes_en": "n", "notes_es": "n", "reason": "x",
    }  # fmt: skip
    refused = client.post(url, data=values)
    assert refused.status_code == 422 and "Mi regla" in refused.text
    for words in ("Please fill this in.", "Not a valid choice", "overlaps version"):
        assert words in refused.text, words
    assert make.read(lambda: rule_in_force("EAD_C8_FILE", date(2026, 1, 1))).id == rule.id
