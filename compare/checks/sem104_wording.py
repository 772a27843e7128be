"""SEM104: words that say something else than the other texts."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.meaning.detect.suspect_spans import Phrase
from compare.messages import quoted
from compare.values import Collation, Finding, Place
from compare.wordalign.embeddings import lexicon, relation
from compare.words import is_function, lemma, words

#: Likeness of word vectors from which on two words may render one.
_KIN = 0.35
#: How much farther from the other texts than these from one another a cell lies that says something else.
_FARTHER = 0.03


@check("SEM104", mqm="accuracy/mistranslation", threshold=0.5, yields=("NAM", "NUM", "REP", "SEM110", "TRM", "TYP"))
def wording(analysis: Analysis) -> Iterator[Finding]:
    """Other words than the source and the other versions bear out

    Wrong:
    - a: He gave his [[carpet]] the letter. | b: He gave his daughter the letter. | ru: Он отдал дочери письмо.
    Fine:
    - a: He gave his daughter the letter and left. | b: He gave the letter to his daughter, and then he left.

    Score: from the likelihood that the words are wrong where they stand; 0.5 where one
    sound row in fifty passes, 0.75 one in two hundred. Major where two texts speak against words that are no near
    neighbours of theirs, and the sentence vectors stand apart.
    Source: MQM, accuracy/mistranslation; a model trained on planted errors (tests/training/word_models.py).
    """
    collation = analysis.collation
    for phrase in analysis.phrases:
        sure = phrase.score >= 0.9 and len({p.version for p in phrase.evidence}) > 1
        cells = collation.rows[phrase.row - 1].spans
        farther = analysis.similarity.farther(cells, phrase.row - 1, phrase.version)
        sure = sure and farther >= _FARTHER
        yield Finding(
            check="SEM104",
            severity="major" if sure and not _near(collation, phrase) else "minor",
            score=phrase.score,
            places=(phrase.place, *phrase.evidence),
            message=f"“{phrase.place.text}” stands in the place of {quoted(phrase.evidence)}",
            suggestion=phrase.suggestion,
            row=phrase.row,
        )


def _near(collation: Collation, phrase: Phrase) -> bool:
    """Tell whether a word of the phrase lies near a word of the version's language that stands in its place."""
    lang = collation.work.version(phrase.version).lang

    def content(place: Place) -> list[str]:
        return [lemma(w.text, lang) for w in words(place.text) if not is_function(w.text, lang)]

    mine = content(phrase.place)
    theirs = [x for p in phrase.evidence if collation.work.version(p.version).lang == lang for x in content(p)]
    if not mine or not theirs:
        return True
    if any(relation(a, b) in ("s", "h", "w") for a in mine for b in theirs):
        return True
    return bool((lexicon().vectors(mine, lang) @ lexicon().vectors(theirs, lang).T).max() >= _KIN)
