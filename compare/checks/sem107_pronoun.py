"""SEM107: he for she, or she for he."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from compare.analysis import Analysis
from compare.analysis.by_rows import finding
from compare.checks import check
from compare.meaning.detect.pronouns import ExchangedPronoun, agreement, exchanged_pronouns, places
from compare.messages import quoted
from compare.values import Finding, Place, Span
from compare.wordalign.aligned_words import ALIKE
from compare.wordalign.vocabulary import CLASSES, FUNCTION
from compare.words import is_archaic, key, parses, words


def _pronouns(analysis: Analysis) -> Iterator[Finding]:
    collation = analysis.collation
    source = collation.work.source
    for found in exchanged_pronouns(analysis.words):
        row = collation.rows[found.row_index]
        original = collation.cell(row, source.id) if source is not None else ""
        if source is not None and not original:
            continue  # the source's words stand in a row beside this one, if anywhere: it cannot be asked
        asks = bool(original) and _mentions(original, found.classes[1])
        votes = len(found.for_) + asks
        justified = bool(original) and _mentions(original, found.classes[0])
        if votes < 2 or justified or _named(analysis, found) or agreement(analysis.words, found, found.for_) < ALIKE:
            continue
        here = places(analysis.words, found)
        score = min(0.95, 0.5 + 0.15 * votes)
        yield Finding(
            check="SEM107",
            severity="major" if score >= 0.8 else "minor",
            score=round(score, 3),
            places=here,
            message=f"“{here[0].text}” stands in the place of {quoted(here[1:])}"
            + (f"; nothing in {source.id} asks for it" if source is not None and original else ""),
            suggestion=here[1].text,
            row=found.row_index + 1,
        )


_PRONOUNS = finding("SEM107", _pronouns, (Finding, Place, Span))


@check("SEM107", mqm="accuracy/mistranslation", threshold=0.6, asks=[_PRONOUNS])
def pronoun(analysis: Analysis) -> Iterator[Finding]:
    """He for she, or she for he

    Wrong:
    - a: [[She]] came home late. | b: He came home late. | ru: Он пришёл домой поздно.
    - a: He told her that he was ill. | b: He told her [[she]] was ill. | c: He told her he was ill.
    Fine:
    - a: She is a fine ship. | b: It is a fine ship. | ru: Это прекрасный корабль, он быстр.
    - a: She saw Peter. | b: She saw him. | ru: Она увидела его.

    Score: 0.5 plus 0.15 for each other translation that has the other pronoun in the place, and for the source where it
    mentions someone of that gender; 0.95 at most. Where the source mentions someone of the version's gender, the
    version names someone whom the others do not, or the words about it differ, nothing is reported. Neutral in English
    of another age, whose lands and peoples may be women or men.
    Source: MQM, accuracy/mistranslation.
    """
    work = analysis.collation.work
    for each in analysis.found(_PRONOUNS):
        version = work.version(each.places[0].version)
        yield replace(each, severity="neutral") if is_archaic(version.text, version.lang) else each


def _named(analysis: Analysis, found: ExchangedPronoun) -> bool:
    """Tell whether the version names someone in the row whom the others do not: the pronoun may be another's."""
    made, covers = analysis.words, analysis.words.covers
    cell = made.cell(found.version, found.row_index)
    views = [cover for text in found.for_ if (cover := covers[found.version, text][found.row_index])]
    return any(
        cell.capital[k] and k and made.forms.pos[form] != FUNCTION and all(v.share[k] < 0.5 for v in views)
        for k, form in enumerate(cell.forms)
    )


def _mentions(text: str, gender: str) -> bool:
    """Tell whether a Russian text mentions someone of a gender: a pronoun, a verb of the past, a person's noun."""
    marked = {"he": "masc", "she": "femn"}[gender]
    for word in words(text):
        if key(word.text) in CLASSES[gender]:
            return True
        tag = parses(word.text)[0].tag
        if marked in tag and (("VERB" in tag and "past" in tag) or ("NOUN" in tag and "anim" in tag)):
            return True
    return False
