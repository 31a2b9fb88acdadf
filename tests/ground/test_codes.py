"""The next public code: one more than the highest, whoever writes beside it."""

from __future__ import annotations

import ast
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from mexile.ground.codes import next_code
from mexile.ground.db import db, writing
from mexile.ground.errors import OpenTransaction
from mexile.members.household.models import Household
from tests.make import Make

MEXILE = Path(__file__).parents[2] / "mexile"


def _give(*codes: str) -> None:
    with writing():
        for code in codes:
            db.session.add(Household(code=code))
            db.session.flush()


def _next(width: int = 4) -> str:
    with writing():
        return next_code("H", Household.code, width)


def test_the_first_is_one_and_the_next_follows_the_highest(in_app: Flask) -> None:
    assert _next() == "H-0001"
    _give("H-0001", "H-0007")
    assert _next() == "H-0008"


def test_a_row_written_out_of_order_is_no_collision(in_app: Flask) -> None:
    _give("H-0009", "H-0010", "H-0008")
    assert _next() == "H-0011"
    _give("H-0009999")
    assert _next() == "H-10000"


def test_beyond_its_digits_it_grows(in_app: Flask) -> None:
    _give("H-9999")
    assert _next() == "H-10000"
    _give("H-10000", "H-9998")
    assert _next() == "H-10001"


def test_outside_a_write_no_code_is_given(in_app: Flask) -> None:
    with pytest.raises(OpenTransaction):
        next_code("H", Household.code)


def test_what_was_undone_takes_its_number_with_it(in_app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        db.session.add(Household(code=next_code("H", Household.code)))
        db.session.flush()
        raise ZeroDivisionError
    assert _next() == "H-0001"


def test_eight_writers_at_once_get_eight_codes(app: Flask, make: Make) -> None:
    def one(_number: int) -> list[str]:
        found = []
        with app.app_context():
            for _ in range(5):
                with writing():
                    found.append(next_code("H", Household.code))
                    db.session.add(Household(code=found[-1]))
                    db.session.flush()
            db.session.remove()
        return found

    with ThreadPoolExecutor(8) as threads:
        codes = [code for given in threads.map(one, range(8)) for code in given]
    assert sorted(codes) == [f"H-{number:04d}" for number in range(1, 41)]


def test_each_kind_of_record_has_letters_of_its_own() -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for path in MEXILE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "next_code"
                and isinstance(node.args[0], ast.Constant)
            ):
                kinds[ast.literal_eval(node.args[0])].add(ast.unparse(node.args[1]))
    assert len(kinds) > 15 and [letters for letters, columns in kinds.items() if len(columns) > 1] == []


def test_a_code_given_under_other_letters_is_counted_on(in_app: Flask) -> None:
    """Papers shared their letter with donors once: those keep their codes, and the numbers go on."""
    _give("X-0007")
    assert _next() == "H-0008"
