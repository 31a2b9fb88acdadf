"""The forms of a case: what it is, who is in it, how it ends."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField
from wtforms.widgets import CheckboxInput, ListWidget

from mexile.access.account.queries import with_roles
from mexile.access.policy import ATTORNEY
from mexile.cases.case.queries import reliefs_of
from mexile.ground.vocabulary import vocabulary
from mexile.web.fields import ChoiceField, CodeField, DayField, Required, SeveralField, chosen_number
from mexile.web.form import Form
from mexile.web.i18n import lang


def attorneys() -> list[tuple[int | str, str]]:
    return [("", "—"), *with_roles(ATTORNEY)]


class CaseForm(Form):
    """What a case is about, where it stands and who answers for it."""

    keeps_draft = True
    beside = ("reliefs", "derivatives")

    kind = ChoiceField(_("What it is about"), [Required()], vocabulary="case_kind", default="asylum")
    posture = ChoiceField(_("Where it stands"), [Required()], vocabulary="case_posture")
    forum = ChoiceField(_("Who decides"), vocabulary="case_forum")
    attorney_user_id = SelectField(_("Attorney"), choices=attorneys, coerce=chosen_number, default="")
    reliefs = SeveralField(
        _("What is asked for"),
        choices=lambda: vocabulary("relief").choices(lang()),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    opened_on = DayField(_("With us since"))
    filed_on = DayField(_("Filed on"))

    def values(self) -> dict[str, Any]:
        """What was given, as the actions take it."""
        return {**super().values(), "reliefs": self.reliefs.data or ()}

    def values_in(self, case: Any) -> dict[str, Any]:
        """What a case holds, as the form shows it."""
        return {**{name: getattr(case, name) for name in super().values()}, "reliefs": reliefs_of(case.id)}


class NewCaseForm(CaseForm):
    """A case that is opened for a member, with those of the household who are included in it."""

    derivatives = SeveralField(_("Included in this case"), validate_choice=False)


class EditCaseForm(CaseForm):
    """A case, changed. `version` is the one the page showed."""

    opened_on = DayField(_("With us since"), [Required()])
    version = HiddenField()


class CloseCaseForm(Form):
    """How the case ended."""

    outcome = ChoiceField(_("How it ended"), [Required()], vocabulary="case_outcome")


class PersonForm(Form):
    """Somebody who is included in the case, by code."""

    member = CodeField(_("Code of the person"), [Required()], most=20)
    on = DayField(_("Since"))
