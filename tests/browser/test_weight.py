"""What a first visit fetches over the line, and that nothing moves once it is there. `-s` prints the figures."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import visiting
from tests.browser.site import Site
from tests.make import Make

pytestmark = pytest.mark.once

STAFF, GIVE = 130_000, 60_000
PAGES = {
    "caseworker": ["/today", "/members", "/members/{member}", "/services/log"],
    "attorney": ["/docket"],
    "director": ["/"],
}
MOVED = """new Promise(done => {
  let moved = 0;
  new PerformanceObserver(list => { for (const shift of list.getEntries()) moved += shift.value; }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(moved), 400);
})"""


def measured(browser: Browser, site: Site, path: str, cookies: list[dict[str, str]], width: int) -> tuple[int, float]:
    """(bytes over the line with an empty cache, layout shift) of the first visit of `path`."""
    with visiting(browser, site.address, cookies=cookies, width=width) as (context, visit):
        line = context.new_cdp_session(visit.page)
        line.send("Network.enable")
        sizes: list[float] = []
        line.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
        visit.page.goto(path, wait_until="networkidle")
        return int(sum(sizes)), float(visit.page.evaluate(MOVED))


@pytest.mark.parametrize("width", [1280, 360])
def test_a_first_visit_weighs_little_and_nothing_moves(browser: Browser, site: Site, make: Make, width: int) -> None:
    people = {role: make.user(role=role) for role in ("caseworker", "attorney", "director")}
    member = make.member(assigned=people["caseworker"]).code
    figures = {"/give": (*measured(browser, site, "/give", [], width), GIVE)}
    for role, paths in PAGES.items():
        for path in paths:
            address = path.format(member=member)
            figures[path] = (*measured(browser, site, address, site.cookies_of(make, people[role]), width), STAFF)
    for path, (size, moved, most) in figures.items():
        print(f"{path:22} {width:5} px {size:8} of {most} bytes, moved {moved:.4f}")
    assert [path for path, (size, _moved, most) in figures.items() if size > most] == []
    assert [path for path, (_size, moved, _most) in figures.items() if moved > 0.001] == []
