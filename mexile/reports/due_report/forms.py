"""The forms of a due report: in which language its file is made, and which edition was sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from mexile.ground.dates import format_moment
from mexile.ground.organization import zone
from mexile.reports.edition.queries import Kept
from mexile.web.fields import Required
from mexile.web.form import Form
from mexile.web.i18n import lang

LANGUAGES = (("en", "English"), ("es", "Español"))


class EditionForm(Form):
    """A new file for the funder."""

    language = SelectField(_("Language of the file"), choices=lambda: list(LANGUAGES))


class SubmissionForm(Form):
    """The edition that was sent."""

    edition = SelectField(_("Which file was sent?"), [Required()])

    def __init__(self, editions: Sequence[Kept], **values: Any) -> None:
        super().__init__(**values)
        self.edition.choices = [(one.code, _said(one)) for one in editions]


def _said(one: Kept) -> str:
    return f"{one.code} · {format_moment(one.at, lang(), zone())} · {dict(LANGUAGES)[one.language]}"
