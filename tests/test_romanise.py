"""Romanisation: schemes, keys, and the scheme that a version follows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.names.romanisation import SCHEMES, fits, habitual, infer, plain, romanise, scheme_called, sound

CYRILLIC = st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюя", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("name", "scheme", "written"),
    [
        ("Юсуф", "Turkish", "Yusuf"),
        ("Халил", "Turkish", "Halil"),
        ("Халил", "BGN/PCGN", "Khalil"),
        ("Щербачёв", "German", "Schtscherbatschjow"),
        ("Щербачев", "old English", "Stcherbatcheff"),
        ("Жуков", "French", "Joukov"),
        ("Достоевский", "modern English", "Dostoevsky"),
        ("Елена", "BGN/PCGN", "Yelena"),
        ("Цветаева", "old English", "Tzvetaeva"),
    ],
)
def test_schemes(name: str, scheme: str, written: str) -> None:
    assert romanise(name, scheme) == written


def test_an_unknown_scheme_is_refused() -> None:
    with pytest.raises(KeyError):
        romanise("Юсуф", "Klingon")


@given(CYRILLIC)
def test_no_scheme_leaves_a_cyrillic_letter(name: str) -> None:
    for scheme in SCHEMES:
        assert not any("а" <= c <= "я" or c == "ё" for c in romanise(name, scheme).casefold())


@given(CYRILLIC)
def test_a_form_fits_its_scheme(name: str) -> None:
    written = {scheme: romanise(name, scheme) for scheme in SCHEMES}
    lettered = [scheme for scheme in SCHEMES if any(c.isascii() and c.isalpha() for c in plain(written[scheme]))]
    assert [scheme for scheme in lettered if scheme not in fits(name, written[scheme])] == []


@pytest.mark.parametrize(
    ("a", "b"), [("Khalil", "Halil"), ("Karabagh", "Karabakh"), ("Petrovitch", "Petrowitsch"), ("Kemal", "Kamal")]
)
def test_one_sound(a: str, b: str) -> None:
    assert sound(a) == sound(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [("Petrovitch", "Petrovich"), ("Stcherbatoff", "Shcherbatov"), ("Nevskii", "Nevsky"), ("Lenotchka", "Lenochka")],
)
def test_one_habit(a: str, b: str) -> None:
    assert habitual(a) == habitual(b)


@pytest.mark.parametrize(
    ("a", "b"), [("Karabekir", "Karabakh"), ("Sami", "Sabit"), ("Marya", "Marfa"), ("Petrovich", "Petrovna")]
)
def test_other_habits(a: str, b: str) -> None:
    assert habitual(a) != habitual(b)


def test_a_scheme_is_known_by_its_name() -> None:
    assert scheme_called("BGN/PCGN 1947") == "BGN/PCGN"
    assert scheme_called("iso 9:1968") == "ISO 9"
    assert scheme_called("Klingon") == scheme_called("") == ""


def test_infer() -> None:
    names = ["петрович", "чичерин", "щукин", "жуков", "хачин"]
    for scheme in ("BGN/PCGN", "old English", "German", "French"):
        pairs = [(name, romanise(name, scheme), 3) for name in names]
        assert scheme in fits(names[0], romanise(names[0], infer(pairs)))
    assert infer([]) == ""


def test_four_names_decide_a_scheme_and_none_that_every_scheme_writes_alike() -> None:
    alike, telling = (
        ("анна", "anna", 3),
        [(name, romanise(name, "German"), 3) for name in ("щукин", "жуков", "чичерин")],
    )
    assert infer([alike] * 9) == infer([alike, *telling]) == ""
    assert infer([*telling, ("хачин", romanise("хачин", "German"), 1)]) == "German"


def test_plain() -> None:
    assert plain("İzmir") == "izmir"
    assert plain("Lavrétzky") == "lavretzky"
    assert plain("Weißenborn") == "weissenborn"
