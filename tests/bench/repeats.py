"""Repeats put into clean prose, and alarms on prose that is clean."""

from __future__ import annotations

import dataclasses
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

import compare
import compare.encode
from compare.analysis import Analysis
from compare.repeats import Repeat
from compare.values import Collation, Row, Span
from compare.words import key, words
from tests.bench import Figure
from tests.bench.memory import apart, peak
from tests.data import SHARED
from tests.planting import repeats as inject
from tests.planting.corpora import aligned_book

Pair = tuple[Span, Span]
TARGETS = {"exact": 0.98, "10% changed": 0.95, "25% changed": 0.85, "paraphrase": 0.6}
BOOKS = ("Ruth", "Jonah", "Esther", "Judges", "Joshua")


def bench() -> Iterator[Figure]:
    """Measure recall, spans and false alarms, beside other versions and alone, then the peers and the scale.

    `HEXAPLA_BENCH_SENTENCES` is the size of the text that the scale is measured on, 300,000 unless it says otherwise.
    """
    assert SHARED
    nest, overcoat = (
        {path.stem: path.read_text("utf-8") for path in sorted((SHARED / folder).glob("*.txt"))}
        for folder in ("nest", "overcoat")
    )
    clean = compare.collate(compare.from_texts(nest))
    cloak = compare.collate(compare.from_texts(overcoat))
    dirty = [
        _dirty(clean, "en-garnett", "en-hapgood", 4, 21),
        _dirty(clean, "en-hapgood", "en-ralston", 4, 22),
        _dirty(clean, "en-ralston", "en-garnett", 4, 23),
        _dirty(cloak, "en-field", "en-pg1197", 1, 24),
        _dirty(cloak, "en-pg1197", "en-field", 1, 25),
    ]
    peers = {"5-grams": _by_ngrams, "MinHash": _by_minhash}
    yield from _recall("beside others", dirty, lambda work, version: _flagged(compare.collate(work), version), peers)
    yield from _recall("alone", dirty, lambda work, version: _flagged(_alone(work, version), version), peers)
    english = [v.id for v in clean.work.versions if v.lang == "en"]
    yield _alarms("nest, beside others", [(clean, v) for v in english], 1e4, peers)
    alone = [(_alone(clean.work, v), v) for v in english]
    yield _alarms("nest, alone", alone, 3e3, peers)
    beside = [(compare.collate(aligned_book(book, v)), v) for book in BOOKS for v in ("en-asv", "en-ylt", "en-bbe")]
    yield _alarms("bible, beside the Russian", beside, 3e3, peers)
    yield _alarms("bible, alone", [(_alone(c.work, v), v) for c, v in beside], 3e3, peers)
    yield _seconds(alone, peers)
    yield from _karabakh()
    yield from apart(_scale, int(os.environ.get("HEXAPLA_BENCH_SENTENCES", "300_000")))


def _dirty(
    clean: Collation, version: str, donor: str, count: int, seed: int
) -> tuple[compare.Work, str, list[inject.Repeat]]:
    """Put repeats of every kind into one version of a clean work."""
    wanted = inject.plans(count)
    wanted += [
        inject.Plan("sentence", at, 0.0, 2 * count, inject.paraphrases(clean, version, donor)) for at in (1, 5, 200)
    ]
    text = clean.work.version(version).text
    written, put = inject.repeats(text, clean.segments[version], wanted, seed)
    texts = {v.id: v.text for v in clean.work.versions}
    return compare.from_texts({**texts, version: written}), version, list(put)


def _recall(
    where: str,
    dirty: Sequence[tuple[compare.Work, str, list[inject.Repeat]]],
    flag: Callable[[compare.Work, str], list[Pair]],
    peers: Mapping[str, Callable[[str, Sequence[Span]], list[Pair]]],
) -> Iterator[Figure]:
    told: dict[str, list[bool]] = defaultdict(list)
    by_peer: dict[str, dict[str, list[bool]]] = {name: defaultdict(list) for name in peers}
    exact: list[bool] = []
    for work, version, put in dirty:
        text = work.version(version).text
        found = flag(work, version)
        by_peers = {name: peer(text, compare.sentences(text, version[:2])) for name, peer in peers.items()}
        for repeat in put:
            how = repeat.plan.name.split(", ")[1]
            hits = [pair for pair in found if _overlap(pair, repeat)]
            told[how].append(bool(hits))
            if hits:
                exact.append(any(_meets(text, pair, repeat) for pair in hits))
            for name, pairs in by_peers.items():
                by_peer[name][how].append(any(_overlap(pair, repeat) for pair in pairs))
    for how, target in TARGETS.items():
        others = {name: float(np.mean(hits[how])) for name, hits in by_peer.items()}
        yield Figure(f"recall, {where}, {how}", float(np.mean(told[how])), target, peers=others)
    yield Figure(f"both spans within 2 words, {where}", float(np.mean(exact)), 0.95)


def _flagged(collation: Collation, version: str) -> list[Pair]:
    return [_pair(r) for r in Analysis(collation).repeats if r.severity != "neutral" and r.extra.version == version]


def _pair(repeat: Repeat) -> Pair:
    first, second = sorted((repeat.extra.span, repeat.kept.span))
    return first, second


def _overlap(pair: Pair, repeat: inject.Repeat) -> bool:
    first, second = sorted((repeat.original, repeat.copy))
    return pair[0].touches(first) and pair[1].touches(second)


def _meets(text: str, pair: Pair, repeat: inject.Repeat) -> bool:
    """Tell whether every border of both spans is within two words of the truth."""

    def off(a: int, b: int) -> int:
        return len(words(text[min(a, b) : max(a, b)]))

    truth = sorted((repeat.original, repeat.copy))
    return all(max(off(p.start, t.start), off(p.end, t.end)) <= 2 for p, t in zip(pair, truth, strict=True))


def _alarms(
    where: str,
    cases: Sequence[tuple[Collation, str]],
    peace: float,
    peers: Mapping[str, Callable[[str, Sequence[Span]], list[Pair]]],
) -> Figure:
    """Count what is flagged in clean prose, for every 10,000 words."""
    total = sum(len(words(c.work.version(v).text)) for c, v in cases) / 1e4
    count = sum(len(_flagged(c, v)) for c, v in cases)
    others = {
        name: sum(len(peer(c.work.version(v).text, c.segments[v])) for c, v in cases) / total
        for name, peer in peers.items()
    }
    return Figure(f"false alarms in 10,000 words, {where}", count / total, 1e4 / peace, "lower", others)


def _seconds(
    cases: Sequence[tuple[Collation, str]], peers: Mapping[str, Callable[[str, Sequence[Span]], list[Pair]]]
) -> Figure:
    """Time the search in versions that are cut into sentences and aligned already."""

    def took(search: Callable[[Collation, str], object]) -> float:
        begin = time.process_time()
        for collation, version in cases:
            search(collation, version)
        return time.process_time() - begin

    def by(peer: Callable[[str, Sequence[Span]], list[Pair]]) -> Callable[[Collation, str], object]:
        return lambda collation, version: peer(collation.work.version(version).text, collation.segments[version])

    ours = took(
        lambda collation, _: Analysis(dataclasses.replace(collation)).repeats
    )  # anew: what was found is remembered
    others = {name: took(by(peer)) for name, peer in peers.items()}
    return Figure("seconds for nest's three versions", ours, better="lower", peers=others)


def _alone(work: compare.Work, version: str) -> Collation:
    return compare.collate(compare.from_texts({version: work.version(version).text}))


def _karabakh() -> Iterator[Figure]:
    """The doubled clause of the text that the project began from, alone: its second copy, and nothing else at major."""
    assert SHARED
    text = (SHARED / "seed" / "karabakh-1920.en.txt").read_text("utf-8")
    major = [r for r in Analysis(compare.collate(compare.from_texts({"en": text}))).repeats if r.severity == "major"]
    right = [r for r in major if r.extra.text.startswith("he reported") and r.kept.text.startswith("He reported")]
    yield Figure("major findings in the karabakh text", len(major), 1, "lower")
    yield Figure("of them the doubled clause", len(right), 1)


def _by_ngrams(text: str, sentences: Sequence[Span], size: int = 5) -> list[Pair]:
    """Pair sentences of which half the runs of five words stand in the other: the plain peer."""
    return _by_shingles(sentences, [_shingles(s.of(text), size) for s in sentences], _shared_half)


def _shared_half(one: frozenset[str], other: frozenset[str]) -> bool:
    return 2 * len(one & other) >= min(len(one), len(other))


def _by_shingles(
    sentences: Sequence[Span],
    shingles: Sequence[frozenset[str]],
    alike: Callable[[frozenset[str], frozenset[str]], bool],
) -> list[Pair]:
    where: dict[str, list[int]] = defaultdict(list)
    pairs = set()
    for number, held in enumerate(shingles):
        for shingle in sorted(held):
            pairs |= {(other, number) for other in where[shingle][-4:]}
            where[shingle].append(number)
    return [(sentences[a], sentences[b]) for a, b in sorted(pairs) if alike(shingles[a], shingles[b])]


def _shingles(text: str, size: int) -> frozenset[str]:
    keys = [key(word.text) for word in words(text)]
    return frozenset(" ".join(keys[k : k + size]) for k in range(len(keys) - size + 1))


def _by_minhash(text: str, sentences: Sequence[Span]) -> list[Pair]:
    """Pair sentences whose shingles of three words have a Jaccard index of a half, by datasketch if it is here."""
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        return []
    index = MinHashLSH(threshold=0.5, num_perm=64)
    pairs = []
    for number, span in enumerate(sentences):
        held = _shingles(span.of(text), 3)
        if len(held) < 3:
            continue
        sketch = MinHash(num_perm=64)
        sketch.update_batch([shingle.encode() for shingle in sorted(held)])
        pairs += [(sentences[other], span) for other in sorted(index.query(sketch))]
        index.insert(number, sketch)
    return pairs


def _scale(sentences: int) -> list[Figure]:
    """Measure a made-up version and scale to a million sentences; the repeats are sought in all of it."""
    collation = made_up(sentences)
    begin = time.process_time()
    found = [r for r in Analysis(collation).repeats if r.kind == "sentence" and r.severity != "neutral"]
    minutes = (time.process_time() - begin) / 60 * 1e6 / sentences
    memory = peak() * 1e6 / sentences
    return [
        Figure(f"minutes of one core for a million sentences, measured on {sentences:,}", minutes, 15, "lower"),
        Figure("gigabytes for a million", memory, 4, "lower"),
        Figure("recall in it, a sentence repeated at 200", len(found) / (sentences // 1000 - 1), 0.98),
    ]


def made_up(sentences: int, seed: int = 0) -> Collation:
    """Make a version of sentences of Zipf's words and phrases, where every thousandth repeats the one 200 before it."""
    from compare.lang import language

    dice = np.random.default_rng(seed)
    syllables = [a + b for a in "bcdfghklmnprstvz" for b in "aeiou"]
    names = [f"{syllables[k % 80]}{syllables[k // 80 % 80]}{syllables[k // 6400]}" for k in range(60_000)]
    phrases = [f"{names[k]} {names[7 * k % 9973]}" for k in range(20_000)]
    vocabulary = np.array(
        sorted(language("en").function_words)[:140]
        + [w for pair in zip(names, phrases, strict=False) for w in pair]
        + names[20_000:]
    )
    share = 1 / np.arange(20, len(vocabulary) + 20)
    size = dice.integers(6, 26, sentences)
    drawn = dice.choice(len(vocabulary), int(size.sum()), p=share / share.sum())
    lines = [" ".join(vocabulary[part]).capitalize() + "." for part in np.split(drawn, np.cumsum(size)[:-1])]
    for number in range(1000, sentences, 1000):
        lines[number] = lines[number - 200]
    ends = np.cumsum([len(line) + 1 for line in lines])
    spans = tuple(Span(int(end) - len(line) - 1, int(end) - 1) for end, line in zip(ends, lines, strict=True))
    rows = tuple(Row(n, {"en": (n - 1, n)}, {"en": span}) for n, span in enumerate(spans, start=1))
    work = compare.from_texts({"en": " ".join(lines)})
    vectors = {"en": np.zeros((sentences, 0), np.float32)}
    return Collation(work, {"en": spans}, rows, vectors, compare.encode.get("none"))
