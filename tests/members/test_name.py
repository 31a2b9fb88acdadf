"""Names: spelling by ear, surnames, how a person is called, the index in memory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mexile.members.name.index import NameIndex, entry
from mexile.members.name.rules import by_ear, folded, shown_name, sort_key, split_surnames, words


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("Vázquez", "bazkes"),
        ("Vázquez", "Basques"),
        ("Jiménez", "gimenez"),
        ("Jiménez", "Ximenes"),
        ("Hernández", "ernandes"),
        ("Llamas", "yamas"),
        ("Núñez", "nunes"),
        ("Quintana", "kintana"),
        ("Guerrero", "werrero"),
        ("Zacarías", "sacarias"),
        ("Cecilia", "sesilia"),
        ("Mendoza", "Mendosa"),
        ("Rebeca", "Revecca"),
        ("Chávez", "Chabes"),
    ],
)
def test_words_that_sound_alike_have_one_key(written, heard):
    assert by_ear(folded(written)) == by_ear(folded(heard))


@pytest.mark.parametrize(("one", "other"), [("Chávez", "Cávez"), ("Mora", "Mota"), ("Reyes", "Rojas")])
def test_words_that_sound_different_keep_apart(one, other):
    assert by_ear(folded(one)) != by_ear(folded(other))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ana Reyes", ("Ana", "Reyes")),
        ("Ana María Reyes Luna", ("Ana María", "Reyes Luna")),
        ("María de la Luz Pérez de León", ("María de la Luz", "Pérez de León")),
        ("Juan de la Cruz", ("Juan", "de la Cruz")),
        ("Ana", ("Ana", "")),
        ("", ("", "")),
    ],
)
def test_the_last_two_words_are_the_surnames_and_particles_stay_with_theirs(name, parts):
    assert split_surnames(name) == parts


def test_what_we_were_told_of_surnames_goes_before_the_custom():
    shown = shown_name(None, None, "Ana Reyes Luna Cruz", "Cruz")
    assert (shown.listed, shown.short) == ("Cruz, Ana Reyes Luna", "Ana C.")


def test_a_person_is_called_by_the_preferred_name_then_the_given_name_then_the_alias():
    assert shown_name("Colibrí", "Nena", "Ana Reyes Luna").full == "Nena Reyes Luna"
    assert shown_name("Colibrí", None, "Ana Reyes Luna").first == "Ana"
    assert shown_name("Colibrí", None, None).listed == "Colibrí"
    assert shown_name(None, None, None).full == ""


def test_enye_stands_after_n_and_accents_dont_count():
    names = ["Ñúñez", "Nuñez", "Nunez", "Óscar", "Ocampo", "Nzo"]
    assert sorted(names, key=sort_key) == ["Nunez", "Nuñez", "Nzo", "Ñúñez", "Ocampo", "Óscar"]


def _index(*names, closed=()):
    return NameIndex(
        entry(
            number,
            f"ME-{number:04d}",
            first=shown_name(None, None, name).first,
            listed=shown_name(None, None, name).listed,
            names=[name],
            phones=[f"+1915555{number:04d}"],
            is_closed=number in closed,
        )
        for number, name in enumerate(names, 1)
    )


PEOPLE = ("María Gómez Vázquez", "Mario Vázquez Luna", "Ana María Jiménez", "Beto Martínez Cruz")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gomez", [1]),
        ("vazq mar", [1, 2]),
        ("mar vazq", [1, 2]),
        ("luna", [2]),
        ("bazkes", [1, 2]),
        ("gimenez ana", [3]),
        ("ME-0004", [4]),
        ("me0004", [4]),
        ("4", [4]),
        ("0003", [3]),
        ("cruz gomez", []),
        ("", []),
        ("   ", []),
        ("=HYPERLINK()", []),
    ],
)
def test_every_word_must_be_answered_in_any_order(text, found):
    assert sorted(_index(*PEOPLE).find(text, 10, allowed=None)) == found


def test_the_last_three_or_four_digits_of_a_telephone_find_its_person():
    phones = ["+19155550123", "ana85551234@example.org", None]
    index = NameIndex([entry(1, "ME-0412", first="Ana", listed="Ana", names=["Ana"], phones=phones)])
    assert index.find("123", 5) == index.find("0123", 5) == [1]
    assert index.find("50123", 5) == index.find("1234", 5) == []


def test_the_best_comes_first_then_the_others_by_surname_and_the_closed_last():
    index = _index("Mar Zúñiga", "María Aguilar", "Marta Beltrán", "Mar Aguilar", closed={4})
    assert index.find("mar", 10) == [1, 2, 3, 4]
    assert index.find("mar", 10, first=({3},)) == [3, 1, 2, 4]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("beto cruz", "Alberto Cruz"),
        ("pepe", "José Cruz"),
        ("lupita", "Guadalupe Cruz"),
        ("guadalupe", "Lupita Cruz"),
        ("paquito", "Francisco Cruz"),
        ("rosita cruz", "Rosa Cruz"),
        ("carlitos", "Carlos Cruz"),
        ("ramoncito", "Ramón Cruz"),
        ("bob", "Roberto Cruz"),
        ("hecotr", "Héctor Cruz"),
        ("ana crus", "Ana Cruz"),
        ("aba cruz", "Ana Cruz"),
        ("gregoria", "Gregorio Cruz"),
        ("montiya", "Luz Montoya"),
    ],
)
def test_a_short_name_a_diminutive_and_one_slip_of_the_hand_find_their_person(text, name):
    assert _index("Inés Wong", name, "Óscar Tun").find(text, 5) == [2]


def test_who_bears_the_word_comes_before_whom_a_slip_would_make_of_it_and_two_slips_find_nobody():
    index = _index("Marta Cruz", "María Cruz", "Mariana Cruz", "Beto Cruz", "Alberto Cruz")
    assert index.find("maria", 5) == [2, 3, 1]
    assert index.find("beto", 5) == [4, 5]
    assert index.find("hecr", 5) == _index("Héctor Cruz").find("hecotro", 5) == []
    assert _index("Ana Cruz").find("aba", 5) == []


def test_a_name_that_the_lists_show_comes_before_one_that_they_dont():
    index = NameIndex(
        [
            entry(1, "ME-0001", first="Lupita", listed="Aguilar, Lupita", names=["Lupita", "María Aguilar"]),
            entry(2, "ME-0002", first="Mariana", listed="Zúñiga, Mariana", names=["Mariana Zúñiga"]),
        ]
    )
    assert index.find("mar", 5) == [2, 1] and index.find("maria", 5) == [1, 2]


def test_only_who_is_allowed_is_found_and_own_words_only_for_first_names():
    index = _index(*PEOPLE)
    assert index.find("vazquez", 10, allowed={2}) == [2]
    assert index.find("vazquez", 10, allowed=set()) == []
    assert index.find("vazquez", 10, own_only=True) == []
    assert index.find("mario", 10, own_only=True)[0] == 2


def test_the_order_holds_only_who_is_allowed():
    index = _index(*PEOPLE, closed={2})
    everybody = index.ordered(allowed=None, closed=None)
    assert index.ordered(allowed={1, 3}, closed=None) == [id for id in everybody if id in {1, 3}]
    assert index.ordered(allowed=None, closed=True) == [2] and index.ordered(allowed=set(), closed=None) == []


_word = st.text(alphabet="abcghjklñnquvwxyzáéíóúüs", min_size=1, max_size=8)
_names = st.lists(st.lists(_word, min_size=1, max_size=4).map(" ".join), max_size=12)


@given(_names, st.integers(0, 11), _word)
def test_an_index_changed_in_place_equals_one_built_anew(names, at, word):
    index = _index(*names)
    if names:
        number = at % len(names) + 1
        renamed = [*names[: number - 1], word, *names[number:]]
        index.put(_index(*renamed).entries[number])
        names = renamed
    fresh = _index(*names)
    assert index.order == fresh.order
    assert sorted(index.find(word, 50)) == sorted(fresh.find(word, 50))
    for number in range(1, len(names) + 1):
        index.take(number)
    assert index.order == [] and index.find(word, 50) == []


@given(st.lists(_word, min_size=1, max_size=4))
def test_everybody_is_found_by_the_beginning_of_any_of_their_words(parts):
    index = _index(" ".join(parts))
    for part in parts:
        for word in words(part):
            assert index.find(word[: max(1, len(word) // 2)], 5) == [1]
            assert index.find(word, 5) == [1]
