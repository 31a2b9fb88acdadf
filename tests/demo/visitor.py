"""A visitor without a mouse: reads pages, fills in the forms that stand on them, presses their buttons."""

from __future__ import annotations

import time
from urllib.parse import urljoin

import requests
from lxml import html

from mexile.demo.organization.staff import walkers

PATIENCE = 30.0


class Visitor:
    """One browser's worth of cookies, and the page that is open."""

    def __init__(self, address: str, language: str = "en"):
        self.address = address
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Accept-Language"] = language
        self.response: requests.Response | None = None

    @property
    def page(self) -> html.HtmlElement:
        return html.fromstring(self.response.content)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def url(self) -> str:
        return self.response.url

    @property
    def text(self) -> str:
        """The words of the page's own part, on one line."""
        found = self.page.xpath("//main") or [self.page]
        return " ".join(found[0].text_content().split())

    def go(self, path: str) -> Visitor:
        self.response = self.session.get(urljoin(self.address, path), timeout=PATIENCE)
        return self

    def follow(self, words: str) -> Visitor:
        """The link of these words."""
        links = [a for a in self.page.xpath("//a[@href]") if words in " ".join(a.text_content().split())]
        assert links, f"no link {words!r} on {self.url}"
        return self.go(urljoin(self.url, links[0].get("href")))

    def press(self, words: str, near: str = "", **values: str) -> Visitor:
        """The button of these words, with what is in its form; `near`: words that stand beside the form."""
        for form in self.page.forms:
            around = form.xpath("ancestor::li[1]") or [form.getparent()]
            if near and near not in " ".join(around[0].text_content().split()):
                continue
            for button in form.xpath(".//button"):
                if words == " ".join(button.text_content().split()):
                    return self._send(form, button, values)
        raise AssertionError(f"no button {words!r} on {self.url}: {self.text[:400]}")

    def _send(self, form: html.FormElement, button: html.HtmlElement, values: dict[str, str]) -> Visitor:
        for name, value in values.items():
            if name in form.fields:
                form.fields[name] = value
        sent = [*form.form_values()]
        sent += [(name, value) for name, value in values.items() if name not in form.fields]
        if button.get("name"):
            sent.append((button.get("name"), button.get("value", "")))
        target = urljoin(self.url, button.get("formaction") or form.get("action") or "")
        if form.get("method", "get").lower() == "get":
            self.response = self.session.get(target, params=sent, timeout=PATIENCE)
        else:
            self.response = self.session.post(target, data=sent, timeout=PATIENCE)
        return self

    def come_in(self, person: str, path: str = "/") -> Visitor:
        """In as somebody of the walk, with the press that stands there."""
        self.session.cookies.clear()
        called = next(worker.called for worker in walkers() if worker.word == person)
        self.go("/demo")
        words = "Come in as" if self.page.get("lang") == "en" else "Entrar como"
        pressed = next(
            b for b in self.page.xpath("//button") if b.text_content().strip().startswith(f"{words} {called},")
        )
        self.press(" ".join(pressed.text_content().split()))
        return self if path == "/" else self.go(path)


def until(found, patience: float = PATIENCE):
    """What `found()` answers, once it answers anything."""
    end = time.monotonic() + patience
    while True:
        answer = found()
        if answer:
            return answer
        assert time.monotonic() < end, "it never came"
        time.sleep(0.2)
