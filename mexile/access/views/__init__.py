"""The pages of the access house."""

from flask import Blueprint

blueprint = Blueprint("access", __name__)

from mexile.access.rules import act_word, role_word  # noqa: E402
from mexile.access.views import account, alarm, door, draft, invitation, mail, organisation, people, trail  # noqa: E402, F401
from mexile.web.i18n import lang  # noqa: E402


@blueprint.app_template_filter("act_word")
def _act_word(act: str) -> str:
    return act_word(act, lang())


@blueprint.app_template_filter("role_word")
def _role_word(role: str) -> str:
    return role_word(role, lang())
