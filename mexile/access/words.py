"""Words of this house for templates: an act of the trail, a role."""

from __future__ import annotations

from mexile.access.blueprint import blueprint
from mexile.access.rules import act_word, role_word
from mexile.web.i18n import lang


@blueprint.app_template_filter("act_word")
def _act_word(act: str) -> str:
    return act_word(act, lang())


@blueprint.app_template_filter("role_word")
def _role_word(role: str) -> str:
    return role_word(role, lang())
