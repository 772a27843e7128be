"""The states of words, the network that reads pairs of texts, and trees."""

from __future__ import annotations

import numpy as np

from compare.meaning.models import pair_network as pairs
from compare.meaning.models.gbdt import parse
from compare.wordalign.contextual import states, uncased, uncased_states
from compare.wordalign.links import Batch, batch
from compare.wordalign.vocabulary import read
from compare.words import words

ENGLISH = ["His mother was waiting by the window.", "He read the letter twice.", "Late in the evening he came home."]
RUSSIAN = ["Мать ждала его у окна.", "Он дважды прочёл письмо.", "Он пришёл домой поздно вечером."]


def batches(version: list[str], other: list[str], lang: str = "ru") -> tuple[Batch, Batch]:
    wording = read({"v": ("en", version), "x": (lang, other)})
    one, two = uncased_states("en", version), uncased_states(lang, other)
    return batch(wording.cells["v"], one), batch(wording.cells["x"], two)


def test_every_word_has_a_state_near_its_translations() -> None:
    for text, made in zip(ENGLISH, states("en", ENGLISH), strict=True):
        assert made.shape[0] == len(words(text))
        np.testing.assert_allclose(np.linalg.norm(made, axis=1), 1, rtol=1e-5)
    (english,), (russian,) = states("en", [ENGLISH[1]]), states("ru", [RUSSIAN[1]])
    letter = [w.text for w in words(ENGLISH[1])].index("letter")
    assert words(RUSSIAN[1])[int((english[letter] @ russian.T).argmax())].text == "письмо"


def test_a_text_without_words_has_no_states() -> None:
    assert [s.shape[0] for s in states("en", ["", "—", "Yes"])] == [0, 0, 1]


def test_the_company_of_a_row_changes_nothing() -> None:
    weights = pairs.weights("s")
    together = pairs.read(weights, *batches(ENGLISH, RUSSIAN))
    for n in range(len(ENGLISH)):
        alone = pairs.read(weights, *batches([ENGLISH[n]], [RUSSIAN[n]]))
        np.testing.assert_allclose(together.cell[n], alone.cell[0], atol=1e-4)
        np.testing.assert_allclose(together.wrong[n, : alone.wrong.shape[1]], alone.wrong[0], atol=1e-4)
        np.testing.assert_allclose(together.lost[n, : alone.lost.shape[1]], alone.lost[0], atol=1e-4)


def test_what_is_gone_is_lost() -> None:
    sound = pairs.read(pairs.weights("s"), *batches(["He read the letter twice."], [RUSSIAN[1]]))
    short = pairs.read(pairs.weights("s"), *batches(["He read twice."], [RUSSIAN[1]]))
    at = [w.text for w in words(RUSSIAN[1])].index("письмо")
    assert short.lost[0, at] > sound.lost[0, at]
    assert short.cell[0] > sound.cell[0]


def test_what_differs_in_form_alone_has_the_same_states() -> None:
    assert uncased("He  came , and went") == "he came, and went."
    assert uncased("“Who is there ?”") == '"who is there?".'
    assert uncased("Wait…") == uncased("wait") == "wait."
    assert uncased("Go!") == "go!"
    assert uncased("—") == uncased("") == ""
    for one, two in zip(ENGLISH, ENGLISH, strict=True):
        for other in (two.upper(), two.rstrip("."), two.replace(" ", "   ")):
            (mine,), (theirs,) = uncased_states("en", [one]), uncased_states("en", [other])
            np.testing.assert_array_equal(mine, theirs)


def test_a_language_has_its_own_mean_taken_out() -> None:
    assert not np.allclose(states("ru", [ENGLISH[0]])[0], states("en", [ENGLISH[0]])[0])
    assert not np.allclose(uncased_states("en", [ENGLISH[0]])[0], states("en", [ENGLISH[0]])[0])


def tree(missing: int) -> dict[str, object]:
    return {
        "depth": 1,
        "feature": [0, -1, -1],
        "cut": [1.5, 0, 0],
        "left": [1, 1, 2],
        "right": [2, 1, 2],
        "missing": [missing, 0, 0],
        "value": [0, -1, 2],
    }


def test_trees_go_left_at_the_cut_and_where_missing_goes_left() -> None:
    values = np.array([[0, 1.0], [0, 1.5], [0, 2.0], [0, np.nan]], np.float32)
    for missing, last in ((1, -1), (0, 2)):
        trees = parse({"features": ["x"], "trees": [tree(missing)]})
        assert trees.scores(["y", "x"], values).tolist() == [-1, -1, 2, last]


def test_trees_are_added_up_over_any_number_of_lines() -> None:
    trees = parse({"features": ["x"], "trees": [tree(1), tree(1)]})
    values = np.tile(np.array([[1.0], [2.0]], np.float32), (3000, 1))
    assert trees.scores(["x"], values).tolist() == [-2, 4] * 3000


def test_a_line_has_the_same_score_in_any_company() -> None:
    values = np.random.default_rng(1).normal(0, 1, (50, 1)).astype(np.float32)
    trees = parse({"features": ["x"], "trees": [{**tree(1), "value": [0, k / 7, 1 / (k + 3)]} for k in range(60)]})
    together = trees.scores(["x"], values)
    assert [trees.scores(["x"], line[None])[0] for line in values] == together.tolist()
    assert parse({"features": [], "trees": []}).scores([], values).tolist() == [0] * 50
