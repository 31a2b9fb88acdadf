"""Donors are tested against the stand-in, as gifts are."""

from tests.gifts.conftest import letters, standin  # noqa: F401 - fixtures
