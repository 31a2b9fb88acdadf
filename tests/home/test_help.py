"""Help: everybody has a day of their own, each line leads where it says, and nobody is led to a closed door."""

import re

import pytest

from mexile.access.roles import ROLES
from mexile.home.help.days import DAYS


@pytest.mark.once
@pytest.mark.parametrize("role", ROLES)
def test_a_day_leads_only_to_pages_that_open(make, client_as, role):
    client = client_as(role)
    own = client.get("/help", follow_redirects=True)
    assert own.request.path == f"/help/{role}"
    for shown in ROLES:
        page = client.get(f"/help/{shown}").text
        for path in set(re.findall(r'<a class="on-screen" href="([^"]+)"', page)):
            assert client.get(path).status_code == 200, (role, shown, path)


def test_every_role_has_a_day_in_both_languages(app):
    pages = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert set(DAYS) == set(ROLES)
    for line in (line for day in DAYS.values() for line in day):
        assert all(line[:2]) and line[0] != line[1]
        assert not line[2] or line[2] in pages
