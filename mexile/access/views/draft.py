"""What was typed and not saved: kept on the server, sealed, until it is."""

from __future__ import annotations

import json

from flask import g, request
from werkzeug.datastructures import MultiDict

from mexile.access.actions import sessions
from mexile.access.blueprint import blueprint
from mexile.ground.db import writing
from mexile.web import form as forms

MOST = 100_000
PLACE = forms.DRAFT_PLACE


@blueprint.route("/draft", methods=["POST", "DELETE"])
def draft() -> tuple[str, int]:
    """Keep (POST, a form's fields) or drop (DELETE) what is typed at `draft_place`."""
    place = request.values.get(PLACE, "")[:300]
    if not place.startswith("/"):
        return "", 400
    if request.method == "DELETE":
        with writing():
            sessions.drop_draft(viewer=g.viewer, path=place)
        return "", 204
    body = json.dumps([pair for pair in request.form.items(multi=True) if pair[0] not in forms.OWN])
    if len(body) > MOST:
        return "", 413
    with writing():
        sessions.keep_draft(viewer=g.viewer, path=place, body=body)
    return "", 204


def kept(place: str) -> MultiDict | None:
    """The fields that the viewer left at `place`, for the form to show again."""
    if g.get("viewer") is None:
        return None
    body = sessions.draft_of(g.viewer, place)
    return MultiDict(json.loads(body)) if body else None


forms.kept = kept
