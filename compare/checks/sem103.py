"""SEM103: a denial that the others do not bear out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from compare.checks import check
from compare.meaning.coverage import coverage, joint
from compare.meaning.denial import Denial, Told, affirms, denies, silent, told
from compare.meaning.telling import listed, quoted
from compare.meaning.wording import wording
from compare.values import Collation, Finding, Place, Severity


@check("SEM103", mqm="accuracy/mistranslation", threshold=0.6)
def run(collation: Collation) -> Iterator[Finding]:
    """Denied in one version, affirmed in the others

    Wrong:
    - a: He did [[not]] welcome the guests. | b: He welcomed the guests. | ru: Он радушно принял гостей.
    - a: She had [[seen]] the house before. | b: She had never seen the house. | c: She had not seen the house before.
    Fine:
    - a: He did not welcome the guests. | b: He never welcomed guests. | ru: Он не принимал гостей.
    - a: She was far from happy. | b: She was not happy. | c: She was unhappy.
    - a: He overlooked her in his joy. | b: He did not notice her for joy. | ru: Он не заметил её на радости.

    Score: 0.5 plus a tenth for each other text (two for the source) that says the same word and affirms it, or denies
    it where this version does not; 0.9 at most. A text that says it in other words has no voice unless it denies
    nothing at all, and one that stands with the version acquits it. Questions, "not only", "not until", a denial
    denied and their like are let pass.
    Source: MQM, accuracy/mistranslation; negation is a common critical error of machine translation (Tang et al. 2021).
    """
    made = wording(collation)
    for i, row in enumerate(collation.rows):
        said = {
            v.id: told(collation.cell(row, v.id), cell, made.forms)
            for v in collation.work.versions
            if (cell := made.cells[v.id][i])
        }
        if len(said) < 2 or not any(t.plain for t in said.values()):
            continue
        for version in said:
            if collation.work.version(version).role != "source":
                yield from _more(collation, i, version, said)
                yield from _fewer(collation, i, version, said)


def _more(collation: Collation, i: int, version: str, said: Mapping[str, Told]) -> Iterator[Finding]:
    """Find what only this version denies."""
    cover = coverage(collation)
    others = [t for t in said if t != version]
    fewer = all(len(said[t].any) < len(said[version].any) for t in others)
    for denial in said[version].plain:
        voices = {t: _voice(collation, i, version, t, denial, said) for t in others}
        against = [t for t, voice in voices.items() if voice]
        quiet = {t: _silent(collation, i, version, t, denial, said) for t, voice in voices.items() if voice is None}
        mute = [t for t in quiet if quiet[t]]
        borne = False in (*voices.values(), *quiet.values())
        # where the others deny as often, they may deny the same in other words
        sure = fewer or len(against) > 1
        score = _score(collation, against + mute)
        if sure and not borne and score >= 0.6:
            place = _word(collation, i, version, denial.at)
            words = [_word(collation, i, t, cover[version, t][i].at[denial.on]) for t in against]  # type: ignore[union-attr]
            yield Finding(
                check="SEM103",
                severity=_severity(collation, version, against) if fewer else "minor",
                score=score,
                places=(place, *words),
                message=f"“{place.text}” has no counterpart in {listed(against + mute, 'or')}"
                + (f", where {quoted(words)} is affirmed" if words else ""),
                row=i + 1,
            )


def _voice(collation: Collation, i: int, one: str, two: str, denial: Denial, said: Mapping[str, Told]) -> bool | None:
    """Ask the second version whether it affirms what the first one denies; None: it says something else."""
    made, link = wording(collation), coverage(collation)[one, two][i]
    here, there = made.cells[one][i], made.cells[two][i]
    assert here is not None
    return None if link is None or there is None else affirms(here, link, denial, there, said[two], made.forms)


def _silent(collation: Collation, i: int, one: str, two: str, denial: Denial, said: Mapping[str, Told]) -> bool | None:
    """Tell whether the second version denies nothing where the first one's denial would stand in it."""
    link, there = coverage(collation)[one, two][i], wording(collation).cells[two][i]
    return link is None or there is None or silent(said[two], *joint(link, denial.at, denial.at + 1, len(there.words)))


def _fewer(collation: Collation, i: int, version: str, said: Mapping[str, Told]) -> Iterator[Finding]:
    """Find what the others deny and this version affirms."""
    cover = coverage(collation)
    others = [t for t in said if t != version]
    if not all(len(said[version].any) < len(said[t].any) for t in others):
        return
    denied: dict[int, dict[str, int]] = {}
    for text in others:
        for denial in said[text].plain:
            if _voice(collation, i, text, version, denial, said):
                at = cover[text, version][i].at[denial.on]  # type: ignore[union-attr]
                denied.setdefault(at, {}).setdefault(text, denial.at)
    for at, by in sorted(denied.items()):
        # who denies it of another word shows that the version may say it in other words, too
        kin = any(collation.work.version(t).lang == collation.work.version(version).lang for t in by)
        borne = any(
            (not kin and said[t].plain)
            or ((link := cover[version, t][i]) and link.at[at] >= 0 and not denies(link.at[at], said[t]))
            for t in others
            if t not in by
        )
        score = _score(collation, list(by))
        if not borne and score >= 0.6:
            place = _word(collation, i, version, at)
            words = [_word(collation, i, t, k) for t, k in by.items()]
            yield Finding(
                check="SEM103",
                severity=_severity(collation, version, list(by)),
                score=score,
                places=(place, *words),
                message=f"“{place.text}” is affirmed here and denied elsewhere by {quoted(words)}",
                row=i + 1,
            )
            return
    yield from _unanswered(collation, i, version, others, said)


def _unanswered(
    collation: Collation, i: int, version: str, others: list[str], said: Mapping[str, Told]
) -> Iterator[Finding]:
    """Find a denial that all others have at one place and this version has not, of whatever word."""
    made, cover = wording(collation), coverage(collation)
    here = made.cells[version][i]
    first = others[0]
    if here is None or len(others) < 2:
        return
    for denial in said[first].plain:
        if cover[first, version][i].at[denial.on] >= 0:  # type: ignore
            continue  # it may be said in another word
        at = {first: denial.at}
        for text in others[1:]:
            there, link = made.cells[text][i], cover[first, text][i]
            if there and link:
                before, after = joint(link, denial.at, denial.at + 1, len(there.words))
                near = [k for k in sorted(said[text].any) if before - 2 <= k <= after + 2]
                at |= {text: near[0]} if near else {}
        if len(at) == len(others) and all(_silent(collation, i, t, version, Denial(k, k), said) for t, k in at.items()):
            before, after = joint(cover[first, version][i], denial.at, denial.at + 1, len(here.words))  # type: ignore
            start, end = (_word(collation, i, version, min(max(k, 0), len(here.words) - 1)) for k in (before, after))
            words = [_word(collation, i, t, k) for t, k in at.items()]
            yield Finding(
                check="SEM103",
                severity="minor",
                score=_score(collation, others),
                places=(collation.place(version, start.span.start, end.span.end), *words),
                message=f"nothing here answers to {quoted(words, 'or')}",
                row=i + 1,
            )
            return


def _score(collation: Collation, against: list[str]) -> float:
    weight = sum(2 if collation.work.version(t).role == "source" else 1 for t in against)
    return round(0.5 + 0.1 * min(weight, 4), 3) if weight > 1 else 0.5


def _severity(collation: Collation, version: str, against: list[str]) -> Severity:
    """Weigh by who says the very word: the source and another translation; one of them; or none.

    The source alone has weight where no other translation stands beside it, two translations where there is no source.
    """
    lang = collation.work.version(version).lang
    kin = [t for t in against if collation.work.version(t).lang == lang]
    alone = not any(v.lang == lang for v in collation.work.versions if v.id != version)
    source = collation.work.source
    if kin and (source.id in against if source else len(kin) > 1):
        return "critical"
    return "major" if kin or (against and alone) else "minor"


def _word(collation: Collation, i: int, version: str, k: int) -> Place:
    cell = wording(collation).cells[version][i]
    assert cell is not None
    start = collation.rows[i].spans[version].start
    return collation.place(version, start + cell.words[k].start, start + cell.words[k].end)
