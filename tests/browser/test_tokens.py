"""The colors keep their contrast, by day and by night: they cannot drift unseen."""

import re
from pathlib import Path

import pytest

from tests.browser.colors import contrast, tokens

DAY, NIGHT = 0, 1
CSS = Path(__file__).parents[2] / "mexile" / "static" / "css"

# name: (day on paper, day on sheet, night on paper, night on sheet), as the look was decided.
DECIDED = {
    "ink": (14.9, 15.8, 15.0, 13.7),
    "quiet": (6.9, 7.3, 8.0, 7.3),
    "path": (8.4, 8.9, 10.2, 9.3),
    "with": (3.6, 3.8, 4.4, 4.0),
    "edge": (3.7, 3.9, 4.7, 4.3),
    "soon": (5.7, 6.1, 10.8, 9.9),
    "now": (7.2, 7.6, 8.2, 7.5),
    "done": (7.0, 7.4, 10.2, 9.3),
    "focus": (5.7, 6.1, 9.8, 9.0),
}
WORDS = ("ink", "quiet", "path", "soon", "now", "done")
SHAPES = ("with", "edge", "focus")


@pytest.mark.parametrize("name", DECIDED)
def test_a_colour_has_the_contrast_that_was_decided(name):
    colors = tokens()
    found = [
        contrast(colors[name][when], colors[ground][when]) for when in (DAY, NIGHT) for ground in ("paper", "sheet")
    ]
    assert [round(ratio, 1) for ratio in found] == pytest.approx(DECIDED[name], abs=0.11)


@pytest.mark.parametrize("when", [DAY, NIGHT])
@pytest.mark.parametrize("ground", ["paper", "sheet"])
def test_words_reach_aa_and_shapes_reach_three(when, ground):
    colors = tokens()
    for name in WORDS:
        assert contrast(colors[name][when], colors[ground][when]) >= 4.5, name
    for name in SHAPES:
        assert contrast(colors[name][when], colors[ground][when]) >= 3, name


@pytest.mark.parametrize("when", [DAY, NIGHT])
def test_words_can_be_read_on_the_tints_of_notices(when):
    colors = tokens()
    for tint in ("soon-tint", "now-tint"):
        assert contrast(colors["ink"][when], colors[tint][when]) >= 7
    assert contrast(colors["soon"][when], colors["soon-tint"][when]) >= 4.5
    assert contrast(colors["now"][when], colors["now-tint"][when]) >= 4.5


@pytest.mark.parametrize("when", [DAY, NIGHT])
def test_the_words_of_the_primary_button_can_be_read(when):
    colors = tokens()
    assert contrast(colors["paper"][when], colors["path"][when]) >= 7


def test_colours_are_named_in_one_file_only():
    for sheet in CSS.glob("*.css"):
        if sheet.name == "tokens.css":
            continue
        strays = re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsl", sheet.read_text())
        assert not strays, f"{sheet.name} has a color of its own: {strays}"


def test_only_a_dialog_throws_a_shadow():
    rules = re.findall(
        r"([^{}]+)\{([^{}]*box-shadow[^{}]*)\}", "".join(sheet.read_text() for sheet in CSS.glob("*.css"))
    )
    assert [selector.strip() for selector, _ in rules] == ["dialog"]
