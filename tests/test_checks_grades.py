"""How checks grade what they find: the rules inside them, asked of what a test lays before them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import compare
from compare.analysis import Analysis
from compare.checks import (
    nam401_endings,
    nam501_replaced,
    nam502_missing,
    nam503_translated,
    nam601_misspelling,
    nam701_title,
    nam702_initials,
    num102_number,
    run,
    select,
    sem104_wording,
    sem107_pronoun,
    sem110_antonym,
    sem111_untranslated,
    trm102_capitals,
)
from compare.checks.trm104_recurring import _akin, _content, _interchangeable, _may_be_noun
from compare.encode import get
from compare.names.index import Spelling, _nodes
from compare.names.linking import Form, _Homes, _left_over
from compare.quantities.quantity import Quantity
from compare.values import Finding, Place, Span


def found(code: str, *rows: Mapping[str, str]) -> list[Finding]:
    collation = compare.collate(compare.from_rows([dict(row) for row in rows]), encoder=get("none"))
    return [finding for _, finding in run(Analysis(collation), select([code]))]


class Cell(SimpleNamespace):
    """A cell of NUM102: `held` says which versions have which of the numbers `a` and `b`."""

    def has(self, version: str, quantity: Any) -> bool:
        return quantity.name in self.held[version]

    def in_currency(self, version: str, quantity: Any) -> bool:
        return quantity.name in self.pounds


def quantity(name: str, firm: bool = True, kind: str = "number", value: float = 7) -> Any:
    return SimpleNamespace(name=name, firm=firm, kind=kind, value=value, start=0, end=1)


def cell(held: Mapping[str, str], pounds: str = "") -> Any:
    return Cell(held=held, pounds=pounds, others=list(held), source="ru", version="a")


class TestNumbers:
    @pytest.mark.parametrize(
        ("held", "fault"),
        [
            ({"x": "b"}, ("major", 0.9)),
            ({"x": ""}, ("major", 0.8)),
            ({}, ("major", 0.8)),
            ({"x": "a"}, ("minor", 0.6)),
            ({"x": "a", "y": "b"}, ("minor", 0.6)),
            ({"x": "a", "y": "a"}, None),
            ({"x": "ab", "y": ""}, ("major", 0.9)),
        ],
    )
    def test_one_for_another(self, held: dict[str, str], fault: tuple[str, float] | None) -> None:
        graded = num102_number._exchanged(cell(held), "ru", quantity("a"), quantity("b"))
        assert (graded and (graded.severity, pytest.approx(graded.score))) == fault
        loose = num102_number._exchanged(cell(held), "ru", quantity("a", firm=False), quantity("b"))
        assert (loose and loose.severity) == (fault and "minor")

    def test_a_month_is_certain(self) -> None:
        mine = quantity("a", firm=False, kind="month")
        fault = num102_number._exchanged(cell({}), "ru", mine, quantity("b", firm=False))
        assert fault
        assert (fault.severity, fault.score) == ("major", 0.8)

    @pytest.mark.parametrize(
        ("source", "version", "severity"),
        [
            ("Мундир стоил восемьдесят рублей.", "The uniform cost seven pounds.", "neutral"),
            ("Он получал три тысячи.", "He was paid three hundred pounds.", "neutral"),
            ("Мундир стоил восемьдесят рублей.", "The uniform cost seven roubles.", "major"),
            ("Мундир стоил восемьдесят долларов.", "The uniform cost seven dollars.", "major"),
            ("Ему дали восемьдесят солдат.", "He was given seven men for a pound.", "major"),
        ],
    )
    def test_money_of_another_country_is_converted(self, source: str, version: str, severity: str) -> None:
        assert [f.severity for f in found("NUM102", {"ru": source, "en": version})] == [severity]

    @pytest.mark.parametrize(
        ("held", "kind", "kept", "fault"),
        [
            ({}, "number", True, ("major", 0.75)),
            ({}, "number", False, ("neutral", 0.55)),
            ({"x": "a"}, "number", False, ("minor", 0.55)),
            ({}, "ordinal", True, ("neutral", 0.55)),
            ({"x": "a", "y": ""}, "number", True, ("major", 0.75)),
            ({"x": ""}, "number", True, None),
            ({"x": "a", "y": "", "z": ""}, "number", True, None),
        ],
    )
    def test_one_lost(
        self,
        held: dict[str, str],
        kind: str,
        kept: bool,
        fault: tuple[str, float] | None,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(num102_number, "_kept", lambda *_: kept)
        monkeypatch.setattr(num102_number, "_is_indefinite", lambda *_: False)
        graded = num102_number._lost(cell(held), quantity("a", kind=kind))
        assert (graded and (graded.severity, graded.score)) == fault

    def test_without_a_source_the_first_other_has_the_words_about_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked = []
        monkeypatch.setattr(num102_number, "_kept", lambda _, reference, *__: asked.append(reference))
        monkeypatch.setattr(num102_number, "_is_indefinite", lambda *_: False)
        others = cell({"x": "a", "y": "a"})
        others.source = ""
        num102_number._lost(others, quantity("a"))
        assert asked == ["x"]

    @pytest.mark.parametrize(
        ("mine", "theirs", "comparable"),
        [
            (quantity("a"), quantity("b"), True),
            (quantity("a"), quantity("b", firm=False), True),
            (quantity("a"), quantity("b", firm=False, value=1), False),
            (quantity("a"), quantity("b", firm=False, value=2, kind="hour"), True),
            (quantity("a"), quantity("b", firm=False, kind="ordinal"), False),
            (quantity("a", firm=False, kind="label"), quantity("b"), False),
            (quantity("a", firm=False, kind="label"), quantity("b", firm=False, kind="label"), True),
            (quantity("a", firm=False, kind="label"), quantity("b", firm=False, kind="ordinal"), False),
            (quantity("a", firm=False), quantity("b", firm=False), False),
        ],
    )
    def test_which_may_stand_for_which(self, mine: Any, theirs: Any, comparable: bool) -> None:
        assert num102_number._comparable(mine, theirs) is comparable

    @pytest.mark.parametrize(
        ("mine", "theirs", "around", "pairs"),
        [
            ([7, 8], [5, 6], [], [(7, 5), (8, 6)]),  # by where they stand
            ([7, 8], [5], [], [(7, 5)]),
            ([-7, 8], [5], [], [(8, 5)]),  # what is counted first
            ([7], [-5, 6], [], [(7, 6)]),
            ([7, 8], [5], [7], [(8, 5)]),  # what stands in the rows about is paired last
            ([7], [5], [7], [(7, 5)]),
            ([7], [5], [7, 5], []),  # both do: the texts were cut apart otherwise
        ],
    )
    def test_which_stands_for_which(
        self,
        mine: Sequence[int],
        theirs: Sequence[int],
        around: Sequence[int],
        pairs: Sequence[tuple[int, int]],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def stated(values: Sequence[int]) -> list[Quantity]:
            """Below 0: numbers that are said without counting."""
            return [Quantity(Fraction(abs(value)), 0, 1, firm=value > 0) for value in values]

        def value(quantity: Quantity) -> int:
            return int(quantity.value)

        found: list[tuple[int, ...]] = []
        monkeypatch.setattr(num102_number, "_exchanged", lambda *given: found.append(tuple(map(value, given[-2:]))))
        monkeypatch.setattr(num102_number, "_is_paired", lambda *_: False)
        one: Any = SimpleNamespace(version="a", around=lambda _: stated(around))
        assert list(num102_number._faults(one, "ru", stated(mine), stated(theirs))) == []
        assert sorted(found) == pairs

    @pytest.mark.parametrize(
        ("near", "paired"), [(0.2, True), (0.19, False), (0.0, True), (-0.1, False), (float("nan"), True)]
    )
    def test_cells_that_say_something_else_are_no_evidence(self, near: float, paired: bool) -> None:
        similarity = SimpleNamespace(cosine={("a", "ru"): np.array([0.9, near])})
        one = SimpleNamespace(analysis=SimpleNamespace(similarity=similarity), version="a", i=1)
        assert num102_number._is_paired(one, "ru") is paired  # type: ignore[arg-type]

    def test_four_rows_on_either_side_are_around(self) -> None:
        quantities = {"a": [(SimpleNamespace(value=n),) for n in range(12)]}
        analysis: Any = SimpleNamespace(quantities=quantities)

        def around(i: int) -> list[float]:
            return [float(q.value) for q in num102_number._Cell(analysis, i, "a").around("a")]

        assert around(5) == [1, 2, 3, 4, 6, 7, 8, 9]
        assert around(1) == [0, 2, 3, 4, 5]
        assert around(11) == [7, 8, 9, 10]

    @pytest.mark.parametrize(
        ("share", "content", "kept"),
        [
            ([0, 0, 1, 1, 1, 0, 0, 0, 0, 0], "n.......nn", True),  # no word of content about it
            ([1, 1, 1, 0, 0, 0, 0, 0, 0, 0], "..nn.nn...", False),
            ([0, 0, 1, 1, 0, 0, 0, 0, 0, 0], "..nn.nn...", True),
            ([1, 0, 0, 0, 1, 0, 0, 0, 1, 1], "n..nn...nn", False),  # three words on either side, and not itself
            ([0, 1, 0, 0, 0, 0, 0, 0, 0, 0], "nn......nn", True),
            ([0, 0, 0, 0, 0, 0, 0, 1, 0, 0], "nn.....n..", True),
        ],
    )
    def test_the_words_about_it_tell_whether_its_passage_is_there(
        self, share: Sequence[float], content: str, kept: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(num102_number, "_linked", lambda *_: True)
        monkeypatch.setattr(num102_number, "is_content", lambda *_: [mark == "n" for mark in content])
        there = SimpleNamespace(words=[Span(3 * k, 3 * k + 2) for k in range(10)])
        words = SimpleNamespace(cells={"ru": [there]}, covers={("ru", "a"): [SimpleNamespace(share=share)]}, forms=None)
        one: Any = SimpleNamespace(source="ru", version="a", i=0, analysis=None)
        one.analysis = SimpleNamespace(near=lambda i: (SimpleNamespace(words=words), i))
        fourth = SimpleNamespace(start=12, end=14)
        assert num102_number._kept(one, "ru", "a", fourth) is kept  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rivals", "agreeing", "is_name", "text", "score"),
    [
        (2, 2, True, "The man sat.", 0.8),
        (2, 1, True, "The man sat.", 0.6),
        (0, 0, True, "The man sat.", 0.6),
        (2, 0, True, "The man sat.", 0.3),
        (2, 2, True, "He sat.", 0.4),
        (2, 2, False, "The man sat.", 0.5),
        (2, 0, False, "He sat.", 0.05),
    ],
)
def test_a_name_that_is_missing(rivals: int, agreeing: int, is_name: bool, text: str, score: float) -> None:
    collation = SimpleNamespace(cell=lambda row, version: text)
    absence = SimpleNamespace(rivals=rivals, agreeing=agreeing, is_name=is_name, row=None, version="a")
    assert nam502_missing._score(collation, absence) == pytest.approx(score)  # type: ignore[arg-type]


class TestTerms:
    OFFICE = ("Вот договор крестьян.", "Где договор крестьян?", "Договор крестьян кончен.")

    def rendered(self, *nouns: str) -> list[tuple[float, str | None, list[str]]]:
        rows = [{"ru": ru, "a": f"{noun} of peasants sat."} for ru, noun in zip(self.OFFICE, nouns, strict=False)]
        return [(f.score, f.suggestion, [p.text for p in f.places]) for f in found("TRM103", *rows)]

    def test_the_rarer_rendering_is_shown_with_the_usual_one(self) -> None:
        one, other = "The treaty", "The pact"
        assert self.rendered(one, one, other) == [(0.7, "treaty", ["pact", "treaty"])]
        assert self.rendered(one, other) == [(0.55, "treaty", ["pact", "treaty"])]
        assert self.rendered(one, one, one) == []
        assert self.rendered("A treaty", "The treaty", "Pact") == [(0.7, None, ["Pact", "treaty"])]
        rows = zip(self.OFFICE, (one, one, other), strict=True)
        [finding] = found("TRM103", *({"ru": ru, "a": f"{noun} of peasants sat."} for ru, noun in rows))
        assert finding.places[1].span.start == len("The ")  # the first of the usual ones

    def test_the_first_of_the_usual_renderings_is_quoted(self) -> None:
        nouns = ("Treaty", "The treaty", "The pact")
        rows = [{"ru": ru, "a": f"{noun} of peasants sat."} for ru, noun in zip(self.OFFICE, nouns, strict=True)]
        [finding] = found("TRM103", *rows)
        assert finding.message.endswith("is rendered with “pact” here and with “Treaty” elsewhere")
        assert finding.suggestion is None  # it would begin otherwise

    def test_a_row_without_the_source_hides_none_behind_it(self) -> None:
        nouns = ("treaty", "treaty", "pact")
        rows = [{"ru": ru, "a": f"The {noun} of peasants sat."} for ru, noun in zip(self.OFFICE, nouns, strict=True)]
        assert [f.places[0].text for f in found("TRM103", {"a": "A preface."}, *rows)] == ["pact"]

    def test_three_renderings_of_three_show_no_habit(self) -> None:
        assert self.rendered("The treaty", "The pact", "The agreement") == []

    @pytest.mark.parametrize(
        ("one", "other", "akin"),
        [
            ("cloak", "cloaks", True),
            ("treaty", "treaties", True),
            ("sea", "sea", True),
            ("sea", "seal", False),
            ("seal", "seals", False),
            ("house", "horse", False),
        ],
    )
    def test_words_that_share_their_beginning(self, one: str, other: str, akin: bool) -> None:
        assert _akin(one, other) is akin

    def test_synonyms_kinds_and_near_words_may_stand_for_each_other(self) -> None:
        assert _interchangeable("treaty", "pact")
        assert _interchangeable("dog", "animal")
        assert not _interchangeable("treaty", "potato")
        assert not _interchangeable("treaty", "treaty")
        assert not _interchangeable("treaty", "treatys")  # near, but no word
        assert not _interchangeable("treatys", "treaty")

    def test_content_is_each_longer_word_once_that_is_no_function_word(self) -> None:
        assert _content(["the", "mill", "burn", "ox", "mill", "with"], "en") == ["mill", "burn"]
        assert _may_be_noun("treaty")
        assert not _may_be_noun("quickly")


@pytest.mark.parametrize(
    ("text", "he", "she"),
    [
        ("Он вошёл.", True, False),
        ("Её не было.", False, True),
        ("Вошла и села.", False, True),
        ("Дама сидит.", False, True),
        ("Солдат спит.", True, False),
        ("Стол стоит.", False, False),
        ("Лампа горит.", False, False),
        ("Темно.", False, False),
    ],
)
def test_a_russian_text_mentions_a_gender(text: str, he: bool, she: bool) -> None:
    assert (sem107_pronoun._mentions(text, "he"), sem107_pronoun._mentions(text, "she")) == (he, she)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [("izbushka", True), ("izb", False), ("Izbushka", False), ("izbush2", False), ("house", False), ("among", False)],
)
def test_a_word_is_unknown_that_is_no_english_one_however_made(text: str, unknown: bool) -> None:
    assert sem111_untranslated._is_unknown(text) == unknown


@pytest.mark.parametrize(
    ("others", "severity", "score"), [((), "neutral", 0.7), ((4,), "minor", 0.9), ((4, 5), "major", 0.9)]
)
def test_a_word_that_is_only_transliterated(
    others: tuple[int, ...], severity: str, score: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    def place(_: object, version: str, i: int, first: int, last: int) -> Place:
        return Place(version, Span(100 * i + first, 100 * i + last), f"{version}{i}:{first}")

    monkeypatch.setattr(sem111_untranslated, "place_of", place)
    collation = SimpleNamespace(work=SimpleNamespace(source=SimpleNamespace(id="ru")))
    made: Any = SimpleNamespace(collation=collation, renderings=SimpleNamespace(evidence=lambda *_: ""))
    by_others = {f"x{n}": at for n, at in enumerate(others)}
    spelled = [
        sem111_untranslated._Spelled(3, "a", 1, 3, 5.0, "изба", {}),
        sem111_untranslated._Spelled(7, "a", 2, 3, 5.0, "изба", by_others),
        sem111_untranslated._Spelled(10, "a", 2, 3, 5.0, "изба", {}),
    ]
    finding = sem111_untranslated._finding(made, spelled)
    assert (finding.severity, finding.score) == (severity, score)
    row = 7 if others else 3
    own = [place(None, "a", 2, 1, 2), place(None, "a", 6, 2, 3), place(None, "a", 9, 2, 3)]
    shown = own.pop(1 if others else 0)
    rendered = [place(None, f"x{n}", 6, at, at + 1) for n, at in enumerate(others)]
    assert finding.row == row
    assert list(finding.places) == [shown, place(None, "ru", row - 1, 3, 4), *rendered, *own]
    assert finding.suggestion == (rendered[0].text if others else None)


class TestNames:
    def left_over(self, key: str, rows: tuple[int, ...], there: tuple[int, ...] = (5,), *more: Form) -> list[Any]:
        forms = [Form("ru", "кирушкин", "Кирушкин", there), Form("en", key, key.title(), rows), *more]
        return _left_over(forms, _Homes({(form.version, form.key): form for form in forms}, "ru"))

    def test_a_misreading_is_linked_with_the_one_name_that_is_left_over(self) -> None:
        tie = (pytest.approx(3.0), ("en", "kirinshkin"), ("ru", "кирушкин"))
        assert self.left_over("kirinshkin", (5,)) == [tie]
        assert self.left_over("kirinshkin", (5, 6, 7), (5, 6, 7)) == [tie]

    def test_not_a_frequent_one_another_beginning_or_one_of_two(self) -> None:
        assert self.left_over("kirinshkin", (5, 6, 7, 8)) == []
        assert self.left_over("kirinshkin", (5,), (5, 6, 7, 8)) == []
        assert self.left_over("birinshkin", (5,)) == []
        assert self.left_over("kalo", (5,)) == []
        assert self.left_over("kirinshkin", (6,)) == []
        assert self.left_over("kirinshkin", (5,), (5,), Form("en", "lemm", "Lemm", (5,))) == []

    def test_a_row_of_an_edited_table_names_its_spellings(self) -> None:
        forms: Any = dict.fromkeys([("ru", "гуров"), ("en", "gurov"), ("en", "gurow"), ("en-b", "gurov")])
        row = {"name": "Гуров", "en": "Gurov (12); Gurow; Gomov (1)", "en-b": ""}
        assert _nodes(row, forms) == [("en", "gurov"), ("en", "gurow")]
        assert _nodes({"name": " Gurov "}, forms) == [("en", "gurov"), ("en-b", "gurov")]
        assert _nodes({}, forms) == []


@pytest.mark.parametrize(
    ("rivals", "agreeing", "is_name", "repeated", "score"),
    [
        (0, 0, True, False, 0.6),
        (0, 0, True, True, 0.9),
        (1, 1, True, False, 0.75),
        (1, 1, True, True, 0.9),
        (2, 2, True, False, 0.9),
        (2, 1, True, True, 0.75),
        (2, 0, True, True, 0.35),
        (2, 2, False, False, 0.6),
        (2, 0, False, False, 0.05),
        (1, 0, False, False, 0.05),
    ],
)
def test_a_name_in_the_place_of_another(
    rivals: int, agreeing: int, is_name: bool, repeated: bool, score: float
) -> None:
    absence: Any = SimpleNamespace(rivals=rivals, agreeing=agreeing, is_name=is_name)
    assert nam501_replaced._score(absence, repeated) == pytest.approx(score)


@pytest.mark.parametrize(("kept", "others", "score"), [(1, 1, 0.8), (1, 2, 0.8), (1, 3, 0.6), (2, 3, 0.8), (2, 5, 0.6)])
def test_a_name_that_is_translated(kept: int, others: int, score: float, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place("a", Span(0, 7), "singers")
    held = tuple(Place(f"x{n}", Span(0, 8), "Pevtsovs") for n in range(kept))
    translated = SimpleNamespace(row=2, place=place, source=Place("ru", Span(0, 6), "Певцов"), kept=held)
    monkeypatch.setattr(nam503_translated, "translated_names", lambda *_: [translated])
    rows = (None, SimpleNamespace(spans=dict.fromkeys(["a", "ru", *(f"x{n}" for n in range(others))])))
    made: Any = SimpleNamespace(words=None, names=None, renderings=None, collation=SimpleNamespace(rows=rows))
    [check] = select(["NAM503"])
    [finding] = check.run(made)
    assert (finding.score, finding.row, finding.suggestion) == (score, 2, "Pevtsovs")


@pytest.mark.parametrize(("others", "score"), [(0, 0.7), (1, 0.8), (2, 0.9), (3, 0.9)])
def test_a_measure_that_is_not_as_much_by_how_many_say_so(others: int, score: float) -> None:
    row = {"ru": "Прошли пять вёрст.", "a": "They walked fifty miles."}
    row |= {f"x{n}": "They walked five versts." for n in range(others)}
    assert [f.score for f in found("NUM104", row) if f.places[0].version == "a"] == [score]


def test_capitals_by_how_often_each_stands() -> None:
    def graded(*titles: str) -> list[tuple[float, str, str | None]]:
        made = found("TRM102", *({"a": f"He saw {title} Chicherin."} for title in titles))
        return [(f.score, f.places[0].text, f.suggestion) for f in made]

    assert graded("Comrade", "Comrade", "comrade") == [(0.75, "comrade", "Comrade")]
    assert graded("Comrade", "comrade") == [(0.6, "comrade", "Comrade")]
    assert graded("Comrade", "Comrade") == graded("Comrade", "COMRADE") == []
    for few, severity in (("comrade", "minor"), ("Comrade", "neutral")):
        many = few.swapcase().title() if few == "comrade" else "comrade"
        made = found("TRM102", *({"a": f"He saw {title} Chicherin."} for title in (many, many, few)))
        assert [f.severity for f in made] == [severity]


@pytest.mark.parametrize(("second", "shown"), [("Gulf", 1), ("Sea", 0)])
def test_capitals_of_a_phrase_whose_second_word_is_long_enough(second: str, shown: int) -> None:
    row = {"a": f"He saw the Persian {second} and the Persian {second} and the Persian {second.lower()}."}
    assert len(found("TRM102", row)) == shown


def test_a_word_behind_what_opens_a_sentence_is_not_inside_one() -> None:
    text = "He left. She cried: “Look there” then. But: so he came."
    made = compare.collate(compare.from_texts({"en": text}), encoder=get("none"))
    inner = [text[start:].partition(" ")[0] for start in sorted(trm102_capitals._inner(made, "en"))]
    assert inner == ["left.", "cried:", "there”", "then.", "he", "came."]


@pytest.mark.parametrize(("word", "is_one"), [("Бедная", True), ("Толстой", False), ("дом", False), ("poor", False)])
def test_a_title_s_adjective_is_no_name(word: str, is_one: bool) -> None:
    assert nam701_title._is_adjective(word) is is_one


@pytest.mark.parametrize(
    ("forms", "shown"), [(("Rail-way", "Railway"), 1), (("to-morrow", "tomorrow"), 1), (("to-day", "today"), 0)]
)
def test_a_compound_in_two_spellings_unless_it_is_short(forms: tuple[str, str], shown: int) -> None:
    one, two = forms
    assert len(found("TRM102", {"a": f"He saw the {one} and the {one}."}, {"a": f"We know the {two}."})) == shown


def test_a_word_that_no_dictionary_has_by_how_widely_it_stands() -> None:
    def graded(a: str, b: str) -> list[float]:
        return [f.score for f in found("TYP109", {"a": a, "b": b}) if f.places[0].version == "a"]

    assert graded("The huose was cold.", "The house was cold.") == [0.7]
    assert graded("The huose was cold.", "A huose was cold.") == [0.3]
    assert graded("A huose, a huose and a huose.", "The house.") == [0.5]


@pytest.mark.parametrize(
    ("probability", "attested", "severity"),
    [
        *((0.39, True, "neutral"), (0.4, True, "minor"), (0.49, True, "minor"), (0.5, True, "major")),
        *((0.49, False, "neutral"), (0.5, False, "minor"), (0.9, False, "minor")),
    ],
)
def test_a_wrong_word_by_how_probable_it_is_and_whether_another_version_has_a_known_one(
    probability: float, attested: bool, severity: str
) -> None:
    assert sem104_wording._severity(probability, attested, False) == severity
    assert sem104_wording._severity(probability, attested, True) == "neutral"


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("stress", "emphasize", True),  # WordNet has them as one a kind of the other
        ("electoral", "election", True),
        ("tranquillizer", "tranquilizer", True),
        ("dish", "saucer", False),
        ("airline", "avionics", False),
    ],
)
def test_a_word_that_says_the_same_is_a_note(one: str, other: str, near: bool) -> None:
    assert sem104_wording._is_near(one, other) == near


def test_the_opposite_is_corroborated_by_two_versions_or_by_a_source_that_lies_nearer_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two, one = (SimpleNamespace(for_=dict.fromkeys(ids), row_index=4, version="a") for ids in ("bc", "b"))
    here, there = Place("a", Span(0, 4), "wide"), Place("b", Span(7, 13), "narrow")
    monkeypatch.setattr(sem110_antonym, "places", lambda *_: (here, there))

    def corroborated(found: Any, theirs: float, mine: float) -> bool:
        drawn = {(4, "b", there.span, "wide"): theirs, (4, "a", here.span, "narrow"): mine}
        unread: Any = SimpleNamespace(draw=lambda *asked: drawn[asked])
        return sem110_antonym._is_corroborated(None, found, unread)  # type: ignore[arg-type]

    assert corroborated(two, 0.0, 0.0)
    assert corroborated(one, 0.25, 0.125)
    assert corroborated(one, 0.03, 0.0)
    assert not corroborated(one, 0.02, 0.0)
    assert not corroborated(one, 0.125, 0.25)
    assert not sem110_antonym._is_corroborated(None, one, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("renderings", "word", "otherwise"),
    [
        (["jacket"], "pidzhak", True),
        (["jacket", "pidzhak"], "pidzhak", False),
        (["kvass"], "kvas", False),  # one borrowed word, spelled in two ways
        ([], "pidzhak", False),
        (["куртка"], "pidzhak", False),  # nothing English is known
        (["abcd"], "abce", False),  # three letters of four
        (["abc"], "abd", True),  # two of three
    ],
)
def test_a_word_is_rendered_otherwise_that_has_renderings_unlike_its_letters(
    renderings: list[str], word: str, otherwise: bool
) -> None:
    entry: Any = SimpleNamespace(renderings=renderings)
    assert sem111_untranslated._is_otherwise(entry, word) is otherwise


def test_a_version_has_a_word_or_a_form_of_it_that_no_dictionary_has() -> None:
    forms = ("pomsky", "pomskies", "pompous", "pomegranate", "pom")
    assert [sem111_untranslated._has({"pomsky"}, word) for word in forms] == [True, True, False, False, False]
    assert not sem111_untranslated._has({"house"}, "houses")


def test_a_word_of_the_source_is_rendered_wherever_a_form_of_a_rendering_stands() -> None:
    cell: Any = SimpleNamespace(words=[SimpleNamespace(text=text) for text in "He put on jackets and a jacket".split()])
    assert sem111_untranslated._renderings(SimpleNamespace(renderings=["jacket"]), cell) == [3, 6]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ours", "theirs", "disagree"),
    [
        ("G V Chicherin", "Г В Чичерин", False),
        ("H V Chicherin", "Г В Чичерин", False),
        ("G B Chicherin", "Г В Чичерин", True),
        ("G Chicherin", "Г В Чичерин", False),  # one is left out
        ("Maria Pavlovna", "Мария Петровна", True),
        ("Maria Petrovna", "Мария Петровна", False),
        ("Maria Ivanova", "Мария Петровна", False),  # no patronymic
        ("Nikolai Nikolaitch", "Николай Николаевич", False),
        ("Pavlovna", "Петровна", False),  # by itself it may be a surname
    ],
)
def test_initials_and_patronymics_disagree(ours: str, theirs: str, disagree: bool) -> None:
    one, two = (
        SimpleNamespace(words=[SimpleNamespace(text=word, lemma=word.casefold()) for word in name.split()])
        for name in (ours, theirs)
    )
    assert nam702_initials._disagree(one, two) is disagree  # type: ignore[arg-type]


@pytest.mark.parametrize(("having", "of", "has"), [(3, 4, True), (7, 10, False), (8, 10, True), (0, 1, False)])
def test_a_case_ending_is_the_sources_where_most_of_its_rows_have_that_form(having: int, of: int, has: bool) -> None:
    mention = SimpleNamespace(words=[SimpleNamespace(text="Вошла"), SimpleNamespace(text="Наташей")], span=Span(0, 13))
    names = SimpleNamespace(source="ru", by_row={("ru", row): [mention] for row in range(having)})
    work = compare.from_texts({"ru": "Вошла Наташей"}, source="ru")
    analysis: Any = SimpleNamespace(names=names, collation=SimpleNamespace(work=work))
    spelling: Any = SimpleNamespace(rows=range(of))
    assert nam401_endings._source_has_form(analysis, "наташей", spelling, "наташа") is has


@pytest.mark.parametrize(("text", "has"), [("у Суры", True), ("в Суры", False)])
def test_no_genitive_stands_behind_a_preposition_that_takes_none(text: str, has: bool) -> None:
    mention = SimpleNamespace(words=[SimpleNamespace(text="Суры")], span=Span(2, 6))
    names = SimpleNamespace(source="ru", by_row={("ru", 0): [mention]})
    work = compare.from_texts({"ru": text}, source="ru")
    analysis: Any = SimpleNamespace(names=names, collation=SimpleNamespace(work=work))
    spelling: Any = SimpleNamespace(rows=[0])
    assert nam401_endings._source_has_form(analysis, "суры", spelling, "сура") is has


@pytest.mark.parametrize(
    ("written", "agreed"),
    [
        ({"a": ["galilee"], "b": ["galilee"]}, True),
        ({"a": ["galilee"]}, False),
        ({"a": ["galilee"], "b": ["galilea"]}, False),
        ({"a": ["galilee", "galilea"], "b": ["galilee"]}, False),
        ({"a": ["galilee"], "ru": ["галилея"]}, False),
    ],
)
def test_several_versions_may_agree_on_a_form(written: dict[str, list[str]], agreed: bool) -> None:
    spellings = {id: [SimpleNamespace(key=key) for key in keys] for id, keys in written.items()}
    entry: Any = SimpleNamespace(spellings=spellings)
    one: Any = SimpleNamespace(key="galilee")
    assert nam401_endings._agreed(SimpleNamespace(source="ru"), entry, one) is agreed  # type: ignore[arg-type]


def test_marks_on_vowels_are_one_however_they_are_written() -> None:
    assert {nam601_misspelling._unmarked(name) for name in ("Müller", "Mueller", "muller")} == {"muller"}


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("He came; The others left.", 0.9),
        ("They sat. He left; He came.", 0.9),
        ("MOSES He said; He came.", 0.9),
        ("And so He said it; He came.", None),  # God has his capital in mid-sentence
        ("He came; Following it they left.", 0.6),
        ("Following him, they came; Following it they left.", None),
        ("He saw mills; Mills burned.", 0.5),
        ("He came; The Old Mill burned.", 0.45),  # a title
        ("He came; The dog And the cat sat.", 0.45),  # verse
        ("He came; A dog left.", None),
        ("He came;\nThe dog sat.", None),
    ],
)
def test_a_capital_after_a_semicolon_by_the_word_that_has_it(text: str, score: float | None) -> None:
    assert [f.score for f in found("TYP106", {"a": text})] == ([score] if score else [])


@pytest.mark.parametrize(
    ("ours", "theirs", "source", "rows", "odd"),
    [
        ("Rautenfield", "Rautenfeld", "Herr Rautenfeld kam.", (1,), True),
        ("Rautenfield", "Rautenfeld", "Herr Rautenfeld kam.", (2,), False),  # the other stands elsewhere
        ("Rautenfield", "Rautenfeld", "Herr R. kam.", (1,), False),
        ("Rautenfeld", "Rautenfield", "Herr Rautenfeld kam.", (1,), False),
        ("Schulze", "Rautenfeld", "Herr Rautenfeld kam.", (1,), False),  # another name
        ("Frederick", "Friedrich", "Friedrich kam.", (1,), False),  # an English one
        ("Müller", "Mueller", "Herr Mueller kam.", (1,), False),
    ],
)
def test_a_spelling_is_odd_where_an_unread_source_writes_the_one_of_another_version(
    ours: str, theirs: str, source: str, rows: tuple[int, ...], odd: bool
) -> None:
    def spelled(version: str, text: str, rows: tuple[int, ...]) -> Spelling:
        places = tuple(Place(version, Span(row, row + 1), text) for row in rows)
        return Spelling(text, text.casefold(), places, rows, frozenset(), ())

    mine, other = spelled("en", ours, (1,)), spelled("en-b", theirs, rows)
    names: Any = SimpleNamespace(entries=[SimpleNamespace(spellings={"en": (mine,), "en-b": (other,)})])
    unread: Any = SimpleNamespace(version=SimpleNamespace(lang="de"), cell=lambda i: source)
    assert nam601_misspelling._by_letters(names, unread, "en", mine) is (other if odd else None)
