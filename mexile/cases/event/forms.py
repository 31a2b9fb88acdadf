"""The form of a date: what, when as far as it is known, where, and where it was read."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectField

from mexile.access.account.queries import with_roles
from mexile.access.policy import SEES, WORKS
from mexile.cases.event.models import Event
from mexile.cases.event.rules import doubts, first_of_month, moment_problems, precision_of
from mexile.cases.place.queries import place_choices, zone_of
from mexile.cases.proceeding.queries import proceedings_to_choose
from mexile.ground import organization
from mexile.ground.errors import Problem
from mexile.ground.vocabulary import vocabulary
from mexile.web.fields import (
    ChoiceField,
    DayField,
    LongTextField,
    Required,
    SeveralField,
    TextField,
    TimeField,
    WholeNumberField,
    chosen_number,
)
from mexile.web.form import Form
from mexile.web.i18n import lang

SOURCE = Problem("source", "Where did you see it?", "¿Dónde la vio?")
KNOWN = (
    ("day", _("The day, perhaps the hour")),
    ("month", _("Only the month")),
    ("to_be_set", _("The office will set it")),
    ("unknown", _("Not known")),
)
FOLDS = (("", "—"), ("0", _("The first one")), ("1", _("The second one, after the clocks went back")))


def _places() -> list[tuple[int | str, str]]:
    return [("", _("Another place, written below")), *place_choices(lang())]


def _owners() -> list[tuple[int | str, str]]:
    return [("", "—"), *with_roles(*WORKS)]


def companions() -> list[tuple[int | str, str]]:
    return [("", "—"), *with_roles(*SEES)]


class WhenForm(Form):
    """Day, hour and place of a date, and where they were read."""

    known = SelectField(_("What is known"), choices=lambda: list(KNOWN), default="day")
    on = DayField(_("Day"), year="next")
    at = TimeField(_("Hour, there"))
    fold = SelectField(_("Which of the two hours"), choices=lambda: list(FOLDS), default="")
    place_id = SelectField(_("Place"), choices=_places, coerce=chosen_number, default="")
    place = TextField(_("Place in words"), most=200)
    room = TextField(_("Floor, room, window"), most=80)
    source = ChoiceField(_("Where it was read"), vocabulary="event_source")
    sure = BooleanField(_("Yes, the day is right"))

    default_zone: str | None = None
    """The zone where no place is chosen, if it isn't our own."""

    @property
    def zone(self) -> str:
        """The zone of the place; of a place in words, our own."""
        return zone_of(self.place_id.data or None) or self.default_zone or organization.zone()

    @property
    def fold_given(self) -> int | None:
        return int(self.fold.data) if self.fold.data in ("0", "1") else None

    def moment_problems(self, asks: bool = True) -> list[Problem]:
        """What can't be of day and hour, and what is asked about while nobody is sure."""
        problems = moment_problems(
            known=self.known.data,
            on=self.on.data,
            at=self.at.data,
            zone=self.zone,
            fold=self.fold_given,
        )
        if asks and not self.sure.data:
            problems += doubts(self.on.data, organization.today())
        return problems

    def moment(self) -> dict[str, Any]:
        """Day, hour and place as the actions take them."""
        on: date | None = self.on.data
        if on and self.known.data == "month":
            on = first_of_month(on)
        return {
            "on": on,
            "at": self.at.data,
            "zone": self.zone,
            "precision": precision_of(self.known.data, on, self.at.data),
            "fold": self.fold_given if self.at.data else None,
            "place_id": self.place_id.data or None,
            "place": self.place.data or self._place_name(),
            "room": self.room.data or None,
        }

    def _place_name(self) -> str | None:
        chosen = self.place_id.data
        return next((str(name) for id, name in place_choices("en") if id == chosen), None)


class CheckedWhenForm(WhenForm):
    """The same, valid only where day and hour can be."""

    stands_on: date | None = None
    """The day that the record has: it isn't asked about again."""

    def validate(self, extra_validators: Any = None) -> bool:
        is_whole = super().validate(extra_validators)
        problems = self.moment_problems(asks=self.on.data != self.stands_on)
        self.add(problems)
        return is_whole and not problems


class EventForm(CheckedWhenForm):
    """A date of some members."""

    keeps_draft = True
    usual_proceeding: int | str = ""

    kind = ChoiceField(_("What"), [Required()], vocabulary="event_kind")
    hearing_type = ChoiceField(_("Which kind of hearing or appointment"), vocabulary="hearing_type")
    mode = ChoiceField(_("How"), vocabulary="service_mode", empty=False, default="in_person")
    owner_user_id = SelectField(_("Who is responsible"), choices=_owners, coerce=chosen_number, default="")
    proceeding_id = SelectField(_("Proceeding"), choices=lambda: [("", "—")], coerce=chosen_number, default="")
    people = SeveralField(_("For whom"), validate_choice=False)
    stale_days = WholeNumberField(_("Verify again after, in days"), least=1, most=365, default=7)
    meeting_point = TextField(_("Where companions meet the person"), most=200)
    companion_note = LongTextField(_("Note for those who accompany"), most=1000)

    @property
    def has_note(self) -> bool:
        return bool(self.meeting_point.data or self.companion_note.data)

    def note_values(self) -> dict[str, str]:
        """What those who accompany are told, as `write_event_note` takes it."""
        return {"meeting_point": self.meeting_point.data or "", "note": self.companion_note.data or ""}

    def of_case(self, case_id: int | None) -> None:
        """Offer the proceedings of its case; the only one that waits for a decision is the usual one."""
        proceedings = proceedings_to_choose(case_id)
        words = vocabulary("proceeding_kind")
        self.proceeding_id.choices = [
            ("", "—"),
            *((id, f"{words.label(kind, lang())} {code}") for id, code, kind, _done in proceedings),
        ]
        waiting = [id for id, _code, _kind, is_decided in proceedings if not is_decided]
        self.usual_proceeding = waiting[0] if len(waiting) == 1 else ""

    def values(self) -> dict[str, Any]:
        """What was given, as the actions take it, without people and source. A date of no case says
        nothing of a proceeding."""
        of_one = {"proceeding_id": self.proceeding_id.data or None} if len(self.proceeding_id.choices or ()) > 1 else {}
        return {
            **self.moment(),
            **of_one,
            "kind": self.kind.data,
            "hearing_type": self.hearing_type.data or None,
            "mode": self.mode.data,
            "owner_user_id": self.owner_user_id.data or None,
            "stale_days": self.stale_days.data or 7,
        }


class EditEventForm(EventForm):
    """A date, changed. `version` is the one the page showed."""

    version = HiddenField()


class VerifyForm(CheckedWhenForm):
    """The answer to "is this date still the same?"."""

    answer = TextField()
    version = HiddenField()
    code = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        is_whole = super().validate(extra_validators)
        if not self.source.data:
            self.add([SOURCE])
        return is_whole and bool(self.source.data)


def when_of(event: Event) -> dict[str, Any]:
    """Day, hour and place of a date, as the form shows them."""
    known = "day" if event.precision in ("exact", "day") else event.precision
    return {
        "known": known,
        "on": event.on,
        "at": event.at,
        "fold": "" if event.fold is None else str(event.fold),
        "place_id": event.place_id or "",
        "place": None if event.place_id else event.place,
        "room": event.room,
    }


def values_of(event: Event) -> dict[str, Any]:
    """What a date holds, as the form shows it."""
    return {
        **when_of(event),
        "kind": event.kind,
        "hearing_type": event.hearing_type or "",
        "proceeding_id": event.proceeding_id or "",
        "mode": event.mode,
        "owner_user_id": event.owner_user_id or "",
        "stale_days": event.stale_days,
    }
