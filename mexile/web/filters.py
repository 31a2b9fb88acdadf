"""Jinja's filters: money, days, moments, numbers and the words of vocabularies."""

from __future__ import annotations

from datetime import date, datetime, time

from babel.numbers import format_decimal
from flask import Flask
from markupsafe import Markup

from mexile.ground import dates, hours, money, organization, rough
from mexile.ground import vocabulary as words
from mexile.ground.marks import is_mark
from mexile.web.i18n import lang


def _day(day: date | None) -> str:
    return "" if day is None else dates.format_day(day, lang())


def _short_day(day: date | None) -> str:
    return "" if day is None else dates.format_short_day(day, lang())


def _week_day(day: date) -> str:
    return dates.format_week_day(day, lang())


def _month(day: date) -> str:
    return dates.format_month(day, lang())


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else dates.format_moment(moment, lang(), organization.zone())


def _hour(at: time | None) -> str:
    return "" if at is None else hours.format_hour(at, lang())


def _money(cents: int | None, currency: str = "USD") -> str:
    return "" if cents is None else money.format_cents(cents, lang(), currency)


def _short_money(cents: int, currency: str = "USD") -> str:
    return money.format_short(cents, lang(), currency)


def _number(number: int | float | None) -> str:
    locale = "es_US" if lang() == "es" else "en_US"
    return "" if number is None else format_decimal(number, locale=locale)


def _rough(known: rough.Rough | None) -> str:
    return known.text(lang()) if known else ""


def _full_stop(sentence: str) -> str:
    """The sentence with the stop at its end that "8:30 a.m." or "María G." has already."""
    return sentence if Markup(sentence).striptags().endswith(".") else sentence + "."  # noqa: S704 - read, not shown


def _label(code: str | None, name: str) -> str:
    return words.vocabulary(name).label(code, lang())


def arrange(app: Flask) -> None:
    app.jinja_env.tests["mark"] = is_mark
    app.jinja_env.filters.update(
        day=_day,
        short_day=_short_day,
        week_day=_week_day,
        month=_month,
        moment=_moment,
        clock=_hour,
        money=_money,
        short_money=_short_money,
        number=_number,
        label=_label,
        rough=_rough,
        full_stop=_full_stop,
        say=lambda problem: problem.text(lang()),
    )
