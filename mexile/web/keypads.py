"""What a field brings up: the right keypad on a telephone, a calendar beside a day, and no autofill of the staff's own
address into somebody's record. A form that asks people for their own says so (`render_kw`)."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext
from markupsafe import Markup
from wtforms.widgets import TextInput


class Keypad(TextInput):
    """A field of one kind of keypad: an `<input type>`, or an `inputmode` where the type would change what is typed."""

    def __init__(self, input_type: str = "text", **attributes: str):
        super().__init__(input_type)
        self.attributes = {"autocomplete": "off", **attributes}

    def __call__(self, field: Any, **more: Any) -> Markup:
        return super().__call__(field, **{**self.attributes, **more})


class DayInput(Keypad):
    """A day is typed in any usual form, or taken from the calendar of the browser by the button beside it."""

    def __call__(self, field: Any, **more: Any) -> Markup:
        day = field.data.isoformat() if isinstance(field.data, date) else ""
        return Markup('<pick-day label="{}" day="{}">{}</pick-day>').format(
            gettext("Choose a day"), day, super().__call__(field, **more)
        )


EMAIL = Keypad("email", autocapitalize="off", spellcheck="false")
PHONE = Keypad("tel")
MONEY = Keypad(inputmode="decimal")
NUMBER = Keypad(inputmode="numeric")
DAY = DayInput()
TEXT = Keypad()
