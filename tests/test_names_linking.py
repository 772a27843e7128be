"""How spellings are linked, and which forms are known: priors, settled forms, other alphabets, statuses of terms."""

from __future__ import annotations

import math
import re
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest

import compare
from compare.encode import get
from compare.names import absences, detect, linking, missing, own_names, score
from compare.names.absences import _begin_alike, _is_coined
from compare.names.agreement import differs, has_known_forms, is_russian, likeness, renders
from compare.names.alphabets import alphabets, language_of, spellings
from compare.names.authority import Known, nearest
from compare.names.cells import possessors
from compare.names.detect import Mention, NameWord, _abbreviates, _split, bare
from compare.names.edit_model import SHAPES, model
from compare.names.exonyms import bearers, english_forms, is_given_name, is_place, one_bearer, settled_form, two_places
from compare.names.index import Entry, Spelling, _forms, _kind, _propose
from compare.names.lemmas import _listed_stems
from compare.names.linking import Form, Group, _shared, inside_odds, link
from compare.names.romanisation import romanise
from compare.names.similarity import _best, _sum, _words, word_logit
from compare.names.unread import Written, written
from compare.read.tbx import _standing
from compare.values import Place, Row, Span
from compare.words import Word, words


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


def test_a_name_with_a_case_ending_left_is_that_name_where_it_keeps_the_same_company() -> None:
    whole, cased = form("khalil", (1, 2), "pasha"), form("khalilom", (3,), "pasha")
    assert inside_odds(whole, cased) == inside_odds(cased, whole) == 5.0 + 1.5
    assert inside_odds(whole, form("khalilom", (3,), "bey")) == 5.0 - 1.5 - 2


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


@pytest.mark.parametrize("kind", ["cyrillic", "latin"])
def test_letters_are_grouped_as_the_learned_costs_group_them(kind: str) -> None:
    learned = model(kind)
    for shapes, costs in ((SHAPES[kind], learned.costs), (SHAPES["shared"], learned.shared)):
        sizes = {(len(x), len(y)) for x, row in costs.items() for y in row}
        assert not sizes or set(shapes) == sizes


def test_rows_that_two_forms_share_suggest_one_name_and_those_that_one_lacks_another() -> None:
    ours, theirs = (Form(id, "halil", "Halil", (), frozenset()) for id in ("a", "b"))
    rows = {("a", "halil"): frozenset({1, 2, 3, 4}), ("b", "halil"): frozenset({1, 2, 3})}
    assert _shared(ours, theirs, rows, 100) == pytest.approx(1.5 * math.log(3.5 / 0.62) - 1.5 / 4)
    rows["b", "halil"] = frozenset({9})
    assert _shared(ours, theirs, rows, 100) == -math.inf


def test_a_name_written_exactly_is_better_than_one_with_an_ending() -> None:
    source = SimpleNamespace(version=SimpleNamespace(lang="de"), cell=lambda i: "Dann kam Lavrins Frau.")
    assert [written(source, 0, name) for name in ("Lavrin", "Lavrins", "lavrin", "Lavri")] == [  # type: ignore[arg-type]
        Written.WITH_ENDING,
        Written.EXACTLY,
        Written.NOT,
        Written.NOT,
    ]
    assert Written.NOT < Written.WITH_ENDING < Written.EXACTLY


def test_what_an_alignment_shows_is_named_by_its_groups_and_their_neighbours() -> None:
    assert model("cyrillic")._signs([("кс", "x"), ("а", "a")]) == [
        *("кс~x", "^~^_кс~x", "^<кс~x", "кс~x>а"),
        *("а~a", "кс~x_а~a", "с<а~a", "а~a>$", "а~a_$"),
    ]
    assert model("latin")._signs([("sh", "sch"), ("a", "a"), ("ff", "v")]) == [
        *("sch~sh", "^_sch~sh", "sch~sh_a", "^_sch~sh_a", "#^C~C"),
        *("ff~v", "a_ff~v", "ff~v_$", "a_ff~v_$", "#$C~C"),
        *("#differing", "#differing"),
    ]
    assert model("latin")._signs([("sh", "sh"), ("x", "ks"), ("ya", "ya")])[:4] == [
        "ks~x",
        "h_ks~x",
        "ks~x_y",
        "h_ks~x_y",
    ]


@pytest.mark.parametrize(
    ("a", "b", "slip"),
    [
        ("lopukhin", "lopnkhin", True),  # u and n look alike
        ("lavretsky", "lavertsky", True),  # two letters exchanged
        ("petrovna", "petrvna", True),  # a letter left out
        ("dolgov", "dalgov", True),  # a vowel
        ("hezron", "hebron", False),  # a consonant for one unlike it
        ("marino", "narino", False),  # the first letter
        ("lopukhin", "lopukhim", False),  # the ending
        ("bakow", "bekow", False),  # short
        ("kirushkin", "kirinshkin", False),  # two slips
    ],
)
def test_a_slip_of_the_pen_is_one_letter_within_a_long_name(a: str, b: str, slip: bool) -> None:
    assert linking._is_slip(a, b) is linking._is_slip(b, a) is slip


def test_a_name_with_one_more_letter_is_another_name() -> None:
    assert linking._one_more("mari", "marin")
    assert not linking._one_more("marin", "mari")
    assert not linking._one_more("lem", "lemm")
    assert not linking._one_more("mari", "maria" + "n")
    assert not linking._one_more("mari", "mari")


def test_two_people_alternate_through_the_text_and_two_spellings_follow_one_another() -> None:
    assert linking._interleaved((1, 3, 5, 7), (2, 4, 6, 8))
    assert not linking._interleaved((1, 2, 3, 4), (5, 6, 7, 8))
    assert not linking._interleaved((1, 2, 7, 8), (3, 4, 5, 6))  # as often as chance has it, and no more


def test_a_name_met_in_few_rows_of_many_is_not_held_against_another() -> None:
    source = form("гуров", tuple(range(1, 13)), version="ru")

    def matched(often: int) -> set[str]:
        others = [form("latvia", source.rows, version="en"), form("gurov", source.rows[:often], version="en")]
        return {other[1] for _, _, other in linking._best_matches([source], others, 12)}

    assert "gurov" not in matched(2)
    assert "gurov" in matched(3)


def test_the_odds_of_a_group_are_those_of_its_weakest_tie() -> None:
    a, b, c, d = (("en", key) for key in "abcd")
    group = Group("", (a, b, c, d), ((5.0, a, b), (2.0, c, b), (4.0, a, c)))
    assert group.odds(a, b) == 5.0
    assert group.odds(b, a) == 5.0
    assert group.odds(b, c) == 2.0
    assert group.odds(a, d) == -float("inf")


def test_words_of_a_name_weigh_together() -> None:
    assert _sum([3.0, -1.0]) == -0.25  # one that differs outweighs one that agrees
    assert _sum([3.0, 1.0]) == 1.75
    assert _best(("ivan",), ("ivan", "petrov")) == 7.0 - 1.5
    assert _best(("ivan", "gurov"), ("ivan", "ilyich", "gurov")) == pytest.approx(7.0 + 0.25 * 7.0 - 1.5)
    assert _best(("ivan", "ivan"), ("ivan", "gurov", "lemm")) < 0  # each word is paired once
    assert _words("Petrov, Ivan") == ("ivan", "petrov")
    assert _words("General Lemm") == ("lemm",)
    assert _words("General") == ("general",)


def spelled(version: str, text: str, often: int, schemes: tuple[str, ...] = ()) -> Spelling:
    places = tuple(Place(version, Span(n, n + 1), text) for n in range(often))
    return Spelling(text, text.casefold(), places, tuple(range(often)), frozenset(), schemes)


def proposed(*held: Spelling, lemma: str = "", known: Known | None = None, **more: Any) -> tuple[str, str, bool]:
    spellings: dict[str, tuple[Spelling, ...]] = {}
    for each in held:
        spellings[each.places[0].version] = (*spellings.get(each.places[0].version, ()), each)
    return _propose(spellings, "ru", lemma, known, more.get("schemes", {}), more.get("proposals", {}))


def test_the_form_to_print_is_the_editors_then_the_listed_one_then_the_commonest() -> None:
    one, two = spelled("en", "Halil", 2, ("Turkish",)), spelled("en-b", "Khalil", 3)
    source = spelled("ru", "Халил", 9)
    chosen = {("en", "halil"): "Halil Bey"}
    assert proposed(source, one, two, proposals=chosen) == ("Halil Bey", "chosen by the editor", True)
    assert proposed(source, one, two) == ("Khalil", "commonest", False)
    assert proposed(one, spelled("en-b", "Khalil", 2)) == ("Halil", "commonest", False)  # it fits a scheme
    assert proposed(one, schemes={"en": "Turkish"})[1] == "commonest, and fits the version’s scheme"
    assert proposed(one, schemes={"en": "German"})[1] == "commonest"
    assert proposed(source, lemma="халил", schemes={"en": "", "en-b": "Turkish"}) == (
        "Halil",
        "no version has it; so in the scheme Turkish",
        False,
    )
    assert proposed(source, lemma="халил")[0] == "Khalil"
    cased = spelled("en", "Khalilom", 5)
    assert proposed(cased, two)[0] == "Khalil"  # a case ending is no form to print
    assert proposed(cased)[0] == "Khalilom"


def test_a_listed_form_is_printed_as_it_is_listed() -> None:
    town = Known("Ангора", "place", ("Ангора",), ("Angora",), "Ankara", "Gazetteer")
    commonest = "commonest of the listed forms; see Gazetteer"
    assert proposed(spelled("en", "Angora", 1), spelled("en-b", "Engora", 4), known=town) == (
        "Angora",
        commonest,
        False,
    )
    assert proposed(spelled("en", "Angora", 2), spelled("en-b", "Ankara", 2), known=town)[0] == "Ankara"
    assert proposed(spelled("en", "Angora", 3), spelled("en-b", "Ankara", 2), known=town)[0] == "Angora"
    listed = "the listed form; see Gazetteer"
    assert proposed(spelled("en", "Engora", 4), known=town) == ("Angora", listed, False)
    person = Known("Гуров", "person", ("Гуров",), ("Gourow",), "Gurov", "Gazetteer")
    assert proposed(spelled("en", "Gomov", 4), known=person) == ("Gurov", listed, False)
    whole = Known("Гуров", "person", ("Гуров",), (), "Ivan Gurov", "Gazetteer")
    assert proposed(spelled("en", "Gomov", 4), known=whole) == ("Gomov", "commonest", False)
    given = Known("Пётр", "given", ("Пётр",), ("Peter",), "Pyotr", "Gazetteer")
    assert proposed(spelled("en", "Petr", 4), known=given) == ("Petr", "commonest", False)


def test_the_main_spelling_is_the_editors_then_the_commonest_without_an_ending() -> None:
    held = (spelled("en", "Khalilom", 5), spelled("en", "Khalil", 2), spelled("en", "Halil", 3))

    def main(settled: bool) -> str:
        group = Group("", (), ())
        spelling = Entry("Халил", "name", {"en": held}, "Khalil", "", group, None, settled).main("en")
        return spelling.text if spelling else ""

    assert main(settled=False) == "Halil"
    assert main(settled=True) == "Khalil"
    assert Entry("Халил", "name", {"en": held}, "Khalil", "", Group("", (), ())).main("en-b") is None


def test_the_kind_of_a_name_is_the_listed_one_or_that_of_its_spellings() -> None:
    def kind(*keys: str, known: Known | None = None) -> str:
        return _kind(Group("", tuple(("en", key) for key in keys), ()), known)

    assert kind("gurov") == "name"
    assert kind("turkey", "turks") == "people"
    assert kind("turkey") == "place"
    assert kind("turks", known=Known("", "person", (), (), "", "")) == "person"


def test_ordinary_words_are_no_forms_unless_one_by_itself_is_a_listed_name() -> None:
    text = "We saw Cologne. The Mill burned. The Grand Troy sank. Then Adam Long came, and Adam sat."
    collation = compare.collate(compare.from_texts({"en": text}), encoder=get("none"))

    def mention(words: str, common: bool) -> Mention:
        starts = [text.index(words) + m.start() for m in re.finditer(r"\S+", words)]
        spans = [Span(start, start + len(word)) for start, word in zip(starts, words.split(), strict=True)]
        parts = [NameWord(span.of(text), span, span.of(text).casefold()) for span in spans]
        return Mention(Span(spans[0].start, spans[-1].end), tuple(parts), (), common)

    mentions = [
        mention("Cologne", True),
        mention("Mill", True),
        mention("Grand Troy", True),
        mention("Adam Long", False),
    ]
    forms = [
        (form.text, form.rows, form.neighbours) for form, _ in _forms(collation, collation.work.versions[0], mentions)
    ]
    assert forms == [("Cologne", (1,), frozenset()), ("Adam", (4,), frozenset({"long"}))]


def own(rows: int, beside: list[str], counts: dict[str, int]) -> bool:
    """Ask of the last of a name's rows; `beside`: the reference's capitals in the others. The last has none."""
    entry = SimpleNamespace(spellings={"en": [SimpleNamespace(rows=tuple(range(1, rows + 1)))]})
    standing = [frozenset(word.split()) for word in beside]
    standing += [frozenset()] * (20 - len(standing))
    capitals = SimpleNamespace(rows={"ru": standing}, counts={"ru": Counter(counts)})
    row = Row(rows, {}, {}, 1.0)
    return own_names.is_own(capitals, row, entry, "en", "ru")  # type: ignore[arg-type]


def test_a_versions_own_name_stands_in_several_rows_where_the_reference_has_none() -> None:
    assert not own(2, [""], {})
    assert own(3, ["", ""], {})
    assert not own(3, ["господь", "господь"], {"господь": 2})  # in the other rows it renders a word that is not here
    assert own(3, ["господь", "господь"], {"господь": 20})  # one that stands everywhere is none
    assert own(3, ["господь", "господь"], {"господь": 11})  # nor one that is not twice as usual in them
    assert not own(3, ["господь", "господь"], {"господь": 10})
    assert own(5, ["господь", "господь", "", ""], {"господь": 2})  # nor is one of half the rows
    assert own(3, ["господь"] * 3, {"господь": 3})  # it stands in this row as well
    assert own(11, ["господь"] * 10, {"господь": 10})  # so many rows need no proof


def test_the_nearest_listed_form_is_one_slip_away() -> None:
    found = nearest("Adriaanople")
    assert found
    assert (found[0] > 2.0, found[1], found[2].name) == (True, "Adrianople", "Эдирне")
    assert nearest("Adrianopolitan") is None
    assert nearest("Tiflis") is None  # listed itself
    assert nearest("Smirna")  # six letters
    assert nearest("Bakou") is None  # five


def test_small_signs_of_names() -> None:
    hyphened = ["Сами-бей", "Sami-bey", "Анна-Мария", "Anna-Maria", "Лавизу-то", "кто-то", "Аи-то"]
    parts = [" ".join(part.text for part in _split(Word(text, 0, len(text)))) for text in hyphened]
    assert parts == ["Сами бей", "Sami bey", "Анна-Мария", "Anna-Maria", "Лавизу", "кто", "Аи-то"]
    assert _listed_stems("вене") == ["вена"]
    assert _listed_stems("рима") == []  # three letters are too few
    abbreviated = ["Dr", "Gen", "general", "A", "prince", "г"]
    assert [_abbreviates(word) for word in abbreviated] == [True, True, False, True, False, True]
    assert [bare(word) for word in ("Gurov's", "James’", "O’Neil", "Anna")] == ["Gurov", "James", "O’Neil", "Anna"]
    coined = ["Cloakless", "Wha-at", "Anna", "Gurov", "Table"]
    assert [_is_coined(word) for word in coined] == [True, True, False, False, True]
    assert possessors("лизин") == {"лиз", "лизй", "лизь", "лиза", "лизя", "лизий"}
    assert possessors("гора") == set()
    alike = [("ada", "адочка"), ("anna", "ольга"), ("latvia", "литва")]
    assert [_begin_alike(*pair) for pair in alike] == [True, False, False]


def test_capitals_are_counted_once_a_row() -> None:
    rows = [{"ru": "Господь и Господь видел.", "en": "The Lord saw."}, {"ru": "Пришёл Господь.", "en": "He came."}]
    capitals = own_names.Capitals(compare.collate(compare.from_rows(rows), encoder=get("none")))
    assert capitals.rows["ru"] == [{"господь"}, {"прийти", "господь"}]
    assert capitals.counts["ru"] == {"господь": 2, "прийти": 1}


@pytest.mark.parametrize(
    ("word", "home", "possessive"),
    [
        ("лизин", None, True),  # of Лиза, a settled name
        ("жуков", None, False),
        ("жуков", ("ru", "жук"), True),
        ("жуков", ("a", "жук"), False),
        ("гора", ("ru", "гора"), False),
    ],
)
def test_a_possessive_is_of_a_name_that_the_reference_has_or_english_knows(
    word: str, home: tuple[str, str] | None, possessive: bool
) -> None:
    names: Any = SimpleNamespace(homes={home})
    assert missing._is_possessive(names, "ru", SimpleNamespace(lemma=word)) is possessive  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Anna, come", True),
        ("Come, Anna!", True),
        ("Come, Anna", True),
        ("Come, Anna sat", False),
        ("Well — Anna, come", True),
        ("He saw Anna, she", False),
        ("(Anna!)", False),
    ],
)
def test_who_is_addressed_stands_between_marks(text: str, address: bool) -> None:
    start = text.index("Anna")
    collation: Any = SimpleNamespace(work=SimpleNamespace(version=lambda _: SimpleNamespace(text=text)))
    mention: Any = SimpleNamespace(span=Span(start, start + 4))
    assert missing._is_address(collation, "a", mention) is address


@pytest.mark.parametrize(
    ("text", "versions", "translated"),
    [
        ("ОАЭ", 2, True),
        ("Минобороны", 1, True),
        ("Римский", 1, True),
        ("Римский", 2, False),  # a version romanises it
        ("Невский", 1, False),
        ("Гуров", 1, False),
        ("Anna", 1, False),
    ],
)
def test_abbreviations_and_adjectives_that_no_version_has_are_translated(
    text: str, versions: int, translated: bool
) -> None:
    entry: Any = SimpleNamespace(spellings=dict.fromkeys(map(str, range(versions))))
    word: Any = SimpleNamespace(text=text, lemma=text.casefold())
    assert missing._is_translated(entry, word) is translated


def test_a_version_knows_a_name_that_it_has_or_that_is_met_in_fewer_than_three_rows() -> None:
    names: Any = SimpleNamespace(homes={("ru", "жук")})

    def known(rows: tuple[int, ...], *versions: str, word: str = "гуров") -> bool:
        spellings = {"ru": [SimpleNamespace(rows=rows)], **{id: [] for id in versions}}
        expected: Any = [(SimpleNamespace(spellings=spellings), SimpleNamespace(lemma=word))]
        return missing._known_here(names, "a", "ru", expected)

    assert known((1, 2, 2))
    assert not known((1, 2, 3))
    assert known((1, 2, 3), "a")
    assert not known((1, 2, 3), "b")
    assert not known((1, 2), "a", word="жуков")  # it only says whose something is


def lacking(*lemmas: str, text: str = "", partners: int = 0, agreeing: int = 0) -> Any:
    words = [SimpleNamespace(lemma=lemma, text=text or lemma.capitalize()) for lemma in lemmas]
    lost = [(SimpleNamespace(name=word.text), word) for word in words]
    return SimpleNamespace(lost=lost, partners=[None] * partners, agreeing=agreeing)


@pytest.mark.parametrize(
    ("word", "lack", "newcomer", "other"),
    [
        ("Ural", lacking("урфо", text="УрФО"), True, False),  # it is written out
        ("UN", lacking("урфо", text="УрФО"), True, True),
        ("Gomov", lacking("гуров"), True, True),
        ("Gurow", lacking("гуров"), True, False),
        ("Gurow", lacking("гуров", agreeing=1), True, True),
        ("Gomov", lacking("гуров"), False, False),  # somebody else of the work is named
        ("Gomov", lacking("гуров", partners=1), False, True),
        ("Gomov", lacking("ильинична", partners=1), False, False),
        ("Latvia", lacking("литва"), False, True),
        ("Singer", lacking("гуров"), True, False),  # a nickname
        ("Whitebreast", lacking("гуров"), True, False),
    ],
)
def test_another_name_in_the_place_of_one(word: str, lack: Any, newcomer: bool, other: bool) -> None:
    said: Any = SimpleNamespace(text=word, lemma=word.casefold())
    assert absences._is_other(said, lack, newcomer) is other


@pytest.mark.parametrize(
    ("word", "lemma", "kind"),
    [("Rome", "чичиков", True), ("Rome", "литва", False), ("Anna", "литва", True), ("Gomov", "литва", False)],
)
def test_a_place_stands_for_no_person_and_no_person_for_a_place(word: str, lemma: str, kind: bool) -> None:
    stray: Any = (SimpleNamespace(name=word), SimpleNamespace(text=word, lemma=word.casefold()))
    assert absences._is_of_another_kind(stray, lacking(lemma)) is kind


def test_most_letters_of_an_abbreviation_are_capitals() -> None:
    shown = ["УрФО", "UN", "Un", "uN", "U", "NATo"]
    assert [absences._is_abbreviation(word) for word in shown] == [True, True, False, False, False, True]


@pytest.mark.parametrize(
    ("cell", "torn"),
    [
        ("one two three", False),
        ("one two", True),
        ("[one two three four five]", True),
        ("one two three four five", False),
    ],
)
def test_a_cell_with_few_of_the_references_words_or_a_note_is_torn(cell: str, torn: bool) -> None:
    collation: Any = SimpleNamespace(cell=lambda row, id: {"a": cell, "ru": "один два три четыре пять"}[id])
    assert absences._is_torn(collation, Row(1, {}, {}, 1.0), "a", "ru") is torn


@pytest.mark.parametrize(
    ("text", "weak"),
    [
        ("He went. Anna sat! Petr rose", ["He", "Anna", "Petr"]),
        ("He saw Dr. Anna and Gen. Petr", ["He"]),  # these points end no sentence
        ("He is a Dr! Anna sat", ["He", "Anna"]),
        ("He is here. Anna sat", ["He", "Anna"]),
        ("“Come,” said he. “Anna sat”", ["Come", "Anna"]),
    ],
)
def test_a_capital_that_opens_a_sentence_says_nothing(text: str, weak: list[str]) -> None:
    found = words(text)
    starts = detect._openings(text, [Span(0, len(text))], found)
    assert [word.text for word in found if word.start in starts] == weak
