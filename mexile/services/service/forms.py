"""The forms of services: the quick log, the whole form, cancelling, the next date."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import ValidationError
from wtforms.widgets import ListWidget

from mexile.access.account.queries import with_roles
from mexile.access.policy import WORKS
from mexile.cases.event.forms import WhenForm
from mexile.cases.event.happenings import result_said, results_of
from mexile.cases.event.models import OUTCOMES
from mexile.ground.errors import Problem
from mexile.ground.text import number_sent
from mexile.ground.vocabulary import vocabulary
from mexile.services.quick_log.amounts import duration
from mexile.services.quick_log.reading import Choice
from mexile.services.service.rules import FACTS, MOST_MINUTES, Act
from mexile.web.fields import (
    ChoiceField,
    DayField,
    LongTextField,
    MoneyField,
    Required,
    SeveralField,
    TextField,
    TimeField,
    Typed,
    WholeNumberField,
    chosen_number,
)
from mexile.web.form import Form
from mexile.web.i18n import lang


class DurationField(Typed[int]):
    """How long it took: 90m, 1.5h, 1:30, or minutes alone. `data` is whole minutes."""

    def parse(self, text: str) -> int:
        if text.isascii() and text.isdigit() and len(text) < 6:
            minutes = int(text)
        else:
            said = duration(text.lower())
            minutes = int(said.value) if isinstance(said, Choice) else -1
        if not 0 <= minutes <= MOST_MINUTES:
            raise ValueError(gettext("Write how long it took, such as 90m, 1.5h or 1:30, at most 24 hours."))
        return minutes


class ActForm(Form):
    """What a page says of an act, with the answers to the questions that it asked back."""

    before_intake = HiddenField()
    again = HiddenField()

    def apply(self, act: Act) -> Act:
        """`act` with what was said here."""
        return replace(act, before_intake=self.before_intake.data == "yes", again=self.again.data == "yes")


class FactsForm(ActForm):
    """The facts of an act, each under its name."""

    on = DayField(_("Day"))
    minutes = DurationField(_("How long"))
    quantity = WholeNumberField(_("Quantity"))
    amount_cents = MoneyField(_("Dollars"), name="amount")
    place = ChoiceField(_("Where"), vocabulary="service_place")
    mode = ChoiceField(_("How"), vocabulary="service_mode")

    def facts(self) -> dict[str, Any]:
        """What was typed, by name; None where a field is empty."""
        return {name: None if self[name].data == "" else self[name].data for name in FACTS if name in self}


class BarForm(ActForm):
    """A service in one line, as the bar of every page sends it. Only who and what are required.

    Without JavaScript `line` holds who it was for and `what` the rest; the two are read
    as one line.
    """

    line = TextField(_("Who and what"), most=400)
    what = TextField(_("What was done"), most=200)
    back = HiddenField()
    count_hidden = HiddenField()

    @property
    def counts_hidden(self) -> bool:
        """Whether those of a household whom one may not know of are counted, without a name."""
        return self.count_hidden.data == "yes"

    @property
    def whole_line(self) -> str:
        return f"{self.line.data or ''} {self.what.data or ''}".strip()

    @property
    def note_text(self) -> str | None:
        return None


class LogForm(BarForm, FactsForm):
    """The whole form: a field that is filled goes before the line."""

    keeps_draft = True

    others = WholeNumberField(_("Other people, not by name"), most=2000)
    note = LongTextField(_("Note"), most=8000)

    @property
    def note_text(self) -> str | None:
        return self.note.data

    @property
    def says_more(self) -> bool:
        """Whether anything stands beside the line, right or wrong."""
        held = self.facts() | {"note": self.note.data or None}
        return any(value is not None or self[name].errors for name, value in held.items())

    def apply(self, act: Act) -> Act:
        said = {name: value for name, value in self.facts().items() if value is not None}
        return replace(super().apply(act), **said)


class CorrectionForm(FactsForm):
    """What can be corrected of an entry."""

    version = HiddenField()
    on = DayField(_("Day"), [Required()])
    place = ChoiceField(_("Where"), vocabulary="service_place", empty=False)
    mode = ChoiceField(_("How"), vocabulary="service_mode", empty=False)

    def apply(self, act: Act) -> Act:
        return replace(super().apply(act), **self.facts())

    def validate_version(self, field: HiddenField) -> None:
        if number_sent(field.data) is None:
            raise ValidationError(gettext("Open the entry again."))


class NoteForm(Form):
    """The note of an entry. `version` is the entry's, as the page showed it."""

    keeps_draft = True

    version = HiddenField()
    note = LongTextField(_("Note"), most=8000, render_kw={"rows": "8"})

    def validate_version(self, field: HiddenField) -> None:
        if number_sent(field.data) is None:
            raise ValidationError(gettext("Open the entry again."))


class AgainForm(Form):
    """That the same is logged once more for somebody who has it today."""

    again = HiddenField()


class CancelForm(Form):
    """Why an entry is cancelled."""

    reason = TextField(_("Why"), [Required()], most=200)


class NextDateForm(Form):
    """The next date that was given."""

    on = DayField(_("Day"), [Required()], year="next")
    at = TimeField(_("Time"))
    place = TextField(_("Where"), most=200)


class OneOfThese(RadioField):
    """One of a few, none of them chosen beforehand."""

    def pre_validate(self, form: Any) -> None:
        if not self.raw_data:
            raise ValidationError(gettext("Choose one of these."))
        super().pre_validate(form)


class OutcomeForm(WhenForm):
    """What came of an event: all that one page asks, of which Today's slips send two words.

    `step` is "" where the slip sends it, "look" before the confirmation, "save" after it. `anew`:
    my outcome of today is taken back and this one written in its place.
    """

    outcome = OneOfThese(
        _("What happened"),
        choices=lambda: [(code, vocabulary("event_outcome").label(code, lang())) for code in OUTCOMES],
        validate_choice=True,
        widget=ListWidget(prefix_label=False),
    )
    result = ChoiceField(_("Result"), vocabulary="hearing_result")
    decision = ChoiceField(_("What was decided"), vocabulary="case_outcome")
    clock_cause = ChoiceField(_("Whose continuance was it?"), vocabulary="clock_cause")
    interpreter = ChoiceField(_("Interpreter"), vocabulary="court_interpreter")
    attorney = ChoiceField(_("Attorney"), vocabulary="court_attorney")
    enforcement = SelectField(
        _("Enforcement seen"), choices=lambda: [("", "—"), ("no", _("no")), ("yes", _("yes"))], default=""
    )
    minutes = DurationField(_("How long"))
    again = HiddenField()
    decides = BooleanField(_("Decision of the proceeding"))
    logs = BooleanField(_("Log the accompaniment for everybody of this date"))
    asks = BooleanField(_("Ask the same people to accompany again"))
    tells = BooleanField(_("Tell the attorney"))
    deadlines = SeveralField(_("Deadlines"), validate_choice=False)
    same_for = SeveralField(_("The same deadlines for"), validate_choice=False)
    detained = SeveralField(_("Who was detained?"), validate_choice=False)
    last_seen = TextField(_("Where last seen?"), most=200, free_note=True)
    second_owner_user_id = SelectField(
        _("Second person who answers"),
        choices=lambda: [("", "—"), *with_roles(*WORKS)],
        coerce=chosen_number,
        default="",
    )
    step = TextField()
    anew = HiddenField()
    back = HiddenField()

    def of_kind(self, kind: str) -> None:
        """Only the results that a date of this kind can have."""
        words = vocabulary("hearing_result")
        self.result.choices = [("", "—"), *((code, words[code].name(lang())) for code in results_of(kind))]

    def decision_problems(self) -> list[Problem]:
        """What can't be of a result and a decision."""
        if self.decision.data and result_said(self.result.data, self.decision.data) not in ("decided", "in_absentia"):
            return [_DECIDED]
        return []

    @property
    def has_next(self) -> bool:
        """A next date was said, or that one will be set."""
        return bool(self.on.data or self.at.data) or self.known.data in ("to_be_set", "month")

    def sheet(self) -> dict[str, Any]:
        """The facts of the sheet as the actions take them."""
        names = ("result", "decision", "clock_cause", "interpreter", "attorney")
        facts: dict[str, Any] = {name: self[name].data or None for name in names}
        facts["result"] = result_said(facts["result"], facts["decision"])
        facts["enforcement_seen"] = {"yes": True, "no": False}.get(self.enforcement.data)
        return facts


_DECIDED = Problem(
    "decision",
    "A decision is chosen, and yet the result says that there was none. Which of the two?",
    "Hay una decisión elegida y, sin embargo, el resultado dice que no la hubo. ¿Cuál de las dos?",
)


class FilterForm(Form):
    """Which services the list shows."""

    from_on = DayField(_("From"))
    to_on = DayField(_("To"))
    type_code = SelectField(_("What"), validate_choice=False)
    person = TextField(_("Code of a person"), most=20)
    mine = BooleanField(_("Only mine"))
