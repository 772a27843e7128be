"""Fit the weights by which repeats are judged: `python -m tests.training.repeats`.

What should be flagged is prose with repeats put in (`tests/planting/repeats.py`), what should not is the
same prose clean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

import compare
import compare.encode
from compare.repeats import form_features as form
from compare.repeats import other_versions as others
from compare.repeats import paraphrases as paraphrase
from compare.repeats.copies import Copies
from compare.repeats.lexical_matches import candidates
from compare.repeats.other_versions import judges
from compare.repeats.tokens import Tokens, tokens_of
from compare.values import Collation
from compare.words import words
from tests.data import SHARED
from tests.planting import repeats as inject
from tests.planting.corpora import aligned_book

#: Clean words of one version alone for each false alarm that its repeats may raise.
PEACE = 4500
#: Log odds by form from which the other versions' evidence is learned from: lower than where it is asked for.
WORTH = -6.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is measured of one candidate in a collation."""

    semantic: bool
    form: dict[str, float]
    others: dict[str, float]
    wrong: bool


Sample = tuple[dict[str, float], bool]


def fit(samples: Sequence[Sample], ridge: float = 1.0, steps: int = 60) -> dict[str, float]:
    """Fit a logistic regression by Newton's method, with a ridge on the standardised features."""
    names = [name for name in samples[0][0] if name != "constant"]
    x = np.array([[features[name] for name in names] for features, _ in samples])
    y = np.array([wrong for _, wrong in samples], float)
    middle, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    z = np.c_[np.ones(len(x)), (x - middle) / scale]
    weights = np.zeros(z.shape[1])
    penalty = ridge * np.eye(len(weights))
    penalty[0, 0] = 0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(z @ weights, -30, 30)))
        slope = (z * (p * (1 - p))[:, None]).T @ z + penalty
        weights -= np.linalg.solve(slope, z.T @ (p - y) + penalty @ weights)
    plain = weights[1:] / scale
    constant = weights[0] - (plain * middle).sum()
    return {"constant": round(float(constant), 3)} | {n: round(float(w), 3) for n, w in zip(names, plain, strict=True)}


def by_form(text: str, lang: str, count: int = 0, seeds: Sequence[int] = ()) -> Iterator[Sample]:
    """Measure the form of what repeats itself in a clean text, and of what was put into it."""
    clean = _unaligned(text, lang)
    tokens = tokens_of(clean)[lang]
    found = candidates(tokens)
    for copies in found:
        yield form.features(tokens, copies, form.habit(tokens, found)), False
    for seed in seeds:
        dirty, put = inject.repeats(text, clean.segments[lang], inject.plans(count), seed)
        tokens = tokens_of(_unaligned(dirty, lang))[lang]
        found = candidates(tokens)
        for _, copies in hits(tokens, found, put):
            yield form.features(tokens, copies, form.habit(tokens, found)), True


def by_others(
    texts: Mapping[str, str], version: str, other: str = "", count: int = 0, seeds: Sequence[int] = ()
) -> Iterator[Weighed]:
    """Measure form and what the other versions say, of clean text and of repeats put in; `other` gives paraphrases."""
    clean = compare.collate(compare.from_texts(dict(texts)))
    yield from weighed(clean, version)
    wanted = inject.plans(count)
    if other:
        written = inject.paraphrases(clean, version, other)
        wanted += [inject.Plan("sentence", at, 0.0, 2 * count, written) for at in (1, 5, 200)]
    for seed in seeds:
        dirty, put = inject.repeats(texts[version], clean.segments[version], wanted, seed)
        yield from weighed(compare.collate(compare.from_texts({**texts, version: dirty})), version, put)


def weighed(collation: Collation, version: str, put: Sequence[inject.Repeat] | None = None) -> Iterator[Weighed]:
    """Yield what is measured of every candidate, or of those that were put in: same words first, then same meaning."""
    every = tokens_of(collation)
    tokens, judge = every[version], judges(collation, every)[version]
    lexical = candidates(tokens)
    habit = form.habit(tokens, lexical)
    semantic = paraphrase.candidates(tokens, collation.vectors[version])
    for found in (lexical, semantic):
        for extra_first, copies in [(False, c) for c in found] if put is None else hits(tokens, found, put):
            same = found is lexical
            own = form.features(tokens, copies, habit) if same else paraphrase.features(tokens, copies, habit)
            evidence = others.features(judge.weigh(copies, extra_first=extra_first))
            yield Weighed(not same, own, evidence, put is not None)


def hits(tokens: Tokens, found: Sequence[Copies], put: Sequence[inject.Repeat]) -> Iterator[tuple[bool, Copies]]:
    """Yield for each repeat put in whether the copy stands first, and the best candidate that overlaps both."""
    for repeat in put:
        first, second = sorted((repeat.original, repeat.copy))
        touching = [
            c
            for c in found
            if tokens.start[c.i] < first.end
            and tokens.end[c.i_end - 1] > first.start
            and tokens.start[c.j] < second.end
            and tokens.end[c.j_end - 1] > second.start
        ]
        if touching:
            yield repeat.copy < repeat.original, max(touching, key=lambda c: (c.bits, c.cosine, -c.i))


def main() -> None:
    """Fit form, paraphrase and the other versions' evidence in turn, and print the weights of each."""
    assert SHARED
    nest, overcoat = (
        {p.stem: p.read_text("utf-8") for p in sorted((SHARED / f).glob("*.txt"))} for f in ("nest", "overcoat")
    )
    prose, formulaic = _form_samples(nest, overcoat)
    form.WEIGHTS = calibrate(fit([s for _, s in prose + formulaic]), prose, formulaic)
    print("form.WEIGHTS =", form.WEIGHTS, flush=True)
    measured = list(_weighed_samples(nest, overcoat))
    paraphrase.WEIGHTS = fit([(w.form, w.wrong) for w in measured if w.semantic])
    print("paraphrase.WEIGHTS =", paraphrase.WEIGHTS, flush=True)
    samples = []
    for each in measured:
        weights = paraphrase.WEIGHTS if each.semantic else form.WEIGHTS
        by_form = sum(weight * each.form[name] for name, weight in weights.items())
        if by_form > WORTH:
            samples.append(({"form": by_form, **each.others}, each.wrong))
    print("others.WEIGHTS =", fit(samples))


def calibrate(
    weights: Mapping[str, float], prose: Sequence[tuple[int, Sample]], formulaic: Sequence[tuple[int, Sample]]
) -> dict[str, float]:
    """Move the constant, then the habit's weight, so that one clean word in `PEACE` is the beginning of a false alarm.

    Each sample comes with the words of the clean text that it stands for, counted once.
    """
    moved = dict(weights)
    for name, samples in (("constant", prose), ("habit", formulaic)):
        allowed = int(sum(words for words, _ in samples) / PEACE)
        clean = [f for _, (f, wrong) in samples if not wrong and f[name]]
        needed = sorted(-sum(w * f[n] for n, w in moved.items()) / f[name] for f in clean)
        moved[name] = round(moved[name] + needed[allowed], 3)
    return moved


def _form_samples(
    nest: Mapping[str, str], overcoat: Mapping[str, str]
) -> tuple[list[tuple[int, Sample]], list[tuple[int, Sample]]]:
    prose, formulaic = [], []
    for texts, id, count in [
        (nest, "en-garnett", 8),
        (nest, "en-ralston", 8),
        (nest, "en-hapgood", 8),
        (nest, "ru", 4),
        (overcoat, "en-field", 2),
        (overcoat, "en-pg1197", 2),
        (overcoat, "ru", 2),
    ]:
        found = list(by_form(texts[id], id[:2], count, seeds=(1, 2, 3)))
        prose += list(zip([len(words(texts[id])), *[0] * len(found)], found, strict=False))
    for lang, verses in scripture():
        found = list(by_form(verses, lang, 3, seeds=(1,)))
        formulaic += list(zip([len(words(verses)), *[0] * len(found)], found, strict=False))
    return prose, formulaic


def _weighed_samples(nest: Mapping[str, str], overcoat: Mapping[str, str]) -> Iterator[Weighed]:
    def only(texts: Mapping[str, str], *ids: str) -> dict[str, str]:
        return {id: texts[id] for id in ids}

    yield from by_others(only(overcoat, "en-field", "en-pg1197", "ru"), "en-field", "en-pg1197", 2, (4, 5))
    yield from by_others(only(overcoat, "en-pg1197", "ru"), "en-pg1197", "", 2, (6,))
    yield from by_others(nest, "en-garnett", "en-hapgood", 5, (4,))
    yield from by_others(only(nest, "en-hapgood", "ru"), "en-hapgood", "", 5, (5,))
    yield from by_others(only(nest, "en-ralston", "en-garnett"), "en-ralston", "en-garnett", 5, (6,))
    yield from by_others(only(nest, "en-ralston", "en-garnett", "ru"), "ru", "", 4, (7,))
    for book, version in (("Judges", "en-asv"), ("Exodus", "en-bbe"), ("Ruth", "en-ylt")):
        yield from weighed(compare.collate(aligned_book(book, version)), version)


def scripture() -> Iterator[tuple[str, str]]:
    """Read the version of two books in which formulas abound, as prose without verses' rows."""
    for book, version in (("Exodus", "en-asv"), ("Joshua", "en-bbe"), ("Judges", "ru-synodal")):
        lines = (SHARED / "bible" / f"{book}.tsv").read_text("utf-8").splitlines()  # type: ignore[operator]
        column = lines[0].split("\t").index(version)
        yield version[:2], "\n".join(line.split("\t")[column] for line in lines[1:])


def _unaligned(text: str, lang: str) -> Collation:
    """Cut a text into sentences, and leave it at that."""
    segments = {lang: compare.sentences(text, lang)}
    return Collation(compare.from_texts({lang: text}), segments, (), {}, compare.encode.get("none"))


if __name__ == "__main__":
    main()
