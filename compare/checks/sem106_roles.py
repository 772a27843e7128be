"""SEM106: two words in each other's place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compare.analysis import Analysis
from compare.checks import check
from compare.messages import listed
from compare.values import Finding
from compare.wordalign.vocabulary import POS, Cell, Forms

#: Words between the two at most, and how many more of the four words beside them must fit exchanged than unchanged.
_APART, _FIT = 9, 2


@check("SEM106", mqm="accuracy/mistranslation", threshold=0.6, default=False)
def roles(analysis: Analysis) -> Iterator[Finding]:
    """Two words in each other's place: who did it, and to whom

    Wrong:
    - a: The [[king sent the envoy]] a letter in the spring. | b: The envoy sent the king a letter in spring.
      | c: In the spring the envoy sent the king a letter.
    Fine:
    - a: The king was sent a letter by the envoy. | b: The envoy sent the king a letter. | c: The envoy wrote the king.
    - a: Peter and Anna came late. | b: Anna and Peter came late. | c: Anna and Peter arrived late.

    Score: 0.5 plus a tenth for each other version of the same language in which the two words stand among the same
    neighbours the other way round; none may have them as this version has. Words that are merely listed are let pass.
    Source: MQM, accuracy/mistranslation.
    """
    collation = analysis.collation
    made = analysis.words
    for i, row in enumerate(collation.rows):
        for version in collation.work.versions:
            others = [v for v in collation.work.versions if v.lang == version.lang and v.id != version.id]
            texts = {v.id: cell for v in others if v.role != "source" and (cell := made.cells[v.id][i])}
            here = made.cells[version.id][i]
            if version.role == "source" or here is None or not texts:
                continue
            for p, q in _pairs(here, made.forms):
                fits = {t: _fit(here, there, p, q, made.forms) for t, there in texts.items()}
                against = [t for t, fit in fits.items() if fit is not None and fit >= _FIT]
                if not against or any(fit is not None and fit < _FIT for fit in fits.values()):
                    continue
                facing = [collation.place(t, row.spans[t].start, row.spans[t].end) for t in against]
                yield Finding(
                    check="SEM106",
                    severity="major" if len(against) > 1 else "minor",
                    score=round(0.5 + 0.1 * min(len(against), 4), 3),
                    places=(
                        made.place(version.id, i, p, q + 1),
                        *facing,
                    ),
                    message=f"“{here.words[p].text}” and “{here.words[q].text}” stand in each other's place, "
                    f"says {listed(against)}",
                    row=i + 1,
                )


def _pairs(cell: Cell, forms: Forms) -> Iterator[tuple[int, int]]:
    """The pairs of nouns and names, each said once, that stand near one another and are not merely listed."""
    keys = [forms.keys[f] for f in cell.forms]
    named = [forms.pos[f] == POS.index("n") or bool(cell.capital[k]) for k, f in enumerate(cell.forms)]
    content = [k for k in range(len(keys)) if named[k] and keys.count(keys[k]) == 1]
    for n, p in enumerate(content):
        for q in content[n + 1 :]:
            if q - p <= _APART and not {"and", "or"} & set(keys[p + 1 : q]) and q - p > 1:
                yield p, q


def _fit(one: Cell, two: Cell, p: int, q: int, forms: Forms) -> int | None:
    """How much better the neighbours fit with the words exchanged; None where the other text has not both, once."""
    here, there = [forms.keys[f] for f in one.forms], [forms.keys[f] for f in two.forms]
    if there.count(here[p]) != 1 or there.count(here[q]) != 1:
        return None
    a, b = there.index(here[p]), there.index(here[q])
    if a < b:
        return -4
    exchanged = _shared(here, p, there, b) + _shared(here, q, there, a)
    unchanged = _shared(here, p, there, a) + _shared(here, q, there, b)
    return exchanged - unchanged if exchanged > 2 else 0


def _shared(here: Sequence[str], k: int, there: Sequence[str], j: int) -> int:
    """How many of the two words beside one place also stand beside the other."""

    def beside(keys: Sequence[str], at: int) -> tuple[str, str]:
        return keys[at - 1] if at else "^", keys[at + 1] if at + 1 < len(keys) else "$"

    return sum(a == b for a, b in zip(beside(here, k), beside(there, j), strict=True))
