"""The forms of a document: the file with what is known of it, and why it is voided."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from wtforms import FileField, SelectField

from mexile.cases.case.queries import CaseLine
from mexile.web import form as kit
from mexile.web.fields import ChoiceField, DayField, Required, TextField


class DocumentForm(kit.Form):
    """The file is chosen again when something else was wrong: a browser doesn't send it back."""

    file = FileField(_("File (PDF, JPEG or PNG, at most 15 MiB)"))
    kind = ChoiceField(_("What it is"), [Required()], vocabulary="document_kind")
    case = SelectField(_("Case it belongs to"), choices=list, default="")
    language = ChoiceField(_("Language"), vocabulary="language")
    expires_on = DayField(_("Good until"), year="next")
    note = TextField(_("In a few words"), most=200, free_note=True)

    def offer_cases(self, cases: Sequence[CaseLine]) -> None:
        self.case.choices = [("", "—"), *((case.code, case.code) for case in cases)]


class DocumentVoidForm(kit.Form):
    reason = ChoiceField(_("Why"), [Required()], vocabulary="document_void_reason")
