"""Fields: what people type becomes cents, days, clean text and codes, or a clear sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any, Generic, TypeVar

from flask_babel import gettext
from wtforms import Field, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from mexile.ground import dates, hours, money, organization, phone, rough
from mexile.ground import vocabulary as words
from mexile.ground.date_reading import Yearless, parse_day
from mexile.ground.errors import Invalid, Problem
from mexile.ground.marks import is_mark
from mexile.ground.rough import Rough
from mexile.ground.text import clean, clean_line, number_sent, says_nothing
from mexile.web import keypads
from mexile.web.i18n import lang

Value = TypeVar("Value")


class Required:
    """The field must be filled. The mark is for the page; the sentence is ours."""

    field_flags = {"required": True}

    def __init__(self, message: str | None = None):
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if field.errors or field.process_errors or getattr(field, "is_damaged", False):
            return
        if field.data is None or field.data == "" or field.data == []:
            raise ValidationError(self.message or gettext("Please fill this in."))


class AtMost:
    """No longer than `most` characters."""

    def __init__(self, most: int):
        self.most = most

    def __call__(self, form: Any, field: Any) -> None:
        if field.data and len(field.data) > self.most:
            raise ValidationError(
                gettext(
                    "This is %(length)s characters long; there is room for %(most)s.",
                    length=len(field.data),
                    most=self.most,
                )
            )


class NoPlaceholder:
    """No "N/A", "-" or "NULL" where a name goes: it would be taken for one."""

    def __call__(self, form: Any, field: Any) -> None:
        if field.data and says_nothing(field.data):
            raise ValidationError(gettext("“%(text)s” says that there is nothing. Leave it empty.", text=field.data))


class Unreadable:
    """A field that may show the mark of a value that can't be opened. What comes back of it is nothing, and
    `is_damaged`: what lies there stays."""

    is_damaged = False

    def without_mark(self, text: str) -> str:
        """What was typed; "" for a mark that the page itself had put there."""
        self.is_damaged = is_mark(text)
        return "" if self.is_damaged else text

    def _value(self) -> str:
        if self.is_damaged:
            return str(self.raw_data[0])  # type: ignore[attr-defined]  # of the field it is mixed into
        return str(super()._value())  # type: ignore[misc]  # its own


class Text(Unreadable, StringField):
    """Words; `data` is "" where there are none."""

    data: str

    def process_data(self, value: str | None) -> None:
        super().process_data(value or "")


class TextField(Text):
    """One clean line, 200 characters unless told otherwise; `free_note` where a person tells something in it."""

    def __init__(
        self, label: Any = None, validators: Iterable[Any] = (), most: int = 200, free_note: bool = False, **more: Any
    ):
        super().__init__(label, [*validators, AtMost(most)], **more)
        self.free_note = free_note

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = self.without_mark(clean_line(valuelist[0])) if valuelist else ""


class EmailField(TextField):
    """One e-mail address; whether it is one, the form's own validator says."""

    widget = keypads.EMAIL


class LongTextField(Text, TextAreaField):
    """Clean paragraphs, 8,000 characters unless told otherwise.

    They are taken for a free note, beside which the page asks not to write how someone plans to cross or what
    they paid; `free_note=False` says that this one tells of nobody.
    """

    def __init__(
        self, label: Any = None, validators: Iterable[Any] = (), most: int = 8000, free_note: bool = True, **more: Any
    ):
        super().__init__(label, [*validators, AtMost(most)], **more)
        self.free_note = free_note

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = self.without_mark(clean(valuelist[0])) if valuelist else ""


class Typed(Unreadable, Field, Generic[Value]):
    """A field whose value is parsed; what was typed stays on the page when it can't be. `data` is None where
    nothing was typed, `given` the value where the form asks for one."""

    widget = keypads.TEXT
    data: Value | None

    @property
    def given(self) -> Value:
        """The value. Raises Invalid where there is none, so that no act begins without it."""
        if self.data is None:
            raise Invalid(Problem(self.name, "Please fill this in.", "Por favor llene esto."))
        return self.data

    def parse(self, text: str) -> Value | None:
        raise NotImplementedError

    def write(self, value: Value) -> str:
        return str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        text = self.without_mark(clean_line(valuelist[0])) if valuelist else ""
        if not text:
            return
        try:
            self.data = self.parse(text)
        except Invalid as wrong:
            raise ValueError(wrong.problems[0].text(lang())) from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if is_mark(self.data):
            return str(self.data)
        return "" if self.data is None else self.write(self.data)


class MoneyField(Typed[int]):
    """An amount; `data` is whole cents."""

    widget = keypads.MONEY

    def parse(self, text: str) -> int:
        return money.parse_cents(text, self.name)

    def write(self, value: int) -> str:
        return f"{value // 100}.{value % 100:02d}" if value % 100 else str(value // 100)


class DayField(Typed[date]):
    """A day; `data` is a date. It takes every usual way to write one and asks where 3/12 could be two days.
    `year` says what a day without its year means: the last one, the next one, or a question (`date_reading.Yearless`)."""

    widget = keypads.DAY

    def __init__(self, label: Any = None, validators: Iterable[Any] = (), year: Yearless = "last", **more: Any):
        super().__init__(label, list(validators), **more)
        self.year = year

    def parse(self, text: str) -> date:
        return parse_day(text, organization.today(), self.name, year=self.year)

    def write(self, value: date) -> str:
        return dates.format_short_day(value, lang())


class RoughDayField(Typed[Rough]):
    """A day as well as it is known; `data` is a `Rough`. It takes 12 mar 2021, mar 2021, 2021, about 2021."""

    widget = keypads.DAY

    def parse(self, text: str) -> Rough:
        return rough.parse_rough(text, organization.today(), self.name)

    def write(self, value: Rough) -> str:
        return str(value.text(lang()))


class TimeField(Typed[time]):
    """A time of day; `data` is a time. It takes 8:30, 1:30 pm, 13:30, 1330 and asks which 1:30 is meant."""

    def parse(self, text: str) -> time:
        return hours.parse_hour(text, self.name)

    def write(self, value: time) -> str:
        return hours.format_hour(value, lang())


class PhoneField(Typed[str]):
    """A telephone number; `data` is its normal form ("+19155550123"), None where it says that there is none."""

    widget = keypads.PHONE

    def __init__(self, label: Any = None, validators: Iterable[Any] = (), **more: Any):
        super().__init__(label, [*validators], **more)

    def parse(self, text: str) -> str | None:
        return phone.parse_phone(text, self.name)

    def write(self, value: str) -> str:
        return phone.shown_phone(value)


class WholeNumberField(Typed[int]):
    """A whole number, zero or more unless `least` says otherwise."""

    widget = keypads.NUMBER

    def __init__(
        self, label: Any = None, validators: Iterable[Any] = (), least: int = 0, most: int = 100_000, **more: Any
    ):
        super().__init__(label, list(validators), **more)
        self.least, self.most = least, most

    def parse(self, text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
        if not self.least <= number <= self.most:
            raise ValueError(
                gettext("Write a whole number from %(least)s to %(most)s.", least=self.least, most=self.most)
            )
        return number


class ChoiceField(SelectField):
    """One word of a vocabulary, or nothing where `empty` allows it."""

    def __init__(
        self,
        label: Any = None,
        validators: Iterable[Any] = (),
        vocabulary: str = "",
        empty: bool = True,
        **more: Any,
    ):
        if empty:  # a form that leaves the field out says nothing, not something wrong
            more.setdefault("default", "")
        super().__init__(label, list(validators), choices=lambda: self._words(vocabulary, empty), **more)

    def process_data(self, value: Any) -> None:
        super().process_data("" if value is None else value)

    @staticmethod
    def _words(name: str, empty: bool) -> list[tuple[str, str]]:
        choices = words.vocabulary(name).choices(lang()) if name else []
        return [("", "—"), *choices] if empty else choices


def chosen_number(value: object) -> int | str:
    """The number of the row that was chosen, for a `SelectField` over rows: "" for none, -1 (no row has it,
    so the field refuses it) for what is no number."""
    if value in (None, ""):
        return ""
    number = number_sent(value)
    return -1 if number is None else number


class SeveralField(SelectMultipleField):
    """Any number of a list, each a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class CodeField(TextField):
    """A public code such as ME-0412, in capitals."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = self.without_mark(clean_line(valuelist[0])).upper() if valuelist else ""
