"""Features of words and of cells: what other texts say, what is attested, and what the other versions have."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace

import numpy as np
import pytest

from compare.analysis import Analysis
from compare.meaning.features.attestation import attestation, content
from compare.meaning.features.batch import Alignments, Columns
from compare.meaning.features.cells import cell_features, counts, immediate_repeats, misspelt, nan_mean
from compare.meaning.features.comparisons import VersionFeatures, compare_cells
from compare.meaning.features.grammaticality import breaks
from compare.meaning.features.words import _relations, _word_itself, lost, wrong_word_features
from compare.meaning.scoring import columns_of, models, version_features
from compare.wordalign.contextual import uncased, uncased_cell_states, uncased_states
from compare.wordalign.links import batch, without_capitals
from compare.wordalign.renderings import Renderings, Table
from compare.wordalign.renderings import read as read_table
from compare.wordalign.vocabulary import CLASSES, read
from tests.test_meaning import ROWS, made

TABLE = Renderings(
    (
        Table(
            read_table(
                ["source\tplaces\tworks\trenderings", "слабый\t80\t10\tweak:60:10, faint:20:5", "шея\t9\t3\tneck:9:3"]
            )
        ),
    )
)


def columns(texts: dict[str, list[str]]) -> Columns:
    langs = {column: "ru" if column == "ru" else "en" for column in texts}
    plain = {column: [uncased(text) for text in some] for column, some in texts.items()}
    states = {column: uncased_states(langs[column], some) for column, some in texts.items()}
    return columns_of(plain, langs, read({c: (langs[c], some) for c, some in texts.items()}), states, TABLE)


def alignments(texts: dict[str, list[str]]) -> Alignments:
    made_of = columns(texts)
    rows = range(len(next(iter(texts.values()))))
    cells = {c: without_capitals(batch(made_of.vocabulary.cells[c], made_of.states[c])) for c in texts}
    return Alignments(cells, made_of.vocabulary.forms, "ru" if "ru" in texts else None, made_of, rows)


def table(texts: dict[str, list[str]], word: str, version: str = "a") -> dict[str, float]:
    links = alignments(texts)
    others = [c for c in texts if c not in (version, "ru")]
    nothing = np.zeros(links.batches[version].forms.shape, np.float32)
    found = wrong_word_features(links, version, "ru" if "ru" in texts else None, others, (nothing, nothing))
    at = [w.text for w in links._columns.vocabulary.cells[version][0].words].index(word)  # type: ignore[union-attr]
    return dict(zip(found.names, found.values[at].tolist(), strict=True))


def of_cell(texts: dict[str, list[str]], version: str = "a") -> dict[str, float]:
    links = alignments(texts)
    others = [c for c in texts if c not in (version, "ru")]
    found = cell_features(links, links._columns, [0], version, "ru" if "ru" in texts else None, others)
    return {name: float(values[0]) for name, values in found.items()}


# ---- attestation ----


def test_an_attested_rendering_is_no_surprise() -> None:
    texts = {"ru": ["Его слабая шея."], "a": ["His weak neck."]}
    links = alignments(texts)
    found = links.attested("a")
    assert found is not None
    assert np.isnan(found.own[0, 0])  # a function word
    assert found.own[0, 1] == pytest.approx(found.source[0, 1])
    assert found.own[0, 1] < 0.7
    other = alignments({"ru": texts["ru"], "a": ["His white neck."]}).attested("a")
    assert other is not None
    assert other.own[0, 1] > 2
    assert other.source[0, 1] > 2
    assert other.source[0, 2] == pytest.approx(found.source[0, 2])


def test_kin_of_a_rendering_are_attested_too() -> None:
    one, two = (alignments({"ru": ["слабая"], "a": [text]}).attested("a") for text in ("weak", "weakly"))
    assert one is not None
    assert two is not None
    assert two.own[0, 0] == pytest.approx(one.own[0, 0], abs=0.1)


def test_a_word_that_is_hardly_known_is_not_missed() -> None:
    cells = read({"ru": ("ru", ["кувырк слабая"]), "a": ("en", ["nothing here stands"])})
    batches = batch(cells.cells["ru"]), batch(cells.cells["a"])
    found = attestation(content(["кувырк слабая"], "ru"), content(["nothing here stands"], "en"), batches, TABLE)
    assert np.isnan(found.source[0, 0])
    assert not np.isnan(found.source[0, 1])


def test_without_a_source_nothing_is_attested() -> None:
    assert alignments({"a": ["weak"], "b": ["faint"]}).attested("a") is None


# ---- words ----


def test_a_word_is_compared_with_the_source_and_with_the_others() -> None:
    texts = {"ru": ["Она дала ему письмо."], "a": ["She gave him a cheese."], "b": ["She gave him a letter."]}
    odd, fine = table(texts, "cheese"), table(texts, "gave")
    assert odd["o_exact"] == 0
    assert fine["o_exact"] == 1
    assert odd["s_best"] < fine["s_best"]
    assert odd["o_below"] > fine["o_below"]
    assert odd["o_count"] == 1
    assert odd["s_unattested"] >= 0


def test_a_word_said_twice_at_once_is_marked() -> None:
    texts = {"a": ["He came, Came home."], "b": ["He came home."]}
    assert table(texts, "Came")["again"] == 1
    assert table(texts, "came")["again"] == 0
    assert table(texts, "home")["again"] == 0


@pytest.mark.parametrize(
    ("words", "again"),
    [
        ("aabc", "0100"),
        ("ababc", "00110"),
        ("xabcabc", "0000111"),
        ("abcdabcd", "00001111"),
        ("abcdeabcde", "0000000000"),  # of five words it is no slip
        ("abcab", "00000"),
    ],
)
def test_up_to_four_words_said_twice_at_once_are_marked_where_they_stand_again(words: str, again: str) -> None:
    ids = np.array([[ord(word) - ord("`") for word in words]])
    names = ("pos", "member", "rarity", "figure", "cyrillic", "tense", "length")
    forms = SimpleNamespace(**{name: np.zeros(30) for name in names})
    found = _word_itself(SimpleNamespace(forms=ids, there=ids > 0), forms)  # type: ignore[arg-type]
    assert "".join(str(int(mark)) for mark in found["again"][0]) == again


def test_words_said_again_at_once_are_counted_to_the_end_of_the_cell() -> None:
    forms = np.array([[5, 6, 7, 7], [1, 2, 1, 2], [1, 2, 3, 1], [4, 4, 0, 0]])
    assert immediate_repeats(SimpleNamespace(forms=forms)).tolist() == [1, 1, 0, 1]  # type: ignore[arg-type]


def test_a_slip_is_marked_unless_another_text_has_it() -> None:
    assert table({"a": ["His realtions came."], "b": ["His relatives came."]}, "realtions")["misspelt"] == 1
    assert table({"a": ["His realtions came."], "b": ["Those realtions went."]}, "realtions")["misspelt"] == 0
    links = alignments({"a": ["His realtions came."], "b": ["His relatives came."]})
    assert misspelt(links, "a", ["b"]).tolist() == [[False, True, False]]
    assert misspelt(links, "a", []).tolist() == [[False, True, False]]


def test_an_opposite_is_nearer_to_the_source_than_the_word() -> None:
    texts = {"ru": ["Он пришёл поздно."], "a": ["He came early."]}
    assert table(texts, "early")["s_opposite"] > 0
    assert table({**texts, "a": ["He came late."]}, "late")["s_opposite"] < 0


def test_a_word_that_the_version_lacks_is_far_from_all_its_words() -> None:
    links = alignments(
        {"ru": ["Он дважды прочёл письмо."], "a": ["He read the letter."], "b": ["He read the letter twice."]}
    )
    gap = np.zeros(links.batches["a"].forms.shape, np.float32)
    found = lost(links, "b", "a", "ru", ["b"], gap)
    words = [w.text for w in links._columns.vocabulary.cells["b"][0].words]  # type: ignore[union-attr]
    best = dict(zip(words, found.values[:, found.names.index("t_best")].tolist(), strict=True))
    assert best["twice"] == min(best.values())
    assert set(found.values[:, found.names.index("is_source")].tolist()) == {0}


# ---- cells ----


def test_a_word_stands_to_its_counterpart_as_the_dictionaries_say() -> None:
    lemmas = ["", "wide", "narrow", "horse", "mare", "go", "calm"]
    forms = SimpleNamespace(
        lemmas=lemmas,
        lemma=np.array([0, 1, 2, 3, 4, 5, 6, 5]),  # the last is another form of "go"
        tense=np.array([0, 0, 0, 0, 0, 1, 0, 2]),
    )
    here = np.array([[1, 1, 1, 4, 3, 5, 5, 1]])
    there = np.array([[2, 2, 6, 3, 4, 5, 7, 1]])
    view = SimpleNamespace(
        at=np.array([[0, 1, 2, 3, 4, 5, 6, -1]]), best=np.array([[0.21, 0.2, 0.9, 0.9, 0.9, 0.9, 0.9, np.nan]])
    )

    class Links(SimpleNamespace):
        def __call__(self, *_: str) -> SimpleNamespace:
            return view

    batches = {"a": SimpleNamespace(forms=here), "b": SimpleNamespace(forms=there)}
    found = {
        name: values[0].tolist() for name, values in _relations(Links(batches=batches, forms=forms), "a", "b").items()
    }
    assert [at for at, value in enumerate(found["anto"]) if value == 1] == [0]  # the next is too far from it
    assert [found[name].index(1) for name in ("exact", "form", "narrower", "wider")] == [5, 6, 3, 4]
    assert [sum(value == 1 for value in found[name]) for name in ("exact", "form", "wider", "narrower", "syn")] == [
        *(1, 1, 1, 1),
        0,
    ]
    assert np.isnan([values[7] for values in found.values()]).all()
    assert found["time"][5:7] == [0, 1]
    assert np.isnan(found["time"][:5]).all()


def test_numbers_questions_denials_and_persons_are_counted() -> None:
    texts = {"ru": ["Он не дал ей трёх писем."], "a": ["Did he give her five letters?"]}
    found = of_cell(texts)
    assert found["s_number"] > 0
    assert found["s_question"] == 1
    assert found["s_denial"] == -1
    same = of_cell({**texts, "a": ["He did not give her three letters."]})
    assert (same["s_number"], same["s_question"], same["s_denial"]) == (0, 0, 0)
    assert same["s_states_alike"] > found["s_states_alike"]


def test_other_versions_are_averaged_and_the_ends_kept() -> None:
    found = of_cell({"a": ["He came home."], "b": ["He came home."], "c": ["The moon is made of cheese."]})
    assert found["o_level_max"] > found["o_level"] > found["o_level_min"]
    assert found["o_count"] == 2
    assert np.isnan(found["s_level"])


def test_words_repeated_at_once_are_counted() -> None:
    cells = read({"a": ("en", ["very very late", "he came he came home", "he came home", "far"])})
    assert immediate_repeats(batch(cells.cells["a"])).tolist() == [1, 1, 0, 0]


def test_closed_classes_are_counted_by_cell() -> None:
    cells = read({"a": ("en", ["She did not see her."]), "ru": ("ru", ["Она не видела её."])})
    she, denial = (list(CLASSES).index(name) for name in ("she", "denial"))
    for column in ("a", "ru"):
        found = counts(batch(cells.cells[column]), cells.forms)[0]
        assert found[she] == 2
        assert found[denial] == 1


def test_means_leave_out_what_is_unknown() -> None:
    found = nan_mean(np.array([[1, 3, np.nan], [np.nan] * 3]))
    assert found[0] == 2
    assert np.isnan(found[1])


def test_english_that_has_lost_a_word_reads_broken() -> None:
    found = breaks("en", ["he put the letter on the table.", "he put the letter on the.", ""])
    assert found.shape == (3, 3)
    assert found[1, 0] > found[0, 0]
    assert found[2].tolist() == [-9, -9, -9]
    assert (found[:, 0] >= found[:, 1]).all()
    assert np.isnan(breaks("ru", ["он ушёл."])).all()


# ---- comparisons ----


def lines(values: list[list[float]], rows: list[int]) -> VersionFeatures:
    return VersionFeatures(np.array(rows), ("x", "y"), np.array(values, np.float32), [], [])


def test_a_cell_is_compared_with_the_mean_of_the_other_versions() -> None:
    features = {
        "a": lines([[5, 1], [2, 2]], [0, 1]),
        "b": lines([[1, np.nan], [1, 1]], [0, 2]),
        "c": lines([[3, 4]], [0]),
    }
    names, tables = compare_cells(features, 3)
    assert names == ("x", "y", "more_x", "more_y")
    assert tables["a"][0].tolist() == [5, 1, 3, -3]
    assert tables["a"][1, :2].tolist() == [2, 2]
    assert np.isnan(tables["a"][1, 2:]).all()
    assert tables["c"][0].tolist() == [3, 4, 0, 3]


def test_one_version_has_nothing_to_be_compared_with() -> None:
    _, tables = compare_cells({"a": lines([[5, 1]], [0])}, 1)
    assert np.isnan(tables["a"][0, 2:]).all()
    assert compare_cells({}, 4) == ((), {})


def features_of(analysis: Analysis) -> Mapping[str, VersionFeatures]:
    states = uncased_cell_states(analysis.collation, analysis.vocabulary)
    return version_features(analysis.collation, analysis.vocabulary, states, analysis.renderings, models())


def test_the_features_are_those_that_the_models_read() -> None:
    analysis = Analysis(made(ROWS))
    known = models()
    features = features_of(analysis)
    names, tables = compare_cells(features, len(ROWS))
    assert set(known.cell.features) <= set(names)
    for version, one in features.items():
        assert one.row_indices.tolist() == [0, 1, 2, 3]
        assert tables[version].shape == (4, len(names))
        assert [len(w) for w in one.wrong] == [len(c.words) for c in analysis.vocabulary.cells[version] if c]
        assert all(set(x) == {"ru", "a", "b"} - {version} for x in one.lost)


def test_a_row_is_judged_by_the_texts_that_it_has() -> None:
    lacking = [{k: t for k, t in row.items() if n != 1 or k != "b"} for n, row in enumerate(ROWS)]
    alone = [{k: t for k, t in row.items() if k != "b"} for row in ROWS]
    values = []
    for rows in (alone, lacking):
        values.append(features_of(Analysis(made(rows)))["a"].values)
    np.testing.assert_allclose(values[0][1], values[1][1], atol=1e-3)
    assert not np.allclose(values[0][0], values[1][0], atol=1e-3, equal_nan=True)
