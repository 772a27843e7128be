"""The grammar room: tokens, the network's answers, breaks beside other versions."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import compare
from compare.analysis import Analysis
from compare.grammar import grammaticality_of, read, seams
from compare.grammar.bridges import bridge, russian_verbs
from compare.grammar.clauses import verbless
from compare.grammar.tokens import cut
from compare.lang.en.words import today

SOUND = "The delegation brought the letter to Moscow in the spring, and the government answered it at once."
BROKEN = "The delegation brought the letter to Moscow in the, and the government it at once."


def forms(text: str) -> list[str]:
    return [token.form for token in cut(text)]


def test_cut() -> None:
    assert forms("He can’t say—“No!”") == ["He", "ca", "n't", "say", "--", '"', "No", "!", '"']
    assert forms("Sami-bey's men, the soldiers' home.") == [
        *["Sami-bey", "'s", "men", ",", "the", "soldiers", "'", "home", "."]
    ]
    assert forms("2.5 versts in the U.S.S.R.") == ["2.5", "versts", "in", "the", "U.S.S.R."]


@given(st.text())
def test_tokens_cover_all_but_space(text: str) -> None:
    tokens = cut(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(tokens))
    assert all(0 <= t.start < t.end <= len(text) and t.form for t in tokens)
    covered = {i for t in tokens for i in range(t.start, t.end)}
    assert {i for i, c in enumerate(text) if not c.isspace()} - covered == set()


@given(st.lists(st.text(alphabet="the of he went 'n\n.,—Ж7", max_size=40), max_size=5))
def test_readings_stand_as_tokens_do(texts: list[str]) -> None:
    for text, reading in zip(texts, read(texts), strict=True):
        n = len(cut(text))
        assert len(reading.tokens) == len(reading.tags) == n
        assert reading.gaps.shape[0] == (n + 1 if n else 0)
        assert np.allclose(reading.gaps.sum(1), 1, atol=1e-4)


def test_company_changes_nothing() -> None:
    many = [SOUND, BROKEN, "Yes.", "", SOUND + " " + SOUND]
    alone = [grammaticality_of([text])[0] for text in many]
    assert grammaticality_of(many) == pytest.approx(alone, abs=1e-4)


def test_verbs_of_old_are_read_as_those_of_today() -> None:
    old, new = read(["What saith he to thee of it?", "What says he to you of it?"])
    assert old.tags == new.tags
    assert [token.form for token in old.tokens][1:5] == ["saith", "he", "to", "thee"]
    words = "cometh dieth seeth pleadeth teacheth crieth Elizabeth teeth death goeth"
    today_ = "comes dies sees pleads teaches cries Elizabeth teeth death goes"
    assert [today(word) for word in words.split()] == today_.split()


def test_broken_is_less_whole() -> None:
    sound, broken, nothing = grammaticality_of([SOUND, BROKEN, ""])
    assert nothing == 1
    assert broken < 0.5 < sound


def test_seams_point_at_the_gap() -> None:
    [reading] = read([BROKEN])
    places = {reading.tokens[seam.at].start for seam in seams(reading)}
    assert BROKEN.index(", and") in places


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("He answered what the minister in his letter, and was silent.", "in"),
        ("He answered what the minister wrote in his letter.", None),
        ("What kind of man is he?", None),
        ("They left because the king of the country.", "of"),
        ("They left because the king, of whom we spoke, was dead.", None),
        ("No matter what our differences in our faiths, we are one.", None),
        ("Yes, Mr. Captain, and what an ungentlemanly visitor in an honourable house.", None),
    ],
)
def test_verbless(text: str, before: str | None) -> None:
    [reading] = read([text])
    found = [reading.tokens[k].form for k in verbless([t.form for t in reading.tokens], reading.tags)]
    assert found == ([before] if before else [])


def test_bridge() -> None:
    before, after = cut("comrade Chicherin"), cut("on June 3")
    other = cut("what comrade Chicherin wrote on June 3")
    found = bridge(before, after, other)
    assert found is not None
    assert [token.form for token in other[found.start : found.end]] == ["wrote"]
    assert (found.left, found.right, found.joined) == (2, 3, False)
    joined = bridge(before, after, cut("The letter of Chicherin on June 4"))
    assert joined is not None
    assert (joined.left, joined.right, joined.joined) == (1, 2, True)
    assert bridge(before, after, cut("He wrote on June 3")) is None
    assert bridge([], after, other) is None


def test_russian_verbs() -> None:
    assert russian_verbs("Он пришёл домой, потому что было поздно.") == 2
    assert russian_verbs("Тихий вечер в старом доме") == 0


def test_another_version_confirms() -> None:
    broken = "Based on what comrade Chicherin on June 3, the Soviet Government proposed mediation."
    sound = "Based on what comrade Chicherin wrote on June 3, the Soviet Government offered its mediation."
    work = compare.from_rows([{"a": broken, "b": sound}])
    best = max(Analysis(compare.collate(work)).broken_sentences, key=lambda b: b.score)
    alone = max(Analysis(compare.collate(compare.from_rows([{"a": broken}]))).broken_sentences, key=lambda b: b.score)
    assert best.score > alone.score
    assert best.confirmed
    assert best.clause.version == "a"
    assert best.mended == "Based on what comrade Chicherin wrote on June 3"


def test_what_two_versions_share_is_sound() -> None:
    text = "When the messenger came, she nothing of the matter, and nobody spoke of it again."
    work = compare.from_rows([{"a": text, "b": text}])
    alone = compare.from_rows([{"a": text}])
    assert max(b.score for b in Analysis(compare.collate(work)).broken_sentences) < max(
        b.score for b in Analysis(compare.collate(alone)).broken_sentences
    )


def test_what_no_other_text_has_is_lost_only_where_the_grammar_is_certain() -> None:
    """An opened clause without a verb is; that the network points at a place is not enough."""
    text = "And me among the adjutants, and the general himself at the head of them."
    alone = Analysis(compare.collate(compare.from_rows([{"a": text}]))).broken_sentences
    both = Analysis(compare.collate(compare.from_rows([{"a": text, "b": text}]))).broken_sentences
    assert alone
    assert not both


@pytest.mark.parametrize(
    "text",
    [
        "That for a whole month I have been, so to speak, hanging by a single thread.",
        "In that day shall five cities of the land speak one language.",
        "Each of the springs is in a separate pocket of its own.",
        "You shall have it all, but first hand me over the money.",
    ],
)
def test_a_verb_that_stands_later_a_place_and_an_order_lack_nothing(text: str) -> None:
    found = Analysis(compare.collate(compare.from_rows([{"a": text}]))).broken_sentences
    assert max((b.score for b in found), default=0.0) < 0.1


@pytest.mark.parametrize(
    "text",
    [
        "We part for ever.",
        "A violent fever developed.",
        "She saved my mother and me from starving.",
        "He had a wife and she a husband.",
        "He was older than she.",
        "Seest thou these stones?",
        "'Tis true, and 'twas so of old.",
        "They sat in front, she behind; he saw that we old men must envy the young.",
        "I, for one, think otherwise.",
        "You save space.",
        "He will go as you--as you wish.",
        "They invited me to tea with them.",
        "Him, and him alone, he blamed for everything.",
        "I The morning that followed brought sobering influences to bear.",
        "I gave it up because I'd a life to live.",
    ],
)
def test_a_clause_that_has_its_verb_is_sound(text: str) -> None:
    found = Analysis(compare.collate(compare.from_rows([{"a": text}]))).broken_sentences
    assert [b for b in found if b.score >= 0.5] == []


@pytest.mark.parametrize(
    ("text", "joint"),
    [
        ("On the basis of what he in June, we decided to go.", "he in"),
        ("When the messenger came, she nothing of the matter, and nobody spoke of it again.", "she nothing"),
    ],
)
def test_a_lost_verb_is_found(text: str, joint: str) -> None:
    found = Analysis(compare.collate(compare.from_rows([{"a": text}]))).broken_sentences
    assert [b.joint.text for b in found if b.score >= 0.5] == [joint]
