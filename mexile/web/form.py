"""Forms: WTForms with our CSRF token and a token that makes every form count once."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from typing import Any, ClassVar, Self

import wtforms
from flask import g, request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField
from wtforms.widgets import HiddenInput

from mexile.ground.errors import Problem
from mexile.ground.hook import Hook
from mexile.ground.text import number_sent
from mexile.web.i18n import lang

CSRF = "csrf"
_SENT = object()
TOKEN = "form_token"  # noqa: S105 - the name of a field
DRAFT_PLACE = "draft_place"
OWN = (CSRF, TOKEN, DRAFT_PLACE)
"""Fields that are the form's own, not what a person typed."""

kept: Hook[[str], MultiDict | None] = Hook("what was typed and not saved")
"""``kept(place)``: what was typed there and not saved."""

_TOKEN = re.compile(r"[A-Za-z0-9_.-]{16,80}")


class Form(wtforms.Form):
    """A form of the page. On a POST it reads what was sent; errors keep what was typed."""

    class Meta:
        @property
        def locales(self) -> list[str]:
            return ["es"] if lang() == "es" else ["en"]

    keeps_draft = False
    """A long form: what is typed is kept on the server until it is saved."""

    beside: ClassVar[tuple[str, ...]] = ()
    """Fields that are no columns of the record which the form writes."""

    csrf = HiddenField()
    form_token = HiddenField()
    draft_place = HiddenField()

    def __init__(self, formdata: Any = _SENT, **values: Any) -> None:
        """`formdata`: what the request sent, unless said; None for a form beside the one that was sent."""
        self.is_restored = False
        if formdata is _SENT:
            formdata = request.form if request.method == "POST" else None
            if formdata is None and self.keeps_draft:
                formdata = kept(request.path)
                self.is_restored = formdata is not None
        super().__init__(formdata=formdata, **values)
        # Never taken from what was sent: the page must not be made to echo it.
        self.csrf.data = csrf_token()
        if not _TOKEN.fullmatch(self.form_token.data or ""):
            self.form_token.data = secrets.token_urlsafe(16)
        if self.keeps_draft:
            self.draft_place.data = request.path
        else:
            del self.draft_place

    @property
    def token(self) -> str:
        """The token under which this form counts once."""
        return str(self.form_token.data)

    def typed(self) -> dict[str, wtforms.Field]:
        """The fields that a person fills in, by name."""
        return {name: field for name, field in self._fields.items() if name not in OWN}

    def values(self) -> dict[str, Any]:
        """What was typed for the form's record, by column; None where a field is empty."""
        fields = {name: field for name, field in self.typed().items() if name not in self.beside}
        fields = {name: field for name, field in fields.items() if not isinstance(field, HiddenField)}
        return {name: None if field.data == "" else field.data for name, field in fields.items()}

    def values_in(self, record: object) -> dict[str, Any]:
        """What the record holds now, by column."""
        return {name: getattr(record, name) for name in self.values()}

    def version_shown(self) -> int:
        """The version of the record that the page showed, of a form that has one in ``version``; 0, which no
        record has, for anything else."""
        return number_sent(self._fields["version"].data) or 0

    def apart(self, word: str) -> Self:
        """One of several forms of a page: the ids of its fields end in `word`."""
        for name, field in self.typed().items():
            field.id = f"{name}-{word}"
        return self

    def problems(self) -> list[Problem]:
        """Everything that is wrong, each with its field."""
        problems = []
        for name, errors in self.errors.items():
            for error in _flat(errors):
                problems.append(Problem(name or "", str(error), str(error)))
        return problems

    def add(self, problems: list[Problem]) -> None:
        """Put problems that a rule or an action found beside their fields."""
        for problem in problems:
            if problem.place in self._fields:
                field = self._fields[problem.place]
                field.errors = [*field.errors, problem.text(lang())]
            else:
                self.form_errors.append(problem.text(lang()))


def _flat(errors: Any) -> list[Any]:
    if isinstance(errors, dict):
        return [error for inner in errors.values() for error in _flat(inner)]
    if isinstance(errors, list | tuple):
        return [error for inner in errors for error in _flat(inner)]
    return [errors]


def csrf_token() -> str:
    """The CSRF token that a form of this session must carry; set by the gate."""
    g.csrf_used = True
    return g.get("csrf_token", "")


class _Hidden:
    """A hidden field that costs nothing: pages carry a dozen forms of one button."""

    type = "HiddenField"
    widget = HiddenInput()

    def __init__(self, name: str, data: str):
        self.name = self.id = name
        self.data = data

    def __call__(self, **_more: Any) -> Markup:
        # Both are our own: a fixed name, and hexadecimal or base64 signs.
        return Markup(f'<input type="hidden" name="{self.name}" value="{self.data}">')  # noqa: S704


class BareForm:
    """A form of one button: only the CSRF token and the token."""

    def __init__(self) -> None:
        self.csrf = _Hidden(CSRF, csrf_token())
        self.form_token = _Hidden(TOKEN, secrets.token_urlsafe(16))

    def __iter__(self) -> Iterator[_Hidden]:
        return iter((self.csrf, self.form_token))

    def problems(self) -> list[Problem]:
        return []


def bare_form() -> BareForm:
    return BareForm()
