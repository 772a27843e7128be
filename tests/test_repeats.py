"""Repeats: what is put in is found and nothing else, and what the other versions have too is left in peace."""

from __future__ import annotations

import dataclasses
import math
import random
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import compare
import compare.encode
from compare.analysis import Analysis
from compare.repeats import Repeat, counterparts, paraphrases, scoring, seeds
from compare.repeats import form_features as form
from compare.repeats import tokens as tokens_
from compare.repeats.copies import Copies, _scale, _trim, cut
from compare.repeats.lexical_matches import _joined
from compare.repeats.other_versions import Judge
from compare.repeats.scoring import Judged, _go_on, explanation
from compare.repeats.shared_passages import shared
from compare.repeats.smith_waterman import CHANGED, MISSING, Alignment, align, fill
from compare.repeats.stems import _akin
from compare.repeats.suggestions import span_of
from compare.repeats.tokens import tokenize
from compare.segment import sentences
from compare.values import Collation, Span
from tests.data import SHARED, needs_shared
from tests.planting import repeats as inject

NONE = compare.encode.get("none")
KARABAKH = Path(__file__).parents[1] / "texts" / "karabakh-1920" / "en-2020.txt"

_NOUNS = """river garden soldier window letter captain kitchen mountain doctor village winter candle merchant harbour
sister carriage forest teacher painter bottle journey bridge minister orchard blanket thunder lantern shepherd palace
widow market compass stranger feather musician cellar prophet vineyard sailor chimney""".split()
_VERBS = """watched followed painted carried forgot praised repaired remembered dreaded counted offered welcomed buried
crossed guarded answered collected ignored measured borrowed""".split()
_ADJECTIVES = """old silent crooked golden weary narrow distant hungry bitter gentle frozen hollow crimson patient
ruined velvet clumsy humble wicked sleepy""".split()


def prose(seed: int, sentences: int = 24) -> str:
    """Write plain sentences, no two alike, each of two clauses."""
    dice = random.Random(seed)

    def clause() -> str:
        words = [dice.choice(_ADJECTIVES), dice.choice(_NOUNS), dice.choice(_VERBS)]
        words += [dice.choice(_ADJECTIVES), dice.choice(_NOUNS), dice.choice(_NOUNS)]
        return "the {} {} {} the {} {} near his {}".format(*words)

    return " ".join(f"{clause().capitalize()}, and {clause()}." for _ in range(sentences))


def collate(**texts: str) -> Collation:
    return compare.collate(compare.from_texts({k.replace("_", "-"): v for k, v in texts.items()}), encoder=NONE)


def faults(collation: Collation, version: str = "en") -> list[Repeat]:
    return [r for r in Analysis(collation).repeats if r.severity != "neutral" and r.extra.version == version]


def told(collation: Collation) -> list[tuple[str, str]]:
    return [(r.kept.text, r.extra.text) for r in faults(collation)]


@settings(max_examples=6)
@given(st.integers(0, 10**6), st.sampled_from(["clause", "sentence"]), st.sampled_from([1, 5, 12]))
def test_what_is_put_in_is_found_and_goes_with_the_suggested_copy(seed: int, kind: inject.Kind, distance: int) -> None:
    text = prose(seed)
    plan = inject.Plan(kind, distance if kind == "sentence" else 0, count=1)
    dirty, (put,) = inject.repeats(text, compare.sentences(text, "en"), [plan], seed)
    collation = collate(en=dirty)
    found = [
        r
        for r in faults(collation)
        if r.kept.span.touches(put.original) and r.extra.span.touches(put.copy) and r.kind != "word"
    ]
    assert found
    gone = found[0].extra.span
    mended = dirty[: gone.start] + dirty[gone.end :]
    assert mended.split() == text.split()
    assert told(collate(en=mended)) == told(collate(en=text))


@needs_shared
@settings(max_examples=5)
@given(
    st.sampled_from(["nest/en-garnett", "nest/en-ralston", "overcoat/en-field"]),
    st.integers(20, 200),
    st.sampled_from(["clause", "sentence", "paragraph"]),
)
def test_what_is_put_into_a_masters_prose_is_found_and_goes(name: str, page: int, kind: inject.Kind) -> None:
    assert SHARED
    paragraphs = (SHARED / f"{name}.txt").read_text("utf-8").split("\n\n")
    text = "\n\n".join(paragraphs[page % len(paragraphs) :][:60])
    plan = inject.Plan(kind, {"clause": 0, "sentence": 3, "paragraph": 9}[kind], count=1)
    dirty, put = inject.repeats(text, compare.sentences(text, "en"), [plan], page)
    for each in put:
        found = [r for r in faults(collate(en=dirty)) if r.kept.span.touches(each.original)]
        found = [r for r in found if r.extra.span.touches(each.copy) and r.kind != "word"]
        assert found
        gone = found[0].extra.span
        mended = collate(en=dirty[: gone.start] + dirty[gone.end :])
        assert found[0].extra.text not in [r.extra.text for r in faults(mended)]


@settings(max_examples=5)
@given(st.integers(0, 10**6))
def test_prose_without_repeats_is_left_in_peace(seed: int) -> None:
    assert not [r for r in faults(collate(en=prose(seed))) if r.severity == "major"]


def test_the_doubled_clause_of_the_first_text_is_its_one_major_finding() -> None:
    text = KARABAKH.read_text("utf-8")
    (found,) = (r for r in faults(collate(en=text)) if r.severity == "major")
    assert found.extra.text.startswith("he reported that in view of")
    assert found.extra.text.endswith("but after receiving the letter from Comrade Chicherin,")
    assert found.kept.text.startswith("He reported that in view of")
    assert found.changes == (("upon", "after"),)
    assert "but upon receiving the letter from Comrade Chicherin, it postponed" in found.mended


REFRAIN = "Row, brothers, row against the bitter wind of the northern sea!"


def test_a_refrain_that_every_version_has_is_no_fault() -> None:
    ours, theirs = prose(3, 12).split(". "), prose(4, 12).split(". ")
    for at in (4, 9):
        ours[at] = REFRAIN
        theirs[at] = "Pull, brothers, pull into the cruel gale upon the northern waters!"
    assert [r for r in faults(collate(en=". ".join(ours))) if r.extra.text.strip(".") == REFRAIN]
    collation = compare.collate(
        compare.from_rows([{"en": f"{a}.", "en-b": f"{b}."} for a, b in zip(ours, theirs, strict=True)]), encoder=NONE
    )
    assert not [r for r in faults(collation) if REFRAIN in r.extra.text]
    assert [r for r in Analysis(collation).repeats if REFRAIN in r.extra.text and "en-b repeats itself" in r.reason]


def test_the_other_versions_tell_which_copy_is_extra() -> None:
    clean, other = prose(5, 30).split(". "), prose(6, 30).split(". ")
    rows = [{"en": f"{a}.", "en-b": f"{b}."} for a, b in zip(clean, other, strict=True)]
    rows[4]["en"] = f"{rows[20]['en']} {rows[4]['en']}"
    collation = compare.collate(compare.from_rows(rows), encoder=NONE)
    (found,) = faults(collation)
    assert found.extra.span.start < found.kept.span.start
    assert found.counterparts[0].version == "en-b"


def test_the_same_meaning_in_other_words_is_found_by_vectors() -> None:
    text = prose(7, 20)
    plain = collate(en=text)
    vectors = np.random.default_rng(0).normal(size=(len(plain.segments["en"]), 64)).astype(np.float32)
    vectors[11] = vectors[10] + 0.2 * vectors[11]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    (found,) = faults(Collation(plain.work, plain.segments, plain.rows, {"en": vectors}, NONE))
    assert (found.kept.span, found.extra.span) == (plain.segments["en"][10], plain.segments["en"][11])
    assert found.severity == "minor"
    assert not found.changes


def test_what_is_read_of_two_sentences_of_one_meaning() -> None:
    text = "He walked slowly to the old market there. “No.” The market was old and he went."
    tokens = tokenize(text, sentences(text, "en"), "en")
    read = paraphrases.features(tokens, Copies(0, 8, 9, 16, 0.0, np.zeros((0, 2), np.int32), "sentence", 0.8), 0.25)
    shared = tokens.bits[[5, 6]].sum() / tokens.bits[:8][tokens.content[:8]].sum()
    assert read == pytest.approx(
        {
            "constant": 1.0,
            "cosine": 0.8,
            "apart": math.log(3),
            "words": math.log(7),
            "shared": float(shared),
            "lengths": math.log(8 / 7),
            "habit": 0.25,
            "answer": 1.0,
        }
    )
    assert set(read) == set(paraphrases.WEIGHTS)
    beside = paraphrases.features(tokens, Copies(9, 12, 12, 16, 0.0, np.zeros((0, 2), np.int32), "sentence", 0.8), 0)
    assert (beside["apart"], beside["answer"]) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("first", "second", "bits", "joined"),
    [
        ((0, 300, 500, 800, 90.0), (302, 400, 805, 900, 80.0), 90 + 80 - (2 * CHANGED + 3 * MISSING), True),
        ((0, 300, 500, 800, 90.0), (302, 400, 805, 900, 17.0), 0, False),  # what parts them costs as much
        ((0, 199, 500, 699, 90.0), (200, 398, 700, 898, 90.0), 0, False),  # neither is a piece of a longer one
        ((0, 200, 500, 700, 90.0), (200, 398, 700, 898, 90.0), 180, True),
        ((0, 300, 500, 800, 90.0), (302, 400, 799, 900, 80.0), 0, False),  # they cross
        ((0, 300, 500, 800, 90.0), (309, 400, 809, 900, 80.0), 170 - 9 * CHANGED, True),
        ((0, 300, 500, 800, 90.0), (310, 400, 810, 900, 80.0), 0, False),  # too far on
    ],
)
def test_pieces_of_one_alignment_are_joined(
    first: tuple[float, ...], second: tuple[float, ...], bits: float, joined: bool
) -> None:
    found = [Alignment(*map(int, each[:4]), each[4], np.array([each[:4:2]], np.int32)) for each in (first, second)]
    kept = _joined(found)
    assert len(kept) == 2 - joined
    if joined:
        [one] = kept
        assert (one.i, one.i_end, one.j, one.j_end) == (first[0], second[1], first[2], second[3])
        assert one.bits == pytest.approx(bits)
        assert one.pairs.tolist() == [[first[0], first[2]], [second[0], second[2]]]


def test_three_copies_in_a_row_leave_one() -> None:
    clause = "the merchant carried the frozen lantern near his orchard, "
    text = f"{prose(8, 6)} At night {clause * 3}and the widow forgot it. {prose(9, 6)}"
    found = faults(collate(en=text))
    gone = {k for r in found for k in range(r.extra.span.start, r.extra.span.end)}
    left = "".join(c for k, c in enumerate(text) if k not in gone)
    assert left.count("merchant carried the frozen lantern") == 1


def test_pages_that_stand_twice_are_told_whole() -> None:
    pages = prose(12, 90)
    text = f"{prose(13, 20)}\n\n{pages}\n\n{prose(14, 20)}\n\n{pages}\n\n{prose(15, 20)}"
    (found,) = (r for r in faults(collate(en=text)) if r.severity == "major")
    assert (found.kept.text, found.extra.text) == (pages, pages)


def test_a_chapter_that_stands_twice_is_asked_of_the_others_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    lines, other = ([f"{line}." for line in prose(n, 40).rstrip(".").split(". ")] for n in (16, 17))
    rows = [{"en": a, "b": b, "c": b} for a, b in zip(lines, other, strict=True)]
    rows += [{"en": rows[at]["en"], "c": "So."} for at in range(10, 30)]
    collation = compare.collate(compare.from_rows(rows), encoder=NONE)
    asked: list[tuple[int, int]] = []
    linked = counterparts._shares

    def spy(collation: Collation, version: str, *rest: object) -> object:
        asked.extend(rest[-1])  # type: ignore[call-overload]
        return linked(collation, version, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(counterparts, "_shares", spy)
    whole = [r.extra for r in faults(collation)]
    assert max(stop - start for start, stop in asked) >= 20
    asked.clear()
    monkeypatch.setattr(counterparts, "_LONGEST", 600)
    assert [r.extra for r in faults(collation)] == whole != []
    sizes = [sum(len(row.spans["en"]) for row in collation.rows[start:stop]) for start, stop in asked]
    assert 400 < max(sizes) <= 600
    assert sum(sizes) >= 2 * len(" ".join(lines[10:30]))


def test_a_finding_says_in_a_sentence_what_is_wrong() -> None:
    collation = collate(en=KARABAKH.read_text("utf-8"))
    (found,) = compare.check(collation, select=["REP102"])
    assert found.message == "a clause stands twice: 41 words return at once; “after” for “upon”"
    assert found.suggestion == ""


def test_contents_may_name_what_the_headings_say_again() -> None:
    titles = ["How the Merchant Lost his Lantern by the River", "Of the Widow and her Two Frozen Orchards"]
    chapters = [f"{title}\n\n{prose(k, 12)}" for k, title in enumerate(titles, start=40)]
    assert not told(collate(en="\n".join(titles) + "\n\n" + "\n\n".join(chapters)))


@pytest.mark.parametrize("text", ["", "One.", "Ha!", "—", "the the"])
def test_little_text_makes_no_trouble(text: str) -> None:
    collation = collate(en=text)
    assert all(r.kind == "word" for r in Analysis(collation).repeats)
    assert Analysis(collation).repetition.dotplots["en"]["dots"] == []


def test_the_dot_plot_has_a_stroke_for_each_repeat() -> None:
    sentence = "The weary captain buried a golden compass near his ruined chimney. "
    plot = Analysis(collate(en=sentence + prose(10, 10) + " " + sentence)).repetition.dotplots["en"]
    assert any(x == 0 and size == 11 for x, _, size in plot["dots"])  # type: ignore[attr-defined]


@given(st.lists(st.integers(0, 5), min_size=1, max_size=9), st.lists(st.integers(0, 5), min_size=1, max_size=9))
def test_the_table_of_alignments_is_that_of_the_plain_recurrence(one: list[int], other: list[int]) -> None:
    worth = np.where(np.array(one)[:, None] == np.array(other)[None, :], 5.0, -CHANGED).astype(np.float32)
    best = np.zeros((len(one) + 1, len(other) + 1))
    for x in range(len(one)):
        for y in range(len(other)):
            best[x + 1, y + 1] = max(0, best[x, y] + worth[x, y], best[x, y + 1] - MISSING, best[x + 1, y] - MISSING)
    assert np.allclose(fill(worth[None])[0], best, atol=1e-3)


@given(st.lists(st.sampled_from(["river", "garden", "soldier", "the", "of", "window"]), min_size=2, max_size=40))
def test_copies_never_overlap(drawn: list[str]) -> None:
    text = " ".join(drawn)
    tokens = tokenize(text, [Span(0, len(text))], "en")
    window = np.array([[0, len(tokens), 0, len(tokens)]], np.int32)
    for _, found in align(tokens, window, 0.1):
        for copies in cut(tokens, found):
            assert 0 <= copies.i < copies.i_end <= copies.j < copies.j_end <= len(tokens)


def test_shards_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = prose(11, 300)
    tokens = tokenize(text, compare.sentences(text, "en"), "en")
    whole = seeds.chains(tokens)
    assert len(whole) > 50
    for size in (7, 100, 1000):
        monkeypatch.setattr(seeds, "SHARD", size)
        monkeypatch.setattr(tokens_, "SHARD", size)
        assert np.array_equal(seeds.chains(tokens), whole)


def test_what_chance_repeats_beyond_the_region_is_no_habit() -> None:
    text = "stone " * (seeds.REGION + 4000)
    tokens = tokenize(text, [Span(0, len(text))], "en")

    def habit(apart: int) -> float:
        pair = np.zeros((1, 2), np.int32)
        copies = [Copies(k, k + 5, k + 5 + apart, k + 10 + apart, form.TELLING, pair, "clause") for k in range(3000)]
        return form.habit(tokens, copies)

    assert habit(seeds.REGION) > 0
    assert habit(seeds.REGION + 1) == 0


@needs_shared
def test_prose_of_a_master_is_left_in_peace() -> None:
    assert SHARED
    text = (SHARED / "overcoat" / "en-field.txt").read_text("utf-8")
    assert len(faults(collate(en=text))) <= 6


def test_works_that_share_a_passage_are_told() -> None:
    passage = "The humble prophet measured the golden bridge near his vineyard, and the soldier dreaded it for years."
    one, other = (
        dataclasses.replace(compare.from_texts({"en": f"{prose(k, 8)} {passage} {prose(k + 1, 8)}"}), id=f"work-{k}")
        for k in (20, 30)
    )
    (found,) = shared([one, other])
    assert found.works == ("work-20", "work-30")
    assert [place.text for place in found.places] == [passage.rstrip(".")] * 2


def doubled_words(*rows: dict[str, str]) -> list[tuple[str, str]]:
    found = compare.check(compare.collate(compare.from_rows(list(rows)), encoder=NONE), select=["REP101"])
    return [(f.places[0].version, f.places[0].text) for f in found if f.severity != "neutral"]


@pytest.mark.parametrize(
    "text",
    [
        "The guests came in in the morning and sat down.",
        "The bridge that they went by by day was of stone.",
        "The girl he danced with with so much joy was his cousin.",
        "Well, the girl he danced with with so much joy was his cousin.",
        "He called the number up up there.",
        "All he heard was was the wind.",
        "Whoever may may go, and whoever must must stay.",
        "What had to be lost is lost, and what will be will be.",
        "Higher and higher and farther he flew, day after day after day.",
        "He walked on and on and on, and talked and talked and slept.",
        "They move from house to house to find him.",
        "He bought a Royal Winter winter coat.",
        "A great Will will rule the world.",
        "It was for that that he came, and upon that that he insisted.",
        "The chapter begins.\n\nI\n\nI have seen him.",
        "All that I have done I have done out of kindness.",
        "What I took I took from the rich.",
        "Of those who voted voted many against it.",
        "For for this cause you pay tribute, for for the good man one dares to die.",
        "Part I I Happy families are all alike.",
        "The old man broke in in his deep bass.",
        "They grew rich little by little by selling the timber.",
    ],
)
def test_words_may_meet_by_grammar(text: str) -> None:
    assert doubled_words({"en": text}) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("He lived in in Moscow at that time.", "in"),
        ("At noon he sat in in the garden.", "in"),
        ("She gave it to to her brother.", "to"),
        ("He knew that she was was there.", "was"),
        ("They went to went to the town.", "went to"),
        ("The peasants peasants came.", "peasants"),
        ("The peasants voted voted for him.", "voted"),
        ("He asked for for help.", "for"),
        ("The man and I I went.", "I"),
        ("He and and his wife left.", "and"),
        ("The child ran and the child ran and fell.", "the child ran and"),
        ("In the morning he was with with his friends.", "with"),
    ],
)
def test_words_that_grammar_does_not_double_are_slips(text: str, word: str) -> None:
    assert doubled_words({"en": text}) == [("en", word)]


def test_emphasis_that_the_source_has_too_is_no_slip() -> None:
    assert doubled_words({"ru": "Шёл он медленно, медленно.", "en": "He walked slowly slowly."}) == []
    assert doubled_words({"ru": "Шёл он медленно.", "en": "He walked slowly slowly."}) == [("en", "slowly")]
    assert doubled_words({"ru": "Шёл он медленно, медленно.", "en": "He saw the the road."}) == [("en", "the")]
    other_row = {"ru": "Да, да, сказал он громко-громко, громко.", "en": "Yes, he said it loud."}
    assert doubled_words(other_row, {"ru": "Шёл он медленно.", "en": "He walked slowly slowly."}) == [("en", "slowly")]


def test_a_phrase_that_the_source_says_twice_is_its_authors() -> None:
    doubled = "He went to the house to the house of his father."
    assert doubled_words({"ru": "Он шёл в дом, в дом отца.", "en": doubled}) == []
    assert doubled_words({"ru": "Он шёл в дом отца.", "en": doubled}) == [("en", "to the house")]


def test_what_is_said_in_other_words_far_away_is_a_note() -> None:
    def graded(apart: int, cosine: float) -> str:
        none = np.zeros((0, 2), np.int32)
        copies = Copies(0, 10, 10 + apart, 20 + apart, 9.0, none, "sentence", cosine)
        return Judged(copies, 5.0, 5.0, False, ()).severity

    assert [graded(scoring.APART, 0.9), graded(scoring.APART + 1, 0.9)] == ["minor", "neutral"]
    assert graded(scoring.APART + 1, 0.0) == "major"


def repeated(*rows: dict[str, str], source: str | None = "ru") -> list[tuple[str, str]]:
    table = compare.collate(compare.from_rows(list(rows), source=source), encoder=NONE)
    found = compare.check(table, select=["REP102", "REP103"])
    return [(f.places[0].version, f.severity) for f in found if f.severity != "neutral"]


def test_an_answer_that_echoes_its_question_is_no_fault() -> None:
    for mark, faults in (("?", []), (".", [("en", "minor")])):
        en = f"You came here from Moscow this morning{mark} You came here from Moscow this morning."
        assert repeated({"ru": "Вы приехали из Москвы сегодня утром?", "en": en}) == faults


def test_what_the_source_says_twice_in_other_words_is_no_fault() -> None:
    clause = "he crossed the frozen river by the ruined mill at dawn"
    en = f"{clause.capitalize()}, {clause}, and nobody saw him."
    once = "Он перешёл замёрзшую реку у разрушенной мельницы на рассвете, и никто его не видел."
    again = "он миновал ледяной поток возле сломанной мельницы ранним утром"
    twice = once.replace(", и никто", f", {again}, и никто")
    assert repeated({"ru": twice, "en": en}) == []
    assert [version for version, _ in repeated({"ru": once, "en": en})] == ["en"]


def test_the_source_may_repeat_itself() -> None:
    ru = "Старый солдат молча спал у широкой реки за городом, и никто не слышал его тяжёлого дыхания до рассвета."
    rows = [
        {"ru": ru, "en": "The soldier slept by the river."},
        {"ru": "Потом пришло утро.", "en": "Then came the morning."},
    ]
    rows.append({"ru": ru, "en": "Nobody came and nothing stirred."})
    assert repeated(*rows) == []
    assert repeated(*[{"ru": row["ru"]} for row in rows], source=None) != []


def test_headings_and_verse_may_return() -> None:
    verse = "\n\n".join(
        ["The cold wind is blowing", "Across the dark water", "And nobody hears it,", "And nobody knows"]
    )
    text = f"{prose(50, 6)}\n\n{verse}\n\n{prose(51, 6)}\n\n{verse}\n\n{prose(52, 6)}"
    assert not [pair for pair in told(collate(en=text)) if "wind" in pair[0]]
    plain = verse.replace("\n\n", " ") + "."
    text = f"{prose(50, 6)} {plain} {prose(51, 6)} {plain} {prose(52, 6)}"
    assert [pair for pair in told(collate(en=text)) if "wind" in pair[0]]


def test_a_page_that_returns_is_one_finding_though_its_sentences_would_be_many() -> None:
    lines = [line + "." for line in prose(60, 40).rstrip(".").split(". ")]
    other = [line + "." for line in prose(61, 40).rstrip(".").split(". ")]
    rows = [{"en": a, "b": b} for a, b in zip(lines, other, strict=True)]
    rows[20:20] = [{"en": line} for line in lines[8:18]]
    found = compare.check(compare.collate(compare.from_rows(rows), encoder=NONE), select=["REP102", "REP103"])
    (page,) = (f for f in found if f.severity == "major")
    assert page.places[0].text == " ".join(lines[8:18]) or len(page.places[0].text) > 500
    assert [f for f in found if f.severity == "minor"] == []


def test_of_two_sentences_that_the_source_lacks_nothing_tells_that_one_is_too_many() -> None:
    said = "We shall never dispute your right to her, we shall never dispute your right to her."
    rows = [
        {
            "ru": "Вечером все пошли к реке и долго сидели там у воды.",
            "en": "In the evening all went to the river and sat there long.",
        },
        {"ru": "", "en": said},
        {"ru": "Потом они вернулись домой и легли спать.", "en": "Then they came home and went to bed."},
    ]

    def repeats(ru: str) -> list[str]:
        rows[1]["ru"] = ru
        return [f.check for f in compare.report(compare.from_rows(rows, source="ru"), select=["REP"]).findings]

    assert repeats("") == []
    assert repeats("Мы никогда не оспорим вашего права на нее.") != []


@pytest.mark.parametrize(("lacking", "said"), [("b", "b has it once"), ("bc", "b and c have it once")])
def test_a_version_that_has_it_once_is_named(lacking: str, said: str) -> None:
    evidence = [SimpleNamespace(version=id, absent=1.0, length_odds=0.0) for id in lacking]
    judged = SimpleNamespace(copies=copies(0, 4, 4), evidence=evidence, rightful=False, repeating=(), score=0.9)
    tokens = SimpleNamespace(segment=np.zeros(8, np.int32))
    assert explanation(judged, tokens) == f"0 words return at once; {said}"  # type: ignore[arg-type]


def test_a_segment_counts_where_the_words_cover_more_than_half_of_it() -> None:
    tokens = SimpleNamespace(segment=np.array([0, 0, 0, 0, 1, 1, 1]))
    collation = SimpleNamespace(vectors={"en": np.eye(2, dtype=np.float32)})
    judge = SimpleNamespace(tokens={"en": tokens}, version="en", collation=collation)
    assert Judge._vectors_of(judge, (2, 6)).tolist() == [[0, 1]]  # type: ignore[arg-type]
    assert Judge._vectors_of(judge, (1, 6)).tolist() == [[1, 0], [0, 1]]  # type: ignore[arg-type]


class Tokens(SimpleNamespace):
    """What the cutting of copies reads of a text."""

    def __len__(self) -> int:
        return len(self.segment)


def copies(i: int, j: int, size: int, pairs: Sequence[tuple[int, int]] = ()) -> Copies:
    return Copies(i, i + size, j, j + size, 9.0, np.array(pairs, np.int32).reshape(-1, 2), "passage")


@pytest.mark.parametrize(
    ("i", "j", "size", "on"),
    [
        (30, 130, 10, True),
        (0, 100, 10, True),
        (30, 150, 10, False),
        (60, 160, 10, False),
        (30, 130, 20, False),
        (30, 130, 25, False),
    ],
)
def test_copies_go_on_where_a_longer_passage_breaks_off_in_both_places(i: int, j: int, size: int, on: bool) -> None:
    assert _go_on(copies(10, 110, 20), copies(i, j, size)) == on


def test_the_longest_stretch_to_the_letter_ends_where_a_word_differs_or_one_stands_between() -> None:
    tokens = SimpleNamespace(key=np.array([1, 2, 3, 4, 5, 6, 1, 2, 3, 9, 7, 5, 6]))
    pairs = [(0, 6), (1, 7), (2, 8), (3, 9), (4, 11), (5, 12)]
    assert form._run(tokens, copies(0, 6, 6, pairs)) == 3  # type: ignore[arg-type]
    assert form._run(tokens, copies(0, 6, 6, pairs[4:])) == 2  # type: ignore[arg-type]
    both = [(0, 6), (1, 7), (3, 8), (4, 11), (5, 12)]  # a word is left out before one that differs
    assert form._run(tokens, copies(0, 6, 6, both)) == 2  # type: ignore[arg-type]


def test_the_comma_behind_a_text_s_first_words_goes_with_them() -> None:
    made = collate(en="He went, he went home.")
    assert span_of(tokens_.tokens_of(made)["en"], made.segments["en"], 0, 2) == Span(0, len("He went,"))


@pytest.mark.parametrize(("words", "scale"), [(2, "clause"), (4, "clause"), (6, "passage")])
def test_parts_of_three_sentences_are_a_passage(words: int, scale: str) -> None:
    made = collate(en=" ".join(f"The {noun} burned." for noun in _NOUNS[:8]))
    tokens = tokens_.tokens_of(made)["en"]
    assert _scale(tokens, 1, 1 + words, 10, 10 + words) == scale


class TestWhatChanceAddsBeyondASentence:
    """Two copies of eight words each, the second twenty words after the first; sentences open at the words said."""

    def trimmed(
        self, opens: tuple[int, ...], at: Sequence[int] = range(6, 14), bits: tuple[int, ...] = ()
    ) -> tuple[int, int]:
        words = [f"w{n}" for n in range(60)]
        starts = np.arange(60) * 4
        both = np.isin(np.arange(60), [word + shift for word in opens for shift in (0, 20)])
        tokens = Tokens(
            text="".join(f"{word:4}" for word in words),
            start=starts,
            end=starts + np.array([len(word) for word in words]),
            segment=np.cumsum(both),
            border=both,
            bits=np.array([9.0 if word in bits else 1.0 for word in range(60)]),
        )
        x = np.array(at, np.int32)
        pairs = _trim(tokens, np.stack([x, x + 20], axis=1))  # type: ignore[arg-type]
        return int(pairs[0, 0]), int(pairs[-1, 0])

    def test_is_dropped_before_it_and_behind_it(self) -> None:
        assert self.trimmed((8,)) == (8, 13)
        assert self.trimmed((12,)) == (6, 11)
        assert self.trimmed((8, 12)) == (8, 11)
        assert self.trimmed(()) == (6, 13)

    def test_is_kept_where_it_weighs_much(self) -> None:
        assert self.trimmed((9,)) == (6, 13)  # three words of eight
        assert self.trimmed((11,)) == (6, 13)
        assert self.trimmed((8,), bits=(6,)) == (6, 13)
        assert self.trimmed((12,), bits=(13,)) == (6, 13)

    @pytest.mark.parametrize(("away", "kept"), [(0, True), (1, True), (3, True), (4, False)])
    def test_is_kept_where_a_sentence_opens_within_three_words_of_both(self, away: int, kept: bool) -> None:
        assert self.trimmed((6 - away, 8)) == ((6, 13) if kept else (8, 13))
        assert self.trimmed((12, 14 + away)) == ((6, 13) if kept else (6, 11))

    def test_is_dropped_all_the_same_where_it_matches_worse_than_the_rest(self) -> None:
        assert self.trimmed((0, 8), (2, 5, *range(8, 14))) == (8, 13)
        assert self.trimmed((4, 8), (6, 7, *range(8, 14))) == (6, 13)
        assert self.trimmed((12, 18), (*range(6, 12), 14, 17)) == (6, 11)
        assert self.trimmed((12, 14), (*range(6, 12), 12, 13)) == (6, 13)


@pytest.mark.parametrize(
    ("one", "other", "akin"),
    [
        ("government", "governmental", True),
        ("Government", "governmental", True),
        ("GOVERNMENT", "governmental", True),
        ("Turkey", "Turkeys", False),
        ("house", "horse", False),
    ],
)
def test_words_that_are_no_names_share_a_stem(one: str, other: str, akin: bool) -> None:
    assert _akin(one, other) is _akin(other, one) is akin
