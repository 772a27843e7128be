"""How spellings are linked, and which forms are known: priors, settled forms, other alphabets, statuses of terms."""

from __future__ import annotations

import pytest

from compare.names import score
from compare.names.agreement import differs, has_known_forms, is_russian, likeness, renders
from compare.names.alphabets import alphabets, language_of, spellings
from compare.names.exonyms import bearers, english_forms, is_given_name, is_place, one_bearer, settled_form, two_places
from compare.names.linking import Form, inside_odds, link
from compare.names.romanisation import romanise
from compare.names.similarity import word_logit
from compare.read.tbx import _standing


def form(key: str, rows: tuple[int, ...], company: str = "", version: str = "en") -> Form:
    return Form(version, key, key.capitalize(), rows, frozenset(company.split()))


def test_most_look_alikes_of_a_book_are_two_names() -> None:
    a, b = form("karimov", tuple(range(1, 9))), form("kerimov", tuple(range(20, 28)))
    assert inside_odds(a, b) == pytest.approx(word_logit("karimov", "kerimov") - 3.0)


def test_company_rarity_and_shared_rows_move_the_odds() -> None:
    many, few = tuple(range(1, 9)), tuple(range(20, 28))
    plain = inside_odds(form("karimov", many), form("kerimov", few))
    assert inside_odds(form("karimov", many, "anna"), form("kerimov", few, "anna")) == pytest.approx(plain + 1.5)
    assert inside_odds(form("karimov", many), form("kerimov", few[:3])) == pytest.approx(plain + 0.5)
    assert inside_odds(form("karimov", many), form("kerimov", (*few[1:], 8))) == pytest.approx(plain - 2.5)
    alternating = inside_odds(form("karimov", tuple(range(1, 16, 2))), form("kerimov", tuple(range(2, 17, 2))))
    assert alternating == pytest.approx(plain - 2.0)


def names_of(forms: list[Form]) -> set[frozenset[str]]:
    return {frozenset(key for _, key in group.nodes) for group in link(forms, "ru")}


def test_no_other_name_is_linked_however_often_it_meets_the_source() -> None:
    rows = tuple(range(1, 40))
    gurov = [form("гуров", rows, version="ru"), form("gomov", rows)]
    assert names_of(gurov) == {frozenset({"гуров"}), frozenset({"gomov"})}
    assert names_of([*gurov[:1], form("gurov", rows)]) == {frozenset({"гуров", "gurov"})}
    litva = [form("литва", rows, version="ru"), form("latvia", rows)]
    assert names_of(litva) == {frozenset({"литва"}), frozenset({"latvia"})}
    assert names_of([*litva[:1], form("lithuania", rows)]) == {frozenset({"литва", "lithuania"})}


def test_a_settled_form_that_no_table_has_is_linked_by_the_company_it_keeps() -> None:
    rows = tuple(range(1, 9))
    assert names_of([form("навал", rows, version="ru"), form("joab", rows)]) == {frozenset({"навал", "joab"})}


@pytest.mark.parametrize(
    ("word", "name"),
    [("gomov", "гуров"), ("latvia", "литва"), ("vagelt", "каролина"), ("tom", "фрэнк"), ("spain", "португалия")],
)
def test_other_names_differ(word: str, name: str) -> None:
    assert differs(word, name)
    assert not renders(word, name)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("hughes", "хьюз"),
        ("zeus", "зевес"),
        ("kirinshkin", "кирюшкин"),
        ("viborskaia", "выборгский"),
        ("kitty", "катя"),
        ("turks", "турция"),
        ("holland", "нидерланды"),
        ("maximitch", "максимович"),
    ],
)
def test_foreign_spellings_misprints_and_settled_forms_do_not_differ(word: str, name: str) -> None:
    assert not differs(word, name)


def test_places() -> None:
    assert {"lithuania"} <= english_forms("Литва")
    assert settled_form("литва") == "Lithuania"
    assert settled_form("гуров") is None
    assert is_place("Вена")
    assert not is_place("Катя")
    assert two_places("Latvia", "Литва")
    assert not two_places("Lithuania", "Литва")
    assert not two_places("Gurov", "Литва")
    assert not two_places("Persia", "Иран")
    assert one_bearer("Netherlands", "Голландия")
    assert not one_bearer("Kitty", "Катя")
    assert likeness("netherlands", "голландия") >= 5
    assert {each.kind for each in bearers("Катя")} == {"given"}


def test_who_has_known_forms() -> None:
    assert is_russian("гуров")
    assert is_russian("ильинична")
    assert not is_russian("ровоам")
    assert not is_russian("gurov")
    assert has_known_forms("литва")
    assert not has_known_forms("ровоам")
    assert is_given_name("Semen")
    assert is_given_name("Yuri")
    assert not is_given_name("Table")


@pytest.mark.parametrize(
    ("name", "language", "first"),
    [
        ("Їжакевич", "uk", "Yizhakevych"),
        ("Ґалаґан", "uk", "Galagan"),
        ("Щедрін", "uk", "Shchedrin"),
        ("Ўладзімір", "be", "Wladzimir"),
        ("Ђорђе", "sr", "Đorđe"),
        ("Љубица", "sr", "Ljubica"),
        ("Ќосев", "mk", "Kjosev"),
        ("Қазақ", "kk", "Qazaq"),
    ],
)
def test_each_alphabet_has_its_own_schemes(name: str, language: str, first: str) -> None:
    assert language_of(name) == language
    assert spellings(name)[0] == first
    assert romanise(name, "BGN/PCGN") == first
    assert all(score(name, written) > 0.95 for written in spellings(name))


def test_russian_and_old_russian_letters_tell_no_other_language() -> None:
    assert [language_of(name) for name in ("Юрий", "Щедринъ", "Дмитрій Ѳедоровъ", "Сѣверій", "London")] == [""] * 5
    assert spellings("Юрий") == ()
    assert spellings("Кърджали", "bg") == ("Kardzhali",)
    assert spellings("София", "bg") == ("Sofia",)
    assert {each.language for each in alphabets()} == {"uk", "be", "sr", "mk", "bg", "kk"}


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        ("", "preferred"),
        ("preferredTerm-admn-sts", "preferred"),
        ("admittedTerm", "admitted"),
        ("Forbidden", "deprecated"),
        ("notRecommended", "deprecated"),
        ("obsoleteTerm", "deprecated"),
        ("prohibited", "deprecated"),
        ("supersededTerm-admn-sts", "deprecated"),
        ("in review", "admitted"),
    ],
)
def test_a_status_says_how_far_a_term_may_be_used(status: str, standing: str) -> None:
    assert _standing(status) == standing
