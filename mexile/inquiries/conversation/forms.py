"""The form of a conversation: where and in which language, what was explained, what the person decides."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from wtforms import BooleanField, HiddenField

from mexile.ground.vocabulary import vocabulary
from mexile.inquiries.conversation.models import Conversation, Told
from mexile.inquiries.conversation.rules import parse_share, write_share
from mexile.web.fields import ChoiceField, DayField, LongTextField, Required, TextField, Typed
from mexile.web.form import Form
from mexile.web.i18n import lang

_TEXT_OFF = {"autocomplete": "off", "spellcheck": "false"}
_WORDS = {"rows": "3", "autocomplete": "off"}


class ShareField(Typed[int]):
    """A percentage; `data` is hundredths of a percent."""

    def parse(self, text: str) -> int:
        share = parse_share(text)
        if share is None:
            raise ValueError(gettext("Write a percentage from 0 to 100, such as 4 or 16.6."))
        return share

    def write(self, value: int) -> str:
        return write_share(value)


class ConversationForm(Form):
    """One conversation. Of each thing that may be explained (vocabulary ``conversation_told``) the form has
    a tick, a day and initials: ``benefits``, ``benefits_on``, ``benefits_initials``."""

    keeps_draft = True

    held_on = DayField(_("Day"), [Required()], render_kw=_TEXT_OFF)
    place = ChoiceField(_("Where"), [Required()], vocabulary="conversation_place")
    language = ChoiceField(_("Language"), vocabulary="language")
    interpreter = TextField(_("Who interpreted"), most=120, render_kw=_TEXT_OFF)
    likely_bp = ShareField(_("Percentage who prevail"), render_kw={**_TEXT_OFF, "inputmode": "decimal"})
    likely_of = TextField(_("Of what"), most=200)
    likely_source = TextField(_("Source and year"), most=200)
    likely_words = LongTextField(_("The words used"), most=500, render_kw=_WORDS)
    wish = ChoiceField(_("What the person decides"), vocabulary="person_wish")
    note = LongTextField(_("Note"), most=4000, render_kw={"rows": "4", "autocomplete": "off"})
    answer_due_on = DayField(_("Our answer by"), render_kw=_TEXT_OFF, year="next")
    version = HiddenField()

    def values(self) -> dict[str, Any]:
        """What was given, as the actions take it."""
        names = ("held_on", "place", "language", "interpreter", "wish", "note", "answer_due_on")
        likely = ("likely_of", "likely_source", "likely_words")
        values = {name: self[name].data or None for name in (*names, *likely)}
        return {**values, "likely_bp": self.likely_bp.data, "told": self._told()}

    def _told(self) -> dict[str, tuple[Any, str]]:
        """What was ticked; without a day of its own it was said in the conversation."""
        return {
            thing: (self[f"{thing}_on"].data or self.held_on.data, (self[f"{thing}_initials"].data or "").upper())
            for thing in vocabulary("conversation_told")
            if self[thing].data
        }


def _explained(code: str) -> LazyString:
    def words() -> str:
        thing = vocabulary("conversation_told").label(code, lang())
        return gettext("Explained: %(thing)s", thing=thing[:1].lower() + thing[1:])

    return LazyString(words)


for _what in vocabulary("conversation_told"):
    _small = {**_TEXT_OFF, "size": "12"}
    setattr(ConversationForm, _what, BooleanField(_explained(_what)))
    setattr(ConversationForm, f"{_what}_on", DayField(_("Said on"), render_kw=_small))
    setattr(
        ConversationForm, f"{_what}_initials", TextField(_("Initials"), most=4, render_kw={**_TEXT_OFF, "size": "4"})
    )


def values_of(row: Conversation, told: dict[str, Told]) -> dict[str, Any]:
    """What a conversation holds, as the form shows it. Opens what is sealed."""
    values = {
        "held_on": row.held_on,
        "place": row.place,
        "language": row.language or "",
        "interpreter": row.interpreter,
        "likely_bp": row.likely_bp,
        "likely_of": row.likely_of,
        "likely_source": row.likely_source,
        "likely_words": row.likely_words,
        "wish": row.wish or "",
        "note": row.note,
    }
    for thing, tick in told.items():
        values |= {thing: True, f"{thing}_on": tick.said_on, f"{thing}_initials": tick.initials}
    return values
