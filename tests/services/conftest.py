"""One caseworker with people of hers, and somebody else's person."""

from dataclasses import dataclass
from typing import Any

import pytest

from mexile.access.account.models import UserAccount
from mexile.members.person.models import Member


@dataclass(frozen=True)
class House:
    """Lucía walks with Ana, Luis and Rosa (one household) and with Mario; Berta is not hers."""

    lucia: UserAccount
    ana: Member
    luis: Member
    rosa: Member
    mario: Member
    berta: Member


@pytest.fixture
def house(make: Any) -> House:
    make.service_types()
    lucia = make.user(role="caseworker", name="Lucía Ortega")
    ana = make.member(legal_name="Ana Reyes Luna", birth_year=1984, assigned=lucia, phone="+19155550123")
    luis = make.member(legal_name="Luis Peña Reyes", birth_year=2015, assigned=lucia)
    rosa = make.member(legal_name="Rosa Peña Reyes", birth_year=2017, assigned=lucia)
    mario = make.member(legal_name="Mario Abril Soto", assigned=lucia)
    berta = make.member(legal_name="Berta Canaria Vidal")
    make.household((ana, "head"), (luis, "child"), (rosa, "child"))
    return House(lucia, ana, luis, rosa, mario, berta)


@pytest.fixture
def lucia(house: House, client_as: Any) -> Any:
    """Lucía's browser."""
    return client_as(user=house.lucia)
