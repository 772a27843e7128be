"""SEM103: denied in one version, affirmed in the others."""

from __future__ import annotations

import math
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.analysis.by_rows import finding
from compare.checks import check
from compare.meaning.detect.negation import Reversal, reversals
from compare.meaning.risk import ALIGNED
from compare.messages import listed, quoted
from compare.values import Finding, Place, Severity, Span
from compare.words import count

#: Log-odds from which on a reversal is reported, is grave, is critical, and is so certain that no version need agree.
_LEAST, _GRAVE, _CRITICAL, _CERTAIN = 3.7, 4.2, 4.6, 5.5
#: How many other texts must speak against it, if it is to be more than a note.
_WITNESSES = 2
#: How often the source's word must be rendered by the version's, 0 to 1, to be the same that is denied and affirmed.
_RENDERED = 0.03
#: Words of a common sentence: the shorter one is, the fewer there are that could answer a denial unseen.
_COMMON = 20


def _reversals(analysis: Analysis) -> Iterator[Finding]:
    for found in reversals(analysis.words, analysis.renderings, _LEAST, analysis.unread_source):
        row = analysis.collation.rows[found.row_index]
        if found.often is not None and found.often < _RENDERED:
            continue
        words = [analysis.words.place(t, found.row_index, k, k + 1) for t, k in found.against.items()]
        place = analysis.words.place(found.version, found.row_index, found.at, found.at + 1)
        others = [id for id in row.spans if id != found.version]
        odds = found.odds + math.log(max(_COMMON / count(analysis.collation.cell(row, found.version)), 1))
        yield Finding(
            check="SEM103",
            severity=_severity(found, others),
            score=round(min(0.95, 0.6 + (odds - _LEAST) / 10), 3),
            places=(place, *words),
            message=f"“{place.text}” has no counterpart in {listed(others, 'or')}, where {quoted(words)} is affirmed"
            if found.denied
            else f"“{place.text}” is affirmed here and denied elsewhere by {quoted(words)}",
            row=row.number,
        )


_REVERSALS = finding("SEM103", _reversals, (Finding, Place, Span), reach=1)


@check("SEM103", mqm="accuracy/mistranslation", threshold=0.6, asks=[_REVERSALS])
def negation(analysis: Analysis) -> Iterator[Finding]:
    """Denied in one version, affirmed in the others

    Wrong:
    - a: He did [[not]] welcome the guests. | b: He welcomed the guests. | ru: Он радушно принял гостей.
    - a: She had [[seen]] the house before. | b: She had never seen the house. | c: She had not seen the house before.
    - a: He [[wanted]] to go home. | ru: Он не хотел ехать домой.
    Fine:
    - a: He did not welcome the guests. | b: He never welcomed guests. | ru: Он не принимал гостей.
    - a: She was far from happy. | b: She was not happy. | c: She was unhappy.
    - a: He overlooked her in his joy. | b: He did not notice her for joy. | ru: Он не заметил её на радости.
    - a: Not until noon did he come home. | b: He came home at noon. | ru: Он пришёл домой лишь в полдень.

    Score: 0.6 at log-odds of 3.7 that no text answers a denial, the source's word first and the other versions' after
    it; a tenth more for each further unit of log-odds, to which a sentence of fewer than twenty words adds the
    logarithm of how much shorter it is; 0.95 at most. Neutral beside one other text, and below
    log-odds of 4.2, or of 5.5 where not every other text agrees. Critical only where the source has the very word.
    Source: MQM, accuracy/mistranslation; negation is a common critical error of machine translation (Tang et al. 2021);
    a logistic regression learned from sound rows and planted errors (tests/training/negation.py).
    """
    rows = analysis.collation.rows
    found = analysis.found(_REVERSALS)
    return (each for each in found if rows[each.row - 1].confidence >= ALIGNED)


def _severity(found: Reversal, others: list[str]) -> Severity:
    """Weigh how sure it is, and whether every other text stands with it, the source and a version at the least.

    A lone version may say it in other words: «не здесь», far away. Of those that were read in works unknown to us none
    of the lone ones was right, and of the less sure ones one in eight.
    """
    if len(others) < _WITNESSES or found.odds < (_GRAVE if found.agreed else _CERTAIN):
        return "neutral"
    if found.often is None:
        return "minor"
    return "critical" if found.agreed and found.odds >= _CRITICAL else "major"
