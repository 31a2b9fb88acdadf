"""The forms of the theory of a case, and of letting somebody read it."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField
from wtforms.widgets import CheckboxInput, ListWidget

from mexile.access.account.queries import with_roles
from mexile.access.policy import WORKS
from mexile.cases.theory.models import CaseTheory
from mexile.ground.vocabulary import vocabulary
from mexile.web.fields import LongTextField, Required, SeveralField, chosen_number
from mexile.web.form import Form
from mexile.web.i18n import lang


def _several(label: Any, words: str) -> SeveralField:
    return SeveralField(
        label,
        choices=lambda: vocabulary(words).choices(lang()),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


TEXTS = ("social_group", "nexus", "persecutors", "relocation_words")
LISTS = ("grounds", "relocation")


class TheoryForm(Form):
    """Attorney work product: what is argued and which evidence lies there."""

    grounds = _several(_("Protected grounds that are argued"), "protected_ground")
    social_group = LongTextField(_("Particular social group, in words"), most=4000)
    nexus = LongTextField(_("Nexus: why this person, because of what"), most=8000)
    persecutors = LongTextField(_("Persecutors, what they can reach, what the state did"), most=8000)
    relocation = _several(_("Evidence that lies there"), "relocation_evidence")
    relocation_words = LongTextField(_("Why not somewhere else in Mexico: where each piece lies"), most=8000)
    version = HiddenField()

    def values(self) -> dict[str, str | None]:
        """The texts as they are sealed; lists of codes joined by spaces."""
        return {
            name: (" ".join(value or ()) or None) if name in LISTS else value
            for name, value in super().values().items()
        }


def values_of_theory(held: CaseTheory | None) -> dict[str, Any]:
    """What the theory holds. Opens every sealed field, and the trail says so."""
    if held is None:
        return {}
    texts = {name: getattr(held, name) for name in TEXTS}
    lists = {name: (getattr(held, name) or "").split() for name in LISTS}
    return texts | lists


class DelegationForm(Form):
    """Whom the attorney lets read and write the theory."""

    user_id = SelectField(
        _("Who"), [Required()], choices=lambda: [("", "—"), *with_roles(*WORKS)], coerce=chosen_number, default=""
    )
