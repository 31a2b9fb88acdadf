"""Bonds: asked, decided, posted and returned in this order, by two people, and by rights."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from mexile.custody.bond.actions import ask_bond, edit_bond
from mexile.custody.bond.queries import bonds_of
from mexile.custody.bond.rules import bond_problems
from mexile.custody.supervision.actions import start_supervision
from mexile.ground.db import writing
from mexile.ground.errors import Conflict, NotHere
from tests.make import Make

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ({"asked_on": DAY}, []),
        ({}, ["asked_on"]),
        ({"asked_on": DAY, "returned_on": DAY}, ["returned_on"]),
        (
            {
                "asked_on": DAY,
                "decision": "granted",
                "decided_on": DAY,
                "amount_cents": 500_000,
                "posted_on": DAY + timedelta(days=3),
                "payer": "family",
                "returned_on": DAY + timedelta(days=2),
            },
            ["returned_on"],
        ),
        (
            {
                "asked_on": DAY,
                "decision": "granted",
                "decided_on": DAY,
                "amount_cents": 500_000,
                "posted_on": DAY,
                "payer": "us",
                "returned_on": DAY,
            },
            [],
        ),
        ({"asked_on": DAY, "decision": "denied", "decided_on": DAY, "posted_on": DAY, "payer": "us"}, ["posted_on"]),
        (
            {"asked_on": DAY, "decision": "granted", "decided_on": DAY - timedelta(days=1)},
            ["decided_on", "amount_cents"],
        ),
        ({"asked_on": DAY, "decision": "granted"}, ["decided_on", "amount_cents"]),
        ({"asked_on": DAY + timedelta(days=99)}, ["asked_on"]),
    ],
)
def test_a_bond_is_asked_decided_posted_and_returned_in_this_order(values, places) -> None:
    found = [problem.place for problem in bond_problems(values, DAY + timedelta(days=30))]
    assert sorted(found) == sorted(places)


def test_two_people_editing_one_bond(in_app: Flask, make: Make) -> None:
    viewer, bond = make.viewer("attorney"), make.bond(asked_on=DAY)
    values = {
        "asked_on": DAY,
        "decision": "denied",
        "decided_on": DAY,
        "reason": "no_relative",
        "stated": "No relative.",
    }
    with writing():
        edit_bond(viewer=viewer, code=bond.code, version=bond.version, values=values)
    with pytest.raises(Conflict), writing():
        edit_bond(viewer=viewer, code=bond.code, version=1, values={"asked_on": DAY})
    kept = bonds_of(viewer, bond.member_id)[0]
    assert kept.stated == "No relative." and kept.reason == "no_relative"


def test_bond_and_supervision_hang_on_rights(in_app: Flask, make: Make) -> None:
    member, stranger = make.member(), make.viewer()
    bond = make.bond(member, asked_on=DAY)
    for act in (
        lambda: ask_bond(viewer=stranger, code=member.code, values={"asked_on": DAY}),
        lambda: edit_bond(viewer=stranger, code=bond.code, version=1, values={"asked_on": DAY}),
        lambda: start_supervision(
            viewer=stranger, code=member.code, kind="ice", every="year", monitor="none", from_on=DAY
        ),
    ):
        with pytest.raises(NotHere), writing():
            act()
