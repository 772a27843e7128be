"""TYP106: a capital inside a sentence, on a word that is not a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.values import Finding
from compare.words import is_function, words

_AFTER = re.compile(r";[^\S\n]+(?P<word>[^\W\d_]+)")

# Few names look like a participle or an adverb.
_INFLECTED = re.compile(r"[a-z]{3,}(?:ing|ed|ly)")
# A capital after a word or a comma; "I" has one by right.
_INNER = re.compile(r"(?<=[^\W\d_A-Z])[,;]?[^\S\n]+([A-Z][a-z]+)")


@check("TYP106", mqm="linguistic-conventions/capitalization")
def capitals(analysis: Analysis) -> Iterator[Finding]:
    """Capital after a semicolon, on a word that the version writes small elsewhere.

    Wrong:
    - It offered to establish relations; [[Following]] the struggle, it was happy.
    - He came; [[The]] others left.

    Fine:
    - He came; Turkey and I left.
    - He came; Sterling was his name, and everybody knew Sterling.

    Score: 0.9 for a function word, 0.6 for a participle or adverb that stands nowhere else, else the share of the
    word's occurrences that are small (0 to 1); half of it in a title or in verse.
    Source: Chicago Manual of Style 6.60.
    """
    collation = analysis.collation
    for version in collation.work.versions:
        small = Counter(w.text for w in words(version.text) if w.text.islower())
        large = Counter(w.text for w in words(version.text) if w.text.istitle())
        for match in _AFTER.finditer(version.text):
            word = match["word"]
            if not word.istitle() or len(word) < 2:
                continue
            lower = word.lower()
            share = small[lower] / max(1, small[lower] + large[word])
            if is_function(word, version.lang):
                score = 0.9
            elif not small[lower] and large[word] == 1 and _INFLECTED.fullmatch(lower):
                score = 0.6
            else:
                score = share
            if _titled(version.text, match) or _verse(version.text, match, version.lang):
                score *= 0.5
            if score:
                yield Finding(
                    check="TYP106",
                    severity="minor",
                    score=score,
                    places=(collation.place(version.id, *match.span("word")),),
                    message="a capital inside the sentence, on a word that is not a name",
                    suggestion=lower,
                )


def _verse(text: str, match: re.Match[str], lang: str) -> bool:
    """Tell whether other function words near by have a capital in mid-sentence: verse whose lines were run together."""
    around = text[max(0, match.start() - 200) : match.start()] + " ; " + text[match.end() : match.end() + 200]
    return any(is_function(word, lang) for word in _INNER.findall(around))


def _titled(text: str, match: re.Match[str]) -> bool:
    """Tell whether the next word has a capital too: a title or a name of several words."""
    following = re.compile(r"[^\S\n]+([^\W\d_]+)").match(text, match.end())
    return bool(following and following[1][:1].isupper())
