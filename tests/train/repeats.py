"""Fit the weights by which repeats are judged: `python -m tests.train.repeats`.

What should be flagged is prose with repeats put in (`tests/inject.py`), what should not is the same prose clean.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

import compare
import compare.encode
from compare.repeats import form, others, paraphrase
from compare.repeats.copies import Copies
from compare.repeats.matches import candidates
from compare.repeats.others import judges
from compare.repeats.tokens import Tokens, tokens_of
from compare.values import Collation
from compare.words import words
from tests import inject
from tests.data import SHARED

KINDS: tuple[tuple[inject.Kind, int], ...] = (
    ("clause", 0),
    ("sentence", 1),
    ("sentence", 5),
    ("sentence", 200),
    ("paragraph", 30),
)
CHANGES = (0.0, 0.1, 0.25)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is measured of one candidate in a collation."""

    semantic: bool
    form: dict[str, float]
    others: dict[str, float]
    wrong: bool


Sample = tuple[dict[str, float], bool]


def plans(count: int) -> list[inject.Plan]:
    """Plan `count` repeats of every kind, at every distance, with every share of changed words."""
    return [inject.Plan(kind, at, change, count) for (kind, at), change in itertools.product(KINDS, CHANGES)]


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
        dirty, put = inject.repeats(text, clean.segments[lang], plans(count), seed)
        tokens = tokens_of(_unaligned(dirty, lang))[lang]
        found = candidates(tokens)
        for _, copies in hits(tokens, found, put):
            yield form.features(tokens, copies, form.habit(tokens, found)), True


def by_others(
    texts: Mapping[str, str], version: str, donor: str = "", count: int = 0, seeds: Sequence[int] = ()
) -> Iterator[Weighed]:
    """Measure form and what the other versions say, of clean text and of repeats put in; `donor` gives paraphrases."""
    clean = compare.collate(compare.from_texts(dict(texts)))
    yield from weighed(clean, version)
    wanted = plans(count)
    if donor:
        written = paraphrases(clean, version, donor)
        wanted += [inject.Plan("sentence", at, 0.0, 2 * count, written) for at in (1, 5, 200)]
    for seed in seeds:
        dirty, put = inject.repeats(texts[version], clean.segments[version], wanted, seed)
        yield from weighed(compare.collate(compare.from_texts({**texts, version: dirty})), version, put)


def paraphrases(collation: Collation, version: str, donor: str) -> dict[int, str]:
    """Give for the sentences of a version that stand alone in a row what the donor has there, if it is one sentence."""
    found = {}
    for row in collation.rows:
        ours, theirs = row.segments.get(version, (0, 0)), row.segments.get(donor, (0, 0))
        text = collation.cell(row, donor)
        if ours[1] - ours[0] == theirs[1] - theirs[0] == 1 and len(words(text)) >= 6 and row.confidence > 0.5:
            found[ours[0]] = text
    return found


def weighed(collation: Collation, version: str, put: Sequence[inject.Repeat] | None = None) -> Iterator[Weighed]:
    """Yield what is measured of every candidate, or of those that were put in: same words first, then same meaning."""
    tokens, judge = tokens_of(collation)[version], judges(collation)[version]
    lexical = candidates(tokens)
    habit = form.habit(tokens, lexical)
    semantic = paraphrase.candidates(tokens, collation.vectors[version])
    for found in (lexical, semantic):
        for extra_first, copies in [(False, c) for c in found] if put is None else hits(tokens, found, put):
            same = found is lexical
            own = form.features(tokens, copies, habit) if same else paraphrase.features(tokens, copies)
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
    """Fit both regressions; the second takes the first's log odds as one of its features."""
    assert SHARED
    prose = {path.stem: path.read_text("utf-8") for path in sorted(SHARED.glob("nest/*.txt"))}
    prose["ru-nest"] = prose.pop("ru")
    prose |= {path.stem: path.read_text("utf-8") for path in sorted(SHARED.glob("overcoat/*.txt"))}
    samples: list[Sample] = []
    for id, count in [("en-garnett", 8), ("en-ralston", 8), ("en-field", 2), ("en-pg1197", 2), ("ru", 4)]:
        samples += by_form(prose[id], id[:2], count, seeds=(1, 2, 3))
    for id in ("en-hapgood", "ru-nest"):
        samples += by_form(prose[id], id[:2])
    for lang, verses in scripture():
        samples += by_form(verses, lang)
    form.WEIGHTS = fit(samples)
    print("form.WEIGHTS =", form.WEIGHTS)


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
