"""SEM110: the opposite of what the others say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from compare.analysis import Analysis
from compare.analysis.by_rows import finding
from compare.checks import check
from compare.meaning.detect.antonyms import OppositeWord, opposite_words
from compare.meaning.detect.pronouns import places
from compare.meaning.risk import ALIGNED
from compare.messages import quoted
from compare.values import Finding, Place, Span
from compare.wordalign.aligned_words import ALIKE, AlignedWords
from compare.wordalign.unread_source import UnreadSource

#: How much nearer a source that the models cannot read lies to two versions' cells with the one word than with its
#: opposite, in cosines. Of 1,477 opposites planted in The Overcoat and A Nest of Gentlefolk, the Russian unread, it
#: finds 630 so, and 30 in the sound version instead; of the versions' own 31 it blames 10, half of them rightly.
_DRAWN = 0.03


def _antonyms(analysis: Analysis) -> Iterator[Finding]:
    collation = analysis.collation
    source, unread = collation.work.source, analysis.unread_source
    for found in opposite_words(analysis.words, analysis.renderings):
        has_source = found.source is not None
        if not has_source and (found.alike < ALIKE or not _is_corroborated(analysis.words, found, unread)):
            continue
        others = [v for v in collation.rows[found.row_index].spans if source is None or v != source.id]
        whole = len(found.for_) == len(others) - 1
        here = places(analysis.words, found)
        if source is not None and found.source is not None:
            here = (*here, analysis.words.place(source.id, found.row_index, found.source, found.source + 1))
        yield Finding(
            check="SEM110",
            severity="major" if has_source and whole and found.alike >= ALIKE else "neutral",
            score=0.8 if has_source else 0.6,
            places=here,
            message=f"“{here[0].text}” is the opposite of {quoted(here[1:])}",
            suggestion=here[1].text,
            row=found.row_index + 1,
        )


_ANTONYMS = finding("SEM110", _antonyms, (Finding, Place, Span))


@check("SEM110", mqm="accuracy/mistranslation", threshold=0.6, yields=("NUM", "TRM", "SEM103"), asks=[_ANTONYMS])
def antonym(analysis: Analysis) -> Iterator[Finding]:
    """The opposite of what the other versions say

    Wrong:
    - a: The road was [[wide]] there. | b: The road was narrow there. | ru: Дорога там была узкая.
    - a: After a [[short]] pause he spoke. | b: He spoke after a long pause. | c: He spoke, after a long pause.
    Fine:
    - a: An old man came in. | b: A man who was not young came in. | c: A man no longer young came in.
    - a: Let us go. | b: Come, let us be off. | c: Come on.

    Score: 0.8 where a word of the source is known to be rendered by the opposite (`compare.wordalign.renderings`) and
    by nothing that stands here; without a source whose renderings are known, 0.6 where the words about agree and two
    other versions have the opposite, or one does and the source's sentence lies nearer to it. Major where the source's
    word tells, all other versions agree and the words about do; else neutral: of ten that were read two were right.
    Source: MQM, accuracy/mistranslation; antonyms are among the errors that DEMETR plants (Karpinska et al. 2022).
    """
    rows = analysis.collation.rows
    for found in analysis.found(_ANTONYMS):
        yield found if rows[found.row - 1].confidence >= ALIGNED else replace(found, severity="neutral")


def _is_corroborated(words: AlignedWords, found: OppositeWord, unread: UnreadSource | None) -> bool:
    """Tell whether two versions have the opposite, or one does and a source unread by the models lies nearer to it."""
    return len(found.for_) > 1 or bool(unread and _drawn(words, found, unread) >= _DRAWN)


def _drawn(words: AlignedWords, found: OppositeWord, source: UnreadSource) -> float:
    """Return how much nearer the source lies to the other version's word than to this one, in both cells together."""
    (other,) = found.for_
    here, there = places(words, found)
    return source.draw(found.row_index, other, there.span, here.text) - source.draw(
        found.row_index, found.version, here.span, there.text
    )
