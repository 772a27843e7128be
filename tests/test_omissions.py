"""What a version has lost or added: runs without a counterpart, what they are judged by, and what is said of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import compare
from compare.analysis import Analysis
from compare.meaning.detect.omission_candidates import Candidate, Run, _runs, candidates, segments
from compare.meaning.detect.omission_features import Measures
from compare.meaning.detect.omissions import (
    _DIFFERENT,
    _DRAWN,
    Omission,
    Ranker,
    _is_explained,
    _is_weighty,
    _severity,
    _weighed_by_source,
    in_own_row,
    rankers,
    table,
)
from compare.meaning.detect.word_coverage import WordCoverage
from compare.values import Collation, Place, Span

PLAIN = {
    "a": "He gave the old letter to his mother and left the house at once.",
    "b": "The old letter he gave to his mother, and at once left the house.",
    "ru": "Он отдал старое письмо матери и тотчас вышел из дома.",
}


def made(*rows: dict[str, str]) -> Collation:
    return compare.collate(compare.from_rows(list(rows)))


def analysed(*rows: dict[str, str]) -> Analysis:
    return Analysis(made(*rows))


def found(*rows: dict[str, str]) -> list[tuple[str, str, str]]:
    """List kind, version and the words lost or added of what is reported."""
    return [
        (o.kind, o.version, (o.evidence or (o.place,))[0].text) for o in analysed(*rows).omissions if o.score >= 0.5
    ]


def measured(*rows: dict[str, str], kind: str, version: str) -> dict[str, float]:
    """Return the features of the weightiest candidate of a kind in a version."""
    analysis = analysed(*rows)
    coverage = WordCoverage(analysis.words, analysis.renderings)
    listed = [c for c in candidates(coverage, analysis.row_readings) if (c.kind, c.version) == (kind, version)]
    best = max(listed, key=lambda c: c.runs[0].mass)
    return Measures(coverage, analysis.row_readings, analysis.length_ratios).features(best)


@given(st.lists(st.integers(-5, 5), max_size=12))
def test_segments_are_the_best_there_are(scores: list[int]) -> None:
    listed = segments(scores)
    assert all(sum(scores[a:b]) == total > 0 for a, b, total in listed)
    assert all(b <= c for (_, b, _), (c, _, _) in pairwise(listed))
    spans = [(a, b) for a in range(len(scores)) for b in range(a + 1, len(scores) + 1)]
    best = max((sum(scores[a:b]) for a, b in spans), default=0)
    assert max((total for *_, total in listed), default=0) == max(best, 0)
    # no segment can be made better by letting go of one of its ends
    for a, b, _ in listed:
        assert all(sum(scores[a:k]) > 0 and sum(scores[k:b]) > 0 for k in range(a + 1, b))


# ---- what is found ----

CLAUSE = {
    "ru": "Он отдал ей письмо, вышел из комнаты и запер за собою дверь на ключ.",
    "b": "He gave her the letter, went out of the room and locked the door behind him.",
    "a": "He gave her the letter and locked the door behind him.",
}


def test_sound_versions_have_neither_lost_nor_added() -> None:
    assert found(PLAIN) == []


def test_a_clause_that_a_version_lacks() -> None:
    [(kind, version, words)] = found(CLAUSE)
    assert (kind, version) == ("lost", "a")
    assert "went out of the room" in words


def test_what_the_source_has_is_never_added_but_lost_by_the_others() -> None:
    row = {"ru": "Она подошла и села рядом.", "a": "She came up and sat down beside her.", "b": "She came up."}
    assert [each[:2] for each in found(row)] == [("lost", "b")]
    # the same words are an addition where the source lacks them
    row = {**PLAIN, "a": "He gave the old letter with the broken seal to his mother and left the house at once."}
    assert [each[:2] for each in found({**row, "c": PLAIN["b"]})] == [("added", "a")]


def test_what_the_source_lacks_is_never_lost() -> None:
    more = "He gave the old letter with the broken seal to his mother and left the house at once."
    analysis = analysed({**PLAIN, "b": more})
    listed = candidates(WordCoverage(analysis.words, analysis.renderings), analysis.row_readings)
    assert not [c for c in listed if (c.kind, c.version) == ("lost", "a")]
    analysis = analysed({"a": PLAIN["a"], "b": more})  # nobody knows better
    listed = candidates(WordCoverage(analysis.words, analysis.renderings), analysis.row_readings)
    assert [c for c in listed if (c.kind, c.version) == ("lost", "a")]


def test_a_clause_that_stands_elsewhere_in_the_cell_is_not_lost() -> None:
    moved = "Out of the room he went, having given her the letter, and locked the door behind him."
    assert found({**CLAUSE, "a": moved}) == []


def test_what_stands_in_the_next_row_is_not_lost() -> None:
    rows = {"ru": "Он отдал ей письмо и вышел из комнаты.", "a": "He gave her the letter."}
    here = {"ru": "Потом он запер дверь.", "a": "Then he went out of the room and locked the door."}
    elsewhere = {"ru": "Потом он запер дверь.", "a": "Then he locked the door."}
    assert found(rows, here) == []
    near = measured(rows, here, kind="lost", version="a")
    far = measured(rows, elsewhere, kind="lost", version="a")
    assert near["elsewhere_free"] > 0.4 > far["elsewhere_free"]
    assert near["elsewhere"] > 0.8 > far["elsewhere"]
    assert near["room"] == pytest.approx(far["room"], abs=0.5)
    assert far["room_near"] > 0.5 > near["room_near"]


def test_who_speaks_need_not_be_said() -> None:
    row = {"ru": "— Пойдём, — сказал {}.", "a": "“Let us go.”", "b": "“Let us go,” said {}."}
    for russian, english in (("Иван", "Ivan"), ("он", "he"), ("Иван Петрович", "Ivan Petrovitch")):
        assert found({v: text.format(russian if v == "ru" else english) for v, text in row.items()}) == []


def test_names_are_for_the_names_room() -> None:
    row = {
        "ru": "Прошу вас, Макар Алексеевич, подумайте об этом.",
        "b": "I beg of you, Makar Alexyevitch, to think of it.",
        "a": "I beg of you to think of it.",
    }
    assert found(row) == []


@pytest.mark.parametrize(
    ("russian", "english"),
    [
        ("РСФСР признала договор.", "The Russian Socialist Federative Soviet Republic recognised the treaty."),
        ("НКИД ответил на ноту.", "The People's Commissariat for Foreign Affairs answered the note."),
        ("Наркоминдел ответил на ноту.", "The People's Commissar for Foreign Affairs answered the note."),
    ],
)
def test_an_abbreviation_written_out_adds_nothing(russian: str, english: str) -> None:
    analysis = analysed({"ru": russian, "en": english})
    coverage = WordCoverage(analysis.words, analysis.renderings)
    assert not [each for each in candidates(coverage, analysis.row_readings) if each.kind == "added"]


def test_one_text_against_a_cell_is_weaker_evidence_than_two() -> None:
    ranker = Ranker(rankers()["lost"].trees, 1.0, 0.0, -2.0)
    blank = dict.fromkeys(ranker.trees.features, 0.0)
    several, source, other = ranker.probabilities(
        [{**blank, "source": s, "others": o} for s, o in ((0.0, 2.0), (1.0, 0.0), (0.0, 1.0))]
    )
    trees = ranker.trees.scores(
        ranker.trees.features,
        table([{**blank, "source": 1.0}, {**blank, "others": 1.0}], ranker.trees.features),
    )
    assert [source, other] == pytest.approx([1 / (1 + math.exp(2.0 - x)) for x in trees], abs=1e-3)
    assert several > max(source, other)
    assert all(each.alone < 0 for each in rankers().values())


def test_a_capital_that_begins_a_sentence_makes_no_name() -> None:
    def listed(text: str, version: str = "b") -> list[tuple[int, int]]:
        analysis = analysed({"a": "So it was said.", "b": text})
        coverage = WordCoverage(analysis.words, analysis.renderings)
        odds = [5.0 if word.istitle() else -5.0 for word in text.split()]
        return [(run.start, run.stop) for run in _runs(coverage, 0, version, odds, ["a"])]

    assert listed("Mountains so it was said.") == [(0, 1)]
    assert listed("So it was said. Mountains were there.") == [(4, 5)]
    assert listed("So it was said, Mountains.") == []


# ---- what is said of it ----


class Always:
    """A ranker that gives every candidate one probability."""

    def __init__(self, probability: float) -> None:
        self.probability = probability

    def probabilities(self, features: Sequence[object]) -> list[float]:
        return [self.probability] * len(features)


@pytest.fixture
def certain(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Omission]]:
    """Judge rows with rankers that give every candidate one probability."""

    def judge(*rows: dict[str, str], probability: float = 0.9) -> list[Omission]:
        always = {kind: Always(probability) for kind in ("lost", "added")}
        monkeypatch.setattr("compare.meaning.detect.omissions.rankers", lambda: always)
        return list(analysed(*rows).omissions)

    return judge


Judge = Callable[..., list[Omission]]


@pytest.mark.parametrize(("probability", "count"), [(0.19, 0), (0.2, 1)])
def test_what_is_hardly_likely_is_not_said(certain: Judge, probability: float, count: int) -> None:
    assert len(certain(CLAUSE, probability=probability)) == count


@pytest.mark.parametrize(("probability", "severity"), [(0.8, "major"), (0.79, "minor")])
def test_much_of_a_cell_lost_for_certain_is_major(certain: Judge, probability: float, severity: str) -> None:
    [omission] = certain(CLAUSE, probability=probability)
    assert (omission.severity, omission.score) == (severity, probability)


@pytest.mark.parametrize(
    ("word", "severity"),
    [("", "minor"), ("mouldy ", "major"), ("Petrovsky ", "major"), ("20 ", "major"), ("never ", "major")],
)
def test_little_lost_is_minor_unless_it_denies_counts_or_names(
    monkeypatch: pytest.MonkeyPatch, word: str, severity: str
) -> None:
    rest = ", as the old miller had told us on that evening by the river, and then went back to the town by the wood."
    row = {"a": f"We saw it{rest}", "b": f"We saw {word}heavy sacks{rest}", "c": f"We saw {word}heavy sacks{rest}"}
    analysis = analysed(row)
    start = 2
    run = Run("b", start, start + len(word.split()) + 2, 5.0)
    candidate = Candidate("lost", 0, "a", 1, 3, (run,))
    monkeypatch.setattr("compare.meaning.detect.omissions.candidates", lambda *_: iter([candidate]))
    always = {kind: Always(0.9) for kind in ("lost", "added")}
    monkeypatch.setattr("compare.meaning.detect.omissions.rankers", lambda: always)
    [omission] = in_own_row(analysis.words, analysis.renderings, analysis.row_readings, analysis.length_ratios)
    assert omission.evidence[0].text == f"{word}heavy sacks"
    assert omission.severity == severity


@pytest.mark.parametrize(
    ("covered", "instead", "content", "severity"),
    [(0.2, 0.04, 5.0, "major"), (0.1, 0.15, 5.0, "minor"), (0.1, 0.15, 6.0, "major")],
)
def test_few_words_that_others_may_stand_for_are_not_gravely_lost(
    covered: float, instead: float, content: float, severity: str
) -> None:
    analysis = analysed({"a": "We saw it there.", "b": "We saw the mouldy sacks there."})
    candidate = Candidate("lost", 0, "a", 1, 3, (Run("b", 2, 5, 5.0),))
    features = {"part": 1.0, "covered": covered, "instead": instead, "content": content}
    features |= {"again": 0.0, "network_mean": 5.0}
    assert _severity(analysis.words, candidate, 0.9, features) == severity


@pytest.mark.parametrize(
    ("again", "mass", "score", "severity"),
    [
        (0.7, 15.9, 0.9, "minor"),
        (0.69, 15.9, 0.9, "major"),
        (0.7, 16.0, 0.9, "major"),
        (0.7, 15.9, 0.75, "neutral"),
        (0.69, 15.9, 0.75, "minor"),
    ],
)
def test_what_a_text_says_again_may_be_understood(again: float, mass: float, score: float, severity: str) -> None:
    analysis = analysed({"a": "We saw it there.", "b": "We saw the mouldy sacks there."})
    candidate = Candidate("lost", 0, "a", 1, 3, (Run("b", 2, 5, 5.0),))
    features = {"part": 1.0, "covered": 0.0, "instead": 0.0, "content": 2.0, "again": again, "network_mean": mass}
    assert _severity(analysis.words, candidate, score, features) == severity


def test_what_one_version_adds_without_a_source_is_neutral(certain: Judge) -> None:
    more = "He gave the old letter with the broken seal to his mother and left the house at once."
    pair = {"a": more, "b": PLAIN["b"]}
    [added] = [o for o in certain(pair) if o.kind == "added"]
    assert (added.severity, added.suggestion) == ("neutral", None)
    [added] = [o for o in certain({**pair, "c": PLAIN["a"]}) if o.kind == "added"]
    assert (added.severity, added.suggestion) == ("minor", None)
    [added] = [o for o in certain({**pair, "c": PLAIN["a"], "ru": PLAIN["ru"]}) if o.kind == "added"]
    assert (added.version, added.suggestion) == ("a", "")
    assert added.place.text == "with the broken seal"


@pytest.mark.parametrize(
    ("feature", "kind", "limit"),
    [("elsewhere_free", "lost", 0.65), ("here_free", "lost", 0.65), ("open_least", "added", 0.6)],
)
def test_what_is_explained_otherwise_is_not_said(
    certain: Judge, monkeypatch: pytest.MonkeyPatch, feature: str, kind: str, limit: float
) -> None:
    row = {**CLAUSE, "a": CLAUSE["b"]}
    row |= {"b": f"{CLAUSE['b'][:-1]}, proud as a queen of old.", "c": CLAUSE["b"]} if kind == "added" else {}
    row |= {"a": CLAUSE["a"]} if kind == "lost" else {}
    plain = Measures.features
    for value, said in ((limit, False), (limit - 0.01, True)):
        shown = {feature: value}
        monkeypatch.setattr(Measures, "features", lambda self, candidate, shown=shown: plain(self, candidate) | shown)
        assert bool([o for o in certain(row) if o.kind == kind]) is said


def test_words_are_put_in_where_their_neighbours_are_the_same(certain: Judge) -> None:
    [lost] = [o for o in certain(CLAUSE) if o.kind == "lost"]
    row = {**CLAUSE, "a": "He gave her the letter, locked the door behind him and sat down."}
    assert lost.suggestion is None  # "letter, went out of the room and locked" stands, but not between the same words
    row = {
        "ru": "Он купил двадцать пять десятин земли у соседа.",
        "a": "He bought land from a neighbour.",
        "b": "He bought twenty-five acres of land from a neighbour.",
    }
    [lost] = [o for o in certain(row) if o.kind == "lost"]
    assert lost.place.text == "bought land"
    assert lost.suggestion == "bought twenty-five acres of land"
    assert all(o.suggestion is None for o in certain({k: v for k, v in row.items() if k != "b"}))


def test_places_quote_the_text() -> None:
    collation = made(CLAUSE, PLAIN)
    for omission in Analysis(collation).omissions:
        for place in (omission.place, *omission.evidence):
            assert place.span.of(collation.work.version(place.version).text) == place.text
            assert collation.rows[omission.row - 1].spans[place.version].covers(place.span)


WHITE = "wearing a white dress, her hair hanging loosely about her shoulders"


@pytest.mark.parametrize(
    ("behind", "told"),
    [
        (
            {
                "a": "Nobody spoke.",
                "b": "Her white dress and loose hair shone.",
                "ru": "Её белое платье и распущенные волосы сияли.",
            },
            False,
        ),
        (
            {
                "a": "Her white dress and loose hair shone.",
                "b": "Her white dress and loose hair shone.",
                "ru": "Её белое платье и распущенные волосы сияли.",
            },
            True,
        ),
        ({"a": "Nobody spoke.", "b": "Nobody spoke.", "ru": "Никто не говорил."}, True),
    ],
)
def test_what_a_row_beside_says_in_other_words_is_not_added(certain: Judge, behind: dict[str, str], told: bool) -> None:
    """It was moved there unless the version says it in that row too."""
    row = {
        "a": f"At last Liza came into the drawing-room, {WHITE}.",
        "b": "At last Liza came into the drawing-room.",
        "ru": "Наконец Лиза вошла в гостиную.",
    }
    assert [o.version for o in certain(row, behind) if o.kind == "added" and o.row == 1] == ["a"] * told


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("The wind blew from all sides, which gave him an inflammation of the throat.", False),
        ("The wind blew from all sides.", True),
    ],
)
def test_what_a_clause_of_a_row_beside_says_is_not_lost(certain: Judge, before: str, told: bool) -> None:
    wind = {"a": before, "b": "The wind blew from all sides.", "ru": "Ветер дул на него со всех сторон."}
    row = {
        "a": "He reached home and could not speak.",
        "b": "At once he had an inflamed throat, and he reached home and could not speak.",
        "ru": "Вмиг надуло ему в горло жабу, и добрался он домой и не мог говорить.",
    }
    for rows, at in (((wind, row), 2), ((row, wind), 1)):
        assert (at in [o.row for o in certain(*rows) if (o.kind, o.version) == ("lost", "a")]) == told


@pytest.mark.parametrize(("part", "room", "explained"), [(0.5, 0.59, True), (0.5, 0.6, False), (0.2, 0.1, False)])
def test_much_of_a_cell_is_not_lost_where_the_cell_is_no_shorter(part: float, room: float, explained: bool) -> None:
    assert _is_explained("lost", {"elsewhere_free": 0, "here_free": 0, "part": part, "room": room}) is explained


def test_nothing_is_found_in_a_cell_of_small_words_or_in_none() -> None:
    analysis = analysed({**PLAIN, "b": "It was he."}, {"ru": PLAIN["ru"], "a": PLAIN["a"]})
    coverage = WordCoverage(analysis.words, analysis.renderings)
    [run, *_] = [c.runs[0] for c in candidates(coverage, analysis.row_readings) if c.kind == "lost"]
    measures = Measures(coverage, analysis.row_readings, analysis.length_ratios)
    assert [measures._found(0, run, "b", rows) for rows in ((0,), (1,), ())] == [(0.0, 0.0)] * 3
    assert measures._found(0, run, "a", (0,)) > (0.0, 0.0)


def test_the_weightiest_run_tells_whether_something_is_named_counted_or_denied() -> None:
    words = analysed(
        {"a": "He left.", "b": "He gave some letters and left.", "c": "He gave Anna 12 letters, not more."}
    ).words

    def weighty(*runs: tuple[str, int, int]) -> bool:
        listed = [SimpleNamespace(version=version, start=start, stop=stop) for version, start, stop in runs]
        return _is_weighty(words, SimpleNamespace(row_index=0, runs=listed))  # type: ignore[arg-type]

    assert not weighty(("b", 1, 4), ("c", 1, 5))
    assert weighty(("c", 1, 5), ("b", 1, 4))
    assert [weighty(("c", at, at + 1)) for at in range(7)] == [False, False, True, True, False, True, False]


class Drawing:
    """A source that cannot be read: how much nearer it lies to a cell with the words than without them."""

    def __init__(self, drawn: float) -> None:
        self.drawn = drawn

    def draw(self, i: int, version: str, span: Span) -> float:
        return self.drawn


@pytest.mark.parametrize("drawn", [0.02, -0.02])
def test_an_unread_source_decides_whether_one_version_has_lost_or_the_other_added(drawn: float) -> None:
    def candidate(kind: str, i: int, start: int, stop: int) -> Any:
        return Candidate(kind, i, "b", start, stop, (Run("b", start, stop, 1.0),))  # type: ignore[arg-type]

    def place(version: str, i: int, start: int, stop: int) -> Place:
        return Place(version, Span(start, stop), "x" * (stop - start))

    aligned: Any = SimpleNamespace(place=place)
    found = [
        candidate(*each) for each in (("lost", 0, 3, 5), ("added", 0, 4, 6), ("lost", 0, 9, 12), ("lost", 1, 3, 5))
    ]

    def weighed(scores: Sequence[float], source: float = drawn) -> dict[int, float]:
        return _weighed_by_source(aligned, Drawing(source), found, scores)  # type: ignore[arg-type]

    def expected(likely: float, towards: float) -> float:
        either = 1 / (1 + math.exp(-(math.log(likely / (1 - likely)) + _DIFFERENT * abs(drawn))))
        return either / (1 + math.exp(-_DRAWN * towards))

    one = weighed([0.3, 0.4, 0.5, 0.0])
    assert one == pytest.approx({0: expected(0.7, drawn), 1: expected(0.7, -drawn), 2: expected(0.5, drawn)}, abs=1e-4)
    assert weighed([0.6, 0.6, 0.0, 0.0])[0] == pytest.approx(expected(0.95, drawn), abs=1e-4)
    assert weighed([0.3, 0.4, 0.5, 0.2], 0.0) == {}
