"""TYP110: misprints that make another word."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.analysis.by_rows import finding
from compare.checks import check
from compare.meaning.detect.real_words import real_words
from compare.messages import quoted
from compare.values import Finding, Place, Span

#: Probability from which on it is no mere note.
_LIKELY = 0.5


def _misprints(analysis: Analysis) -> Iterator[Finding]:
    aligned = analysis.words
    for found in real_words(aligned, analysis.renderings):
        place = aligned.place(found.version, found.row_index, found.at, found.at + 1)
        right = [aligned.place(v, found.row_index, at, at + 1) for v, at in found.right.items()]
        yield Finding(
            check="TYP110",
            severity="minor" if len(right) > 1 and found.probability >= _LIKELY else "neutral",
            score=round(found.probability, 3),
            places=(place, *right),
            message=f"“{place.text}” seems a misprint for {quoted(right)}",
            suggestion=right[0].text,
            row=found.row_index + 1,
        )


_MISPRINTS = finding("TYP110", _misprints, (Finding, Place, Span))


@check(
    "TYP110",
    mqm="linguistic-conventions/spelling",
    threshold=0.2,
    needs={"models"},
    yields=("NAM", "REP", "TYP107"),
    asks=[_MISPRINTS],
)
def real_word(analysis: Analysis) -> Iterator[Finding]:
    """A misprint that makes another word

    Wrong:
    - a: The old man was quite [[clam]] and looked at them. | b: The old man was quite calm and looked at them.
      | ru: Старик был совершенно спокоен и смотрел на них.
    Fine:
    - a: The old man was quite calm and looked at them. | b: The old man was calm indeed, and looked at them.
      | ru: Старик был совершенно спокоен и смотрел на них.
    - a: He set the lamp down. | b: He put the lamp down. | ru: Он поставил лампу.

    Both words are in the dictionary and differ by a letter or two; another version has the one where this has the
    other, and the source and the words about it agree with that one.

    Neutral where but one other version has it: of sixteen that were read six were right; and below even odds, where of
    fourteen three were.

    Score: the probability that it is a misprint. Of ten found in three novels that the model has not learned from five
    were misprints, two arguable.
    Source: real-word errors (Kukich, "Techniques for automatically correcting words in text", 1992); a logistic model
    that has learned from words of similar letters put in on purpose (tests/training/real_words.py).
    """
    yield from analysis.found(_MISPRINTS)
