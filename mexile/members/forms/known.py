"""What somebody answers who adds a number that another record has too."""

from __future__ import annotations

from mexile.web.fields import TextField
from mexile.web.form import Form


class KnownForm(Form):
    """``decision`` answers the warning that we may know the person under another record: "same:ME-0412",
    "relative:ME-0412", or "new" for another person. The page of the warning draws it."""

    decision = TextField()

    def answer(self) -> tuple[str, str]:
        """(what, the other code); ("", "") while nothing was chosen."""
        kind, _, other = (self.decision.data or "").partition(":")
        return (kind, other) if kind in ("same", "relative") and other or kind == "new" else ("", "")
