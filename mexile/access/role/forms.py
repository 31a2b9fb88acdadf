"""The form of a role to give."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from mexile.access.roles import ROLES, word
from mexile.web.fields import Required
from mexile.web.form import Form
from mexile.web.i18n import lang


def role_choices() -> list[tuple[str, str]]:
    return [(role, word(role, lang())) for role in ROLES]


class RoleForm(Form):
    """One role to give."""

    role = SelectField(_("Role"), [Required()], choices=role_choices)
