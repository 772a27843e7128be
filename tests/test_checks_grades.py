"""How checks grade what they find: the rules inside them, asked of what a test lays before them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import compare
from compare.analysis import Analysis
from compare.checks import (
    nam501_replaced,
    nam502_missing,
    nam503_translated,
    num102_number,
    run,
    select,
    sem107_pronoun,
    sem111_untranslated,
)
from compare.checks.trm104_recurring import _akin, _content, _interchangeable, _may_be_noun
from compare.encode import get
from compare.names.index import _nodes
from compare.names.linking import Form, _Homes, _left_over
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
        graded = num102_number._lost(cell(held), quantity("a", kind=kind))
        assert (graded and (graded.severity, graded.score)) == fault

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
        assert not _interchangeable("treaty", "zzqx")

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
