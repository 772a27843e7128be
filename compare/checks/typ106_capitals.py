"""TYP106: a capital inside a sentence, on a word that is not a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import language
from compare.values import Finding, Version
from compare.words import Word, is_function, words

#: Classes of words that religious texts write with a capital.
_PRONOUNS = ("he", "you")
_AFTER = re.compile(r";[^\S\n]+$")

#: How many capitals after a semicolon, and what share of all words behind one, are a habit.
_HABIT, _OFTEN = 5, 0.1

# Few names look like a participle or an adverb.
_INFLECTED = re.compile(r"[a-z]{3,}(?:ing|ed|ly)")
# A capital after a word or a comma; "I" always has one.
_INNER = re.compile(r"(?<=[^\W\d_A-ZА-ЯЁ])[,;]?[^\S\n]+([A-ZА-ЯЁ][a-zа-яё]+)")


@check("TYP106", mqm="linguistic-conventions/capitalization", alone=True)
def capitals(analysis: Analysis) -> Iterator[Finding]:
    """Capital after a semicolon, on a word that the version writes small elsewhere.

    Wrong:
    - It offered to establish relations; [[Following]] the struggle, it was happy.
    - He came; [[The]] others left.

    Fine:
    - He came; Turkey and I left.
    - He came; Sterling was his name, and everybody knew Sterling.
    - God saw that it was good; He rested, and all that He made rested.

    Score: 0.9 for a function word (a pronoun that has a capital inside sentences elsewhere is left alone), 0.6 for a
    participle or adverb that stands nowhere else, else the share of the word's occurrences that are small (0 to 1);
    half of it in a title or in verse, where a tenth of what follows semicolons has one, if it be five or more.
    Source: Chicago Manual of Style 6.60.
    """
    collation = analysis.collation
    for version in collation.work.versions:
        found = words(version.text)
        small = Counter(w.text for w in found if w.text.islower())
        large = Counter(w.text for w in found if w.text.istitle())
        habitual = _is_habitual(version, found)
        for before, word in pairwise(found):
            if not word.text.istitle() or len(word.text) < 2:
                continue
            if not _AFTER.search(version.text, before.end, word.start):
                continue
            lower = word.text.lower()
            share = small[lower] / max(1, small[lower] + large[word.text])
            if is_function(word.text, version.lang):
                score = 0.0 if _is_revered(version, found, word.text) else 0.9
            elif not small[lower] and large[word.text] == 1 and _INFLECTED.fullmatch(lower):
                score = 0.6
            else:
                score = share
            if habitual or _titled(version.text, word) or _verse(version.text, word, version.lang):
                score *= 0.5
            if score:
                yield Finding(
                    check="TYP106",
                    severity="minor",
                    score=score,
                    places=(collation.place(version.id, word.start, word.end),),
                    message="a capital inside the sentence, on a word that is not a name",
                    suggestion=lower,
                )


def _is_habitual(version: Version, found: Sequence[Word]) -> bool:
    """Tell whether small words have a capital after many of a version's semicolons: verse, printed as prose."""
    behind = [
        word.text.istitle() and is_function(word.text, version.lang)
        for before, word in pairwise(found)
        if _AFTER.search(version.text, before.end, word.start)
    ]
    return sum(behind) >= max(_HABIT, _OFTEN * len(behind))


def _is_revered(version: Version, found: Sequence[Word], word: str) -> bool:
    """Tell whether a pronoun has a capital in mid-sentence elsewhere, as God's has in religious texts."""
    classes = language(version.lang).word_classes
    return any(word.lower() in classes.get(name, ()) for name in _PRONOUNS) and any(
        each.text == word and before.text.islower() and version.text[before.end : each.start].isspace()
        for before, each in pairwise(found)
    )


def _verse(text: str, word: Word, lang: str) -> bool:
    """Tell whether other function words near by have a capital in mid-sentence: verse whose lines were run together."""
    about = text[max(0, word.start - 200) : word.start], text[word.end : word.end + 200]
    return any(is_function(each, lang) for part in about for each in _INNER.findall(part))


def _titled(text: str, word: Word) -> bool:
    """Tell whether the next word has a capital too: a title or a name of several words."""
    following = re.compile(r"[^\S\n]+([^\W\d_]+)").match(text, word.end)
    return bool(following and following[1][:1].isupper())
