"""SEM103: a denial that the others do not bear out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from compare.analysis import Analysis
from compare.checks import check
from compare.meaning.detect.negation import Denial, Told, Voice, apart, told, voices
from compare.messages import listed, quoted
from compare.values import Collation, Finding, Severity
from compare.wordalign.aligned_words import ALIKE, AlignedWords
from compare.wordalign.vocabulary import POS

#: How far from where a denial would stand its answer may be: where a text says its word, and where none does.
_NEAR, _FAR = 2, 5
#: How far apart two denials may stand that deny the same.
_SAME = 4


@check("SEM103", mqm="accuracy/mistranslation", threshold=0.6)
def negation(analysis: Analysis) -> Iterator[Finding]:
    """Denied in one version, affirmed in the others

    Wrong:
    - a: He did [[not]] welcome the guests. | b: He welcomed the guests. | ru: Он радушно принял гостей.
    - a: She had [[seen]] the house before. | b: She had never seen the house. | c: She had not seen the house before.
    Fine:
    - a: He did not welcome the guests. | b: He never welcomed guests. | ru: Он не принимал гостей.
    - a: She was far from happy. | b: She was not happy. | c: She was unhappy.
    - a: He overlooked her in his joy. | b: He did not notice her for joy. | ru: Он не заметил её на радости.

    Score: 0.6 where no other text, the source among them, denies anything in the place of a denial; a tenth more for
    each (two for the source) that says the very word and affirms it, or denies what this version affirms; 0.9 at most,
    and 0.7 where the words about it differ; a tenth less for "no food", which may be famine. One text that stands with
    the version acquits it. "Not only", "none but", a tag question and their like are let pass.
    Source: MQM, accuracy/mistranslation; negation is a common critical error of machine translation (Tang et al. 2021).
    """
    collation = analysis.collation
    made = analysis.words
    for i, row in enumerate(collation.rows):
        said = {
            v.id: told(collation.cell(row, v.id), cell, made.forms)
            for v in collation.work.versions
            if (cell := made.cells[v.id][i])
        }
        if len(said) > 1 and any(t.denials for t in said.values()):
            heard = {(a, b): _voices(made, i, a, b, said) for a, b in permutations(said, 2)}
            for version in said:
                others = [t for t in said if t != version]
                if collation.work.version(version).role != "source" and _weight(collation, others) > 1:
                    yield from _more(analysis, i, version, said, heard)
                    yield from _fewer(analysis, i, version, said, heard)


Heard = Mapping[tuple[str, str], Mapping[Denial, Voice]]
#: For each text the word of the version and its own, of which one is denied and the other is not.
Pairs = Mapping[str, tuple[int, int]]


def _voices(aligned: AlignedWords, i: int, one: str, two: str, said: Mapping[str, Told]) -> Mapping[Denial, Voice]:
    link = aligned.cover(one, two, i)
    return voices(aligned.cell(one, i), said[one], link, aligned.cell(two, i), said[two], aligned.forms)


def _more(analysis: Analysis, i: int, version: str, said: Mapping[str, Told], heard: Heard) -> Iterator[Finding]:
    """Find what only this version denies."""
    collation = analysis.collation
    others = [t for t in said if t != version]
    for denial in said[version].denials:
        found = {t: heard[version, t][denial] for t in others}
        against = {t: (denial.on, v.at) for t, v in found.items() if v.at is not None and denial.on is not None}
        if not denial.claims or not _clear(collation, found, against):
            continue
        if denial.asked and not against:
            continue  # "Isn't it so?" asks what "Is it so?" asks
        place = analysis.words.place(version, i, denial.at, denial.at + 1)
        words = [analysis.words.place(t, i, at, at + 1) for t, (_, at) in against.items()]
        # "Why did he not?" says no less than "why did he?"
        weighty = denial.verbal and denial.at not in said[version].asking
        yield Finding(
            check="SEM103",
            severity=_severity(analysis, i, version, against) if weighty else "minor",
            score=round(_score(analysis, i, version, against) - 0.1 * (not denial.verbal), 3),
            places=(place, *words),
            message=f"“{place.text}” has no counterpart in {listed(others, 'or')}"
            + (f", where {quoted(words)} is affirmed" if words else ""),
            row=i + 1,
        )


def _fewer(analysis: Analysis, i: int, version: str, said: Mapping[str, Told], heard: Heard) -> Iterator[Finding]:
    """Find what all others deny and this version affirms: once a row, in the surest place."""
    collation = analysis.collation
    others = [t for t in said if t != version]
    if any(len(said[version].denials) >= len(said[t].denials) for t in others):
        return
    found: list[tuple[float, dict[str, int], Pairs]] = []
    for text in others:
        for denial in said[text].denials:
            rest = {t: _answer(analysis, i, text, t, denial, said) for t in others if t != text}
            by = {text: denial.at} | {t: k for t, k in rest.items() if k is not None}
            denials = {t: d for t in by for d in said[t].denials if d.at == by[t]}
            mine = {t: heard[t, version][d] for t, d in denials.items()}
            pairs = {t: (v.at, on) for t, v in mine.items() if v.at is not None and (on := denials[t].on) is not None}
            if pairs and len(by) == len(others) and denial.claims and _clear(collation, mine, pairs):
                found.append((_score(analysis, i, version, pairs), by, pairs))
    if not found:
        return
    score, by, against = max(found, key=lambda f: f[0])
    words = [analysis.words.place(t, i, k, k + 1) for t, k in by.items()]
    at, _ = next(iter(against.values()))
    place = analysis.words.place(version, i, at, at + 1)
    yield Finding(
        check="SEM103",
        severity=_severity(analysis, i, version, against),
        score=score,
        places=(place, *words),
        message=f"“{place.text}” is affirmed here and denied elsewhere by {quoted(words)}",
        row=i + 1,
    )


def _clear(collation: Collation, found: Mapping[str, Voice], against: Pairs) -> bool:
    """Tell whether nothing answers a denial; where no text says its word, it takes more texts and more room."""
    if not against and not any(collation.work.version(t).role == "source" for t in found):
        return False
    return all(v.far > (_NEAR if against else _FAR) for v in found.values())


def _answer(analysis: Analysis, i: int, one: str, two: str, denial: Denial, said: Mapping[str, Told]) -> int | None:
    """The word of the second text that denies what a denial of the first does; None where there is none."""
    link, there = analysis.words.cover(one, two, i), analysis.words.cell(two, i)
    far = {d.at: apart(denial, d.at, link, len(there.words)) for d in said[two].denials}
    return min((k for k in far if far[k] <= _SAME), key=lambda k: (far[k], k), default=None)


def _weight(collation: Collation, texts: Sequence[str]) -> int:
    return sum(2 if collation.work.version(t).role == "source" else 1 for t in texts)


def _score(analysis: Analysis, i: int, version: str, against: Pairs) -> float:
    told = min(_weight(analysis.collation, list(against)), 3)
    return round(0.6 + 0.1 * (told if analysis.words.agreement(i, version, against) >= ALIKE else min(told, 1)), 3)


def _severity(analysis: Analysis, i: int, version: str, against: Pairs) -> Severity:
    """Weigh by who says the very word: the source and another translation; two texts or the source; fewer.

    Beside another translation the source alone has no weight: the two may be the other way about. A noun may be denied
    and affirmed in many ways; what is done, or how something is, but once. Where the words about it differ, the
    sentence is turned otherwise; and "kept" may well be "did not take".
    """
    collation = analysis.collation
    forms = analysis.words.forms
    done = any(POS[forms.pos[analysis.words.form(version, i, here)]] in "va" for here, _ in against.values())
    if not done or analysis.words.agreement(i, version, against) < ALIKE:
        return "minor"
    lang = collation.work.version(version).lang
    kin = [t for t in against if collation.work.version(t).lang == lang]
    alone = not any(v.lang == lang for v in collation.work.versions if v.id != version)
    if kin and len(against) > len(kin):
        return "critical"
    lemma = {
        t: [forms.lemma[analysis.words.form(*at)] for at in ((version, i, against[t][0]), (t, i, against[t][1]))]
        for t in kin
    }
    same = any(mine == theirs for mine, theirs in lemma.values())
    return "major" if (len(kin) > 1 and same) or (against and alone) else "minor"
