"""The room of meaning: links, trees, risk, phrases, drift, variety, base versions, worklist."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.analysis import Analysis
from compare.analysis.change_points import _cuts
from compare.analysis.leaderboard import overlaps
from compare.analysis.worklist import worklist
from compare.collation import collate
from compare.pipeline import check
from compare.read import from_texts
from compare.values import Collation, Span
from compare.wordalign.embeddings import lexicon, relation
from compare.wordalign.links import batch, likeness, link
from compare.wordalign.vocabulary import misspelt, read, skeleton
from tests.planting.errors import FORM, KINDS, bed
from tests.planting.kinds import MORE

ROWS = [
    {
        "a": "He came home late in the evening.",
        "b": "Late in the evening he came home.",
        "ru": "Он пришёл домой поздно вечером.",
    },
    {
        "a": "His mother was waiting by the window.",
        "b": "His mother waited at the window.",
        "ru": "Мать ждала его у окна.",
    },
    {"a": "The moon is made of green cheese.", "b": "She gave him a letter.", "ru": "Она дала ему письмо."},
    {"a": "He read the letter twice.", "b": "Twice he read the letter.", "ru": "Он дважды прочёл письмо."},
]


def made(rows: list[dict[str, str]], source: str | None = "ru") -> Collation:
    ids = list(dict.fromkeys(id for row in rows for id in row))
    texts = {id: "\n".join(row[id] for row in rows if id in row) for id in ids}
    at = dict.fromkeys(ids, 0)
    spans = []
    for row in rows:
        spans.append({id: Span(at[id], at[id] + len(text)) for id, text in row.items()})
        for id, text in row.items():
            at[id] += len(text) + 1
    return collate(from_texts(texts, source=source, rows=spans))


@pytest.fixture(scope="module")
def small() -> Collation:
    return made(ROWS)


def test_the_passage_that_stands_apart_bears_the_highest_risk(small: Collation) -> None:
    risks = Analysis(small).risk
    assert all(set(r) == {"a", "b"} for r in risks)
    assert max(range(4), key=lambda i: risks[i]["a"] or 0) == 2
    assert (risks[2]["a"] or 0) > (risks[2]["b"] or 0)


def test_risk_needs_something_to_hold_against() -> None:
    alone = made([{"a": "He came home."}, {"a": "It was late."}], source=None)
    assert [r["a"] for r in Analysis(alone).risk] == [None, None]
    gap = made([{"a": "He came home.", "b": "He came back."}, {"a": "It was late."}], source=None)
    assert Analysis(gap).risk[1]["a"] is None
    assert Analysis(gap).risk[1]["b"] is None
    bare = made([{"a": "He went home in the evening.", "b": "."}, {"a": "* * *", "b": "*"}], source=None)
    assert Analysis(bare).risk[0]["b"] > 0.9
    assert Analysis(bare).risk[1]["b"] is None


def test_same_input_same_judgement(small: Collation) -> None:
    assert Analysis(made(ROWS)).risk == Analysis(small).risk
    assert Analysis(made(ROWS)).phrases == Analysis(small).phrases


def test_places_of_phrases_quote_the_text(small: Collation) -> None:
    for phrase in Analysis(small).phrases:
        for place in (phrase.place, *phrase.evidence):
            assert place.span.of(small.work.version(place.version).text) == place.text
            assert small.rows[phrase.row - 1].spans[place.version].covers(place.span)


def test_links_are_one_relation_seen_from_both_sides() -> None:
    wording = read({"en": ("en", [r["a"] for r in ROWS]), "ru": ("ru", [r["ru"] for r in ROWS])})
    here, there = batch(wording.cells["en"]), batch(wording.cells["ru"])
    ours, theirs = link(here, there, likeness(here, there, wording.forms))
    for row, word in zip(*np.nonzero(ours.mutual == 1), strict=True):
        assert theirs.at[row, ours.at[row, word]] == word
    english = [w.text for w in wording.cells["en"][3].words]  # type: ignore[union-attr]
    russian = [w.text for w in wording.cells["ru"][3].words]  # type: ignore[union-attr]
    assert russian[ours.at[3, english.index("letter")]] == "письмо"


def test_lexicon_knows_translations_and_opposites() -> None:
    english, russian = (
        lexicon().vectors(["letter", "mother", "window"], "en"),
        lexicon().vectors(["письмо", "мать", "окно"], "ru"),
    )
    assert (english @ russian.T).argmax(1).tolist() == [0, 1, 2]
    assert relation("early", "late") == relation("late", "early") == "a"
    assert relation("happy", "unhappy") == "a"


def test_names_sound_alike_in_both_scripts() -> None:
    assert skeleton("тургенев") == skeleton("turgenev")


def test_a_slip_is_told_from_a_rare_word() -> None:
    assert misspelt("realtions")
    assert not misspelt("ecosystem")


@given(st.integers(25, 60), st.integers(25, 60))
@settings(max_examples=20, deadline=None)
def test_a_change_of_level_is_found_where_it_is(before: int, after: int) -> None:
    rng = np.random.default_rng(before * 100 + after)
    table = np.concatenate([rng.normal(0, 0.3, (before, 2)), rng.normal(2, 0.3, (after, 2))])
    assert _cuts(table) == [before]


def test_a_level_run_has_no_change() -> None:
    assert _cuts(np.random.default_rng(1).normal(size=(400, 3))) == []


def test_drift_has_a_value_for_every_row_of_every_version(small: Collation) -> None:
    found = Analysis(small).drift
    assert set(found.curves) == {"a", "b"}
    assert len(found.to_rows()) == 2 * len(ROWS)


def test_variety_is_nil_where_versions_agree() -> None:
    same = made([{"a": "He came home.", "b": "He came home."}], source=None)
    assert Analysis(same).variety[0].viv == 0
    assert Analysis(made([{"a": "He came home."}], source=None)).variety[0].viv is None


def test_the_base_version_is_the_version_that_agrees(small: Collation) -> None:
    assert Analysis(small).base_versions[2].version == "b"


def test_standings_and_overlaps(small: Collation) -> None:
    assert [s.version for s in Analysis(small).leaderboard()] == ["a", "b"]
    scores = overlaps(small, samples=50)
    assert {(o.version, o.reference, o.metric) for o in scores} == {
        (v, r, m) for v, r in (("a", "b"), ("b", "a")) for m in ("BLEU", "chrF2", "TER")
    }
    assert overlaps(small, samples=50) == scores


def test_worklist_puts_the_worst_row_first() -> None:
    lost = {
        "a": "He gave her the letter.",
        "b": "He gave her the letter, went out of the room and locked the door behind him.",
        "ru": "Он отдал ей письмо, вышел из комнаты и запер за собою дверь.",
    }
    table = made([*ROWS[:2], lost, ROWS[3]])
    listed = worklist(Analysis(table), check(table, select=["SEM", "OMI", "NUM"], everything=True))
    assert listed.jobs[0].row == 3
    assert listed.jobs[0].base == "b"
    assert listed.to_tsv().count("\n") == len(listed.jobs) + 1
    assert "start from here" in listed.to_md()


def test_worklist_knows_a_term_in_any_form() -> None:
    table = made([{"ru": "Он говорил с председателем.", "a": "He spoke with the the chairman of the of the house."}])
    glossary = ({"term": "председатель", "preferred": "President"}, {"term": "собрание", "preferred": "Assembly"})
    table = replace(table, work=replace(table.work, tables={"glossary": glossary}))
    (job,) = worklist(Analysis(table), check(table, select=["REP"])).jobs
    assert job.terms == {"председатель": "President"}


SENTENCES = [
    "In the evening, when all the guests had left, the old general slowly opened the window and saw the garden.",
    "She must have written twenty letters to Anna before she was able to forget the sad winter in Moscow.",
    "He never said a word to his brother, but Peter understood everything and went away with him at once.",
    "“I think that she writes to him,” says the silent doctor, who is waiting in silence with a book for their uncle.",
]


@pytest.mark.parametrize("kind", sorted({**KINDS, **MORE, **FORM}))
def test_planting_is_seeded_and_says_where(kind: str) -> None:
    planter = {**KINDS, **MORE, **FORM}[kind]
    others = [*SENTENCES, "The general gave Anna a hundred roubles; Peter asked the general about Moscow and Anna."]
    ground = replace(bed(others), source="Вечером генерал открыл окно и увидел сад.")
    tries = [(text, seed) for text in SENTENCES for seed in range(8)]
    planted = [(text, planter(text, ground, random.Random(seed))) for text, seed in tries]
    assert planted == [(text, planter(text, ground, random.Random(seed))) for text, seed in tries]
    changed = [(text, found) for text, found in planted if found]
    assert changed, "it plants nothing"
    assert all(found.text != text for text, found in changed)
    assert all(0 <= a < b <= len(found.text) for _, found in changed for a, b in found.spans)
