"""A word or a short phrase that stands twice in a row, judged by grammar: slip of the pen, or emphasis?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.lang import language
from compare.lang.doubling import Doubling
from compare.wordalign.vocabulary import part_of_speech
from compare.words import key, lemma

if TYPE_CHECKING:
    from compare.repeats.tokens import Tokens

#: The longest phrase that is looked for, in words.
LONGEST = 4
#: Words before a doubled one that are asked for the clause that it ends.
BEFORE = 6
#: A Roman numeral, as of a chapter.
_NUMBER = re.compile("[IVXLC]+")


@dataclass(frozen=True, slots=True)
class Doubled:
    """`size` words from `at` on that stand again right after; the probability that that is a slip, and why."""

    at: int
    size: int
    score: float
    reason: str
    emphatic: bool
    """Whether it may be said twice on purpose: a content word is in it."""


def doubled(tokens: Tokens) -> Iterator[Doubled]:
    """Yield the doubled words and phrases in reading order.

    None where the language's pack does not say what may be doubled. Only copies with nothing but white space between
    them may be slips; a mark between them is emphasis.
    """
    if language(tokens.lang).doubling is None:
        return
    taken = -1
    runs = [(int(at), size) for size in range(1, LONGEST + 1) for at in _runs(tokens, size)]
    for at, size in sorted(runs):
        if at >= taken:
            taken = at + 2 * size
            score, reason = _judge(tokens, at, size)
            yield Doubled(at, size, score, reason, bool(tokens.content[at : at + size].any()))


def _runs(tokens: Tokens, size: int) -> np.ndarray:
    """Return where `size` words equal the `size` words after them."""
    n = len(tokens) - 2 * size + 1
    if n <= 0:
        return np.zeros(0, np.int64)
    same = np.ones(n, bool)
    for k in range(size):
        same &= tokens.key[k : k + n] == tokens.key[k + size : k + size + n]
    return np.flatnonzero(same)


def _judge(tokens: Tokens, at: int, size: int) -> tuple[float, str]:
    facts = _facts(tokens)
    words = _keys(tokens, at, at + size)
    between = [tokens.text[tokens.end[k] : tokens.start[k + 1]] for k in range(at, at + 2 * size - 1)]
    end = int(tokens.end[at + 2 * size - 1])
    after = re.match(r"\s+([^\W\d_]+)", tokens.text[end : end + 40])
    next_word = key(after.group(1)) if after else ""
    if any(gap.strip() for gap in between):
        return 0.1, "a mark parts the two: emphasis, a stammer or a list"
    if tokens.segment[at] != tokens.segment[at + 2 * size - 1] and "\n" in "".join(between):
        return 0.2, "the one ends a block, a heading it may be, and the other begins the next"
    opens = int(np.searchsorted(tokens.segment, tokens.segment[at]))
    before = _keys(tokens, max(opens, at - BEFORE), at)
    if facts.relatives.intersection(before) and (words[0] in facts.verbs or (size > 1 and words[0] in facts.subjects)):
        return 0.2, "a clause that ends with the verb may be its subject"
    if size == 1:
        return _judge_word(tokens, at, words[0], before, next_word)
    if (size == 2 and facts.conjunctions.intersection(words)) or words[0] in facts.conjunctions:
        return 0.1, "joined again and again: emphasis"
    if size == 2 and words[1] in facts.joining and part_of_speech(words[0], tokens.lang) != "v":
        return 0.2, "an idiom, and what goes on with its word: little by little by night"
    if next_word == words[0] and facts.joining.intersection(words):
        return 0.1, "joined again and again: emphasis"
    if facts.departing.intersection(before[-1:]) and words[-1] in facts.joining:
        return 0.2, "an idiom: from time to time"
    if all(word in facts.emphatic for word in words):
        return 0.2, "emphasis"
    return (0.9, "the phrase stands twice in a row") if len(set(words)) > 1 else (0.3, "emphasis")


def _keys(tokens: Tokens, first: int, last: int) -> list[str]:
    return [key(tokens.quote(k, k + 1)) for k in range(first, last)]


def _judge_word(tokens: Tokens, at: int, word: str, before: list[str], next_word: str) -> tuple[float, str]:
    facts = _facts(tokens)
    forms = tokens.quote(at, at + 1), tokens.quote(at + 1, at + 2)
    if word[0].isdigit():
        return 0.2, "figures may stand twice"
    if word in facts.emphatic:
        return 0.2, "emphasis"
    numerals = language(tokens.lang).numerals
    labelled = not before or (numerals and re.fullmatch(numerals.labels, before[-1]))
    if labelled and _NUMBER.fullmatch(forms[0]):
        return 0.2, "the first may number a chapter"
    first, second = (form[0].isupper() for form in forms)
    if (first != second and before) or (first and second and tokens.content[at]):
        return 0.3, "one of the two may be a name"
    if word in facts.grammatical and before and before[-1] in facts.prepositions:
        return 0.2, "grammar allows it"
    if word in facts.grammatical:
        slip = next_word in facts.openers and word not in facts.auxiliary
        return (0.8, "what follows leaves the second without a part") if slip else (0.2, "grammar allows it")
    if word in facts.opening and (not before or _gap(tokens, at - 1).strip()):
        return 0.2, "the first may join the clause, the second begin it"
    if facts.relatives.intersection(before[-1:]) and part_of_speech(lemma(word, tokens.lang), tokens.lang) == "v":
        return 0.2, "a clause that ends with the verb may be its subject"
    if word in facts.particles and facts.phrasal.intersection(lemma(each, tokens.lang) for each in before[-3:]):
        return 0.3, "the first may belong to the verb before it"
    if word in facts.prepositions and _stranded(tokens, at, before):
        return 0.3, "the first may end a relative clause"
    if tokens.content[at]:
        return 0.75, "the word stands twice in a row"
    return 0.95, "grammar does not allow the word twice in a row"


def _stranded(tokens: Tokens, at: int, before: list[str]) -> bool:
    """Tell whether the word may end a relative clause, with its pronoun or without it: "the man he came with"."""
    facts = _facts(tokens)
    if facts.relatives.intersection(before):
        return True
    first = at - len(before)
    return any(
        before[k + 1] in facts.subjects
        and part_of_speech(before[k], tokens.lang) == "n"
        and not facts.prepositions.intersection(before[max(k - 2, 0) : k])
        and not _gap(tokens, first + k).strip()
        for k in range(len(before) - 1)
    )


def _facts(tokens: Tokens) -> Doubling:
    return language(tokens.lang).doubling or Doubling()


def _gap(tokens: Tokens, word: int) -> str:
    return tokens.text[tokens.end[word] : tokens.start[word + 1]]
