"""Words collated as philologists want them: every case in every order of its versions.

A case is its table: a line a version, a word in each column or `·` for none.
"""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.apparatus.columns import Sequences, align
from compare.apparatus.likeness import likeness, numbered
from compare.apparatus.tokens import tokens

CASES = {
    "one version lacks a word": """
        the black dog barked
        the  ·    dog barked
        the black dog barked""",
    "a word is added in front": """
        ·    the dog barked
        then the dog barked
        ·    the dog barked""",
    "a word is added at the end": """
        the dog barked ·
        the dog barked loudly
        the dog barked ·""",
    "five readings in one place": """
        the old      man slept
        the young    man slept
        the sick     man slept
        the rich     man slept
        the stubborn man slept""",
    "a doubled phrase": """
        he went home ·   ·     ·    to the house by the river
        he went home and again home to the house by the river
        he went home ·   ·     ·    to the house by the river""",
    "a doubled word": """
        the · army marched
        the the army marched
        the · army marched""",
    "a clause stands twice": """
        he saw the bridge and ·  ·   ·   ·      ·   turned back
        he saw the bridge and he saw the bridge and turned back
        he saw the bridge and ·  ·   ·   ·      ·   turned back""",
    "a near match on the left": """
        the grey · koala slept
        the gray fat koala slept
        the gray · koala slept""",
    "a near match on the right": """
        the big grey horse
        the  ·  gray horse
        the big grey horse""",
    "a near match under a gap of two": """
        a most   remarkable event took place
        a  ·     remarkble  event took place
        a rather remarkable event took place""",
    "an inflected form": """
        they walk  along rivers
        they walked along river
        they walk  along rivers""",
    "marks do not draw words": """
        yes · he said · quietly
        yes , he said , quietly
        yes · he said , quietly""",
    "a mark beside a missing word": """
        he came , saw , and won
        he came ·  ·  · and won
        he came , saw · and won""",
    "gaps fall together": """
        she took the long road through the forest home
        she took the  ·    road  ·      ·    ·    home
        she took the long road through the forest home""",
    "late agreement": """
        in the beginning god made heaven
        at the start     god made earth
        at the start     god made heaven
        in the beginning god made earth""",
    "an addition in two of four": """
        the king ·   ·     spoke to us
        the king and queen spoke to us
        the king ·   ·     spoke to us
        the king and queen spoke to us""",
    "different additions in one place": """
        the door was ·    ·     opened
        the door was very gently opened
        the door was ·    slowly opened""",
    "two omissions in different places": """
        a tall man with a ·   hat
        a ·    man with a red hat
        a tall man with a red hat""",
    "no common word but one": """
        nobody   ever saw   paris again
        she      had  known paris well
        everyone ·    loves paris ·""",
    "one version is empty": """
        one two three
        ·   ·   ·
        one two three""",
    "function words do not pull the sentence apart": """
        the captain of the ship and the mate of the boat
        the captain ·  ·   ·    and the mate of the boat
        the captain of the ship and the mate of the boat""",
    "capitals are no difference of place": """
        The Treaty was signed
        The treaty was signed
        ·   Treaty was signed""",
    "a synonym takes the place": """
        the physician arrived at dusk
        the doctor    arrived at dusk
        the physician arrived at night""",
    "a contraction": """
        he didn't ·   come home
        he did    not come home
        he didn't ·   come home""",
    "a hyphenated word": """
        the commander-in-chief left
        the commander          left
        the commander-in-chief left""",
    "a number changes": """
        in 1920 the army had 2750 men
        in 1921 the army had 2700 men
        in 1920 the army had 2700 men""",
    "a name is spelled otherwise": """
        Bekir Sami went to Trebizond
        Bekir Sami went to Trapezund
        Bekir ·    went to Trebizond""",
    "progressive order does not matter": """
        a b c d e
        · b c d e
        a · c d e
        a b · d e
        a b c · e""",
    "a negation is added": """
        he did ·   want to go
        he did not want to go
        he did ·   want to go""",
    "a phrase is replaced by a longer one": """
        they crossed the river ·  ·    at dawn
        they crossed the river by boat at dawn
        they forded  the river ·  ·    at dawn""",
    "quotation marks around a word": """
        the · system · failed
        the " system " failed
        the · system · failed""",
    "an exchange about a verb": """
        the black dog chases a red cat
        a red cat chases the black dog
        the black dog chases a red cat""",
}


def collated_words(versions: list[str]) -> list[list[str]]:
    """Lay texts in columns: a line a version, `·` for a gap."""
    cells = [tokens(text, "en") for text in versions]
    numbers = numbered(cells)
    task = Sequences(
        [len(c) for c in cells], lambda a, b: likeness(numbers[a], numbers[b]), [[t.text for t in c] for c in cells]
    )
    (columns,) = align([task])
    return [["·" if (k := column[v]) is None else cells[v][k].text for column in columns] for v in range(len(cells))]


def wanted_columns(case: str) -> list[list[str]]:
    """Read a case."""
    return [line.split() for line in case.strip().splitlines()]


@pytest.mark.parametrize("case", CASES)
def test_philologists_get_their_columns_in_any_order(case: str) -> None:
    wanted = wanted_columns(CASES[case])
    for order in permutations(range(len(wanted))):
        versions = [" ".join(word for word in wanted[v] if word != "·") for v in order]
        assert collated_words(versions) == [wanted[v] for v in order]


WORDS = st.lists(st.sampled_from("the cat sat on mat . , old a not".split()), max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4))
def test_every_word_stands_in_one_column_in_its_order(versions: list[list[str]]) -> None:
    table = collated_words([" ".join(v) for v in versions])
    assert [[word for word in line if word != "·"] for line in table] == versions
    assert all(any(cell != "·" for cell in column) for column in zip(*table, strict=True))


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_versions_changes_nothing(versions: list[list[str]], rng: object) -> None:
    texts = [" ".join(v) for v in versions]
    order = list(range(len(texts)))
    rng.shuffle(order)  # type: ignore[attr-defined]
    table, other = collated_words(texts), collated_words([texts[v] for v in order])
    assert [table[v] for v in order] == other


def test_a_version_beside_itself_has_each_word_in_one_column() -> None:
    table = collated_words(["the old man , the sea"] * 3)
    assert table[0] == table[1] == table[2] == ["the", "old", "man", ",", "the", "sea"]
