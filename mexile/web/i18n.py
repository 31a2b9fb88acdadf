"""Two languages. Templates and code use gettext with English words; the Spanish lies
in `mexile/translations/es/LC_MESSAGES`, one file a house."""

from __future__ import annotations

import re
from pathlib import Path

from babel.support import Translations
from flask import Flask, g, has_app_context, has_request_context, request
from flask_babel import Babel, Domain, get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

LANGUAGES = ("en", "es")
COOKIE = "lang"
TRANSLATIONS = Path(__file__).parent.parent / "translations"
_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")
_ONE_OCLOCK = re.compile(r"\blas (?=1:\d\d )")


def lang() -> str:
    """The language of this page: the signed-in person's own, else the one asked for by
    `?lang=`, the choice kept in the cookie, or what the browser prefers."""
    if not has_request_context():
        return "en"
    language = g.get("lang")
    if language is None:
        language = g.lang = _choose()
    return language


def _choose() -> str:
    viewer = g.get("viewer")
    if viewer is not None:
        return viewer.language
    for asked in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if asked in LANGUAGES:
            return asked
    return request.accept_languages.best_match(LANGUAGES) or "en"


def domains() -> list[str]:
    """One per .po file, in a fixed order."""
    return sorted(path.stem for path in (TRANSLATIONS / "es" / "LC_MESSAGES").glob("*.po"))


def arrange(app: Flask) -> None:
    names = domains() or ["messages"]
    app.config["BABEL_DOMAIN"] = ";".join(names)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join([str(TRANSLATIONS)] * len(names))
    Babel(app, locale_selector=lang).domain_instance = _Catalog(domain=app.config["BABEL_DOMAIN"])
    # Both come with Jinja's extension for words, of which its class says nothing.
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["_"] = _say


class _Catalog(Domain):
    """The words of this page's language, looked up once a request: a page says a hundred."""

    def get_translations(self) -> Translations:
        if not has_app_context():
            return super().get_translations()
        if "translations" not in g:
            g.translations = super().get_translations()
        return g.translations

    def gettext(self, word: str, **values: object) -> str:
        return settle(super().gettext(word, **values)) if values else super().gettext(word)


def settle(sentence: str) -> str:
    """What was filled into a sentence settles in it: one full stop after "8:30 a.m." or "A.C.", and "la 1:30 p. m."."""
    if ".." in sentence:
        sentence = sentence.__class__(_TWO_STOPS.sub(".", sentence))
    return sentence.__class__(_ONE_OCLOCK.sub("la ", sentence)) if "las 1:" in sentence else sentence


def _spoken() -> Translations:
    return g.get("translations") or get_translations()


def _gettext(word: str) -> str:
    return _spoken().ugettext(word)


@pass_eval_context
def _say(page: EvalContext, word: str, **values: object) -> str:
    """`_` of the templates: jinja's own does the same by a longer way, forty times a page."""
    text = _gettext(word)
    if page.autoescape:
        text = Markup(text)  # noqa: S704 - our own words, as Jinja itself marks them
    return settle(text % values) if "%" in text else text


def _ngettext(singular: str, many: str, number: int) -> str:
    return _spoken().ungettext(singular, many, number)
