"""SEM103: a denial that the others do not bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.checks import check
from compare.meaning.risk import weigh
from compare.meaning.wording import CLASSES
from compare.values import Collation, Finding
from compare.words import Word, key, lemma, words

# Words that deny in part, or deny in one language what the other affirms otherwise, prove nothing.
_WEAK = frozenset("hardly scarcely едва without без nor neither ничуть cannot".split())
_IDLE = re.compile(
    r"не\s+только|чуть\s+не|едва\s+не|пока\s+не|как\s+ни|кто\s+ни|что\s+ни|ничего|нет,|not\s+only|no\s+doubt|no,", re.I
)


@check("SEM103", mqm="accuracy/mistranslation", threshold=0.6)
def run(collation: Collation) -> Iterator[Finding]:
    """Denied in one version, affirmed in the others

    Wrong:
    - a: He did [[not]] welcome the guests. | b: He welcomed the guests. | ru: Он радушно принял гостей.
    - a: [[She had seen the house before]]. | b: She had never seen the house. | c: She had not seen the house before.
    Fine:
    - a: He did not welcome the guests. | b: He never welcomed guests. | ru: Он не принимал гостей.
    - a: She was far from happy. | b: She was not happy. | c: She was unhappy.

    Score: 0.5 plus 0.3 times the share of the other texts (the source counted twice) that speak against it, all of them
    being needed; less in long rows, where a denial finds more ways to hide.
    Source: MQM, accuracy/mistranslation; negation is a common critical error of machine translation (Tang et al. 2021).
    """
    for row in collation.rows:
        texts = {v: collation.cell(row, v.id) for v in collation.work.versions if v.id in row.spans}
        if len(texts) < 3 and not any(v.role == "source" for v in texts):
            continue
        denials = {v: _denials(text, v.lang) for v, text in texts.items()}
        for version in texts:
            others = [v for v in texts if v is not version]
            if version.role == "source" or not others or _contrary(texts[version]):
                continue
            weight = sum(2 if v.role == "source" else 1 for v in others)
            length = len(words(texts[version]))
            if 2 * length < min(len(words(texts[v])) for v in others):
                continue  # the rest of it stands in another row
            score = round(0.5 + 0.1 * min(weight, 4) - 0.005 * max(0, length - 15), 3)
            start = row.spans[version.id].start
            if denials[version] and not any(denials[v] or _contrary(texts[v]) for v in others):
                word = denials[version][0]
                yield Finding(
                    check="SEM103",
                    severity=weigh(collation, row.number, version.id, "critical") if score >= 0.75 else "minor",
                    score=score,
                    places=(collation.place(version.id, start + word.start, start + word.end),),
                    message=f"“{word.text}” has no counterpart in {' or '.join(v.id for v in others)}",
                    row=row.number,
                )
            elif not denials[version] and all(denials[v] for v in others):
                first = words(texts[version])
                if not first:
                    continue
                stop = re.search(r"[,;:.!?]", texts[version])
                end = stop.start() if stop and stop.start() > first[0].start else len(texts[version])
                places = [
                    collation.place(v.id, row.spans[v.id].start + w.start, row.spans[v.id].start + w.end)
                    for v in others
                    for w in denials[v][:1]
                ]
                yield Finding(
                    check="SEM103",
                    severity=weigh(collation, row.number, version.id, "critical") if score >= 0.75 else "minor",
                    score=score,
                    places=(collation.place(version.id, start, start + end), *places),
                    message=" and ".join(f"“{p.text}” of {p.version}" for p in places) + " has no counterpart here",
                    row=row.number,
                )


def _denials(text: str, lang: str) -> list[Word]:
    idle = {i for m in _IDLE.finditer(text) for i in range(m.start(), m.end())}
    found = []
    for word in words(text):
        form = key(word.text)
        strong = (
            form in CLASSES["denial"]
            or form.endswith("n't")
            or (lang == "ru" and lemma(form, lang) in CLASSES["denial"])
        )
        if strong and form not in _WEAK and word.start not in idle:
            found.append(word)
    return found


def _contrary(text: str) -> bool:
    """Tell whether a text may deny without a denial: by a prefix, by "without", "fail", "far from", by a question."""
    return bool(
        re.search(
            r"\b(un|in|im|dis|non)\w{4,}|\w+less\b|\b(without|nor|neither|hardly|scarcely|cannot|fail\w*|far from"
            r"|lack\w*|refus\w*"
            r"|hinder\w*|prevent\w*|forb\w+|lest|except|save|but|only|too|ceas\w*|stop\w*|den(y|ied|ies)|deprived)\b"
            r"|\b(не[а-яё]{4,}|бе[зс][а-яё]*|едва|кроме|перестал\w*|отказ\w*|лиш\w*|если|лучше|только)\b|\?",
            text,
            re.I,
        )
    )
