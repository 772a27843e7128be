"""SEM104: words that say something else than the other texts."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import DEFAULT
from compare.meaning.detect.suspect_spans import Phrase
from compare.meaning.detect.unexpected_words import WrongSense
from compare.messages import and_more, quoted
from compare.similarity import is_revision
from compare.values import Collation, Finding, Place, Severity
from compare.wordalign.aligned_words import place_of
from compare.wordalign.embeddings import lexicon, relation
from compare.wordalign.rendered_cells import translations
from compare.words import is_function, lemma, words

#: Probability from which on a word is shown, is called wrong, and is grave.
_DOUBTFUL, _WRONG, _GRAVE = 0.15, 0.4, 0.5
#: Score from which on a phrase is reported.
_DOUBTED = 0.5
#: Likeness of word vectors from which on two words may render one.
_KIN = 0.35
#: The same, from which on they say much the same.
_ALIKE = 0.7
#: How much farther from the other texts than these from one another a cell lies that says something else.
_FARTHER = 0.03


@check(
    "SEM104",
    mqm="accuracy/mistranslation",
    threshold=0.15,
    yields=("NAM", "NUM", "REP", "SEM110", "SEM111", "TRM", "TYP"),
)
def wording(analysis: Analysis) -> Iterator[Finding]:
    """Words that neither the source nor the other versions support

    Wrong:
    - a: He gave his [[carpet]] the letter. | b: He gave his daughter the letter. | ru: Он отдал дочери письмо.
    Fine:
    - a: He gave his daughter the letter and left. | b: He gave the letter to his daughter, and then he left.

    Score: the probability that the word is wrong, a false alarm counted one and a half times. Where the source is
    Russian it is asked first: nothing in the version is known to render its word, and the word in that place renders
    nothing else; how often such words are wrong in a version is estimated from all of them, by how much of the source
    it renders as is known, and by whether it follows the source more closely than the others. Neutral below 0.4, and
    below 0.5 where no other version has a known rendering, and for a word that says much the same as theirs; major from
    0.5 where one has. Elsewhere, and of phrases, the likelihood that the words are wrong where they stand: 0.5 where
    one sound row in fifty passes, 0.75 one in two hundred; major where two texts, not one and its revision, speak
    against words that are no near neighbours of theirs, and the sentence vectors stand apart. Beside a Russian source
    only the major ones are reported.
    Source: MQM, accuracy/mistranslation; models trained on planted errors (tests/training/wrong_senses.py,
    tests/training/word_models.py).
    """
    collation = analysis.collation
    is_one = functools.cache(functools.partial(is_revision, collation))
    wrong = [word for word in analysis.wrong_senses if word.probability >= _DOUBTFUL]
    judged = {(w.row_index, w.version, w.at) for w in wrong}
    again: dict[tuple[str, str, str], list[WrongSense]] = {}
    for word in wrong:
        again.setdefault((word.version, word.lemma, word.source_lemma), []).append(word)
    for places in again.values():
        yield _by_source(analysis, places)
    judged_by_word = translations(collation)
    for phrase in analysis.phrases:
        row, span = collation.rows[phrase.row - 1], phrase.place.span
        base = row.spans[phrase.version].start
        cell = words(collation.cell(row, phrase.version))
        inside = (k for k, w in enumerate(cell) if span.start <= base + w.start < span.end)
        if phrase.score < _DOUBTED or any((phrase.row - 1, phrase.version, k) in judged for k in inside):
            continue
        speaking = sorted({p.version for p in phrase.evidence})
        certain = phrase.score >= 0.9 and not all(map(is_one, speaking, speaking[1:]))
        cells = collation.rows[phrase.row - 1].spans
        farther = analysis.similarity.farther(cells, phrase.row - 1, phrase.version)
        grave = certain and farther >= _FARTHER and not _near(collation, phrase)
        if phrase.version in judged_by_word and not grave:
            continue
        yield Finding(
            check="SEM104",
            severity="major" if grave else "minor",
            score=phrase.score,
            places=(phrase.place, *phrase.evidence),
            message=f"“{phrase.place.text}” stands in the place of {quoted(phrase.evidence)}",
            suggestion=phrase.suggestion,
            row=phrase.row,
        )


def _by_source(analysis: Analysis, again: Sequence[WrongSense]) -> Finding:
    """Say which word of the source stands there and how it is known to be rendered, for all places of one error."""
    collation = analysis.collation
    assert collation.work.source is not None
    word = max(again, key=lambda w: (bool(w.renderings), w.probability, -w.row_index))
    i = word.row_index
    place = place_of(collation, word.version, i, word.at, word.at + 1)
    source_word = place_of(collation, collation.work.source.id, i, word.source, word.source + 1)
    others = [place_of(collation, version, i, at, at + 1) for version, at in word.renderings.items()]
    more = [place_of(collation, w.version, w.row_index, w.at, w.at + 1) for w in again if w is not word]
    evidence = analysis.renderings.evidence(source_word.text, word.source_lemma, word.lemma)
    message = f"“{place.text}” stands in the place of {quoted((source_word, *others))}{and_more(len(more))}"
    near = any(_is_near(word.lemma, lemma(each.text.lower(), DEFAULT)) for each in others)
    return Finding(
        check="SEM104",
        severity=_severity(word.probability, bool(others), near),
        score=round(word.probability, 3),
        places=(place, source_word, *others, *more),
        message=f"{message}; {evidence}" if evidence else message,
        suggestion=others[0].text if others and place.text.islower() == others[0].text.islower() else None,
        row=i + 1,
    )


def _severity(probability: float, attested: bool, near: bool) -> Severity:
    """Grade a word. `attested`: other versions have a known rendering of the source's; `near`: it says the same."""
    if near or probability < (_WRONG if attested else _GRAVE):
        return "neutral"  # of such that were read in machines about one in five was wrong
    return "major" if attested and probability >= _GRAVE else "minor"


def _is_near(one: str, other: str) -> bool:
    """Tell whether WordNet relates two lemmas, or their vectors all but agree: electoral, election."""
    if relation(one, other) in ("s", "h", "w"):
        return True
    a, b = lexicon().vectors([one, other], DEFAULT)
    return bool(a @ b >= _ALIKE)


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
