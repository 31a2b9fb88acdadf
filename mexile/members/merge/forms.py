"""The form of a merge: one choice for each field that differs, and one about the households."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField
from wtforms.validators import AnyOf

from mexile.ground.text import number_sent
from mexile.members.merge.rules import Pair
from mexile.web.fields import CodeField, Required
from mexile.web.form import Form

TAKE = "take-"


class OtherForm(Form):
    """Which record is the same person."""

    other = CodeField(_("Code of the other record"), [Required()], most=20)


class MergeForm(Form):
    """Field by field, which of the two is right. Made by ``merge_form``."""

    other = HiddenField()
    versions = HiddenField()
    sure = BooleanField(_("They are one person all the same"))

    def versions_shown(self) -> tuple[int, int]:
        """The versions of both records that the page showed."""
        parts = (self.versions.data or "").split("-")
        numbers = [number for part in parts if (number := number_sent(part))]
        return (numbers[0], numbers[1]) if len(numbers) == 2 else (0, 0)

    def answer(self) -> str:
        """What becomes of the households; where nothing was to ask, nothing ends."""
        return str(self["households"].data) if "households" in self else "both"

    def take(self) -> dict[str, str]:
        """field -> "kept" or "merged", of the fields that were chosen between."""
        return {name.removeprefix(TAKE): field.data for name, field in self._fields.items() if name.startswith(TAKE)}


def merge_form(
    pairs: Sequence[Pair], other: str, versions: tuple[int, int], households: Sequence[tuple[str, Any]]
) -> MergeForm:
    """The form for these two records. ``households``: the answers that make sense, none where nothing is to ask."""
    fields: dict[str, Any] = {}
    values: dict[str, Any] = {"other": other, "versions": "-".join(map(str, versions))}
    for pair in pairs:
        if pair.differs:
            fields[TAKE + pair.name] = RadioField(
                pair.name,
                choices=lambda: [("kept", "kept"), ("merged", "merged")],
                default=pair.default,
                validate_choice=False,
            )
    if households:
        fields["households"] = RadioField(
            _("Their households"),
            [AnyOf([code for code, _word in households], message=_("Say what becomes of them: nobody moves unasked."))],
            choices=lambda: list(households),
            validate_choice=False,
        )
    return type("ThisMerge", (MergeForm,), fields)(data=values)
