"""Bars are lines with their numbers as words; a withheld cell draws nothing."""

from xml.etree import ElementTree

from mexile.web.charts import Bar, bars


def drawn(rows, title=""):
    return ElementTree.fromstring(str(bars(rows, title)))


def widths(picture, kind):
    return [float(line.get("width").rstrip("%")) for line in picture.iter("rect") if line.get("class") == kind]


def test_the_longest_bar_fills_its_line_and_the_others_keep_their_share():
    picture = drawn([("Guatemala", 120, "120"), ("Honduras", 60, "60")])
    assert widths(picture, "reached") == [100, 50]


def test_a_target_is_the_second_line_on_the_same_scale():
    picture = drawn([Bar("Court", 48, "48", target=60)])
    assert widths(picture, "reached") == [80] and widths(picture, "target") == [100]


def test_a_withheld_cell_draws_nothing_and_its_target_goes_too():
    picture = drawn([Bar("Honduras", None, "–", target=5), ("Guatemala", 7, "7")])
    assert widths(picture, "reached") == [100] and widths(picture, "target") == []


def test_zero_draws_no_line():
    assert widths(drawn([("Honduras", 0, "0")]), "reached") == []


def test_the_picture_says_its_numbers_and_each_bar_stands_beside_one():
    picture = drawn([("México", 3, "3"), ("Perú", 1, "1")], "Country")
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == "Country: México 3; Perú 1"
    assert [text.text for text in picture.iter("text")] == ["México", "3", "Perú", "1"]


def test_words_of_people_stay_words():
    picture = bars([('<script>"&', 1, "1")], '"><b>')
    assert "<script" not in picture and "<b>" not in picture
    assert ElementTree.fromstring(str(picture)).find("text").text == '<script>"&'


def test_no_style_attribute_and_nothing_for_no_rows():
    assert "style=" not in bars([("a", 1, "1")])
    assert bars([]) == ""
