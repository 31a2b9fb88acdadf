"""The form of the mark and the two colors."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import FileField

from mexile.access.brand.rules import read_color
from mexile.web.fields import Typed
from mexile.web.form import Form


class ColorField(Typed[str]):
    """A color in which words can be read; `data` is #rrggbb."""

    def parse(self, text: str) -> str:
        return read_color(text, self.name)


class BrandForm(Form):
    """The mark is chosen again when something else was wrong: a browser doesn't send it back."""

    mark = FileField(
        _("Mark (PNG, JPEG, WebP or GIF)"), render_kw={"accept": "image/png,image/jpeg,image/webp,image/gif"}
    )
    color = ColorField(_("Color of links and buttons"), render_kw={"placeholder": "#18505c", "spellcheck": "false"})
    title_color = ColorField(_("Color of titles"), render_kw={"placeholder": "#1a222e", "spellcheck": "false"})
