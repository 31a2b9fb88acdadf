"""Hours are rounded in one way: the page says what the cell shows."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from mexile.reports.wording import hours

pytestmark = pytest.mark.once


def test_the_page_rounds_hours_as_a_cell_of_a_workbook_does():
    for minutes in [*range(3000), 204_435, 204_434, 204_436, 10**7 + 3]:
        shown = (Decimal(minutes) / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)
        assert hours(minutes) == f"{shown:,}".removesuffix(".0")
    assert hours(204_435) == "3,407.3"
