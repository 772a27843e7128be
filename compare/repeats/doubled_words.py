"""A word or a short phrase that stands twice in a row, judged by grammar: slip of the pen, or emphasis?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from compare.words import key

if TYPE_CHECKING:
    from compare.repeats.tokens import Tokens

#: The longest phrase that is looked for, in words.
LONGEST = 4

# Doubled by grammar: "he had had it", "the man that that is", "what it is is", "the one he did do".
_GRAMMAR = set("had that is do does did her you it who so что его её ее их то".split())
# What may not follow a rightful "that that", "is is": the second one ought to have been the last word of its phrase.
_OPENS = set("the a an he she they we i it there his its their my our your this these those and or but of".split())
# Doubled for emphasis in any prose.
_EMPHASIS = set(
    """very so too much many far long old ever never no yes ha he ho hi hee oh ah o hey tut bye now there well come hush
    knock tick ding dong bow wow la tra blah pooh pretty such really more again over on round please dear quick quickly
    да нет ну очень так вот едва чуть еле давно далеко долго много ох ах ха хе хи хо ой эй еще скоро тихо вон раз
    мало всё все прочь только""".split()
)
# "Ran and ran and ran": a phrase that begins with one of the first may be said again, one that has another may be
# where it goes on in the same way.
_ADDS = {"and", "or", "nor", "и", "да", "или", "ни"}
_JOINS = {"and", "or", "by", "after", "to", "upon", "и", "за", "да", "по", "в", "с"}


def doubled(tokens: Tokens) -> Iterator[tuple[int, int, float, str]]:
    """Yield the first word of the first copy, the words in the phrase, how surely it is a slip (0 to 1), and why.

    Only copies with nothing but white space between them may be slips; a mark between them is emphasis.
    """
    taken = -1
    runs = [(int(at), size) for size in range(1, LONGEST + 1) for at in _runs(tokens, size)]
    for at, size in sorted(runs):
        if at >= taken:
            taken = at + 2 * size
            yield at, size, *_judge(tokens, at, size)


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
    words = [key(tokens.text[tokens.start[k] : tokens.end[k]]) for k in range(at, at + size)]
    between = [tokens.text[tokens.end[k] : tokens.start[k + 1]] for k in range(at, at + 2 * size - 1)]
    end = int(tokens.end[at + 2 * size - 1])
    after = re.match(r"\s+([^\W\d_]+)", tokens.text[end : end + 40])
    next_word = key(after.group(1)) if after else ""
    if any(gap.strip() for gap in between):
        return 0.1, "a mark parts the two: emphasis, a stammer or a list"
    if size == 1:
        return _judge_word(tokens, at, words[0], next_word)
    if words[0] in _ADDS or (next_word == words[0] and _JOINS & set(words)):
        return 0.1, "joined again and again: emphasis"
    if all(word in _EMPHASIS for word in words):
        return 0.2, "emphasis"
    return (0.9, "the phrase stands twice in a row") if len(set(words)) > 1 else (0.3, "emphasis")


def _judge_word(tokens: Tokens, at: int, word: str, next_word: str) -> tuple[float, str]:
    forms = tokens.text[tokens.start[at] : tokens.end[at]], tokens.text[tokens.start[at + 1] : tokens.end[at + 1]]
    if word[0].isdigit():
        return 0.2, "figures may stand twice"
    if word in _EMPHASIS:
        return 0.2, "emphasis"
    if word in _GRAMMAR:
        slip = next_word in _OPENS and word not in {"had", "do", "does", "did"}
        return (0.8, "what follows leaves the second without a part") if slip else (0.2, "grammar allows it")
    if all(form[0].isupper() for form in forms) and tokens.content[at]:
        return 0.3, "a name may be doubled"
    if tokens.content[at]:
        return 0.75, "the word stands twice in a row"
    return 0.95, "grammar does not allow the word twice in a row"
