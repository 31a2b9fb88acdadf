"""What a browser sees of a page: its complaints, its width, what axe-core finds, its picture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = {1280: 900, 360: 740}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = 'rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"], iframes: false})'


# What axe-core doesn't ask: drawers that are closed, and a thumb.
LOOSE = """() => {
  const said = (what, element) => `${what}: ${element.outerHTML.replace(/\\s+/g, " ").slice(0, 120)}`;
  const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
  const twice = [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))].map(id => `two elements have the id ${id}`);
  const fields = [...document.querySelectorAll("main :is(input:not([type=hidden]), select, textarea)")];
  const unnamed = fields.filter(field => !field.labels.length && !field.ariaLabel).map(field => said("no label", field));
  const controls = innerWidth > 640 ? [] : document.querySelectorAll("main :is(button, summary, select, textarea, input, .rows > li > a)");
  const small = [...controls].filter(control => control.checkVisibility() && control.type !== "hidden").filter(control => {
    const box = (control.matches("[type=checkbox], [type=radio]") && control.closest("label") || control).getBoundingClientRect();
    return box.width > 1 && box.height < 44;
  }).map(control => said("too small for a thumb", control));
  return [...twice, ...unnamed, ...small];
}"""


@dataclass
class Visit:
    """One page open in a browser, and everything that went wrong there so far."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def show(self, width: int, light: str) -> None:
        """Make the window `width` px wide, by "day" or by "night", without asking for the page again."""
        self.page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        self.page.emulate_media(color_scheme="dark" if light == "night" else "light")

    def problems(self, axe: bool = True) -> list[str]:
        """All that a page must not have, in words; empty is what one wants. `axe` is most of the work."""
        found = [*self.complaints, *(f"asked {address}" for address in self.outside)]
        wide, seen = self.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        if wide > seen:
            found.append(f"scrolls sideways: {wide} px in {seen}, because of {self._too_wide()}")
        headings = self.page.locator("h1").count()
        if headings != 1:
            found.append(f"{headings} h1 headings")
        return found + self.page.evaluate(LOOSE) + (self.axe() if axe else [])

    def axe(self) -> list[str]:
        """What axe-core finds, of any impact. A context that opens many pages loads it into each."""
        if self.page.evaluate("!window.axe"):
            self.page.evaluate(AXE.read_text())
        results = self.page.evaluate(RUN, RULES)
        return [
            f"axe {violation['id']} ({violation['impact']}): {node['html'][:160]} {node['failureSummary'][:200]}"
            for violation in results["violations"]
            for node in violation["nodes"][:3]
        ]

    def _too_wide(self) -> list[str]:
        return self.page.evaluate(
            """() => [...document.querySelectorAll("body *")]
              .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
                && !e.closest(".table, .scrolls"))
              .slice(0, 4).map(e => e.outerHTML.slice(0, 120))"""
        )


@contextmanager
def visiting(
    browser: Browser,
    address: str,
    *,
    cookies: list[dict] = (),
    width: int = 1280,
    dark: bool = False,
    language: str = "en",
    script: bool = True,
) -> Iterator[tuple[BrowserContext, Visit]]:
    """A fresh browser context at `address`: nobody's, or of the person whose cookies are given."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": WIDTHS[width]},
        color_scheme="dark" if dark else "light",
        locale={"en": "en-US", "es": "es-MX"}[language],
        java_script_enabled=script,
        reduced_motion="reduce",
    )
    try:
        context.add_cookies(list(cookies))
        yield context, _listening(context, address)
    finally:
        context.close()


def _listening(context: BrowserContext, address: str) -> Visit:
    visit = Visit(context.new_page())

    def asked(request: Request) -> None:
        if urlsplit(request.url).scheme in ("http", "https") and not request.url.startswith(address + "/"):
            visit.outside.append(request.url)

    def said(message: ConsoleMessage) -> None:
        # What could not be loaded is told below, with its address.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            visit.complaints.append(f"console: {message.text}")

    def answered(response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            visit.complaints.append(f"{response.status} for {response.url}")

    visit.page.on("request", asked)
    visit.page.on("response", answered)
    visit.page.on("console", said)
    visit.page.on("pageerror", lambda error: visit.complaints.append(f"script: {error}"))
    return visit
