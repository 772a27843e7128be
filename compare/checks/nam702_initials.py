"""NAM702: initials or a patronymic that disagree with the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compare.analysis import Analysis
from compare.checks import check
from compare.names import Mention, NameIndex
from compare.names.agreement import likeness
from compare.names.detect import NameWord
from compare.names.romanisation import SCHEMES, plain, romanise, sound
from compare.values import Finding, Row

_PATRONYMIC = re.compile(r"(t?ch|vna|vič|вич|вна|ична|ыч|ич)$")
#: Log odds below which two patronymics are two people's.
_OTHER = -4.0


@check("NAM702", mqm="accuracy/mistranslation")
def initials(analysis: Analysis) -> Iterator[Finding]:
    """Initials or a patronymic that disagree with the source's for the same person.

    Wrong:
    - ru: Писал Г. В. Чичерин. | en: So wrote [[G. B. Chicherin]].
    - ru: Вошла Мария Петровна. | en: In came [[Maria Pavlovna]].
    - ru: Пётр Иваныч и Владимир Николаич вошли. | en: Pyotr Ivanovich and [[Vladimir Ivanovich]] came in.

    Fine:
    - ru: Писал Г. В. Чичерин. | en: So wrote G. V. Chicherin.
    - ru: Вошла Мария Петровна. | en: In came Maria Petrovna.
    - ru: Вошел Николай Николаич. | en: In came Nikolai Nikolaevich.
    - ru: Вошел Петр Максимович. | en: In came Piotr Maximitch.

    Score: 0.8, and 0.9 where another translation agrees with the source.
    Source: MQM, accuracy/mistranslation.
    """
    collation = analysis.collation
    names = analysis.names
    source = names.source
    for version in collation.work.versions if source else ():
        if version.id == source:
            continue
        for row in collation.rows:
            beside = names.by_row.get((source or "", row.number), ())
            for theirs in beside:
                mates = _mates(names, version.id, row, source or "", theirs)
                wrong = [
                    m
                    for m in mates
                    if all(_disagree(m, x) for x in _namesakes(names, version.id, m, source or "", beside))
                ]
                if wrong and len(wrong) == len(mates):
                    elsewhere = any(
                        not _disagree(m, theirs)
                        for other in collation.work.versions
                        if other.id not in (version.id, source)
                        for m in _mates(names, other.id, row, source or "", theirs)
                        if len(m.words) == len(theirs.words)
                    )
                    ours = collation.place(version.id, wrong[0].span.start, wrong[0].span.end)
                    right = collation.place(source or "", theirs.span.start, theirs.span.end)
                    yield Finding(
                        check="NAM702",
                        severity="major",
                        score=0.9 if elsewhere else 0.8,
                        places=(ours, right),
                        message=f"“{ours.text}” stands for {right.text}",
                    )


def _mates(names: NameIndex, version: str, row: Row, source: str, theirs: Mention) -> list[Mention]:
    """The mentions of a version's cell that may be of the same person as one of the source's."""
    return [m for m in names.by_row.get((version, row.number), ()) if _one(names, version, m, source, theirs)]


def _namesakes(names: NameIndex, version: str, ours: Mention, source: str, beside: Sequence[Mention]) -> list[Mention]:
    """The source's mentions in the row that may be of the person: those of the given name, if any is of it.

    "Vladimir Ivanovich" is no Fyodor Ivanovich, though he stands beside him.
    """
    alike = [theirs for theirs in beside if _one(names, version, ours, source, theirs)]
    given = names.entry(version, ours.words[0])
    return [x for x in alike if given is not None and names.entry(source, x.words[0]) is given] or alike


def _one(names: NameIndex, version: str, ours: Mention, source: str, theirs: Mention) -> bool:
    """Tell whether two mentions share a name, and so may be one person's."""
    entries = [names.entry(source, w) for w in theirs.words]
    return any((e := names.entry(version, w)) is not None and e in entries for w in ours.words)


def _disagree(ours: Mention, theirs: Mention) -> bool:
    x, y = _initials(ours), _initials(theirs)
    if x and len(x) == len(y):
        return any(plain(a) not in _letters(b) for a, b in zip(x, y, strict=True))
    fathers = _fathers(ours), _fathers(theirs)
    return (
        bool(fathers[0] and fathers[1])
        and likeness(fathers[0][0].lemma, fathers[1][0].lemma) < _OTHER
        and not _begin_alike(fathers[0][0].lemma, fathers[1][0].lemma)
    )


def _initials(mention: Mention) -> list[str]:
    return [w.text for w in mention.words if len(w.text) == 1]


def _letters(initial: str) -> set[str]:
    """Return the Latin letters that may stand for a Cyrillic initial."""
    return {plain(romanise(initial, scheme))[:1] for scheme in SCHEMES} | set(_ALSO.get(initial.lower(), ""))


_ALSO = {
    "г": "h",
    "х": "kc",
    "x": "kc",
    "ю": "j",
    "я": "j",
    "е": "e",
    "э": "e",
    "и": "j",
    "ф": "t",
    "й": "y",
    "к": "c",
    "в": "w",
}


def _fathers(mention: Mention) -> list[NameWord]:
    return [w for w in mention.words[1:] if _PATRONYMIC.search(plain(w.lemma)) and len(w.text) > 4]


def _begin_alike(latin: str, cyrillic: str) -> bool:
    """Tell whether two patronymics share their stem, however short the rest is said: Nikolaitch, Николаевич."""
    ours, theirs = (plain(name).replace("x", "ks") for name in (latin, romanise(cyrillic, "BGN/PCGN")))
    return sound(ours)[:2] == sound(theirs)[:2] or ours[:3] == theirs[:3]
