"""Whether somebody is detained, for every template that names a person."""

from __future__ import annotations

from flask import g

from mexile.custody.blueprint import blueprint
from mexile.custody.detention.queries import held_codes


@blueprint.app_template_test("detained")
def detained(code: str | None) -> bool:
    """Whether the member with this code is in custody now, as far as the viewer may know: asked once a page."""
    if g.get("viewer") is None or not g.viewer.sees_members:
        return False
    if "held_codes" not in g:
        g.held_codes = held_codes(g.viewer)
    return code in g.held_codes
