"""Fingerprints, links and passages: what two texts share is found, what is a phrase of the language is not."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from compare.shelf import passages

pytest.importorskip("pyarrow")


def text_of(seed: int, length: int) -> list[str]:
    """Make a text of random words, so that two of different seeds share nothing of length."""
    chance = random.Random(seed)
    return ["".join(chance.choices("abdefgiklmnoprstu", k=9)) for _ in range(length)]


def hashes(words: list[str]) -> Any:
    return passages.words_of(" ".join(words), "en").hash


def chained(*texts: list[str], works: list[int] | None = None) -> dict[str, list[int]]:
    """Return the chains between texts, each in a work of its own unless `works` says."""
    prints = [passages.fingerprints(hashes(text)) for text in texts]
    numbers = works or list(range(len(texts)))
    linked = passages.links(
        np.concatenate([kept for kept, _ in prints]),
        np.concatenate(
            [np.full(len(prints[at][0]), number << 16 | at, np.uint64) for at, number in enumerate(numbers)]
        ),
        np.concatenate([at for _, at in prints]),
    )
    return {name: column.tolist() for name, column in passages.chains(linked).items()}


def judged(a: list[str], b: list[str], chain: tuple[int, int, int, int]) -> passages.Passage | None:
    counted = passages.counts(hashes(a)) + passages.counts(hashes(b))
    one, other = (passages.words_of(" ".join(words), "en") for words in (a, b))
    return passages.judged(one, other, passages.bits_of(counted), chain)


def test_words_with_their_places() -> None:
    found = passages.words_of("A Lamp, and a lamp.", "en")
    assert found.start.tolist() == [0, 2, 8, 12, 14]
    assert found.end.tolist() == [1, 6, 11, 13, 18]
    assert found.hash[1] == found.hash[4]
    assert len(set(found.hash.tolist())) == 3
    assert found.function.tolist() == [True, False, True, True, False]


@pytest.mark.parametrize("length", [0, 3])
def test_too_few_words_give_no_fingerprint(length: int) -> None:
    kept, at = passages.fingerprints(hashes(text_of(1, length)))
    assert (len(kept), len(at)) == (0, 0)


def test_every_run_that_two_texts_share_has_a_fingerprint() -> None:
    least = passages.RUN + passages.WINDOW - 1
    for begin in range(40):
        common = text_of(7, least)
        one = set(passages.fingerprints(hashes(text_of(begin, begin) + common + text_of(2, 30)))[0].tolist())
        other = set(passages.fingerprints(hashes(text_of(3, 11) + common + text_of(4, 5)))[0].tolist())
        assert one & other


def test_fingerprints_are_fewer_than_words_and_know_their_place() -> None:
    words = text_of(1, 1000)
    kept, at = passages.fingerprints(hashes(words))
    assert 300 < len(kept) < 500
    first = int(at[10])
    alone, place = passages.fingerprints(hashes(words[first : first + passages.RUN]))
    assert (alone.tolist(), place.tolist()) == ([int(kept[10])], [0])


def test_a_page_in_two_works_is_one_chain() -> None:
    page = text_of(9, 60)
    found = chained(text_of(1, 200) + page + text_of(2, 100), text_of(3, 50) + page + text_of(4, 300))
    assert (found["a"], found["b"]) == ([0 << 16 | 0], [1 << 16 | 1])
    assert 200 <= found["i"][0] <= 203
    assert 257 <= found["i_end"][0] <= 260
    assert found["j"][0] - found["i"][0] == -150


def test_two_pages_in_another_order_are_two_chains() -> None:
    one, two = text_of(9, 40), text_of(10, 40)
    found = chained(one + text_of(1, 100) + two, two + text_of(2, 100) + one)
    assert len(found["a"]) == 2


def test_versions_of_one_work_are_not_compared() -> None:
    page = text_of(9, 60)
    assert chained(page, page, works=[4, 4])["a"] == []
    assert len(chained(page, page, works=[4, 5])["a"]) == 1


def test_texts_that_share_nothing_and_no_texts() -> None:
    assert chained(text_of(1, 500), text_of(2, 500))["a"] == []
    assert chained(text_of(1, 2), text_of(2, 1))["a"] == []


def test_a_phrase_of_many_works_is_a_formula_and_a_page_of_many_works_is_not() -> None:
    phrase, page = text_of(8, 12), text_of(9, 80)
    many = passages.COMMON + 8
    found = chained(*(text_of(100 + n, 60) + phrase + text_of(200 + n, 60) for n in range(many)))
    assert found["a"] == []
    found = chained(*(text_of(100 + n, 60) + page + text_of(200 + n, 60) for n in range(many)))
    assert {(a >> 16) + 1 for a in found["a"]} >= set(range(1, many))  # every work is linked to a later one
    assert len(found["a"]) <= many * passages.LOOK_BACK


def test_a_passage_goes_on_over_changed_words_and_stops_at_others() -> None:
    page = text_of(9, 40)
    changed = [*page]
    changed[3], changed[20], changed[36] = "altered", "modified", "revised"
    one, other = text_of(1, 30) + page + text_of(2, 30), text_of(3, 10) + changed + text_of(4, 30)
    found = judged(one, other, (36, 48, 16, 28))
    assert found == passages.Passage(30, 70, 10, 50, 37, 37 / 40)


def test_a_passage_at_both_ends_of_a_text() -> None:
    page = text_of(9, 20)
    assert judged(page, page, (4, 12, 4, 12)) == passages.Passage(0, 20, 0, 20, 20, 1.0)


def test_what_is_short_or_says_little_or_differs_is_no_passage() -> None:
    page = text_of(9, passages.LEAST_WORDS)
    filler, more = text_of(1, 3000), text_of(2, 3000)
    assert judged(page + filler, page + more, (0, 8, 0, 8)) is not None
    assert judged(page[:-1] + filler, page[:-1] + more, (0, 7, 0, 7)) is None
    little = "and it was so that he had not been in the".split()
    assert judged(little + filler, little + more, (0, 11, 0, 11)) is None
    apart = [word for each in zip(text_of(9, 30), text_of(5, 30), strict=True) for word in each]
    other = [word for each in zip(text_of(9, 30), text_of(6, 30), text_of(7, 30), strict=True) for word in each]
    assert judged(apart, other, (0, 60, 0, 90)) is None


def test_rare_words_tell_more() -> None:
    bits = passages.bits_of(passages.counts(hashes(["often"] * 7 + ["rare"])))
    low = (1 << passages.COUNTER_BITS) - 1
    often, rare = (int(hashes([word])[0]) & low for word in ("often", "rare"))
    assert (bits[often], bits[rare]) == (pytest.approx(0.193, abs=0.001), 3.0)
