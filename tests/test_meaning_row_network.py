"""A version read beside all the other texts: what none of them has, and what they have alone."""

from __future__ import annotations

import numpy as np

import compare
from compare.analysis import Analysis
from compare.meaning.models.row_network import RowReading, read, row_input, weights
from compare.values import Collation
from compare.wordalign.contextual import cell_states

WHOLE = "He gave the old letter with the broken seal to his mother and left the house at once."
SHORT = "The old letter he gave to his mother, and left the house at once."
RU = "Он отдал старое письмо матери и тотчас вышел из дома."


def made(*rows: dict[str, str]) -> Collation:
    return compare.collate(compare.from_rows(list(rows)))


def told(collation: Collation, version: str, row: int = 0) -> RowReading:
    found = Analysis(collation).row_readings[version][row]
    assert found is not None
    return found


def words_above(text: str, odds: np.ndarray) -> set[str]:
    return {w.text for w, z in zip(compare.words.words(text), odds, strict=True) if z > 0}


def test_words_that_no_other_text_has_are_added() -> None:
    collation = made({"a": WHOLE, "b": SHORT, "c": SHORT, "ru": RU})
    assert {"broken", "seal"} <= words_above(WHOLE, told(collation, "a").added) <= {"with", "the", "broken", "seal"}
    assert not words_above(SHORT, told(collation, "b").added)


def test_words_that_all_other_texts_have_are_lost_where_they_would_stand() -> None:
    row = {
        "a": "And he sent his servants before him, and they came to the city at noon.",
        "b": "He sent his servants on ahead with gifts for the king, and they reached the town at midday.",
        "c": "And he sent before him his servants, bearing presents unto the king, and they came to the city at noon.",
        "ru": "И послал он перед собою слуг своих с дарами царю, и пришли они в город в полдень.",
    }
    found = told(made(row), "a")
    for text, gone in (("b", {"gifts", "king"}), ("c", {"presents", "king"}), ("ru", {"дарами", "царю"})):
        assert gone <= words_above(row[text], found.lost[text])
    assert int(found.hole.argmax()) == len(compare.words.words("And he sent his servants before him"))
    assert not any(words_above(row[t], z) for t, z in told(made(row), "b").lost.items())


def test_a_row_is_read_alike_in_any_company() -> None:
    rows = [{"a": WHOLE, "b": SHORT, "ru": RU}, {"a": SHORT * 3, "b": WHOLE, "ru": RU * 2}]
    together, alone = made(*rows), made(rows[0])
    for version in ("a", "b"):
        one, two = told(together, version), told(alone, version)
        np.testing.assert_allclose(one.added, two.added, atol=1e-4)
        np.testing.assert_allclose(one.hole, two.hole, atol=1e-4)
        for text, odds in two.lost.items():
            np.testing.assert_allclose(one.lost[text], odds, atol=1e-4)


def test_every_word_and_place_has_its_odds() -> None:
    analysis = Analysis(made({"a": WHOLE, "b": SHORT, "ru": RU}))
    states = cell_states(analysis.collation, analysis.vocabulary)
    [(version, [found])] = read(weights(), [row_input(analysis.words, states, 0)], ["b"], "ru")
    assert version == "b"
    size = len(compare.words.words(SHORT))
    assert (len(found.added), len(found.hole)) == (size, size + 1)
    assert [len(found.lost[t]) for t in ("a", "ru")] == [len(compare.words.words(text)) for text in (WHOLE, RU)]


def test_a_version_alone_has_no_witnesses() -> None:
    assert Analysis(made({"a": WHOLE})).row_readings["a"] == (None,)
